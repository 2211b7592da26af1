"""Today's reading of the plan: said to be read, put off, or taken back, from Today and Plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.learner.state import ResourceMark
from roadworthy.study.plan import Plan
from roadworthy.study.reading_check import CHECK_ITEMS, checked_decisions
from roadworthy.study.reading_days import PUT_OFF_DAYS
from roadworthy.study.readings import address_of, minutes_of, resources_of
from roadworthy.web.render import checked_form, day_words, first, see_other, whole, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]


@dataclass(frozen=True)
class ReadingToday:
    """The part of a resource that is planned today. ``upto``: minutes of it that are then read.

    ``done``: whether that is all of it. ``until``: when it comes again if it is put off.
    """

    resource: str
    title: str
    url: str
    minutes: int
    upto: int
    done: bool
    until: date


@dataclass(frozen=True)
class SettledReading:
    """A reading that was done or put off today, and can be taken back; ``check``: items offered."""

    resource: str
    title: str
    words: str
    check: int = 0


def reading_today(desk: Workspace, plan: Plan) -> ReadingToday | None:
    """The reading that today's plan holds; None without one."""
    block = next((one for one in plan.today.blocks if one.kind == "resource"), None)
    if block is None or block.target is None:
        return None
    one = resources_of(desk.pack)[block.target]
    mark = desk.course.state().resources.get(block.target, ResourceMark())
    of = minutes_of(one)
    read = mark.read if mark.read < of else 0
    upto = min(of, read + block.minutes)
    until = plan.made_on + timedelta(days=PUT_OFF_DAYS)
    return ReadingToday(
        block.target,
        one.title,
        address_of(one),
        block.minutes,
        upto,
        upto == of,
        until,
    )


def settled_readings(desk: Workspace, now: datetime) -> list[SettledReading]:
    """What was read or put off today, in the order of the lists."""
    today, marks = desk.today(now), desk.course.state().resources
    found = []
    for name, one in resources_of(desk.pack).items():
        mark = marks.get(name, ResourceMark())
        if mark.settled_on != today:
            continue
        of, check = minutes_of(one), 0
        if mark.later is not None:
            words = f"put off until {day_words(mark.later)}"
        elif mark.done_at is not None:
            words = "worked through"
            check = CHECK_ITEMS if checked_decisions(desk.pack, name) else 0
        else:
            words = f"{mark.read} of {of} minutes read, {of - mark.read} left"
        found.append(SettledReading(name, one.title, words, check))
    return found


@router.post("/plan/reading")
def change(form: Form, desk: Desk) -> Response:
    """Say that today's part was read, put the resource off, or take either back.

    What is said twice is kept once: the form names how much is read afterwards.
    """
    name, said, now = first(form, "resource"), first(form, "said"), desk.now()
    one = resources_of(desk.pack).get(name)
    if one is None:
        raise NotThere("There is no such resource.", where=name[:60], mend="Load Today again.")
    of, mark = minutes_of(one), desk.course.state().resources.get(name, ResourceMark())
    if said == "read":
        upto = whole(form, "upto")
        if upto is None or not 1 <= upto <= of:
            raise BadInput(
                "How far it was read could not be seen.",
                where=first(form, "upto")[:40] or "upto",
                mend=f"Load Today again; “{one.title}” takes {of} minutes.",
            )
        if upto != mark.read or mark.settled_on != desk.today(now):
            _keep(desk, name, upto, None, now)
        if upto == of and mark.done_at is None:
            desk.record("resource_done", {"resource": name, "done": True}, now)
    elif said == "later":
        if mark.settled_on != desk.today(now):
            until = desk.today(now) + timedelta(days=PUT_OFF_DAYS)
            _keep(desk, name, mark.read, until, now)
    elif said == "undo":
        if mark.settled_on == desk.today(now):
            _take_back(desk, name, mark, now)
    else:
        raise BadInput(
            "What to do with the reading could not be seen.",
            where=said[:40] or "said",
            mend="Load Today again.",
        )
    return see_other("/plan#day" if first(form, "from") == "plan" else "/today")


def _keep(desk: Workspace, name: str, minutes: int, later: date | None, now: datetime) -> None:
    payload = {
        "resource": name,
        "minutes": minutes,
        "later": None if later is None else later.isoformat(),
    }
    desk.record("resource_read", payload, now)


def _take_back(desk: Workspace, name: str, mark: ResourceMark, now: datetime) -> None:
    """How it stood when the day began."""
    today = desk.today(now)
    before = 0
    for event in desk.course.of_kinds("resource_read"):
        if event.payload["resource"] == name and desk.today(event.at) < today:
            before = event.payload["minutes"]
    if mark.done_at is not None and mark.later is None:
        desk.record("resource_done", {"resource": name, "done": False}, now)
    _keep(desk, name, before, None, now)
