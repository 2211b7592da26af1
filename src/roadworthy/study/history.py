"""Readiness day by day: the forecasts that were kept, and those computed afterwards from events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from roadworthy.journal.event import Event, study_day
from roadworthy.learner.readiness import readiness
from roadworthy.learner.replay import fold
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

ExamAt = Callable[[LearnerState, datetime], datetime]
"""When the exam begins, for a state at a moment."""
# What is not studying: a day with nothing else gets no point of its own.
_OWN_RECORDS = frozenset(
    {"forecast", "plan_made", "clock_jumped", "pack_changed", "pack_change_seen"}
)


@dataclass(frozen=True, slots=True)
class DayForecast:
    """The forecast of one study day, 0 to 1. ``kept``: it was recorded on that day."""

    date: date
    p: float
    low: float
    high: float
    kept: bool


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A learner at the end of a study day: the state, and the time of the day's last event."""

    date: date
    state: LearnerState
    at: datetime


def day_ends(events: Sequence[Event], pack: Pack) -> Iterator[DayEnd]:
    """The state at the end of each study day on which something was done, oldest first."""
    state = LearnerState()
    for day, group in groupby(events, key=lambda event: study_day(event.at, event.zone)):
        studied, last = False, None
        for event in group:
            state = fold(state, event, pack)
            studied = studied or event.kind not in _OWN_RECORDS
            last = event
        if studied and last is not None:
            yield DayEnd(day, state, last.at)


def forecasts_by_day(
    events: Sequence[Event], pack: Pack, *, exam_at: ExamAt, seed: int, before: date
) -> list[DayForecast]:
    """One forecast for each day before ``before``: the kept one, else as it comes out today.

    A kept forecast was made when its day began. One that is computed afterwards is that of the
    day's end, by today's model and pack.
    """
    kept = {
        study_day(event.at, event.zone): event.payload
        for event in events
        if event.kind == "forecast" and event.payload["about"] == "exam"
    }
    days = [
        DayForecast(day, payload["p"], payload["low"], payload["high"], kept=True)
        for day, payload in kept.items()
        if day < before
    ]
    for end in day_ends(events, pack):
        if end.date >= before:
            break
        if end.date in kept:
            continue
        made = readiness(end.state, pack, exam_at(end.state, end.at), end.at, seed)
        if made.p is not None and made.low is not None and made.high is not None:
            days.append(DayForecast(end.date, made.p, made.low, made.high, kept=False))
    return sorted(days, key=lambda day: day.date)
