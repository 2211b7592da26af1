from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput
from roadworthy.journal.event import Event, parse_utc, study_day, to_milliseconds, utc_text

MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("2020-01-01"),
    max_value=datetime.fromisoformat("2040-01-01"),
    timezones=st.just(UTC),
)


def make(at: datetime, journal: str, seq: int) -> Event:
    """A note at that place in the order."""
    return Event(journal, seq, at, "UTC", f"{journal}-{seq}", "note", {"about": "x", "text": ""})


def test_events_order_by_moment_then_journal_then_number() -> None:
    """Events of several journals sort by at, then journal id, then seq."""
    early, late = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    events = [make(late, "a", 1), make(early, "b", 1), make(early, "a", 9), make(early, "a", 2)]
    assert [(e.at.day, e.journal, e.seq) for e in sorted(events)] == [
        (1, "a", 2),
        (1, "a", 9),
        (1, "b", 1),
        (2, "a", 1),
    ]


def test_an_event_can_be_in_a_set() -> None:
    """Events hash although their payload is a mapping."""
    event = make(datetime(2026, 11, 1, tzinfo=UTC), "a", 1)
    assert len({event, event}) == 1


@pytest.mark.parametrize(
    ("local_hour", "minute", "day"),
    [(3, 59, date(2026, 11, 24)), (4, 0, date(2026, 11, 25)), (23, 30, date(2026, 11, 25))],
)
def test_a_study_day_begins_at_four(local_hour: int, minute: int, day: date) -> None:
    """Before 4 in the morning, local time, it is still the evening before."""
    berlin = datetime(2026, 11, 25, local_hour, minute, tzinfo=UTC) - timedelta(hours=1)
    assert study_day(berlin, "Europe/Berlin") == day


def test_a_study_day_is_local() -> None:
    """One moment is another study day in Tokyo than in San Francisco."""
    at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert study_day(at, "Asia/Tokyo") == date(2026, 11, 25)
    assert study_day(at, "America/Los_Angeles") == date(2026, 11, 24)


@settings(max_examples=60, deadline=None)
@given(
    MOMENTS,
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.sampled_from(["Europe/Berlin", "America/Havana", "Asia/Beirut", "Asia/Kathmandu", "UTC"]),
)
def test_study_days_never_run_backward(at: datetime, step: timedelta, zone: str) -> None:
    """A later moment is on the same study day or on a later one, also when clocks are set."""
    assert study_day(at, zone) <= study_day(at + step, zone)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "Europe", "/etc/localtime"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """What is no IANA name gives bad input with an example, not a library error."""
    with pytest.raises(BadInput, match="Europe/Berlin"):
        study_day(datetime(2026, 11, 24, tzinfo=UTC), zone)


def test_a_naive_moment_is_refused() -> None:
    """A moment without a time zone could mean any instant."""
    with pytest.raises(BadInput, match="no time zone"):
        study_day(datetime.fromisoformat("2026-11-24"), "UTC")


@settings(max_examples=60, deadline=None)
@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order(one: datetime, two: datetime) -> None:
    """The kept text of moments sorts as the moments do, and reads back to the millisecond."""
    assert parse_utc(utc_text(one)) == to_milliseconds(one)
    assert (utc_text(one) < utc_text(two)) == (to_milliseconds(one) < to_milliseconds(two))


@pytest.mark.parametrize("text", ["2026-11-24T23:10:00", "2026-11-24T23:10:00+01:00", "soon"])
def test_a_moment_that_is_not_utc_is_refused(text: str) -> None:
    """Text without an offset, or with another one than zero, is not read as UTC."""
    with pytest.raises(ValueError):
        parse_utc(text)
