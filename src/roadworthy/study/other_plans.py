"""What the plan would be otherwise: without tonight, without the missed days, with another day.

Each answer is a whole plan of the same state and the same draws, so that two plans differ by what
is asked alone. Points are of 100 of the chance to pass after the whole plan.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from roadworthy.journal.event import study_day
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState, Settings
from roadworthy.study.course import Course
from roadworthy.study.enough_time import TooShort, too_short
from roadworthy.study.mock_days import day_minutes
from roadworthy.study.plan import Plan, plan
from roadworthy.study.standing import Standing

NAMED = 2
LEAST_POINTS = 0.05


@dataclass(frozen=True, slots=True)
class Missed:
    """Planned days without study, from ``first`` on, and what the plan lost by them.

    ``lessons``: titles that have no place any more. ``mocks``, ``answers``: how many fewer the plan
    holds. ``cost``: points.
    """

    first: date
    days: int
    minutes: int
    lessons: tuple[str, ...]
    mocks: int
    answers: int
    cost: float

    def sentence(self) -> str:
        """What was dropped, and what it costs."""
        what = [f"“{title}”" for title in self.lessons[:NAMED]]
        if len(self.lessons) > NAMED:
            what.append(_count(len(self.lessons) - NAMED, "more lesson"))
        if self.mocks:
            what.append("a mock exam" if self.mocks == 1 else f"{self.mocks} mock exams")
        if self.answers > 0 or not what:
            what.append(f"about {_count(max(self.answers, 1), 'answer')}")
        missed = "The day" if self.days == 1 else f"The {self.days} days"
        return (
            f"{missed} without study dropped {_list(what)} from the plan, which costs "
            f"{points_words(self.cost)} of readiness."
        )


@dataclass(frozen=True, slots=True)
class DayBack:
    """A day off ahead that could be taken back: minutes that it would have, points they buy."""

    date: date
    minutes: int
    points: float


@dataclass(frozen=True, slots=True)
class Readings:
    """Minutes of resources and labs that a plan holds, and the points that practice would buy.

    ``labs``: whether there are any among them.
    """

    minutes: int
    points: float
    labs: bool

    @property
    def words(self) -> str:
        """'1.2 points'."""
        return points_words(self.points)


_KNOWN: Recent[LearnerState, Plan] = Recent(16)


class OtherPlans:
    """Plans beside the plan of one course. Safe to call from several threads."""

    def __init__(self, course: Course, standing: Standing, zone: str) -> None:
        self._course = course
        self._standing = standing
        self._zone = zone

    def skipped(self, now: datetime) -> float | None:
        """Points that doing nothing more today costs; None without an exam ahead or a block."""
        today = study_day(now, self._zone)
        usual = self._standing.plan(now)
        if not self._ahead(today) or not usual.today.blocks:
            return None
        return _lost(usual, self._standing.plan(now, 0))

    def missed(self, now: datetime) -> Missed | None:
        """What the days since the last study cost; None where none was missed.

        None too after the first minute of today, and without an exam ahead.
        """
        state, today = self._course.state(), study_day(now, self._zone)
        if not self._ahead(today) or state.minutes_by_day.get(today, 0.0) >= 1:
            return None
        days = missed_days(state, today, self._zone)
        if not days:
            return None
        then = now - timedelta(days=(today - days[0]).days)
        before = self._made(state, days[0], max([then, *state.last_event.values()]), "missed")
        after = self._standing.plan(now)
        return Missed(
            first=days[0],
            days=len(days),
            minutes=sum(day_minutes(state.settings, one) for one in days),
            lessons=tuple(title for name, title in _lessons(before) if name not in _names(after)),
            mocks=max(0, _mocks(before) - _mocks(after)),
            answers=before.answers - after.answers,
            cost=_lost(before, after),
        )

    def day_back(self, now: datetime) -> DayBack | None:
        """The next day off before the exam, and what studying on it after all would buy."""
        state, today = self._course.state(), study_day(now, self._zone)
        if not self._ahead(today):
            return None
        usual = state.settings.minutes_per_day
        for day in self._standing.plan(now).days:
            if day.off and not day.exam and day_minutes(state.settings, day.date) == 0:
                return DayBack(day.date, usual, self.if_day(now, day.date, usual) or 0.0)
        return None

    def readings(self, now: datetime) -> Readings | None:
        """What the plan's readings cost; None without one, and without an exam ahead."""
        today, usual = study_day(now, self._zone), self._standing.plan(now)
        blocks = [block for day in usual.days for block in day.blocks]
        minutes = sum(block.minutes for block in blocks if block.kind in ("resource", "lab"))
        if not minutes or not self._ahead(today):
            return None
        without = self._made(self._course.state(), today, now, "no readings", extras=False)
        labs = any(block.kind == "lab" for block in blocks)
        return Readings(minutes, max(0.0, _lost(without, usual)), labs)

    def if_day(self, now: datetime, day: date, minutes: int) -> float | None:
        """Points that the plan gains (or loses) if a day had so many minutes of study.

        None without an exam ahead.
        """
        state, today = self._course.state(), study_day(now, self._zone)
        if not self._ahead(today):
            return None
        other = replace(state, settings=with_day(state.settings, day, minutes))
        return -_lost(self._standing.plan(now), self._made(other, today, now, (day, minutes)))

    def too_short(self, now: datetime) -> TooShort | None:
        """What there is no time to teach, and what would be enough; None where all is taught."""
        state, today = self._course.state(), study_day(now, self._zone)

        def planned(minutes: int, assumed: frozenset[str]) -> Plan:
            other = replace(state, settings=replace(state.settings, minutes_per_day=minutes))
            return self._made(other, today, now, (minutes, assumed), assumed)

        return too_short(state, self._course.pack, self._standing.plan(now), planned)

    def _ahead(self, today: date) -> bool:
        exam = self._course.state().settings.exam_date
        return exam is not None and exam > today

    def _made(
        self,
        state: LearnerState,
        today: date,
        now: datetime,
        what: Hashable,
        assumed: frozenset[str] = frozenset(),
        extras: bool = True,
    ) -> Plan:
        """A plan of another state or day, kept with the state of now."""
        hour = now.replace(minute=0, second=0, microsecond=0)

        def make() -> Plan:
            return plan(
                state,
                self._course.pack,
                today=today,
                now=now,
                exam_at=self._standing.exam_at(now, state),
                assumed=assumed,
                extras=extras,
                seed=self._standing.seed(),
            )

        return _KNOWN.get_or_make(self._course.state(), (what, today, hour, self._zone), make)


