"""The keys of every page, as a page: what ``?`` shows in a dialog, reachable without script too.

The dialog is made by the page from its own controls; this list is written, and a test holds it
against the controls of each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import PLACES, Renderer, renderer

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Row:
    """One thing that keys do. ``answers``: names of the keys in order, as pages write them."""

    does: str
    answers: tuple[str, ...]
    shown: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys as a keyboard has them; ``shown`` stands for what is no single key."""
        return self.shown or tuple(key.upper() if len(key) == 1 else key for key in self.answers)


@dataclass(frozen=True)
class Part:
    """The keys of one kind of page; ``path`` is a pattern of its address."""

    name: str
    path: str
    rows: tuple[Row, ...]


def _row(does: str, *answers: str, shown: tuple[str, ...] = ()) -> Row:
    return Row(does, answers, shown)


_CHOOSE = _row("Choose an option", *"abcde", shown=("A", "to", "E"))
_NOTE, _MARK = _row("Open the field for a note", "n"), _row("Bookmark, or take it away", "b")
_GO_ON, _PRACTICE = _row("Go on", "Enter"), _row("Practice", "Enter")
_LEAVE = _row("Leave; everything is saved", "Escape")
GENERAL = (
    _row("The keys of this page", "?"),
    _row("Search", "/"),
    *(Row(name, (f"g {key}",), ("G", key.upper())) for _, name, _, key in PLACES),
    _row("Close, leave, or go back", "Escape"),
    _row("The next control, in reading order", "Tab"),
    _row("Inside a bar of choices", "↑", "↓", "←", "→"),
)
"""Keys of all pages; a session and a mock have only ``?``, Escape, Tab and arrows of them."""
PARTS = (
    Part("the start", "/|/welcome", (_GO_ON,)),
    Part(
        "Today",
        "/today",
        (
            _row("Start the next step", "Enter"),
            _row("Start that step", *"123456789", shown=("1", "to", "9")),
            _row("More time today", "+"),
        ),
    ),
    Part("Plan", "/plan", (_row("Change date, minutes, days off", "e"), _row("Print view", "p"))),
    Part("Learn", "/learn", (_row("Read the next lesson", "Enter"),)),
    Part(
        "a lesson",
        "/learn/topics/[^/]+",
        (_PRACTICE, _NOTE, _MARK, _row("The topic before", "["), _row("The topic after", "]")),
    ),
    Part("a decision", "/learn/decisions/[^/]+", (_PRACTICE, _NOTE, _MARK)),
    Part("the cheat sheet", "/learn/cheat-sheet", (_row("Filter the products", "f"),)),
    Part("numbers and words to know", "/learn/limits", (_row("Start the drill", "Enter"),)),
    Part(
        "the map",
        "/learn/map.*",
        (
            _row("Show a level, or choose a stage", *"0123456789", shown=("0", "to", "9")),
            _row("Play again", "Enter"),
        ),
    ),
    Part(
        "an item of a session",
        "/item/[^/]+|/item/[^/]+/answer",
        (
            _CHOOSE,
            _row("How sure: guess, fairly, certain", *"123"),
            _row("Answer", "Enter"),
            _LEAVE,
        ),
    ),
    Part(
        "the reasons after an answer",
        "/item/[^/]+",
        (
            _GO_ON,
            _row("Flip one fact, then the letter of the key, or 0", "f"),
            _row("Argue: facts, rules, key", "w"),
            _NOTE,
            _MARK,
            _row("Dispute this item", "!"),
            _row("Take the answer back", "u"),
        ),
    ),
    Part("a text in a session", "/session/.+", (_GO_ON, _LEAVE)),
    Part("Mocks", "/mocks(/.*)?", (_row("Start the mock, or go on with it", "Enter"),)),
    Part(
        "an item of a mock",
        r"/mock/[^/]+(/\d+|/map|/finish)?",
        (
            _CHOOSE,
            _row("Strike an option out, or restore it", shown=("Shift", "A", "to", "E")),
            _row("Clear the choice", "x"),
            _row("Flag, or take the flag away", "f"),
            _row("Next, back", "j", "k"),
            _row("All items; arrows move on the map", "m"),
            _row("Go to an item by its number", "Enter", shown=("digits", "Enter")),
            _row("Leave; the clock runs on", "Escape"),
        ),
    ),
    Part("the result of a mock", "/mock/[^/]+/result", (_row("Review the misses", "Enter"),)),
    Part(
        "the misses of a mock",
        r"/mock/[^/]+/(misses|\d+/why)",
        (_row("Go to Today", "Enter"), _NOTE, _MARK, _row("Back to the result", "Escape")),
    ),
    Part(
        "Progress",
        "/progress",
        (_row("Practice, or find out where you stand", "Enter"), _row("A figure as a table", "t")),
    ),
    Part(
        "Search",
        "/search",
        (
            _row("Walk the results", "↓ ↑", shown=("↓", "↑")),
            _row("Open the result", "Enter"),
            _row("Back to the field", "Escape"),
        ),
    ),
    Part(
        "Notes",
        "/notes(/.+)?",
        (_row("Go to Learn, while there is none", "Enter"), _NOTE, _MARK,
         _row("From one note to all", "Escape")),
    ),
    Part("this list", "/keys", (_row("Back to the page before", "Escape"),)),
)  # fmt: skip


@router.get("/keys")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)], on: str = "") -> Response:
    """All keys; those of the page ``on``, if it is one of ours, stand first."""
    back = on if is_page(on, request.app.state.pages) else "/"
    mine = parts_of(back) if back == on else ()
    return page.page(
        request,
        "keys.html",
        place="keys",
        mine=mine,
        general=GENERAL,
        others=[part for part in PARTS if part not in mine],
        back=back,
    )


def parts_of(path: str) -> tuple[Part, ...]:
    """The lists for a page: none for one without keys of its own, two where it has two states."""
    return tuple(part for part in PARTS if re.fullmatch(part.path, path))


def is_page(path: str, pages: Iterable[str]) -> bool:
    """Whether an address is a page of ours; ``pages`` are as routes write them."""
    return any(
        re.fullmatch(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(one)), path) for one in pages
    )
