from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.course import Course
from roadworthy.study.other_plans import Missed, OtherPlans, missed_days, with_day
from roadworthy.study.standing import Standing

from .conftest import NOW

Studied = Callable[..., LearnerState]
TODAY = NOW.date()
MET = ["delivery-route", "stale-bread"]


def others(state: LearnerState, pack: Pack) -> OtherPlans:
    """Other plans of a course that stands still."""
    course = cast(Course, SimpleNamespace(state=lambda: state, pack=pack))
    return OtherPlans(course, Standing(course, "UTC"), "UTC")


@pytest.fixture
def state(studied: Studied) -> LearnerState:
    """Two decisions met and answered yesterday; the exam is in 16 days, Saturdays are off."""
    found = studied(MET, answers=6, exam_date=TODAY + timedelta(days=16), days_off=(5,))
    return replace(
        found, minutes_by_day={TODAY - timedelta(days=1): 45.0}, enrolled_at=NOW - timedelta(days=1)
    )


def test_tonight_skipped_costs_what_it_said(state: LearnerState, tiny_pack: Pack) -> None:
    """The cost of skipping tonight is what the next morning names, to a tenth of a point."""
    plans = others(state, tiny_pack)
    said = plans.skipped(NOW)
    morning = plans.missed(NOW + timedelta(days=1))

    assert said is not None
    assert said > 0
    assert morning is not None
    assert (morning.first, morning.days, morning.minutes) == (TODAY, 1, 45)
    assert morning.cost == pytest.approx(said, abs=0.1)


def test_more_missed_days_cost_more(state: LearnerState, tiny_pack: Pack) -> None:
    """Five days away cost more than two, and drop more answers; days off are not missed."""
    plans = others(state, tiny_pack)
    two, five = (plans.missed(NOW + timedelta(days=days)) for days in (2, 6))

    assert two is not None
    assert five is not None
    assert (two.days, five.days) == (2, 5), "one of the six days was a Saturday"
    assert five.cost > two.cost > 0
    assert five.answers > two.answers > 0


def test_nothing_is_missed_after_the_first_minute(state: LearnerState, tiny_pack: Pack) -> None:
    """Study today ends the sentence; so does a day off of one's own, and no exam ahead."""
    later = NOW + timedelta(days=1)
    studied = replace(state, minutes_by_day={**state.minutes_by_day, later.date(): 2.0})
    off = replace(state, settings=with_day(state.settings, TODAY, 0))
    none = replace(state, settings=replace(state.settings, exam_date=None))

    for one in (studied, off, none):
        assert others(one, tiny_pack).missed(later) is None
    assert others(none, tiny_pack).skipped(NOW) is None
    assert others(none, tiny_pack).day_back(NOW) is None


def test_a_day_off_taken_back_buys_points(state: LearnerState, tiny_pack: Pack) -> None:
    """The next Saturday is offered; a planned day without study loses points."""
    plans = others(state, tiny_pack)
    back = plans.day_back(NOW)

    assert back is not None
    assert (back.date, back.minutes) == (date(2026, 11, 28), 45)
    assert back.points > 0
    lost = plans.if_day(NOW, date(2026, 11, 27), 0)
    assert lost is not None
    assert lost < 0


def test_a_day_given_back_leaves_no_trace(state: LearnerState) -> None:
    """A single day with its usual minutes, or with None, is no exception any more."""
    day = date(2026, 11, 28)
    on = with_day(state.settings, day, 45)

    assert on.day_minutes == {day: 45}
    assert with_day(on, day, None) == state.settings == with_day(on, day, 0)


def test_missed_days_begin_after_the_last_study(state: LearnerState) -> None:
    """Planned days since then, or since enrolment; today is never among them."""
    later = TODAY + timedelta(days=4)  # a Sunday
    fresh = replace(state, minutes_by_day={})

    assert missed_days(state, later, "UTC") == [TODAY + timedelta(days=n) for n in range(3)]
    assert missed_days(fresh, TODAY, "UTC") == [TODAY - timedelta(days=1)]
    assert missed_days(state, TODAY, "UTC") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "The 5 days without study dropped about 60 answers from the plan, which costs 2.6 "
            "points of readiness.",
        ),
        (
            {"days": 1, "lessons": ("A", "B", "C"), "mocks": 1, "answers": 0, "cost": 0.01},
            "The day without study dropped “A”, “B”, 1 more lesson and a mock exam from the plan, "
            "which costs less than 0.1 points of readiness.",
        ),
        (
            {"mocks": 2, "answers": 1},
            "The 5 days without study dropped 2 mock exams and about 1 answer from the plan, "
            "which costs 2.6 points of readiness.",
        ),
    ],
)
def test_one_sentence_says_what_went(changes: dict[str, Any], sentence: str) -> None:
    """Lessons first, then mocks, then answers."""
    usual: dict[str, Any] = {
        "first": TODAY, "days": 5, "minutes": 225, "lessons": (), "mocks": 0, "answers": 60,
        "cost": 2.62,
    }  # fmt: skip
    assert Missed(**usual | changes).sentence() == sentence
