"""The article's resources, beside what is true of them today, one's own marks, and a check."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.learner.state import ResourceMark
from roadworthy.study.reading_check import (
    CHECK,
    CHECK_ITEMS,
    CHECK_MINUTES,
    checked_decisions,
)
from roadworthy.study.readings import resources_of
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.web.resource_rows import (
    NEWER,
    Shelf,
    rows_of,
    shelves_by_need,
    shelves_of,
    usual_day,
)
from roadworthy.web.session import begin
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
COSTS = {
    "free": "free",
    "freemium": "free in part",
    "free-signin": "free with an account",
    "paywall": "paid",
    "medium": "free with limits",
}
HIGHEST_RATING = 10
BY_NEED = "need"
STATES = (
    ("live", "opened by us, and current"),
    ("dated", "opened, and about an older exam"),
    ("moved, renamed, replaced or rewritten", "the link leads to what there is today"),
    ("not opened or not confirmed", "taken from its listing; we could not read it"),
)
"""What the words of a state mean, for the legend."""


@router.get("/resources")
def show(
    request: Request, desk: Desk, page: Page, saved: int = 0, order: str = "", done: str = ""
) -> Response:
    """The list in the article's order, or with ``order=need`` the weakest sections first.

    ``done``: the resource that was just marked, whose check the page offers on top.
    """
    by_need = order == BY_NEED
    newer = Shelf(NEWER, tuple(rows_of(desk, desk.pack.resources.newer)))
    shelves = shelves_by_need(desk) if by_need else [*shelves_of(desk), newer]
    rows = [row for shelf in shelves for row in shelf.rows if shelf.rows]
    return page.page(
        request,
        "resources.html",
        place="learn",
        shelves=[shelf for shelf in shelves if shelf.rows],
        newer=NEWER,
        by_need=by_need,
        told=bool(desk.course.state().responses),
        costs=COSTS,
        done=sum(row.done for row in rows),
        count=len(desk.pack.resources.article),
        highest=HIGHEST_RATING,
        states=STATES,
        looked_at=usual_day(rows),
        guides=desk.pack.crosswalk.guides,
        sections=desk.pack.blueprint.sections,
        saved=bool(saved),
        just_done=next((row for row in rows if row.id == done and row.done), None),
        check_items=CHECK_ITEMS,
        check_minutes=CHECK_MINUTES,
        new_session=desk.new_session_id(),
    )


@router.post("/resources")
def mark(form: Form, desk: Desk) -> Response:
    """Keep all marks of the page: done and ratings; only changes are kept.

    A resource that the form does not name under ``shown`` keeps its marks. Notes have their own
    page (``web/notes.py``).
    """
    known, now = resources_of(desk.pack), desk.now()
    marks = desk.course.state().resources
    said: dict[str, tuple[bool, int | None]] = {}
    for resource in dict.fromkeys(form.get("shown", [])):
        if resource not in known:
            raise _unknown(resource)
        done = resource in form.get("done", [])
        said[resource] = (done, _rating(form, f"rating.{resource}"))
    newly = ""
    for resource, (done, rating) in said.items():
        before = marks.get(resource, ResourceMark())
        if done != (before.done_at is not None):
            desk.record("resource_done", {"resource": resource, "done": done}, now)
            if done and checked_decisions(desk.pack, resource):
                newly = newly or resource
        if rating != before.rating:
            payload = {"resource": resource, "rating": rating, "note": None}
            desk.record("resource_rated", payload, now)
    order = f"&order={BY_NEED}" if first(form, "order") == BY_NEED else ""
    return see_other(f"/resources?saved=1{order}" + (f"&done={newly}" if newly else ""))


@router.post("/resources/check")
def check(form: Form, desk: Desk) -> Response:
    """Start five items on what a resource serves; the form's id makes a double press harmless."""
    resource = first(form, "resource")
    if resource not in resources_of(desk.pack):
        raise _unknown(resource)
    if not checked_decisions(desk.pack, resource):
        raise BadInput(
            "There are no items on what this resource serves.",
            where=resources_of(desk.pack)[resource].title,
            mend="Mark it as worked through without a check.",
        )
    session = f"{first(form, 'session') or desk.new_session_id()}-{resource}"
    return begin(
        desk,
        session,
        purpose=CHECK,
        minutes=CHECK_MINUTES,
        target=resource,
        back_to="Resources",
    )


def _rating(form: dict[str, list[str]], name: str) -> int | None:
    """The rating in a field, None for an open one. Raises ``BadInput``."""
    text, rating = first(form, name), whole(form, name)
    if text and (rating is None or not 1 <= rating <= HIGHEST_RATING):
        raise BadInput(
            f"A rating is a whole number from 1 to {HIGHEST_RATING}, not “{text[:20]}”.",
            mend="Choose one, or leave it open.",
        )
    return rating


def _unknown(resource: str) -> NotThere:
    return NotThere("There is no such resource.", where=resource[:60], mend="Load Resources again.")
