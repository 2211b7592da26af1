"""A session as a room: start, go on, leave, and its closing page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.items.item import Item
from roadworthy.study.course import Position
from roadworthy.study.session_view import SessionView
from roadworthy.web.minutes import FEWEST_MINUTES, MOST_MINUTES
from roadworthy.web.render import (
    Renderer,
    checked_form,
    day_words,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.web.today import step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
PURPOSES = frozenset({"diagnostic", "evening", "topic", "rule", "more", "recall"})
SHOWN_MISSES = 3
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # it becomes part of an address
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


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
    session = first(form, "session") or desk.new_session_id()
    if not SESSION_ID.fullmatch(session):
        raise BadInput(
            "The session in this form has no usable name, so it was not started.",
            mend="Load Today again and start from there.",
        )
    now = desk.now()
    desk.back_up(now)
    desk.course.start_session(session, purpose=purpose, minutes=minutes, target=target, now=now)
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


@router.get("/session/{session}/end")
def end(request: Request, session: str, desk: Desk, page: Page) -> Response:
    """The closing page: what was believed, what is true, and tomorrow."""
    view = desk.course.view(session)
    return page.page(
        request,
        "session_end.html",
        place="today",
        view=view,
        misses=misses_of(view),
        shown_misses=SHOWN_MISSES,
        tomorrow=tomorrow_of(desk),
        right=sum(shown.right for shown in view.answered),
        minutes=round(view.used_seconds / 60),
        forecast=desk.readiness(),
        learned=learned(desk, view),
        decisions=desk.pack.decisions,
        new_session=desk.new_session_id(),
    )


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


@dataclass(frozen=True, slots=True)
class Miss:
    """What was chosen wrongly, the key in its own words, and the reason against the choice."""

    item: Item
    presentation: str
    chosen: str
    key: str
    reason: str
    times: int

    @property
    def deciding(self) -> list[str]:
        """The words of the stem that decide, in their order, without the marks around them."""
        words = self.item.stem.split()
        return [
            " ".join(words[start:end]).strip(".,;:") for start, end in sorted(self.item.decisive)
        ]


def misses_of(view: SessionView) -> list[Miss]:
    """The misses of a session, sure ones first, the same reason once with its count."""
    found: dict[tuple[str, tuple[str, ...]], Miss] = {}
    missed = [one for one in view.answered if not one.right and one.chosen is not None]
    for shown in sorted(missed, key=lambda one: -int((one.answer or {}).get("confidence") or 0)):
        assert shown.chosen is not None
        item, option = shown.item, shown.item.options[shown.chosen]
        place = (option.id, option.rules)
        known = found.get(place)
        found[place] = (
            replace(known, times=known.times + 1)
            if known
            else Miss(
                item,
                shown.presentation,
                option.text,
                item.options[item.key].text,
                option.rationale,
                1,
            )
        )
    return list(found.values())


def tomorrow_of(desk: Workspace) -> str:
    """The first step of the next day that has one, as 'Tomorrow: Learn …'; '' without a plan."""
    plan = desk.plan()
    for day in plan.days[1:]:
        if day.blocks:
            verb, title = step_words(desk, day.blocks[0])
            tomorrow = (day.date - plan.made_on).days == 1
            return f"{'Tomorrow' if tomorrow else day_words(day.date)}: {f'{verb} {title}'.strip()}"
    return ""


def learned(desk: Workspace, view: SessionView) -> list[str]:
    """Titles of the decisions whose brief was read in the session, in order."""
    read = dict.fromkeys(decision for decision, step in view.read if step == "brief")
    return [desk.pack.decisions[name].title for name in read if name in desk.pack.decisions]
