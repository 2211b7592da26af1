"""The article's resources in its order, beside what is true of them today and one's own marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.pack.catalog import Resource
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
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
STATES = (
    ("live", "opened by us, and current"),
    ("dated", "opened, and about an older exam"),
    ("moved, renamed, replaced or rewritten", "the link leads to what there is today"),
    ("not opened or not confirmed", "taken from its listing; we could not read it"),
)
"""What the words of a state mean, for the legend."""


@dataclass(frozen=True)
class Row:
    """A resource and what the candidate said of it."""

    id: str
    resource: Resource
    done: bool
    rating: int | None

    @property
    def made(self) -> tuple[str, ...]:
        """('Rahul Pandey', '2021/03'), as far as known."""
        told = map(_known, (self.resource.author, self.resource.published))
        return tuple(filter(None, told))

    @property
    def guide(self) -> str:
        return guide_words(self.resource.guide)

    @property
    def needs_care(self) -> bool:
        """Whether nobody opened it for us, or something about it could not be confirmed."""
        return "not " in self.resource.state


@dataclass(frozen=True)
class Shelf:
    """Resources under one heading of the article."""

    title: str
    rows: tuple[Row, ...]


@router.get("/resources")
def show(request: Request, desk: Desk, page: Page, saved: int = 0) -> Response:
    """The list of the article, the best rated of its rated part first, then newer ones."""
    shelves = shelves_of(desk)
    newer = Shelf("Newer", tuple(_rows(desk, desk.pack.resources.newer)))
    rows = [row for shelf in (*shelves, newer) for row in shelf.rows]
    return page.page(
        request,
        "resources.html",
        place="learn",
        shelves=shelves,
        newer=newer,
        costs=COSTS,
        done=sum(row.done for row in rows),
        count=len(desk.pack.resources.article),
        highest=HIGHEST_RATING,
        states=STATES,
        looked_at=usual_day(rows),
        saved=bool(saved),
    )


@router.post("/resources")
def mark(form: Form, desk: Desk) -> Response:
    """Keep all marks of the page: what is worked through, and ratings; only changes are kept.

    A resource that the form does not name under ``shown`` keeps its marks.
    """
    known = {**desk.pack.resources.article, **desk.pack.resources.newer}
    marks, said, now = _marks(desk), {}, desk.now()
    for resource in dict.fromkeys(form.get("shown", [])):
        if resource not in known:
            raise NotThere(
                "There is no such resource.", where=resource[:60], mend="Load Resources again."
            )
        done = resource in form.get("done", [])
        said[resource] = (done, _rating(form, f"rating.{resource}"))
    for resource, (done, rating) in said.items():
        done_before, rating_before = marks.get(resource, (False, None))
        if done != done_before:
            desk.record("resource_done", {"resource": resource, "done": done}, now)
        if rating != rating_before:
            payload = {"resource": resource, "rating": rating, "note": None}
            desk.record("resource_rated", payload, now)
    return see_other("/resources?saved=1")


def usual_day(rows: list[Row]) -> date | None:
    """The day on which most of them were looked at, which is said once; None for no row."""
    days = Counter(row.resource.checked for row in rows).most_common(1)
    return days[0][0] if days else None


def _rating(form: dict[str, list[str]], name: str) -> int | None:
    """The rating in a field, None for an open one. Raises ``BadInput``."""
    text, rating = first(form, name), whole(form, name)
    if text and (rating is None or not 1 <= rating <= HIGHEST_RATING):
        raise BadInput(
            f"A rating is a whole number from 1 to {HIGHEST_RATING}, not “{text[:20]}”.",
            mend="Choose one, or leave it open.",
        )
    return rating


def guide_words(guide: str) -> str:
    """'guide of 2020' as 'written for the guide of 2020'; of 'none; kept up to date' the end."""
    if guide.startswith("none"):
        return guide.removeprefix("none").removeprefix("; ")
    return f"written for the {guide}" if guide.startswith("guide") else guide


def _known(text: str | None) -> str:
    """What is known of an author or a date; the lists write '-' where nothing is."""
    return "" if text is None or text.strip() == "-" else text


def shelves_of(desk: Workspace) -> list[Shelf]:
    """The article's headings in their order; rated resources go from the highest rating down."""
    shelves = []
    rows = _rows(desk, desk.pack.resources.article)
    for title, found in groupby(rows, key=lambda row: row.resource.section):
        ordered = sorted(found, key=lambda row: -(row.resource.rating or 0))
        shelves.append(Shelf(title, tuple(ordered)))
    return shelves


def _rows(desk: Workspace, resources: dict[str, Resource]) -> list[Row]:
    marks = _marks(desk)
    return [Row(name, one, *marks.get(name, (False, None))) for name, one in resources.items()]


def _marks(desk: Workspace) -> dict[str, tuple[bool, int | None]]:
    """Resource id -> (worked through, the candidate's rating); the latest word wins."""
    marks: dict[str, tuple[bool, int | None]] = {}
    for event in desk.course.of_kinds("resource_done", "resource_rated"):
        if event.kind == "resource_done":
            name = event.payload["resource"]
            marks[name] = (event.payload["done"], marks.get(name, (False, None))[1])
        elif event.kind == "resource_rated":
            name = event.payload["resource"]
            marks[name] = (marks.get(name, (False, None))[0], event.payload["rating"])
    return marks
