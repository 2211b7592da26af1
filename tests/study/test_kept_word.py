"""What skipping an evening was said to cost, beside what studying it bought."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from roadworthy.journal.event import Event
from roadworthy.study.kept_word import Word, word_of_today, words_kept

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def event(kind: str, day: int, hours: float = 0, **payload: Any) -> Event:
    """An event so many days after the first noon."""
    at = NOON + timedelta(days=day, hours=hours)
    key = f"{kind}:{day}:{hours}"
    return Event("here", int(at.timestamp()), at, "UTC", key, kind, payload)


def morning(day: int, followed: float, skipped: float | None) -> list[Event]:
    """The forecast and the plan with which a day begins."""
    chance = {"p": followed, "low": 0.0, "high": 1.0}
    other = None if skipped is None else {"p": skipped, "low": 0.0, "high": 1.0}
    return [
        event("forecast", day, about="exam", followed=chance, skipped=other),
        event("plan_made", day, 0.01, minutes=60),
    ]


def course(events: list[Event], **minutes: float) -> Any:
    """A course that holds these events; minutes by day as d24=45.0."""
    by_day = {date(2026, 11, int(name[1:])): many for name, many in minutes.items()}
    return SimpleNamespace(
        zone="UTC", events=lambda: events, state=lambda: SimpleNamespace(minutes_by_day=by_day)
    )


def test_an_evening_is_held_against_the_next_morning() -> None:
    """Said: with it less without it. Bought: the next morning less without it."""
    events = [*morning(0, 0.50, 0.48), *morning(1, 0.53, 0.52)]
    (word,) = words_kept(course(events, d24=45.0))

    assert (word.day, word.minutes, word.planned, word.whole) == (date(2026, 11, 24), 45, 60, True)
    assert (word.said, word.bought) == (pytest.approx(2.0), pytest.approx(5.0))


@pytest.mark.parametrize(
    ("events", "minutes"),
    [
        ([*morning(0, 0.5, 0.48), *morning(1, 0.5, 0.5)], 0.0),
        ([*morning(0, 0.5, 0.48), *morning(2, 0.5, 0.5)], 45.0),
        ([*morning(0, 0.5, 0.48), event("settings", 0, 1, values={}), *morning(1, 0.5, 0.5)], 45.0),
        ([*morning(0, 0.5, None), *morning(1, 0.5, 0.5)], 45.0),
        ([*morning(0, 0.5, 0.51), *morning(1, 0.5, 0.5)], 45.0),
        (morning(0, 0.5, 0.48), 45.0),
    ],
)
def test_what_cannot_be_compared_is_left_out(events: list[Event], minutes: float) -> None:
    """No study, a day between, a changed setting, no word, a cost of nothing, no next morning."""
    assert words_kept(course(events, d24=minutes)) == []


def test_today_counts_as_if_it_ended_now() -> None:
    """The evening that ends is held against the plan from tomorrow on; ten minutes are few."""
    standing: Any = SimpleNamespace(skipped=lambda now: SimpleNamespace(p=0.47))
    now = NOON + timedelta(hours=8)
    word = word_of_today(course(morning(0, 0.50, 0.48), d24=10.0), standing, now)

    assert word is not None
    assert word == Word(date(2026, 11, 24), 0.48, 0.50, 0.47, 10.0, 60)
    assert word.bought == pytest.approx(-1.0)
    assert not word.whole
    later = [*morning(0, 0.50, 0.48), event("settings", 0, 1, values={})]
    assert word_of_today(course(later, d24=10.0), standing, now) is None
