from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from roadworthy.learner.ability import ability_of
from roadworthy.learner.form_forecast import form_forecast
from roadworthy.learner.learning import Learning
from roadworthy.learner.moved import why_moved
from roadworthy.learner.predict import ItemLike, predict
from roadworthy.learner.readiness import readiness
from roadworthy.learner.state import LearnerState, Response
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.learner.workbench import Workbench
from roadworthy.pack.model import Pack

START = datetime(2026, 11, 2, 18, tzinfo=UTC)
PER_SESSION = 25


class Anything:
    """An item on these rules."""

    section = "1"
    answers = 4

    def __init__(self, *rules: str) -> None:
        self.rules = rules


def answers(pack: Pack, count: int, right: bool | None, *, foreign: bool = False) -> LearnerState:
    """A learner of ``count`` answers, one a minute: all right, all wrong, or two of three right."""
    syllabus = syllabus_of(pack)
    bench = Workbench(LearnerState())
    learning = Learning(bench, WEIGHTS)
    for number in range(count):
        rule = f"gone-{number % 3}.G1" if foreign else syllabus.rules[number % len(syllabus.rules)]
        decision = rule.split(".", 1)[0]
        section = (
            syllabus.sections[0]
            if foreign
            else syllabus.sections[syllabus.section_of[syllabus.place[rule]]]
        )
        at = START + timedelta(minutes=number)
        good = number % 3 > 0 if right is None else right
        learning.take(
            Response(
                presentation=f"p{number}", session=f"s{number // PER_SESSION}", form=None, at=at,
                day=at.date(), decision=decision, section=section, kind="choice", length="brief",
                step="full", purpose="", situation=f"x{number}", rules=(rule,),
                blamed=() if good else (rule,), right=good, confidence=2, seconds=40.0,
                reading_seconds=20.0, aided=False, repeated=False, options=4, weight=1.0,
                why_no_weight=None, misconception=None, chosen=(0,),
            )
        )  # fmt: skip
    return bench.finished()


def numbers(state: LearnerState, pack: Pack) -> list[float]:
    """Every chance that the model gives of a state."""
    syllabus = syllabus_of(pack)
    now = START + timedelta(days=80)
    items: list[ItemLike] = [Anything(rule) for rule in syllabus.rules[:5]]
    items.append(Anything("never-heard-of.R1"))
    told = readiness(state, pack, now + timedelta(days=7), now, 1)
    form = form_forecast(state, pack, items, now, 1)
    ability = ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS)
    spreads = ability.rule_spreads(syllabus.section_of)
    assert np.isfinite(spreads).all() and (spreads > 0).all()
    result = [*predict(state, items, now).tolist(), form.p, *form.score]
    if told.p is not None and told.low is not None and told.high is not None:
        assert 0.0 <= told.low <= told.p <= told.high <= 1.0
        result += [told.p, told.low, told.high]
    return result


@pytest.mark.parametrize("count", [1, 7, 8, 400])
@pytest.mark.parametrize("right", [True, False, None])
def test_all_numbers_are_finite(tiny_pack: Pack, count: int, right: bool | None) -> None:
    """One answer or many, all right, all wrong or mixed: finite, chances between 0 and 1."""
    told = numbers(answers(tiny_pack, count, right), tiny_pack)

    assert np.isfinite(told).all()
    assert min(told) >= 0.0 and max(told) <= 1.0


def test_all_right_and_all_wrong_lie_apart(tiny_pack: Pack) -> None:
    """After 400 answers the one all but passes a mock, the other all but fails it."""
    now = START + timedelta(hours=8)
    items: list[ItemLike] = [Anything(rule) for rule in syllabus_of(tiny_pack).rules[:6]]
    good = form_forecast(answers(tiny_pack, 400, True), tiny_pack, items, now, 1)
    bad = form_forecast(answers(tiny_pack, 400, False), tiny_pack, items, now, 1)

    assert bad.p < 0.15 < 0.85 < good.p


def test_answers_of_another_pack_say_only_who_one_is(tiny_pack: Pack) -> None:
    """Rules that the pack does not hold any more move the learner and section, no other rule."""
    state = answers(tiny_pack, 60, True, foreign=True)
    syllabus = syllabus_of(tiny_pack)
    ability = ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS)

    assert np.isfinite(numbers(state, tiny_pack)).all()
    assert ability.belief.mean[0, 0] > 0
    assert (ability.belief.start == 0).all()


def test_a_hundred_thousand_answers(tiny_pack: Pack) -> None:
    """Ten years of study: finite, and still not more than sure."""
    few = answers(tiny_pack, 3_000, None)
    many = replace(few, responses=few.responses * 34)
    told = numbers(many, tiny_pack)

    assert len(many.responses) > 100_000
    assert np.isfinite(told).all()
    assert max(told) <= 1.0


def test_nothing_moves_between_a_state_and_itself(tiny_pack: Pack) -> None:
    """Why did it move? It did not."""
    state = answers(tiny_pack, 40, None)
    now, exam = START + timedelta(days=2), START + timedelta(days=20)
    moved = why_moved(
        state, replace(state), tiny_pack, then=now, now=now, exam_before=exam, exam_after=exam,
        seed=1,
    )  # fmt: skip

    assert (moved.points, moved.causes) == (0.0, ())
