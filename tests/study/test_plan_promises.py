"""What a plan promises whatever is set: sections covered, stable, whole days in every zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.journal.event import study_day
from roadworthy.learner.state import LearnerState, Lesson, ResourceMark, Settings
from roadworthy.pack.model import Pack
from roadworthy.study.course import Course
from roadworthy.study.mock_days import form_minutes
from roadworthy.study.plan import Plan
from roadworthy.study.standing import Standing

from .conftest import NOW

TODAY = NOW.date()
NAMES = ["delivery-route", "stale-bread", "new-oven", "oven-rounds"]
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")


def made(state: LearnerState, pack: Pack, now: datetime = NOW, zone: str = "UTC") -> Plan:
    """The plan as a course in a zone makes it."""
    course = cast(Course, SimpleNamespace(state=lambda: state, pack=pack))
    return Standing(course, zone).plan(now)


def learned(result: Plan) -> list[str]:
    """The decisions that a plan teaches, in its order."""
    return [
        str(block.target) for day in result.days for block in day.blocks if block.kind == "learn"
    ]


@given(
    minutes=st.integers(5, 120),
    days=st.integers(1, 30),
    off=st.sets(st.integers(0, 6), max_size=6),
    met=st.sets(st.sampled_from(NAMES)),
    level=st.sampled_from(["new", "some", "work"]),
)
def test_every_section_is_covered_or_what_is_left_out_is_named(
    tiny_pack: Pack, minutes: int, days: int, off: set[int], met: set[str], level: str
) -> None:
    """Taught, met and named are all decisions; no section is bare while another has two new."""
    told = Settings(
        exam_date=TODAY + timedelta(days=days),
        minutes_per_day=minutes,
        days_off=tuple(off),
        experience=dict.fromkeys(tiny_pack.blueprint.sections, level),
    )
    lessons = {name: Lesson({"brief": NOW}) for name in met}
    result = made(LearnerState(settings=told, lessons=lessons), tiny_pack)
    taught = learned(result)

    assert sorted([*taught, *met, *result.untaught]) == sorted(tiny_pack.decisions)
    section_of = {
        name: tiny_pack.section_of(one.considerations[0])
        for name, one in tiny_pack.decisions.items()
    }
    bare = {section_of[name] for name in result.untaught} - {
        section_of[name] for name in (*taught, *met)
    }
    if bare:
        new = [section_of[name] for name in taught]
        assert len(new) == len(set(new)), "a second decision went before a section's first"


@settings(max_examples=20)
@given(
    minutes=st.integers(10, 120),
    days=st.integers(1, 40),
    later=st.integers(0, 59),
    met=st.sets(st.sampled_from(NAMES)),
)
def test_nothing_changes_while_nothing_changed(
    tiny_pack: Pack, minutes: int, days: int, later: int, met: set[str]
) -> None:
    """The same state gives the same plan, from an equal copy and at another minute as well."""
    told = Settings(exam_date=TODAY + timedelta(days=days), minutes_per_day=minutes)
    state = LearnerState(settings=told, lessons={one: Lesson({"brief": NOW}) for one in met})
    first = made(state, tiny_pack)
    again = made(replace(state), tiny_pack, NOW + timedelta(minutes=later))

    assert first.as_payload() == again.as_payload()
    assert (first.mocks, first.weeks, first.untaught) == (again.mocks, again.weeks, again.untaught)


@settings(max_examples=20)
@given(
    start=st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    hour=st.integers(0, 23),
    days=st.integers(0, 40),
    zone=st.sampled_from(ZONES),
)
def test_each_date_is_planned_once_through_changes_of_the_clock(
    tiny_pack: Pack, start: date, hour: int, days: int, zone: str
) -> None:
    """Days of 23 and 25 hours are days: every date to the exam once, with its own minutes."""
    now = datetime.combine(start, time(hour), ZoneInfo(zone)).astimezone(UTC)
    today = study_day(now, zone)
    state = LearnerState(settings=Settings(exam_date=today + timedelta(days=days)))
    result = made(state, tiny_pack, now, zone)

    assert [one.date for one in result.days] == [
        today + timedelta(days=number) for number in range(days + 1)
    ]
    assert all(one.minutes == 45 for one in result.days[:-1])
    local = result.exam_at.astimezone(ZoneInfo(zone))
    if days:
        assert (local.date(), local.hour) == (state.settings.exam_date, 9)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pacific/Kiritimati", "Pacific/Pago_Pago"),
        ("Pacific/Pago_Pago", "Pacific/Kiritimati"),
        ("Europe/Berlin", "Asia/Tokyo"),
    ],
)
@pytest.mark.parametrize("days", [1, 3, 10])
def test_travel_moves_today_and_nothing_else(
    tiny_pack: Pack, before: str, after: str, days: int
) -> None:
    """Over the date line today may come again or be skipped; the exam and its mocks stay."""
    exam = TODAY + timedelta(days=days + 1)
    state = LearnerState(
        settings=Settings(exam_date=exam), minutes_by_day={TODAY - timedelta(days=20): 45.0}
    )
    home, away = (made(state, tiny_pack, NOW, zone) for zone in (before, after))

    assert home.made_on == study_day(NOW, before)
    assert away.made_on == study_day(NOW, after)
    for one in (home, away):
        assert one.days[-1].exam
        assert one.days[-1].date == exam
        assert len(one.days) == (exam - one.made_on).days + 1
        for day in one.days:
            assert sum(block.minutes for block in day.blocks) == day.minutes <= 45
    latest = max(home.made_on, away.made_on)
    assert [one.date for one in home.mocks if one.date > latest] == [
        one.date for one in away.mocks if one.date > latest
    ]


def test_minutes_done_before_the_flight_count_on_their_own_day(tiny_pack: Pack) -> None:
    """A day that comes again after a flight west keeps what was done on it."""
    later = datetime(2026, 11, 25, 12, tzinfo=UTC)
    east, west = study_day(later, "Pacific/Kiritimati"), study_day(later, "Pacific/Pago_Pago")
    state = LearnerState(
        settings=Settings(exam_date=TODAY + timedelta(days=9)), minutes_by_day={west: 30.0}
    )

    assert east > west
    assert made(state, tiny_pack, later, "Pacific/Kiritimati").today.minutes == 45
    assert made(state, tiny_pack, later, "Pacific/Pago_Pago").today.minutes == 15


@settings(max_examples=25)
@given(
    minutes=st.integers(10, 150),
    days=st.integers(1, 35),
    confirmed=st.sets(st.sampled_from([2, 3, 5, 7, 8]), max_size=2),
    factor=st.sampled_from([1.0, 1.5]),
    read=st.integers(0, 59),
)
def test_no_kind_of_block_makes_a_day_longer_but_a_mock_that_was_confirmed(
    tiny_pack: Pack, minutes: int, days: int, confirmed: set[int], factor: float, read: int
) -> None:
    """All kinds share a day's minutes; an unconfirmed mock is the longest form that fits."""
    exam = TODAY + timedelta(days=days)
    told = Settings(
        exam_date=exam,
        minutes_per_day=minutes,
        mock_time=factor,
        mock_days=tuple(exam - timedelta(days=one) for one in confirmed),
    )
    state = LearnerState(settings=told, resources={"handbook": ResourceMark(read=read)})
    result = made(state, tiny_pack)
    forms = form_minutes(state, tiny_pack)
    whole = forms["full"][1]

    grown = {one.date for one in result.mocks if one.confirmed}
    assert grown <= set(told.mock_days)
    for day in result.days[:-1]:
        assert sum(block.minutes for block in day.blocks) == day.minutes
        assert day.minutes == (max(minutes, whole) if day.date in grown else minutes)
    for mock in result.mocks:
        room = whole if mock.confirmed else minutes
        fitting = [items for items, needed in forms.values() if needed <= room]
        assert mock.items == max(fitting, default=0)
