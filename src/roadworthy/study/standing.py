"""Where a candidate stands: forecast, plan, what moved the forecast, and the record of each day.

It composes learner, plan and journal for both faces. Times are aware UTC; days are study days.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from roadworthy.errors import Conflict, StoreTrouble
from roadworthy.items.identity import digest
from roadworthy.journal.event import study_day, zone_named
from roadworthy.learner.moved import Moved, why_moved
from roadworthy.learner.readiness import Forecast, readiness
from roadworthy.learner.state import LearnerState
from roadworthy.study.course import Course
from roadworthy.study.forecast import Followed, followed, sat_today
from roadworthy.study.history import DayEnd, DayForecast, forecasts_by_day
from roadworthy.study.plan import Plan, plan
from roadworthy.study.policy import NO_DATE

EXAM_BEGINS = time(9, 0)
"""Local time at which an exam is taken to begin; appointments are not recorded."""


@dataclass(frozen=True, slots=True)
class Change:
    """How readiness moved since ``since`` began; ``before`` is the forecast of then, 0 to 1."""

    since: date
    before: float
    moved: Moved


class Standing:
    """Forecasts and plans of one course. Safe to call from several threads."""

    def __init__(self, course: Course, zone: str) -> None:
        self._course = course
        self._zone = zone
        self._ends: tuple[tuple[date, int], list[DayEnd]] | None = None
        self._past: tuple[tuple[date, int, str], list[DayForecast]] | None = None

    def exam_at(self, now: datetime, state: LearnerState | None = None) -> datetime:
        """When the exam begins; four weeks from ``now`` without a date, or after it."""
        exam = (state or self._course.state()).settings.exam_date
        if exam is None or exam < study_day(now, self._zone):
            return now.replace(minute=0, second=0, microsecond=0) + NO_DATE
        return datetime.combine(exam, EXAM_BEGINS, zone_named(self._zone)).astimezone(UTC)

    def readiness(self, now: datetime) -> Forecast:
        """The forecast of the exam if nothing is done until then; its ``p`` may be None yet."""
        state = self._course.state()
        return readiness(state, self._course.pack, self.exam_at(now), now, self.seed())

    def plan(self, now: datetime, minutes: int | None = None) -> Plan:
        """The plan from today on; ``minutes`` stand for what is left of today's."""
        return plan(
            self._course.state(),
            self._course.pack,
            today=study_day(now, self._zone),
            now=now,
            minutes_override=minutes,
            exam_at=self.exam_at(now),
            seed=self.seed(),
        )

    def followed(self, now: datetime) -> Followed | None:
        """The chance to pass if the plan is followed; None before there is a forecast."""
        return followed(
            self._course.state(), self._course.pack, self.plan(now), now=now, seed=self.seed()
        )

    def skipped(self, now: datetime) -> Followed | None:
        """That chance if nothing more is done today; None without an exam ahead or a forecast."""
        state, pack = self._course.state(), self._course.pack
        exam = state.settings.exam_date
        if exam is None or exam <= study_day(now, self._zone):
            return None
        return followed(state, pack, self.plan(now, 0), now=now, seed=self.seed())

    def exam_chances(self, now: datetime) -> dict[str, Any]:
        """The chances 'if you sat today' and 'if you follow the plan', as forecasts keep them."""
        today = sat_today(self._course.state(), self._course.pack, now=now, seed=self.seed())
        after = self.followed(now)
        return {
            "today": None if today.p is None else _chance(today),
            "followed": None if after is None else _chance(after),
        }

    def change(self, now: datetime) -> Change | None:
        """What moved readiness since the last day of study began, today if something was done.

        None while one of the two forecasts is missing.
        """
        state, today = self._course.state(), study_day(now, self._zone)
        ends = self._ends_before(today)
        studied_today = bool(state.minutes_by_day.get(today))
        place = -1 if studied_today else -2
        if len(ends) < -place:
            return None
        before = ends[place]
        since = today if studied_today else ends[-1].date
        exam_before = self.exam_at(before.at, before.state)
        seed, pack = self.seed(), self._course.pack
        first = readiness(before.state, pack, exam_before, before.at, seed)
        if first.p is None or self.readiness(now).p is None:
            return None
        moved = why_moved(
            before.state,
            state,
            pack,
            then=before.at,
            now=now,
            exam_before=exam_before,
            exam_after=self.exam_at(now),
            seed=seed,
        )
        return Change(since, first.p, moved)

    def history(self, now: datetime) -> list[DayForecast]:
        """The forecasts of the study days before today, oldest first."""
        today = study_day(now, self._zone)
        exam = self._course.state().settings.exam_date
        key = (today, self._last_seq_before(today), str(exam))
        if self._past is None or self._past[0] != key:
            found = forecasts_by_day(
                self._course.of_kinds("forecast"),
                self._course.day_ends(),
                self._course.pack,
                exam_at=lambda state, at: self.exam_at(at, state),
                seed=self.seed(),
                before=today,
            )
            self._past = (key, found)
        return self._past[1]

    def begin_day(self, now: datetime) -> None:
        """Keep the plan and the forecast with which a study day begins, once a day each.

        They are the program's own record, so a disk that is full does not stop the candidate.
        """
        day = study_day(now, self._zone).isoformat()
        journal = self._course.journal
        kept: list[tuple[str, dict[str, Any]]] = []
        if journal.by_key(f"plan_made:{day}") is None:
            kept.append(("plan_made", self.plan(now).as_payload()))
        if journal.by_key(f"forecast:{day}") is None and self.readiness(now).p is not None:
            made = self.readiness(now).as_payload() | self.exam_chances(now)
            without = self.skipped(now)
            made["skipped"] = None if without is None else _chance(without)
            kept.append(("forecast", made))
        for kind, payload in kept:
            with contextlib.suppress(StoreTrouble, Conflict):
                journal.append(kind, payload, key=f"{kind}:{day}", now=now, zone=self._zone)

    def followed_on(self, exam: date, now: datetime) -> Followed | None:
        """The chance to pass on another date if a plan until then is followed."""
        state = self._course.state()
        other = replace(state, settings=replace(state.settings, exam_date=exam))
        made = plan(
            other,
            self._course.pack,
            today=study_day(now, self._zone),
            now=now,
            exam_at=self.exam_at(now, other),
            seed=self.seed(),
        )
        return followed(other, self._course.pack, made, now=now, seed=self.seed())

    def seed(self) -> int:
        """The same on each day, so that forecasts can be compared."""
        return int(digest(self._course.state().learner or "")[:7], 16)

    def _ends_before(self, today: date) -> list[DayEnd]:
        """The last two study days before today, kept while nothing is added to them."""
        key = (today, self._last_seq_before(today))
        if self._ends is None or self._ends[0] != key:
            found = [end for end in self._course.day_ends() if end.date < today]
            self._ends = (key, found[-2:])
        return self._ends[1]

    def _last_seq_before(self, today: date) -> int:
        for event in reversed(self._course.events()):
            if study_day(event.at, event.zone) < today:
                return event.seq
        return 0


def _chance(made: Forecast | Followed) -> dict[str, float | None]:
    return {"p": made.p, "low": made.low, "high": made.high}
