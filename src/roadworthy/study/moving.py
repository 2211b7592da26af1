"""Whether the exam's date should move: under 60 in 100 a week before, with a date that would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roadworthy.journal.event import study_day
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.study.course import Course
from roadworthy.study.exam_sat import GOAL_READINESS, LOW_READINESS, WARN_DAYS, moving_deadlines
from roadworthy.study.forecast import Followed
from roadworthy.study.standing import Standing

WEEKS_TRIED = (1, 2, 3, 4, 6, 8, 12)


@dataclass(frozen=True, slots=True)
class Advice:
    """``followed``: the chance with the whole plan, 0 to 1. ``deadlines``: way -> until when the
    date moves free, those that are still to come. ``better``: a date on which the plan would reach
    75 in 100; None when none within twelve weeks does.
    """

    followed: float
    days_left: int
    deadlines: dict[str, datetime]
    better: date | None
    better_chance: float | None


def too_low(standing: Standing, course: Course, now: datetime) -> Followed | None:
    """The chance with the whole plan, if it is under 60 in 100 in the last week; else None.

    On the day itself there is nothing to weigh any more.
    """
    exam = course.state().settings.exam_date
    today = study_day(now, course.zone)
    if exam is None or not 1 <= (exam - today).days <= WARN_DAYS:
        return None
    after = standing.followed(now)
    return None if after is None or after.p >= LOW_READINESS else after


def moves_free(standing: Standing, course: Course, now: datetime) -> bool:
    """Whether the date may still move without a fee by at least one way of taking the exam."""
    until = moving_deadlines(course.pack, standing.exam_at(now))
    return any(at > now for at in until.values())


_KNOWN: Recent[LearnerState, Advice | None] = Recent(2)


def advice(standing: Standing, course: Course, now: datetime) -> Advice | None:
    """The advice to move the date; None when it is far, past, or the plan reaches enough.

    Kept until something is done or an hour has passed: it makes a plan for each date it tries.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    return _KNOWN.get_or_make(course.state(), (hour,), lambda: _made(standing, course, now))


def _made(standing: Standing, course: Course, now: datetime) -> Advice | None:
    after = too_low(standing, course, now)
    exam = course.state().settings.exam_date
    if after is None or exam is None:
        return None
    better, chance = None, None
    for weeks in WEEKS_TRIED:
        day = exam + timedelta(weeks=weeks)
        there = standing.followed_on(day, now)
        if there is not None and there.p >= GOAL_READINESS:
            better, chance = day, there.p
            break
    until = moving_deadlines(course.pack, standing.exam_at(now))
    return Advice(
        followed=after.p,
        days_left=(exam - study_day(now, course.zone)).days,
        deadlines={way: at for way, at in until.items() if at > now},
        better=better,
        better_chance=chance,
    )
