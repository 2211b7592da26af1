"""What to practise next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from roadworthy.learner.memory import days_between, memory_logit
from roadworthy.learner.state import LearnerState
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack


def order_rules(
    state: LearnerState, pack: Pack, rules: Sequence[str], *, now: datetime, seed: int
) -> list[str]:
    """The rules in the order in which a minute on them buys most, best first."""

    def logit(rule: str) -> float:
        memory = state.rules.get(rule)
        if memory is None or memory.traced_at is None:
            return 0.0
        lost = 0.5 * (len(memory.failures) - len(memory.successes))
        return memory_logit(memory.traces, days_between(memory.traced_at, now), WEIGHTS) - lost

    return sorted(rules, key=lambda rule: (logit(rule), rule))