def with_day(settings: Settings, day: date, minutes: int | None) -> Settings:
    """Settings in which one day has so many minutes; None gives it back its usual ones."""
    single = {one: kept for one, kept in settings.day_minutes.items() if one != day}
    if minutes is not None and minutes != day_minutes(replace(settings, day_minutes={}), day):
        single[day] = minutes
    return replace(settings, day_minutes=single)


def missed_days(state: LearnerState, today: date, zone: str) -> list[date]:
    """Days with planned minutes since the last day of study, today not among them."""
    studied = [day for day, minutes in state.minutes_by_day.items() if day < today and minutes >= 1]
    if studied:
        after = max(studied) + timedelta(days=1)
    elif state.enrolled_at is not None:
        after = study_day(state.enrolled_at, zone)
    else:
        return []
    between = (after + timedelta(days=number) for number in range((today - after).days))
    return [one for one in between if day_minutes(state.settings, one) > 0]


def points_words(points: float) -> str:
    """'1.8 points', 'less than 0.1 points'."""
    return "less than 0.1 points" if points < LEAST_POINTS else f"{points:.1f} points"


def _lost(before: Plan, after: Plan) -> float:
    return 100.0 * float(before.chances.mean() - after.chances.mean())


def _lessons(made: Plan) -> list[tuple[str | None, str]]:
    return [
        (block.target, block.title)
        for day in made.days
        for block in day.blocks
        if block.kind in ("learn", "read")
    ]


def _names(made: Plan) -> set[str | None]:
    return {name for name, _ in _lessons(made)}


def _mocks(made: Plan) -> int:
    return sum(block.kind == "mock" for day in made.days for block in day.blocks)


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
