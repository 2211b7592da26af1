"""Easiest that holds: put workable designs in order of effort, then find what a constraint leaves.

The state of a ladder stands in its address and in the form; nothing is journaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.items.ladder import Climb, climb
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
PATH = "/learn/ladders"
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@dataclass(frozen=True)
class Told:
    """What the candidate has said: the options in order of effort, then the one that holds."""

    order: tuple[str, ...] = ()
    held: str = ""

    def href(self, ladder: str) -> str:
        """The address of what comes next."""
        fields = {"order": ",".join(self.order)} | ({"held": self.held} if self.held else {})
        return f"{PATH}/{ladder}?{urlencode(fields, safe=',')}"


@router.get("/learn/ladders")
def all_ladders(request: Request, desk: Desk, page: Page) -> Response:
    """All ladders by their decision, in the order of the pack."""
    rows = [(name, desk.pack.decisions[one.decision]) for name, one in desk.pack.ladders.items()]
    numbers: dict[str, int] = {}
    shown = []
    for name, decision in rows:
        numbers[decision.id] = numbers.get(decision.id, 0) + 1
        shown.append((name, desk.fill(decision.title), numbers[decision.id]))
    return page.page(request, "ladders.html", place="learn", rows=shown)


@router.get("/learn/ladders/{ladder}")
def show(request: Request, ladder: str, desk: Desk, page: Page) -> Response:
    """The designs to order; once that is told, the constraint; then what falls, and why."""
    found = _climb(desk, ladder)
    told = _told(
        request.query_params.get("order", "").split(","), request.query_params.get("held"), found
    )
    return _page(request, page, desk, ladder, found, told)


@router.post(PATH + "/{ladder}")
def tell(
    request: Request,
    ladder: str,
    form: Annotated[dict[str, list[str]], Depends(checked_form)],
    desk: Desk,
    page: Page,
) -> Response:
    """Take the order, or with one the design that holds."""
    found = _climb(desk, ladder)
    names = [rung.option for rung in found.rungs]
    if first(form, "order"):
        told = _told(first(form, "order").split(","), first(form, "held"), found)
        return see_other(told.href(ladder))
    ranks = {name: first(form, f"rank-{name}") for name in names}
    wanted = {str(number) for number in range(1, len(names) + 1)}
    if set(ranks.values()) != wanted:
        missing = f"Give each place from 1 to {len(names)} once."
        return _page(request, page, desk, ladder, found, Told(), ranks, missing)
    return see_other(Told(tuple(sorted(names, key=lambda name: int(ranks[name])))).href(ladder))


def in_order(climbed: Climb, order: Sequence[str]) -> int:
    """Pairs of designs whose order was told right."""
    place = {name: number for number, name in enumerate(order)}
    return sum(
        place[low.option] < place[high.option] for low, high in combinations(climbed.rungs, 2)
    )


def _climb(desk: Workspace, ladder: str) -> Climb:
    known = desk.pack.ladders.get(ladder)
    if known is None:
        raise NotThere(
            "There is no such ladder.", where=ladder[:60], mend="“Easiest that holds” lists them."
        )
    return climb(desk.generator, ladder, known)


def _told(order: Sequence[str], held: str | None, found: Climb) -> Told:
    """What an address says; an order that is none of this ladder counts as not told."""
    names = {rung.option for rung in found.rungs}
    if len(order) != len(names) or set(order) != names:
        return Told()
    return Told(tuple(order), held if held in names else "")


def _page(
    request: Request,
    page: Renderer,
    desk: Workspace,
    ladder: str,
    found: Climb,
    told: Told,
    ranks: dict[str, str] | None = None,
    missing: str = "",
) -> Response:
    names = list(desk.pack.ladders)
    following = names[(names.index(ladder) + 1) % len(names)]
    by_option = {rung.option: rung for rung in found.rungs}
    return page.page(
        request,
        "ladder.html",
        status=422 if missing else 200,
        place="learn",
        ladder=ladder,
        climb=found,
        shuffled=sorted(found.rungs, key=lambda rung: rung.text),
        told=told,
        own=[by_option[name] for name in told.order],
        chosen=by_option.get(told.held),
        pairs=in_order(found, told.order) if told.order else 0,
        of_pairs=len(found.rungs) * (len(found.rungs) - 1) // 2,
        ranks=ranks or {},
        missing=missing,
        number=names.index(ladder) + 1,
        count=len(names),
        following=following,
    )
