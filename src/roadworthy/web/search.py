"""Search over all that can be read and done: one field, results by kind, without script too."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from roadworthy.pack.full_text import SHOWN, SearchIndex
from roadworthy.pack.glossary import glossary_documents
from roadworthy.pack.search_document import KINDS
from roadworthy.pack.search_found import Found, Marked, joined
from roadworthy.pack.search_index import documents_of, openable
from roadworthy.pack.search_words import LONGEST_QUERY, legible
from roadworthy.study.noted import note_documents
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.web.search_places import place_documents
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
MOST_SHOWN = 400
_making = threading.Lock()


@router.get("/search")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    q: str = "",
    kind: str = "",
    show: str = "",
) -> Response:
    """The field, and what it found; an unknown kind or number counts as none."""
    index = index_of(request, desk)
    text = " ".join(legible(q[:LONGEST_QUERY]).split())
    notes = notes_index_of(request, desk)

    def search(kind: str | None, most: int) -> Found:
        mine = notes.search(text, kind=kind, most=most)
        return joined(mine, index.search(text, kind=kind, most=most))

    wanted = kind if kind in KINDS else None
    most = min(int(show), MOST_SHOWN) if show.isascii() and show.isdigit() and int(show) else SHOWN
    found = search(wanted, most)
    if text and wanted is not None and found.counts and not found.groups:
        wanted, found = None, search(None, most)
    listed = (
        [] if text else [one for one in (*notes.documents, *index.documents) if one.kind == wanted]
    )
    return page.page(
        request,
        "search.html",
        place="search",
        text=text,
        kind=wanted,
        found=found,
        heading=KINDS[wanted] if wanted else "",
        more=most + SHOWN if found.shown < min(found.of_kinds, MOST_SHOWN) else None,
        marked=marked,
        text_of=lambda pieces: "".join(piece for piece, _ in pieces),
        listed=listed[:MOST_SHOWN],
        listed_of=len(listed),
        searchable=[*searchable(notes), *searchable(index)],
        examples=examples(index),
    )


def index_of(request: Request, desk: Workspace) -> SearchIndex:
    """The index of the open pack, made at the first search."""
    state = request.app.state
    with _making:
        if getattr(state, "search_index", None) is None:
            documents = [*place_documents(), *documents_of(desk.pack), *glossary_documents()]
            state.search_index = SearchIndex(openable(documents, state.pages))
    index: SearchIndex = state.search_index
    return index


def notes_index_of(request: Request, desk: Workspace) -> SearchIndex:
    """The index of the candidate's own notes, made anew when one of them has changed."""
    state, changes = request.app.state, desk.course.of_kinds("note", "bookmark")
    newest = max((event.seq for event in changes), default=0)
    with _making:
        known, index = getattr(state, "notes_index", (None, None))
        if index is None or known != newest:
            index = SearchIndex(openable(note_documents(desk), state.pages))
            state.notes_index = (newest, index)
    made: SearchIndex = index
    return made


def marked(pieces: Marked) -> Markup:
    """A text with what was searched for in <mark>."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(text) if found else escape(text) for text, found in pieces
    )


def searchable(index: SearchIndex) -> list[tuple[str, str, int]]:
    """(kind, heading, number of documents) of each kind that is there."""
    kinds = [document.kind for document in index.documents]
    return [(kind, heading, kinds.count(kind)) for kind, heading in KINDS.items() if kind in kinds]


def examples(index: SearchIndex) -> list[str]:
    """What one may type: a former name, a command and a glossary word."""
    former = next((one.former for one in index.documents if one.kind == "name" and one.former), "")
    return [*filter(None, [former.split(", ")[0]]), "exam date", "readiness"]
