"""The cheat sheet: every product in one line, with its earlier names, by stage of the map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.catalog import Term
from roadworthy.pack.model import Pack
from roadworthy.pack.name_dates import until_words
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
ELSEWHERE = "On no stage of the map"
STATES = {"preview": "preview", "deprecated": "deprecated", "gone": "gone"}
"""Badges; what is generally available goes without."""
LONGEST_SEARCH = 80


@router.get("/learn/cheat-sheet")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    q: str = "",
) -> Response:
    """All products, or those that hold each word of ``q`` in a name or in their line."""
    words = " ".join(q.split())[:LONGEST_SEARCH]
    groups = groups_of(desk.pack, words)
    return page.page(
        request,
        "cheat_sheet.html",
        place="learn",
        q=words,
        groups=groups,
        found=sum(len(terms) for _, terms in groups),
        terms=desk.pack.terms,
        renamed=sum(bool(term.former) for term in desk.pack.terms.values()),
        states=STATES,
        until=until_words,
    )


def groups_of(pack: Pack, words: str = "") -> list[tuple[str, list[tuple[str, Term]]]]:
    """(stage title, products) by the first stage of each product, the others at the end."""
    stages = pack.map.stages if pack.map is not None else {}
    groups: dict[str | None, list[tuple[str, Term]]] = {stage: [] for stage in stages}
    groups[None] = []
    wanted = words.casefold().split()
    for id_, term in pack.terms.items():
        text = " ".join([term.name, *(one.name for one in term.former), term.for_what]).casefold()
        if all(word in text for word in wanted):
            groups[pack.map.first_stage_of(id_) if pack.map is not None else None].append(
                (id_, term)
            )
    for terms in groups.values():
        terms.sort(key=lambda pair: pair[1].name.casefold())
    titled = [(stages[name].title if name else ELSEWHERE, found) for name, found in groups.items()]
    return [(title, found) for title, found in titled if found]
