from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from roadworthy.learner.ability import Ability
from roadworthy.learner.posterior import Asked, observe, prior
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack
from roadworthy.study.diagnostic import narrowing, order_by_narrowing

SECTION_OF = np.repeat(np.arange(6), 10)
SHARES = np.repeat([0.13, 0.16, 0.21, 0.20, 0.18, 0.12], 10) / 10
SD = np.array([WEIGHTS.sd_learner, *[WEIGHTS.sd_section] * 6])
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def before_any_answer() -> Ability:
    """Sixty rules in six sections, nothing asked."""
    return Ability(
        tuple("123456"),
        tuple(f"d{n}.R" for n in range(60)),
        np.full(6, WEIGHTS.start_unsaid),
        prior(1, 60, SD, WEIGHTS.sd_rule),
    )


def told(ability: Ability, rule: int, right: bool) -> Ability:
    """The belief after one answer."""
    belief = ability.belief.copy()
    one = np.array([rule])
    observe(
        belief,
        Asked(np.zeros(1, np.int64), ability.common(SECTION_OF[one]), one[None], np.ones((1, 1))),
        offset=ability.starts[SECTION_OF[one]], right=np.array([float(right)]),
        floor=np.array([0.25]), slip=WEIGHTS.slip, within=WEIGHTS.sd_item**2,
    )  # fmt: skip
    return replace(ability, belief=belief)


def doubt(ability: Ability) -> float:
    """Variance of each section's mean logit, weighed by the section's exam share."""
    belief = ability.belief
    total = 0.0
    for section in range(6):
        here = np.where(section == SECTION_OF, 0.1, 0.0)
        along = here @ (ability.common(SECTION_OF) + belief.pull[0])
        variance = along @ belief.spread[0] @ along + here**2 @ belief.rest[0]
        total += SHARES[section == SECTION_OF].sum() * float(variance)
    return total


def eight(choose: Callable[[Ability, set[int]], int]) -> tuple[float, set[int]]:
    """What doubt is left after eight answers, and which sections were asked."""
    ability, asked = before_any_answer(), set[int]()
    for number in range(8):
        rule = choose(ability, asked)
        asked.add(rule)
        ability = told(ability, rule, number % 2 == 0)
    return doubt(ability), {int(SECTION_OF[rule]) for rule in asked}


def adaptive(ability: Ability, asked: set[int]) -> int:
    """The rule that narrows most, of those not asked."""
    value = narrowing(ability, SECTION_OF, SHARES, np.zeros(60), WEIGHTS)
    value[list(asked)] = -1
    return int(value.argmax())


def test_eight_adaptive_items_narrow_more_than_others_do() -> None:
    """Less doubt is left than when one section is asked, and no more than in plain order."""
    left, sections = eight(adaptive)
    one_section, _ = eight(lambda _, asked: len(asked))
    rng = np.random.default_rng(1)
    drawn = [eight(lambda _, asked: int(rng.choice(60)))[0] for _ in range(20)]

    assert left < one_section
    assert left < np.mean(drawn)
    assert len(sections) >= 3


def test_the_value_is_what_the_update_brings() -> None:
    """The foretold fall of doubt ranks rules as a real update would."""
    ability = told(told(before_any_answer(), 0, True), 13, False)
    value = narrowing(ability, SECTION_OF, SHARES, np.zeros(60), WEIGHTS)
    fall = [
        doubt(ability) - np.mean([doubt(told(ability, rule, right)) for right in (True, False)])
        for rule in range(60)
    ]

    assert np.corrcoef(value, fall)[0, 1] > 0.9


def test_rules_of_the_pack_are_ordered_and_none_is_lost(tiny_pack: Pack) -> None:
    """Every rule comes back once; one that the pack lacks comes last."""
    rules = list(syllabus_of(tiny_pack).rules)
    order = order_by_narrowing(LearnerState(), tiny_pack, ["gone.R", *rules], now=NOW)

    assert sorted(order) == sorted(["gone.R", *rules])
    assert order[-1] == "gone.R"
