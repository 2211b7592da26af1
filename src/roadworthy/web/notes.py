"""Notes and bookmarks: the list of them, the page of one, and what the boxes on pages send."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.study.noted import KIND_WORDS, Thing, kept_on, shown_kept, thing_of
from roadworthy.study.notes import LONGEST_NOTE
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
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/notes")
def show(request: Request, desk: Desk, page: Page, kind: str = "", about: str = "") -> Response:
    """All notes and bookmarks, the newest first; ``about`` names what was just changed."""
    everything = shown_kept(desk)
    shown = [pair for pair in everything if kind not in KIND_WORDS or pair[0].kind == kind]
    changed = thing_of(desk, about) if about else None
    return page.page(
        request,
        "notes.html",
        place="notes",
        shown=shown,
        notes=sum(bool(kept.text) for _, kept in everything),
        marks=sum(kept.marked for _, kept in everything),
        kinds=[
            (name, words, count)
            for name, words in KIND_WORDS.items()
            if (count := sum(thing.kind == name for thing, _ in everything))
        ],
        kind=kind if kind in KIND_WORDS else "",
        changed=changed,
    )


@router.get("/notes/{kind}/{name}")
def one(request: Request, kind: str, name: str, desk: Desk, page: Page) -> Response:
    """The note on one thing, by itself."""
    return _one(request, page, desk, _known(desk, f"{kind}:{name}"))


@router.post("/notes/{kind}/{name}")
def save(request: Request, kind: str, name: str, form: Form, desk: Desk, page: Page) -> Response:
    """Keep the note; an empty one removes it, the same text changes nothing."""
    thing = _known(desk, f"{kind}:{name}")
    text = "\n".join(first(form, "text").splitlines()).strip()
    if len(text) > LONGEST_NOTE:
        return _one(request, page, desk, thing, raw=text)
    if text != kept_on(desk, thing.about).text:
        desk.record("note", {"about": thing.about, "text": text}, desk.now())
    return _back(form, thing, "note" if text else "gone")


@router.post("/notes/{kind}/{name}/undo")
def undo(kind: str, name: str, form: Form, desk: Desk) -> Response:
    """Bring back the text before the last change; once more brings back the change."""
    thing = _known(desk, f"{kind}:{name}")
    before = kept_on(desk, thing.about).before
    if before is not None:
        desk.record("note", {"about": thing.about, "text": before}, desk.now())
    return _back(form, thing, "undone")


@router.post("/notes/{kind}/{name}/bookmark")
def bookmark(kind: str, name: str, form: Form, desk: Desk) -> Response:
    """Set the mark or take it away; the same again changes nothing."""
    thing, wanted = _known(desk, f"{kind}:{name}"), first(form, "on") == "1"
    if wanted != kept_on(desk, thing.about).marked:
        desk.record("bookmark", {"about": thing.about, "on": wanted}, desk.now())
    # Where the mark was taken away in the list, its row may be gone: then it offers the way back.
    return _back(form, thing, "unmarked" if first(form, "back") == "list" and not wanted else "")


def _one(
    request: Request, page: Renderer, desk: Workspace, thing: Thing, raw: str | None = None
) -> Response:
    return page.page(
        request,
        "note.html",
        status=200 if raw is None else 422,
        place="notes",
        thing=thing,
        raw=raw,
    )


def _known(desk: Workspace, about: str) -> Thing:
    """The thing, if a page shows it or something was ever kept on it. Raises ``NotThere``."""
    thing = thing_of(desk, about[:200])
    kept = kept_on(desk, thing.about)
    if thing.path is None and kept.noted_at is None and not kept.marked:
        raise NotThere(
            "There is nothing of that name to keep a note on.",
            where=about[:60],
            mend="Open the lesson, decision, item or resource and write the note there.",
        )
    return thing


def _back(form: dict[str, list[str]], thing: Thing, done: str) -> Response:
    """To the page that the form stood on: the thing's own, the note's own, or the list."""
    said = f"?noted={done}" if done else ""
    place = first(form, "back")
    if place == "list":
        return see_other(f"/notes{said}&about={quote(thing.about)}" if done else "/notes")
    if place == "thing" and thing.path is not None:
        return see_other(f"{urlsplit(thing.path).path}{said}#note")
    return see_other(f"{thing.note_path}{said}")
