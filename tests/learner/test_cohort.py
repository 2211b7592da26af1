from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from roadworthy.learner.ability import ability_of
from roadworthy.learner.cohort import Cohort, Turn
from roadworthy.learner.learning import Learning
from roadworthy.learner.predict import remembered_logits
from roadworthy.learner.state import LearnerState, Response
from roadworthy.learner.weights import WEIGHTS
from roadworthy.learner.workbench import Workbench

RULES = ("a.1", "a.2", "b.1", "c.1")
SECTIONS = ("1", "2")
SECTION_OF = np.array([0, 0, 0, 1])
START = datetime(2026, 11, 2, tzinfo=UTC)
HISTORY = [
    ((0, 1), True, (), 0.0), ((0, 2), False, (2,), 0.01), ((3,), True, (), 0.02),
    ((1, 2), False, (1,), 1.0), ((0,), True, (), 1.5), ((2, 1), True, (), 4.0),
]  # fmt: skip


def response(rules: tuple[int, ...], right: bool, blamed: tuple[int, ...], day: float) -> Response:
    """An answer as the app keeps it."""
    at = START + timedelta(days=day)
    return Response(
        presentation=f"p{day}", session="s", form=None, at=at, day=at.date(), decision="a",
        section=SECTIONS[SECTION_OF[rules[0]]], kind="choice", length="exam", step="full",
        purpose="", situation=f"s{day}", rules=tuple(RULES[rule] for rule in rules),
        blamed=tuple(RULES[rule] for rule in blamed), right=right, confidence=None, seconds=60.0,
        reading_seconds=40.0, aided=False, repeated=False, options=4, weight=1.0,
        why_no_weight=None, misconception=None, chosen=(0,),
    )  # fmt: skip


def turn(rules: tuple[int, ...], right: bool, blamed: tuple[int, ...], day: float) -> Turn:
    """The same answer for learner 0."""
    padded = np.array([[*rules, *[-1] * (3 - len(rules))]])
    wrong = np.array([list(blamed) or [-1]])
    one = np.zeros(1, dtype=np.int64)
    return Turn(
        one, padded, wrong, np.array([right]), np.array([day]), np.array([0.25]), np.zeros(1)
    )


def test_arrays_do_what_the_app_does() -> None:
    """One learner's answers give the same memory and ability in a cohort as folded by the app."""
    cohort, bench = Cohort(1, SECTION_OF, WEIGHTS), Workbench(LearnerState())
    for one in HISTORY:
        cohort.told(turn(*one))
        Learning(bench, WEIGHTS).take(response(*one))
    state = bench.finished()
    ability = ability_of(state, RULES, SECTIONS, WEIGHTS)
    now = START + timedelta(days=6)
    states = cohort.states(np.array([6.0]))

    assert states.mean[0] == pytest.approx(ability.rule_means(SECTION_OF), abs=1e-9)
    assert states.spread[0] == pytest.approx(ability.rule_spreads(SECTION_OF), abs=1e-9)
    memory = cohort.columns(np.zeros(4, np.int64), np.arange(4)[:, None], np.full(4, 6.0))
    assert memory @ WEIGHTS.memory_columns == pytest.approx(
        remembered_logits(state, RULES, now, WEIGHTS)
    )


def test_a_miss_leaves_failure_on_the_blamed_rule_and_reading_on_the_others() -> None:
    """What the chosen option fell by is a miss; the reasons of the rest were read."""
    cohort = Cohort(1, SECTION_OF, WEIGHTS)
    cohort.told(turn((0, 2), False, (2,), 0.0))

    assert cohort.traces[0, 2, 1].tolist() == [1.0] * 5
    assert cohort.traces[0, 0, 2].tolist() == [1.0] * 5
    assert cohort.traces.sum() == 10.0


@pytest.mark.parametrize("right", [True, False])
def test_hundreds_of_answers_of_one_kind_stay_finite(right: bool) -> None:
    """All right or all wrong: chances stay between guess and slip, and doubt stays positive."""
    cohort = Cohort(1, SECTION_OF, WEIGHTS)
    for number in range(300):
        rule = number % 4
        cohort.told(turn((rule,), right, () if right else (rule,), number / 9))
    p = cohort.predict(np.zeros(1, np.int64), np.array([[0]]), np.array([40.0]), 0.25)
    chances = cohort.form_chances(0, np.array([[0, 1], [3, -1]]), 40.0, 0.25, seed=1)

    assert np.isfinite(chances).all()
    assert (p > 0.85) == right and 0.25 < p < 1 - WEIGHTS.slip + 1e-9
    assert (cohort.states(np.array([40.0])).spread > 0).all()


def test_mock_items_can_be_harder() -> None:
    """The intercept of mocks lowers the chances of their items."""

    def share(in_form: float) -> Any:
        cohort = Cohort(1, SECTION_OF, replace(WEIGHTS, in_form=in_form))
        return cohort.form_chances(0, np.array([[0, 1]]), 1.0, 0.25, seed=1).mean()

    assert share(-0.8) < share(0.0)
