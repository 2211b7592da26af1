"""On which days the plan has a mock exam, and how long a form each day holds.

Two mocks stand in the last third of a course: about a week and about three days before the exam, so
that what they show can still be mended. A day is never made longer than its minutes by itself: it
gets the longest form that fits, and its real length only when the candidate has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from roadworthy.learner.state import LearnerState, Settings
from roadworthy.pack.model import Pack
from roadworthy.study.form import Scale, minutes_for, sizes
from roadworthy.study.phases import first_day

WINDOWS = ((7, 8, 6, 5), (3, 4, 2))
"""Days before the exam on which each mock may be, the best one first."""
LAST_PART = 3
"""Mocks lie in the last third of the days from enrolment to the exam."""


@dataclass(frozen=True, slots=True)
class MockDay:
    """A day with a mock. ``scale``: the form that is planned, None where not even one fits.

    ``minutes`` and ``items`` are those of that form; ``full_minutes`` the time of a whole mock.
    ``confirmed``: the candidate has made room for a whole one.
    """

    date: date
    scale: Scale | None
    items: int
    minutes: int
    full_minutes: int
    confirmed: bool


def day_minutes(settings: Settings, day: date) -> int:
    """Minutes of study that a day has by the settings; 0 for a day off."""
    if day in settings.day_minutes:
        return settings.day_minutes[day]
    return 0 if day.weekday() in settings.days_off else settings.minutes_per_day


def form_minutes(state: LearnerState, pack: Pack) -> dict[Scale, tuple[int, int]]:
    """Scale -> (items, minutes with the candidate's extra time), the longest form first."""
    factor = state.settings.mock_time
    longest_first = sorted(sizes(pack).items(), key=lambda one: -one[1])
    return {scale: (size, round(minutes_for(size, pack) * factor)) for scale, size in longest_first}


def mock_days(
    state: LearnerState, pack: Pack, *, today: date, exam: date, budget: Mapping[date, int]
) -> dict[date, MockDay]:
    """The mocks from ``today`` to the exam by day. ``budget``: minutes that each day has left."""
    began = first_day(state, today)
    taken = {one.day for one in state.responses if one.form is not None}
    found: dict[date, MockDay] = {}
    for window in WINDOWS:
        dates = [exam - timedelta(days=before) for before in window]
        if taken.intersection(dates):
            continue
        open_dates = [
            one
            for one, before in zip(dates, window, strict=True)
            if one in budget and one >= today and before * LAST_PART <= (exam - began).days
        ]
        days = [_mock_day(state, pack, one, budget[one]) for one in open_dates if budget[one] > 0]
        days.sort(key=lambda one: (not one.confirmed, one.scale is None))
        if days:
            found[days[0].date] = days[0]
    return found


def _mock_day(state: LearnerState, pack: Pack, day: date, minutes: int) -> MockDay:
    forms = form_minutes(state, pack)
    full = forms["full"][1]
    confirmed = day in state.settings.mock_days
    for scale, (items, needed) in forms.items():
        if needed <= (full if confirmed else minutes):
            return MockDay(day, scale, items, needed, full, confirmed)
    return MockDay(day, None, 0, 0, full, False)
