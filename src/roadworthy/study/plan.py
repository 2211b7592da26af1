"""The plan: minutes of each day until the exam, made anew from the days that are left.

It never becomes a backlog. What was not done is not carried over: the plan only asks what the
remaining minutes are best spent on, and says what that leaves out and what it costs.
"""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.answer_time import typical_seconds
from roadworthy.study.day import NEW_SHARE, NO_NEW_DAYS, fill_day
from roadworthy.study.day_course import Block, Course, Planned, course_of
from roadworthy.study.lab_days import bench_of
from roadworthy.study.learn_time import known_decisions
from roadworthy.study.left_out import LeftOut, left_out
from roadworthy.study.mock_days import MockDay, day_minutes, mock_days
from roadworthy.study.outlook import Outlook, Worth
from roadworthy.study.phases import Week, first_day, stretches
from roadworthy.study.policy import NO_DATE, horizon
from roadworthy.study.reading_days import shelf_of
from roadworthy.study.strip import StripDay, note, strip

Floats = NDArray[np.float64]
SILENT = ("read", "resource", "lab")
"""Kinds of blocks that ask no items."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day: its blocks fill its minutes exactly. ``off``: no study, by wish or for the exam."""

    date: date
    minutes: int
    blocks: tuple[Block, ...]
    off: bool = False
    exam: bool = False


@dataclass(frozen=True)
class Plan:
    """The plan as made on ``made_on``. ``days`` begin with today and end with the exam if any.

    ``chances``: the chance to pass in each draw after the whole plan. ``answers``: about how many
    answers it holds. ``note``: what is special about it, in sentences, or empty. ``left_out``:
    what today has no room for. ``mocks``: days with a mock exam, planned or offered.
    ``untaught``: decisions that have no place before the exam.
    """

    made_on: date
    exam_date: date | None
    exam_at: datetime
    days: tuple[DayPlan, ...]
    weeks: tuple[Week, ...]
    left_out: tuple[LeftOut, ...]
    strip: tuple[StripDay, ...]
    note: str
    done_today: float
    answers: int
    chances: Floats
    mocks: tuple[MockDay, ...] = ()
    untaught: tuple[str, ...] = ()

    @property
    def today(self) -> DayPlan:
        return self.days[0]

    def day(self, of: date) -> DayPlan | None:
        """The plan of a date; None outside of the plan."""
        return next((one for one in self.days if one.date == of), None)

    def as_payload(self) -> dict[str, Any]:
        """The payload of a ``plan_made`` event."""
        days = [
            {
                "date": one.date.isoformat(),
                "minutes": one.minutes,
                "off": one.off,
                "exam": one.exam,
                "blocks": [asdict(block) for block in one.blocks],
            }
            for one in self.days
        ]
        return {
            "date": self.made_on.isoformat(),
            "exam_date": self.exam_date.isoformat() if self.exam_date else None,
            "minutes": self.today.minutes,
            "blocks": days[0]["blocks"],
            "days": days,
        }


_KNOWN: Recent[LearnerState, Plan] = Recent(8)


