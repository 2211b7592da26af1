"""Single days of the plan: taken off or taken back, and mock days at their real length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.study.mock_days import MockDay, day_minutes
from roadworthy.study.other_plans import points_words, with_day
from roadworthy.web.render import checked_form, first, see_other, whole, workspace
from roadworthy.web.settings_form import MOST_MINUTES
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]


@dataclass(frozen=True)
class DayChange:
    """What may be changed about a day: the words, the button, and the minutes that it posts.

    ``minutes`` is 'usual' where the button gives the day back what the settings say.
    """

    date: date
    words: str
    button: str
    minutes: str


@router.post("/plan/day")
def change_day(form: Form, desk: Desk) -> Response:
    """Give one day other minutes; 0 takes it off, 'usual' takes that back."""
    now = desk.now()
    day = _day_of(form, desk, now)
    said, minutes = first(form, "minutes"), whole(form, "minutes")
    if said != "usual" and (minutes is None or not 0 <= minutes <= MOST_MINUTES):
        raise BadInput(
            "The minutes of the day could not be read.",
            where=said[:40] or "minutes",
            mend=f"Write a whole number from 0 to {MOST_MINUTES}.",
        )
    settings = with_day(desk.course.state().settings, day, None if said == "usual" else minutes)
    today = desk.today(now)
    kept = {one.isoformat(): count for one, count in settings.day_minutes.items() if one >= today}
    desk.save_settings({"day_minutes": kept}, now)
    return _back(form, day)


@router.post("/plan/mock")
def change_mock(form: Form, desk: Desk) -> Response:
    """Make room for a whole mock on a day, or take that back."""
    now = desk.now()
    day = _day_of(form, desk, now)
    if all(one.date != day for one in desk.plan().mocks):
        raise NotThere(
            "There is no mock on that day.", where=day.isoformat(), mend="Open the plan again."
        )
    today, on = desk.today(now), first(form, "on") == "1"
    settings = desk.course.state().settings
    kept = {one for one in settings.mock_days if one >= today and one != day}
    confirmed = sorted(kept | {day} if on else kept)
    desk.save_settings({"mock_days": [one.isoformat() for one in confirmed]}, now)
    return _back(form, day)


def day_change(desk: Workspace, day: date, now: datetime, told: bool) -> DayChange | None:
    """The change that a day of the plan offers; None for days that are past and the exam's.

    ``told``: say in points what it is worth, which takes a plan of its own.
    """
    settings, exam = desk.course.state().settings, desk.course.state().settings.exam_date
    today = desk.today(now)
    if day < today or (exam is not None and day >= exam >= today):
        return None
    minutes = day_minutes(settings, day)
    single = day in settings.day_minutes
    other = settings.minutes_per_day if minutes == 0 else 0
    points = desk.others.if_day(now, day, other) if told else None
    worth = "" if points is None else points_words(abs(points))
    if minutes == 0:
        button = "Take the day off back" if single else "Study on this day after all"
        words = f"{other} minutes on this day buy {worth} of readiness." if worth else ""
        return DayChange(day, words, button, "usual" if single else str(other))
    words = f"Without this day the plan loses {worth} of readiness." if worth else ""
    if single and day.weekday() in settings.days_off:
        return DayChange(day, words, "Make it a day off again", "usual")
    return DayChange(day, words, "Take this day off", "0")


def mock_words(mock: MockDay, minutes: int) -> str:
    """What is planned on a mock day, and what a whole one would take. ``minutes``: the day's."""
    if mock.confirmed:
        return f"You made room for a whole mock on this day: {mock.full_minutes} minutes."
    if mock.minutes == mock.full_minutes:
        return ""
    if mock.scale is None:
        return f"No mock fits into {minutes} minutes; a whole one takes {mock.full_minutes}."
    return (
        f"A whole mock takes {mock.full_minutes} minutes, this day has {minutes}. It shows more "
        "when it has its real length."
    )


def _day_of(form: dict[str, list[str]], desk: Workspace, now: datetime) -> date:
    """The date of a form, a day of the plan before the exam. Raises ``BadInput``, ``NotThere``."""
    said = first(form, "date")
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise BadInput(
            "The day could not be read.", where=said[:40] or "date", mend="Open the plan again."
        ) from None
    planned = desk.plan().day(day)
    if planned is None or planned.exam:
        raise NotThere("That day is not in the plan.", where=said, mend="Open the plan again.")
    return day


def _back(form: dict[str, list[str]], day: date) -> Response:
    """To the page that sent the form."""
    return see_other("/today" if first(form, "from") == "today" else f"/plan?day={day}#day")
