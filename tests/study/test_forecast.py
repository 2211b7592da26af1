from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from roadworthy.learner.readiness import CAP
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.forecast import Outlooks, followed, outlooks
from roadworthy.study.plan import plan

Studied = Callable[..., LearnerState]
TODAY = date(2026, 11, 25)
ALL = ("delivery-route", "stale-bread", "new-oven", "oven-rounds")


def looked(state: LearnerState, pack: Pack, now: datetime) -> Outlooks:
    """The forecasts with the plan of today."""
    return outlooks(state, pack, plan(state, pack, today=TODAY, now=now, seed=1), now=now, seed=1)


def test_no_forecast_no_promise(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Before eight answers none of the three is a number."""
    result = looked(studied(exam_date=TODAY + timedelta(days=20)), tiny_pack, now)

    assert result.sat_today.p is None
    assert result.unpractised.p is None
    assert result.followed is None


def test_practice_beats_rest(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Following the plan is above doing nothing until the exam; so is sitting while fresh."""
    state = studied(ALL, answers=6, exam_date=TODAY + timedelta(days=20))
    result = looked(state, tiny_pack, now)

    assert result.followed is not None
    assert result.unpractised.p is not None
    assert result.sat_today.p is not None
    assert result.followed.p > result.unpractised.p
    assert result.sat_today.p > result.unpractised.p


def test_plan_without_days_changes_nothing(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """With every day off, the plan's forecast is the one without practice."""
    state = studied(ALL, answers=6, exam_date=TODAY + timedelta(days=9), days_off=tuple(range(7)))
    result = looked(state, tiny_pack, now)

    assert result.followed is not None
    assert result.unpractised.p is not None
    assert abs(result.followed.p - result.unpractised.p) < 1e-9


def test_cap_holds_for_the_plan_too(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """However good the plan, without two mocks it promises no more than the cap."""
    rated = dict.fromkeys("123", "work")
    state = studied(ALL, answers=120, exam_date=TODAY + timedelta(days=5), experience=rated)
    made = replace(
        plan(state, tiny_pack, today=TODAY, now=now, seed=1),
        chances=plan(state, tiny_pack, today=TODAY, now=now, seed=1).chances * 0 + 0.95,
    )
    capped = followed(state, tiny_pack, made, now=now, seed=1)

    assert capped is not None
    assert (capped.p, capped.high) == (CAP, CAP)
