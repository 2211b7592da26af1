"""A session as a room: start, go on, leave, and its closing page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.study.course import Position
from roadworthy.web.minutes import FEWEST_MINUTES, MOST_MINUTES
from roadworthy.web.render import (
    checked_form,
    first,
    see_other,
    whole,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
PURPOSES = frozenset({"diagnostic", "evening", "topic", "rule", "more", "recall"})
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # it becomes part of an address
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]


@router.post("/session")
def start(form: Form, desk: Desk) -> Response:
    """Start a session; the id in the form makes a double press harmless."""
    purpose = first(form, "purpose", "evening")
    if purpose not in PURPOSES:
        raise BadInput(
            f"There is no session for '{purpose[:30]}'.", mend="Start one from Today or a topic."
        )
    told, minutes = first(form, "minutes"), whole(form, "minutes")
    if not told:
        minutes = min(desk.course.state().settings.minutes_per_day, MOST_MINUTES)
    if minutes is None or not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadInput(
            f"A session takes {FEWEST_MINUTES} to {MOST_MINUTES} minutes, not {told[:20]}.",
            mend="Choose a number in that range.",
        )
    target = first(form, "target") or None
    if target is not None and not _can_be_practised(desk, target):
        raise NotThere(
            f"There is nothing to practise under '{target[:40]}'.",
            mend="Start a session from Today or a topic.",
        )
    planned = form.get("lesson")  # one empty field where the plan teaches nothing
    lessons = None if planned is None else [one for one in planned if one in desk.pack.decisions]
    session = first(form, "session") or desk.new_session_id()
    return begin(
        desk,
        session,
        purpose=purpose,
        minutes=minutes,
        target=target,
        lessons=lessons,
        back_to="Today",
    )


def begin(
    desk: Workspace,
    session: str,
    *,
    purpose: str,
    minutes: int,
    target: str | None,
    lessons: Sequence[str] | None = None,
    back_to: str,
) -> Response:
    """Start a session of that name and go there; the same name again changes nothing.

    ``back_to``: the page with the form. Raises ``BadInput`` for a name that is no address.
    """
    if not _SESSION_ID.fullmatch(session):
        raise BadInput(
            "The session in this form has no usable name, so it was not started.",
            mend=f"Load {back_to} again and start from there.",
        )
    now = desk.now()
    desk.back_up(now)
    desk.course.start_session(
        session, purpose=purpose, minutes=minutes, target=target, lessons=lessons, now=now
    )
    return see_other(f"/session/{session}")


def _can_be_practised(desk: Workspace, target: str) -> bool:
    """Whether the pack has a topic, decision or rule of that id."""
    rules = desk.generator.rules
    known = {*desk.pack.topics, *desk.pack.decisions}
    return target in known or target in rules.get(target.split(".")[0], ())


@router.get("/session/current")
def current(desk: Desk) -> Response:
    """The open session, or Today if there is none."""
    view = desk.course.open_session(desk.now())
    return see_other("/today" if view is None else f"/session/{view.session}")


@router.get("/session/{session}")
@router.get("/session/{session}/next")
def show(session: str, desk: Desk) -> Response:
    """Where the session stands: an item to answer, a lesson to read, or its end."""
    return see_other(path_of(desk.course.advance(session, now=desk.now())))


@router.post("/session/{session}/next")
def go_on(session: str, form: Form, desk: Desk) -> Response:
    """The next step of a session."""
    return see_other(path_of(desk.course.advance(session, now=desk.now())))


@router.post("/session/{session}/leave")
def leave(session: str, form: Form, desk: Desk) -> Response:
    """Leave the room; everything is saved, and Today offers to go on."""
    view = desk.course.view(session)
    if view.purpose == "opening":
        return see_other("/welcome")
    return see_other("/today")


def path_of(position: Position) -> str:
    """The page of a position in a session."""
    view = position.view
    if position.shown is not None:
        return f"/item/{position.shown.presentation}"
    if position.read is not None:
        return f"/session/{view.session}/read/{position.read.decision}/{position.read.step}"
    if view.purpose == "opening":
        return "/welcome"
    return f"/session/{view.session}/end"