def plan(
    state: LearnerState,
    pack: Pack,
    *,
    today: date,
    now: datetime,
    minutes_override: int | None = None,
    exam_at: datetime | None = None,
    assumed: frozenset[str] = frozenset(),
    extras: bool = True,
    seed: int,
) -> Plan:
    """The plan from ``today`` (a study day) to the exam; kept until the next event or hour.

    ``minutes_override``: minutes from now on today, in place of what is left of the daily minutes.
    ``exam_at``: when the exam begins, by default noon UTC of its date. Without a date, or after
    it, the plan looks 28 days ahead. ``assumed``: sections to take for mostly known. ``extras``:
    with resources to read and labs.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = (pack.hash, id(pack), today, hour, minutes_override, exam_at, assumed, extras, seed)

    def make() -> Plan:
        return _make(
            state, pack, today, hour, minutes_override, exam_at, assumed, seed, extras=extras
        )

    return _KNOWN.get_or_make(state, key, make)


def _make(
    state: LearnerState,
    pack: Pack,
    today: date,
    now: datetime,
    minutes_override: int | None,
    exam_at: datetime | None,
    assumed: frozenset[str],
    seed: int,
    scarce: bool = False,
    extras: bool = True,
) -> Plan:
    exam = state.settings.exam_date
    ahead = exam is not None and exam >= today
    last = exam if exam is not None and ahead else today + NO_DATE
    begins = max(exam_at or horizon(state, now), now) if ahead else now + NO_DATE
    count = (last - today).days
    dates = [today + timedelta(days=number) for number in range(count)]
    done = state.minutes_by_day.get(today, 0.0)
    budget = {one: day_minutes(state.settings, one) for one in dates}
    if dates:
        left = max(0, budget[today] - round(done))
        budget[today] = left if minutes_override is None else max(0, minutes_override)
    mocks = _mocks(state, pack, today, last if ahead else None, budget, minutes_override)

    outlook = Outlook(state, pack, now=now, exam_at=begins, seed=seed)
    known = known_decisions(state, pack, now)
    course = course_of(state, pack, outlook, today, known=known, assumed=assumed)
    course.scarce = scarce or not _all_fit(course, list(budget.values()))
    parts = stretches(pack, first_day(state, today) if ahead else today, today, last)
    extras = extras and not course.scarce and bool(dates)
    if extras:
        totals = budget | {today: budget[today] + round(done)}
        course.shelf = shelf_of(state, pack, today=today, now=now, stretches=parts, totals=totals)
        ends = (parts[-1].first - today).days
        since = (today - first_day(state, today)).days
        course.bench = bench_of(
            pack.labs, state, pack, today=today, now=now, ends=ends, since=since
        )
    planned: list[Planned] = []
    after_today = course, outlook
    for number, one in enumerate(dates):
        blocks = fill_day(
            course, outlook, minutes=budget[one], day=float(number), days_left=count - number,
            mock=mocks.get(one), done=0 if number else round(done),
        )  # fmt: skip
        planned.append(blocks)
        if number == 0:
            after_today = (copy.deepcopy(course, {id(pack): pack}), outlook.copy())
    if course.unmet and not course.scarce:
        # Not all fit after all: without readings and labs, or else what adds most goes first.
        return _make(
            state,
            pack,
            today,
            now,
            minutes_override,
            exam_at,
            assumed,
            seed,
            scarce=not extras,
            extras=False,
        )
    worth = outlook.worth()
    days = [
        DayPlan(one, budget[one], _valued(blocks, worth), off=day_minutes(state.settings, one) == 0)
        for one, blocks in zip(dates, planned, strict=True)
    ]
    if ahead:
        days.append(DayPlan(last, 0, (), off=True, exam=True))
    returns = _returns(days)
    practice = sum(b.minutes for day in days for b in day.blocks if b.kind not in SILENT)
    pace = float(outlook.pace.mean()) if len(outlook.pace) else 1.0
    seconds = pace * typical_seconds(outlook.exam_day)
    return Plan(
        made_on=today,
        exam_date=exam,
        exam_at=begins,
        days=tuple(days),
        weeks=parts,
        left_out=left_out(*after_today, worth, returns, count) if dates else (),
        strip=strip(state, today, exam, budget),
        note=note(state, today, exam),
        done_today=done,
        answers=round(60 * practice / seconds),
        chances=outlook.chances(),
        mocks=tuple(mocks.values()),
        untaught=tuple(outlook.syllabus.decisions[number] for number in course.unmet),
    )


def _all_fit(course: Course, minutes: list[int]) -> bool:
    """Whether all decisions may fit before the last days, in their share of each day."""
    room = sum(int(one * NEW_SHARE) for one in minutes[:-NO_NEW_DAYS])
    return sum(course.minutes[number] for number in course.unmet) <= room


def _mocks(
    state: LearnerState,
    pack: Pack,
    today: date,
    exam: date | None,
    budget: dict[date, int],
    override: int | None,
) -> dict[date, MockDay]:
    """The mocks of the plan; a confirmed one makes room for itself in ``budget``.

    Minutes that are asked for now go before what was confirmed for today earlier.
    """
    if exam is None:
        return {}
    mocks = mock_days(state, pack, today=today, exam=exam, budget=budget)
    for one in mocks.values():
        if one.confirmed and (one.date != today or override is None):
            budget[one.date] = max(budget[one.date], one.minutes)
    return mocks


def _valued(blocks: Planned, worth: Worth) -> tuple[Block, ...]:
    valued = []
    for block, effects in blocks:
        gain, score = worth.of(effects)
        valued.append(replace(block, gain=round(gain, 2), score=round(score, 2)))
    return tuple(valued)


def _returns(days: list[DayPlan]) -> dict[str, date]:
    """Target (or kind, where a block has none) -> the next day after today that holds it."""
    returns: dict[str, date] = {}
    for day in days[1:]:
        for block in day.blocks:
            returns.setdefault(block.target or block.kind, day.date)
    return returns
