"""Advise: a question that the candidate brings, read by the rules of the pack; nothing is kept."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput
from roadworthy.study.advise import Adviser, ItemAdvice
from roadworthy.study.brought import read_brought
from roadworthy.web.render import Renderer, checked_form, first, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
MOST_SHOWN = 20
LONGEST_SHOWN = 100_000
"""Letters of a text that the form gives back."""
LONGEST_PROVENANCE = 200
_making = threading.Lock()


@router.get("/advise")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """The empty form, and what it will say."""
    return _page(request, page)


@router.post("/advise")
def advise(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    form: Annotated[dict[str, list[str]], Depends(checked_form)],
) -> Response:
    """What the rules say of the pasted text; with an error, the text stays in the form."""
    text, provenance = first(form, "text"), first(form, "provenance").strip()
    try:
        items = read_brought(text.replace("\r\n", "\n"), provenance[:LONGEST_PROVENANCE])
    except BadInput as error:
        return _page(request, page, text=text, provenance=provenance, error=error)
    adviser = _adviser(request, desk)
    found = [(adviser.advise(item), item.provenance) for item in items[:MOST_SHOWN]]
    return _page(
        request, page, text=text, provenance=provenance, found=found, left=len(items) - len(found)
    )


def _page(
    request: Request,
    page: Renderer,
    *,
    text: str = "",
    provenance: str = "",
    error: BadInput | None = None,
    found: list[tuple[ItemAdvice, str]] | None = None,
    left: int = 0,
) -> Response:
    return page.page(
        request,
        "advise.html",
        status=error.http_status if error else 200,
        place="learn",
        text=text if len(text) <= LONGEST_SHOWN else "",
        provenance=provenance,
        error=error,
        found=found or [],
        heading=_heading(found),
        left=left,
        longest=LONGEST_PROVENANCE,
    )


def _heading(found: list[tuple[ItemAdvice, str]] | None) -> str:
    """The finding as a heading."""
    if not found:
        return "Bring a question, and see which options fall"
    options = [option for advice, _ in found for option in advice.options]
    fallen = sum(option.falls for option in options)
    if not fallen:
        return "No rule known for this" if len(found) == 1 else "No rule known for any of these"
    return f"{fallen} of {len(options)} options fall by a rule"


def _adviser(request: Request, desk: Workspace) -> Adviser:
    """The adviser of the open pack, made at the first question."""
    state = request.app.state
    with _making:
        if getattr(state, "adviser", None) is None:
            state.adviser = Adviser(desk.pack)
    adviser: Adviser = state.adviser
    return adviser
