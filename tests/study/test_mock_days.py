from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.learner.state import LearnerState, Settings
from roadworthy.pack.model import Pack
from roadworthy.study.form import minutes_for, sizes
from roadworthy.study.mock_days import WINDOWS, form_minutes
from roadworthy.study.plan import Plan, plan

from .conftest import NOW, response

Studied = Callable[..., LearnerState]
TODAY = date(2026, 11, 25)
EXAM = TODAY + timedelta(days=28)


def made(state: LearnerState, pack: Pack, today: date = TODAY, **changes: Any) -> Plan:
    """The plan of a day with seed 1."""
    now = NOW + (today - TODAY)
    return plan(state, pack, today=today, now=now, seed=1, **changes)


def mocks_of(result: Plan) -> list[tuple[int, str | None, int]]:
    """(days before the exam, scale, minutes) of each mock block."""
    return [
        ((EXAM - day.date).days, block.target, block.minutes)
        for day in result.days
        for block in day.blocks
        if block.kind == "mock"
    ]


def test_two_mocks_stand_a_week_and_three_days_before(studied: Studied, tiny_pack: Pack) -> None:
    """A usual day holds the longest form that fits, first of all, and practice in what is left."""
    result = made(studied(exam_date=EXAM, minutes_per_day=34), tiny_pack)
    lengths = form_minutes(studied(), tiny_pack)
    fits = max(minutes for _, minutes in lengths.values() if minutes <= 34)

    found = mocks_of(result)
    assert [(days, minutes) for days, _, minutes in found] == [(7, fits), (3, fits)]
    day = result.day(EXAM - timedelta(days=7))
    assert day is not None
    assert day.blocks[0].kind == "mock"
    assert sum(block.minutes for block in day.blocks) == day.minutes == 34


def test_a_confirmed_day_has_its_real_length(studied: Studied, tiny_pack: Pack) -> None:
    """Only the day that was confirmed grows, to the minutes of a whole mock."""
    day = EXAM - timedelta(days=7)
    result = made(studied(exam_date=EXAM, minutes_per_day=20, mock_days=(day,)), tiny_pack)
    full = minutes_for(sizes(tiny_pack)["full"], tiny_pack)

    assert full > 20
    assert [(one.date, one.minutes) for one in result.days if one.minutes > 20] == [(day, full)]
    assert (7, "longest", full) in mocks_of(result)


def test_a_day_names_the_longest_form_that_fits(studied: Studied, tiny_pack: Pack) -> None:
    """60, 50, 40, 30 or 15 items by the minutes of the day; each can be asked for by its name."""
    head = tiny_pack.head.model_copy(
        update={"exam_minutes": 120, "exam_items_min": 50, "exam_items_max": 60}
    )
    pack = replace(tiny_pack, head=head)
    day = EXAM - timedelta(days=7)
    found = {}
    for minutes in (35, 36, 71, 72, 95, 96, 119, 120, 150):
        result = made(studied(exam_date=EXAM, minutes_per_day=minutes), pack)
        found[minutes] = {one.date: one.items for one in result.mocks}[day]
        title = [b.title for b in (result.day(day) or result.today).blocks if b.kind == "mock"]
        assert all(one.endswith(f"mock exam, {found[minutes]} items") for one in title)
    assert found == {35: 0, 36: 15, 71: 15, 72: 30, 95: 30, 96: 40, 119: 40, 120: 60, 150: 60}
    assert sizes(pack) == {"full": 50, "longest": 60, "long": 40, "half": 30, "short": 15}


def test_extra_time_counts(studied: Studied, tiny_pack: Pack) -> None:
    """With twice the time a mock takes twice the minutes of a day."""
    day = EXAM - timedelta(days=3)
    result = made(studied(exam_date=EXAM, mock_time=2.0, mock_days=(day,)), tiny_pack)

    full = 2 * minutes_for(sizes(tiny_pack)["full"], tiny_pack)
    assert (3, "longest", full) in mocks_of(result)


