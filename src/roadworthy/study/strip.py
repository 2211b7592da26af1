"""The strip of four weeks, and the sentences that say what is special about a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from roadworthy.learner.state import LearnerState
from roadworthy.study.mock_days import day_minutes

DAYS = 28
AWAY_DAYS = 3
FEW_DAYS = 8
MANY_DAYS = 90
DayState = Literal["done", "today", "planned", "off", "exam", "none"]


@dataclass(frozen=True, slots=True)
class StripDay:
    """One bar: minutes ``done`` and ``planned``. 'none' is a day before or after the course."""

    date: date
    done: int
    planned: int
    state: DayState


def strip(
    state: LearnerState, today: date, exam: date | None, planned: Mapping[date, int]
) -> tuple[StripDay, ...]:
    """28 days from that of enrolment on, or the exam's day and the 28 before it if it is so near.

    A strip never begins after today; the past of a longer course moves out to the left.
    """
    last = exam if exam is not None and exam >= today else None
    began = min([*state.minutes_by_day, today])
    first = max(began, today - timedelta(days=7))
    count = DAYS
    if last is not None and (last - today).days <= DAYS:
        first, count = last - timedelta(days=DAYS), DAYS + 1
    days = [first + timedelta(days=number) for number in range(count)]
    return tuple(_bar(state, one, today, exam, began, planned) for one in days)


def _bar(
    state: LearnerState,
    day: date,
    today: date,
    exam: date | None,
    began: date,
    planned: Mapping[date, int],
) -> StripDay:
    done = round(state.minutes_by_day.get(day, 0.0))
    minutes = planned.get(day, 0)
    kind: DayState
    if day == exam:
        kind = "exam"
    elif day == today:
        kind = "today"
    elif done > 0:
        kind = "done"
    elif day < today:
        kind = "off" if day >= began else "none"
    elif minutes > 0:
        kind = "planned"
    else:
        kind = "off" if day in planned else "none"
    return StripDay(day, done, minutes, kind)


def note(state: LearnerState, today: date, exam: date | None) -> str:
    """What is special about this plan, in sentences; empty when nothing is."""
    told = exam is not None and any(one.date >= exam for one in state.exams)
    parts = [_about_the_date(today, exam, told), _about_yesterday(state, today, exam)]
    return " ".join(part for part in parts if part)


def _about_the_date(today: date, exam: date | None, told: bool) -> str:
    if told and exam is not None and exam <= today:
        return (
            "The exam is over and its result is kept. Until there is a new date the plan looks 28 "
            "days ahead."
        )
    if exam is None:
        return "There is no exam date yet, so the plan looks 28 days ahead."
    days = (exam - today).days
    if days < 0:
        return (
            "The exam date has passed. Record how it went, or set a new date; until then the "
            "plan looks 28 days ahead."
        )
    if days == 0:
        return "The exam is today. Nothing is planned; rest is worth more than one more rule."
    if days < FEW_DAYS:
        left = "One day is left" if days == 1 else f"{days} days are left"
        return f"{left}. The plan takes what weighs most and leaves the rest out."
    if days > MANY_DAYS:
        return (
            f"The exam is {days} days away. What you learn now fades before it; the last four "
            "weeks count most, and an earlier date costs little."
        )
    return ""


def _about_yesterday(state: LearnerState, today: date, exam: date | None) -> str:
    past = [day for day, minutes in state.minutes_by_day.items() if day < today and minutes >= 1]
    if not past or today == exam or state.minutes_by_day.get(today, 0.0) >= 1:
        return ""
    away = (today - max(past)).days
    if away >= AWAY_DAYS:
        text = f"{away} days away. The plan is made again"
        if exam is not None and exam > today:
            left = (exam - today).days
            text += f" from the {left} day{'s' if left > 1 else ''} left"
        return text + "; nothing waits for you."
    yesterday = today - timedelta(days=1)
    of = day_minutes(state.settings, yesterday)
    if of == 0 or yesterday == exam:
        return ""
    done = round(state.minutes_by_day.get(yesterday, 0.0))
    if done >= of:
        return ""
    return (
        f"Made again this morning. Yesterday you did {done} of {of} minutes. Nothing was carried "
        "over."
    )
