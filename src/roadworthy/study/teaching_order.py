"""What may be begun now: an exhibit comes after a decision of its topic was taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from roadworthy.pack.decision import ExhibitDecision
from roadworthy.pack.model import Pack


def taught_before(pack: Pack) -> dict[str, frozenset[str]]:
    """Exhibit -> the decisions of its topics, of which one has to be met first."""
    plain = {
        name: set(one.topics)
        for name, one in pack.decisions.items()
        if not isinstance(one, ExhibitDecision)
    }
    return {
        name: frozenset(other for other, topics in plain.items() if topics & set(one.topics))
        for name, one in pack.decisions.items()
        if isinstance(one, ExhibitDecision)
    }


def ready_to_begin(
    unmet: Iterable[str], met: Callable[[str], bool], before: Mapping[str, frozenset[str]]
) -> list[str]:
    """Those of ``unmet`` that may be taught next, in the same order; all if that leaves none."""
    waiting = list(unmet)
    ready = [
        name for name in waiting if not before.get(name) or any(met(one) for one in before[name])
    ]
    return ready or waiting
