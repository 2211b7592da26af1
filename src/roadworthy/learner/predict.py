"""The chance of a right answer, now, for items and for rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.ability import Ability, ability_of
from roadworthy.learner.memory import days_between, memory_logits
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
    rows = np.zeros((len(items), len(ability.mode)))
    logits = np.zeros(len(items))
    for number, item in enumerate(items):
        section = section_place[item.section]
        rows[number, 0] = rows[number, 1 + section] = 1.0
        logits[number] = ability.starts[section]
        for rule in item.rules:
            rows[number, 1 + len(sections) + rule_place[rule]] = 1.0 / len(item.rules)
            logits[number] += remembered[rule_place[rule]] / len(item.rules)
    half = ability.root @ rows.T
    floor = np.array([1.0 / max(item.answers, 2) for item in items])
    return chance_over(logits + rows @ ability.mode, (half**2).sum(axis=0), floor, weights)


def chance_over(mean: Floats, variance: Floats, floor: Floats | float, weights: Weights) -> Floats:
    """``chance`` with a Gaussian logit integrated out, by MacKay's approximation."""
    flat = 1.0 / np.sqrt(1.0 + np.pi * (weights.sd_item**2 + variance) / 8.0)
    result: Floats = floor + (1.0 - floor - weights.slip) * 0.5 * (1.0 + np.tanh(0.5 * flat * mean))
    return result


def trace_arrays(
    state: LearnerState, rules: Sequence[str], now: datetime, weights: Weights = WEIGHTS
) -> tuple[Floats, Floats]:
    """Traces [K, 5] as last noted, and days since then [K] (infinite where there are none)."""
    traces = np.zeros((len(rules), len(weights.time_constants)))
    days = np.full(len(rules), np.inf)
    for number, rule in enumerate(rules):
        memory = state.rules.get(rule)
        if memory is not None and memory.traced_at is not None:
            traces[number] = memory.traces
            days[number] = days_between(memory.traced_at, now)
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
    ability: Ability = ability_of(state, rules, sections, weights)
    mean = ability.rule_means(section_of) + remembered_logits(state, rules, now, weights)
    return chance_over(mean, ability.rule_spreads(section_of) ** 2, 0.0, weights)
