"""Whether the exam's date should move: under 60 in 100 a week before, with a date that would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roadworthy.journal.event import study_day
from roadworthy.study.course import Course
from roadworthy.study.exam_sat import GOAL_READINESS, LOW_READINESS, WARN_DAYS, moving_deadlines
from roadworthy.study.standing import Standing

LATEST_WEEKS = 12


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


def advice(standing: Standing, course: Course, now: datetime) -> Advice | None:
    """The advice to move the date; None when it is far, past, or the plan reaches enough."""
    exam = course.state().settings.exam_date
    today = study_day(now, course.zone)
    if exam is None or not 0 <= (exam - today).days <= WARN_DAYS:
        return None
    after = standing.followed(now)
    if after is None or after.p >= LOW_READINESS:
        return None
    better, chance = None, None
    for weeks in range(1, LATEST_WEEKS + 1):
        day = exam + timedelta(weeks=weeks)
        there = standing.followed_on(day, now)
        if there is not None and there.p >= GOAL_READINESS:
            better, chance = day, there.p
            break
    until = moving_deadlines(course.pack, standing.exam_at(now))
    return Advice(
        followed=after.p,
        days_left=(exam - today).days,
        deadlines={way: at for way, at in until.items() if at > now},
        better=better,
        better_chance=chance,
    )
