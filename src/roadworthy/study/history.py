"""Readiness day by day: the forecasts that were kept, and those computed afterwards from events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from roadworthy.journal.event import Event, study_day
from roadworthy.learner.readiness import readiness
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


class Days:
    """Keeps the state at the end of each study day while a journal is folded event by event."""

    def __init__(self) -> None:
        self._ended: list[DayEnd] = []
        self._last: Event | None = None
        self._day: date | None = None
        self._studied = False

    def begin(self, event: Event, state: LearnerState) -> None:
        """Tell of the next event, with the state before it."""
        day = study_day(event.at, event.zone)
        if day != self._day:
            self._ended = self.ends(state)
            self._day, self._studied = day, False
        self._studied = self._studied or event.kind not in _OWN_RECORDS
        self._last = event

    def ends(self, state: LearnerState) -> list[DayEnd]:
        """Days on which something was done, oldest first; the last one ends with ``state``."""
        if self._day is None or self._last is None or not self._studied:
            return list(self._ended)
        return [*self._ended, DayEnd(self._day, state, self._last.at)]


def forecasts_by_day(
    events: Sequence[Event],
    ends: Sequence[DayEnd],
    pack: Pack,
    *,
    exam_at: ExamAt,
    seed: int,
    before: date,
) -> list[DayForecast]:
    """One forecast for each day before ``before``: the kept one, else as it comes out today.

    ``events``: those that may hold kept forecasts; ``ends``: the study days so far. A kept forecast
    was made when its day began. One that is computed afterwards is that of the day's end, by
    today's model and pack.
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
    for end in ends:
        if end.date >= before:
            break
        if end.date in kept:
            continue
        made = readiness(end.state, pack, exam_at(end.state, end.at), end.at, seed)
        if made.p is not None and made.low is not None and made.high is not None:
            days.append(DayForecast(end.date, made.p, made.low, made.high, kept=False))
    return sorted(days, key=lambda day: day.date)
