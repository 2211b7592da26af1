"""A topic that a passer named: which objective it belongs to, and whether anything asks on it.

What is typed is sent by POST, so that it stands in no address, and is kept only as a note that the
candidate asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.journal.event import study_day
from roadworthy.pack.named_topic import MOST_WORDS, NamedTopic, named_topic
from roadworthy.pack.search_words import legible, words_of
from roadworthy.web.render import Renderer, checked_form, first, renderer, see_other, workspace
from roadworthy.web.search import index_of, marked
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
PATH = "/takeaways/named"
ABOUT = "named-topic:"
"""What a kept topic is a note about: this and its words, joined, so that a list can read it."""
LONGEST = 120
DRILL_MINUTES = 15


@dataclass(frozen=True)
class Kept:
    """A topic that was kept as a note, and what the pack has on it today."""

    about: str
    day: date
    topic: NamedTopic


@router.get("/takeaways/named")
def show(request: Request, desk: Desk, page: Page, kept: int = 0, removed: int = 0) -> Response:
    """The field, and the topics that were kept."""
    said = "Kept as a note." if kept else "The note is removed." if removed else ""
    return _page(request, desk, page, said=said)


@router.post(PATH)
def look(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """What the pack has on a topic; nothing is recorded."""
    text, trouble = _topic(form)
    if trouble:
        return _page(request, desk, page, text=text, trouble=trouble)
    return _page(request, desk, page, text=text, found=_found(request, desk, text))


@router.post(f"{PATH}/keep")
def keep(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Keep a topic as a note; the same again changes nothing."""
    text, trouble = _topic(form)
    if trouble:
        return _page(request, desk, page, text=text, trouble=trouble)
    about = ABOUT + "-".join(words_of(text))[:LONGEST]
    if about not in _notes(desk):
        desk.record("note", {"about": about, "text": text}, desk.now())
    return see_other(f"{PATH}?kept=1#kept-title")


@router.post(f"{PATH}/remove")
def remove(form: Form, desk: Desk) -> Response:
    """Take a kept topic off the list."""
    about = first(form, "about")
    if about in _notes(desk):
        desk.record("note", {"about": about, "text": ""}, desk.now())
    return see_other(f"{PATH}?removed=1")


def _page(
    request: Request,
    desk: Workspace,
    page: Renderer,
    *,
    text: str = "",
    trouble: str = "",
    found: NamedTopic | None = None,
    said: str = "",
) -> Response:
    kept = [
        Kept(about, day, _found(request, desk, told)) for about, (day, told) in _notes(desk).items()
    ]
    return page.page(
        request,
        "named_topic.html",
        status=422 if trouble else 200,
        place="learn",
        text=text,
        trouble=trouble,
        found=found,
        said=said,
        kept=kept,
        is_kept=found is not None and any(one.topic.text == text for one in kept),
        longest=LONGEST,
        marked=marked,
        objectives={
            name: one.title
            for section in desk.pack.blueprint.sections.values()
            for name, one in section.objectives.items()
        },
        drill_minutes=DRILL_MINUTES,
        new_session=desk.new_session_id(),
    )


def _topic(form: dict[str, list[str]]) -> tuple[str, str]:
    """The topic that was typed, and what is wrong with it, '' if nothing."""
    text = " ".join(legible(first(form, "topic")).split())
    if not words_of(text):
        return "", "Name a topic: a product, a method or a few words of a post."
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return text[:LONGEST], (
            f"A topic has at most {MOST_WORDS} words. Questions of the exam are not taken here: "
            "whoever sat it agreed not to share them."
        )
    return text, ""


def _found(request: Request, desk: Workspace, text: str) -> NamedTopic:
    return named_topic(index_of(request, desk), desk.pack, text)


def _notes(desk: Workspace) -> dict[str, tuple[date, str]]:
    """What is kept: id of the note -> its day and text, the oldest first."""
    notes: dict[str, tuple[date, str]] = {}
    for event in desk.course.of_kinds("note"):
        about, text = event.payload["about"], event.payload["text"]
        if not about.startswith(ABOUT):
            continue
        notes.pop(about, None)
        if text:
            notes[about] = (study_day(event.at, event.zone), text)
    return notes