def test_a_day_off_or_a_missed_mock_moves_within_its_window(
    studied: Studied, tiny_pack: Pack
) -> None:
    """An off day passes the mock to a neighbor; so does a morning after, and later it is gone."""
    state = studied(exam_date=EXAM, day_minutes={EXAM - timedelta(days=7): 0})
    assert [days for days, *_ in mocks_of(made(state, tiny_pack))] == [8, 3]

    usual = studied(exam_date=EXAM)
    for before, expected in ((7, [7, 3]), (6, [6, 3]), (5, [5, 3]), (4, [3]), (2, [2]), (1, [])):
        result = made(usual, tiny_pack, EXAM - timedelta(days=before))
        assert [days for days, *_ in mocks_of(result)] == expected


def test_a_mock_that_was_taken_is_not_planned_again(studied: Studied, tiny_pack: Pack) -> None:
    """A form of the same week stands for its mock; the second one stays."""
    today = EXAM - timedelta(days=6)
    answer = response(
        tiny_pack, "stale-bread", ["stale-bread.SB1"], True, NOW + (today - TODAY - timedelta(1))
    )
    state = replace(studied(exam_date=EXAM), responses=(replace(answer, form="f1", session=None),))

    assert [days for days, *_ in mocks_of(made(state, tiny_pack, today))] == [3]


@pytest.mark.parametrize(("days", "mocks"), [(28, 2), (18, 2), (14, 1), (6, 1), (5, 0), (0, 0)])
def test_mocks_lie_in_the_last_third(
    studied: Studied, tiny_pack: Pack, days: int, mocks: int
) -> None:
    """A short course has one mock or none, and one without a date has none."""
    result = made(studied(exam_date=TODAY + timedelta(days=days)), tiny_pack)

    assert len(result.mocks) == mocks
    assert made(studied(), tiny_pack).mocks == ()


def test_a_day_too_short_for_any_form_offers_one(studied: Studied, tiny_pack: Pack) -> None:
    """With ten minutes no mock is planned, and the offer names what a whole one takes."""
    shortest = min(minutes for _, minutes in form_minutes(studied(), tiny_pack).values())
    result = made(studied(exam_date=EXAM, minutes_per_day=shortest - 1), tiny_pack)

    assert mocks_of(result) == []
    assert [(one.scale, one.minutes) for one in result.mocks] == [(None, 0)] * 2
    assert all(one.full_minutes == 40 for one in result.mocks)


@given(
    minutes=st.integers(5, 150),
    days=st.integers(1, 40),
    off=st.sets(st.integers(0, 6), max_size=6),
    confirmed=st.sets(st.integers(1, 9), max_size=3),
    single=st.dictionaries(st.integers(0, 12), st.integers(0, 90), max_size=4),
)
def test_only_a_confirmed_mock_day_is_longer_than_its_minutes(
    tiny_pack: Pack,
    minutes: int,
    days: int,
    off: set[int],
    confirmed: set[int],
    single: dict[int, int],
) -> None:
    """Whatever is set, each day's blocks fill its own minutes; a confirmed mock alone adds some."""
    exam = TODAY + timedelta(days=days)
    settings = Settings(
        exam_date=exam,
        minutes_per_day=minutes,
        days_off=tuple(off),
        mock_days=tuple(exam - timedelta(days=one) for one in confirmed),
        day_minutes={TODAY + timedelta(days=one): count for one, count in single.items()},
    )
    result = made(LearnerState(settings=settings), tiny_pack)

    grown = {one.date for one in result.mocks if one.confirmed}
    assert grown <= set(settings.mock_days)
    for day in result.days:
        number = (day.date - TODAY).days
        usual = 0 if day.exam else 0 if day.date.weekday() in off else minutes
        usual = single.get(number, usual) if not day.exam else 0
        assert sum(block.minutes for block in day.blocks) == day.minutes
        assert day.minutes == usual or (day.date in grown and day.minutes > usual)
    windows = {before for window in WINDOWS for before in window}
    assert all((exam - one.date).days in windows for one in result.mocks)
