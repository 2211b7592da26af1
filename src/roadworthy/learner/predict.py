"""The chance of a right answer, now, for items and for rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.ability import Ability, ability_of
from roadworthy.learner.link import chance_over
from roadworthy.learner.memory import CONSTANTS, KINDS, days_between, memory_logits
from roadworthy.learner.posterior import Asked, even_shares, expected, padded
from roadworthy.learner.state import LearnerState
from roadworthy.learner.weights import WEIGHTS, Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class ItemLike(Protocol):
    """What prediction reads of an item; ``roadworthy.items.item.Item`` has it."""

    @property
    def section(self) -> str: ...
    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def answers(self) -> int: ...


def predict(
    state: LearnerState, items: Sequence[ItemLike], now: datetime, weights: Weights = WEIGHTS
) -> Floats:
    """The chance, 0 to 1, that each item is answered right at ``now``: [n].

    Unknown rules and sections take the prior. The posterior is integrated, not plugged in.
    """
    if not items:
        return np.zeros(0)
    rules = sorted({rule for item in items for rule in item.rules} | set(state.rules))
    sections = sorted({item.section for item in items} | {one.section for one in state.responses})
    section_place = {section: number for number, section in enumerate(sections)}
    rule_place = {rule: number for number, rule in enumerate(rules)}
    ability = ability_of(state, tuple(rules), tuple(sections), weights)
    remembered = remembered_logits(state, tuple(rules), now, weights)
    places = [[rule_place[rule] for rule in item.rules] for item in items]
    section = np.array([section_place[item.section] for item in items])
    logits = ability.starts[section]
    for number, known in enumerate(places):
        logits[number] += sum(remembered[known]) / max(len(known), 1)
    rules_of = padded(places)
    who = np.zeros(len(items), dtype=np.int64)
    asked = Asked(who, ability.common(section), rules_of, even_shares(rules_of))
    mean, variance = expected(ability.belief, asked)
    floor = np.array([1.0 / max(item.answers, 2) for item in items])
    return chance_over(logits + mean, variance, floor, weights)


def trace_arrays(
    state: LearnerState, rules: Sequence[str], now: datetime, weights: Weights = WEIGHTS
) -> tuple[Floats, Floats]:
    """Traces [K, 3, 5] as last noted, and days since then [K] (infinite where there are none)."""
    traces = np.zeros((len(rules), KINDS, CONSTANTS))
    days = np.full(len(rules), np.inf)
    places, noted = [], []
    for number, rule in enumerate(rules):
        memory = state.rules.get(rule)
        if memory is not None and memory.traced_at is not None:
            places.append(number)
            noted.append(memory.traces)
            days[number] = days_between(memory.traced_at, now)
    if places:  # all at once: an array for each rule would take most of the time
        traces[places] = np.array(noted).reshape(-1, KINDS, CONSTANTS)
    return traces, days


def remembered_logits(
    state: LearnerState, rules: Sequence[str], now: datetime, weights: Weights = WEIGHTS
) -> Floats:
    """What memory adds to the logit of each rule at ``now``: [K]."""
    traces, days = trace_arrays(state, rules, now, weights)
    return memory_logits(traces, days, weights)


def rule_chances(
    state: LearnerState,
    rules: tuple[str, ...],
    section_of: Ints,
    sections: tuple[str, ...],
    now: datetime,
    weights: Weights = WEIGHTS,
) -> Floats:
    """The chance to hold each rule at ``now`` when guessing does not help: [K], 0 to 1."""
    result: Floats = rule_chances_at(state, rules, section_of, sections, (now,), weights)[0]
    return result


def rule_chances_at(
    state: LearnerState,
    rules: tuple[str, ...],
    section_of: Ints,
    sections: tuple[str, ...],
    moments: Sequence[datetime],
    weights: Weights = WEIGHTS,
) -> Floats:
    """``rule_chances`` at several moments from one posterior: [T, K], apart by memory alone."""
    ability: Ability = ability_of(state, rules, sections, weights)
    means, spreads = ability.rule_means(section_of), ability.rule_spreads(section_of)
    logits = np.stack([remembered_logits(state, rules, moment, weights) for moment in moments])
    return chance_over(means + logits, spreads**2, 0.0, weights)
