"""What can be noted or marked: its name in the journal, its title, and the page that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from roadworthy.errors import NotThere
from roadworthy.journal.store import Journal
from roadworthy.pack.model import Pack
from roadworthy.pack.search_document import Document
from roadworthy.study.course import Course
from roadworthy.study.form_taking import FormTaking
from roadworthy.study.notes import Kept, kept_of, newest_first

KIND_WORDS = {
    "decision": "Decision",
    "topic": "Lesson",
    "resource": "Resource",
    "item": "Item of a session",
    "mock": "Item of a mock",
}
"""Kinds of things, as the first part of ``about``, with the word that the page has for each."""


class Desk(Protocol):
    """What is read of the open workspace, which stands above this module."""

    pack: Pack
    course: Course
    forms: FormTaking

    @property
    def journal(self) -> Journal:
        """The journal, for the item that was shown under a name."""

    def fill(self, text: str) -> str:
        """A text of the pack with its terms named and its slots filled."""


@dataclass(frozen=True)
class Thing:
    """Something to note. ``path`` is None where no page shows it any more."""

    about: str
    title: str
    path: str | None

    @property
    def kind(self) -> str:
        return self.about.partition(":")[0]

    @property
    def kind_words(self) -> str:
        return KIND_WORDS.get(self.kind, "Other")

    @property
    def note_path(self) -> str:
        """The page of its note alone."""
        kind, _, name = self.about.partition(":")
        return f"/notes/{kind}/{name}"


def thing_of(desk: Desk, about: str) -> Thing:
    """The thing of that name; one that is gone keeps its name and has no path."""
    kind, _, name = about.partition(":")
    pack = desk.pack
    if kind == "decision" and name in pack.decisions:
        title = desk.fill(pack.decisions[name].title)
        return Thing(about, title, f"/learn/decisions/{name}")
    if kind == "topic" and name in pack.topics:
        return Thing(about, pack.topics[name].head.title, f"/learn/topics/{name}")
    if kind == "resource":
        found = {**pack.resources.article, **pack.resources.newer}.get(name)
        if found is not None:
            return Thing(about, found.title, f"/resources#{name}")
    if kind == "item":
        return _item(desk, about, name)
    if kind == "mock":
        return _item_of_mock(desk, about, *name.rpartition(":")[::2])
    return Thing(about, name or about, None)


def kept_on(desk: Desk, about: str) -> Kept:
    """The note and the mark on a thing, empty if there is none."""
    return all_kept(desk).get(about, Kept(about))


def all_kept(desk: Desk) -> dict[str, Kept]:
    """All notes and marks of the journal by what they are about, also those taken away."""
    return kept_of(desk.course.of_kinds("note", "bookmark"))


def shown_kept(desk: Desk) -> list[tuple[Thing, Kept]]:
    """Notes and marks that stand, the newest first."""
    return [(thing_of(desk, one.about), one) for one in newest_first(all_kept(desk).values())]


def note_documents(desk: Desk) -> Iterator[Document]:
    """Notes and marks as things to find."""
    for thing, kept in shown_kept(desk):
        under = f"{thing.kind_words}{', bookmarked' if kept.marked else ''}"
        yield Document("note", thing.title, kept.text, (thing.note_path,), under)


def _item(desk: Desk, about: str, presentation: str) -> Thing:
    event = desk.journal.by_key(f"shown:{presentation}")
    if event is None or event.kind != "item_shown":
        return Thing(about, "An item that is not in this journal", None)
    item: dict[str, Any] = event.payload["item"]
    taken_back = any(
        one.payload["presentation"] == presentation for one in desk.course.of_kinds("withdrawn")
    )
    return Thing(about, item["title"], None if taken_back else f"/item/{presentation}")


def _item_of_mock(desk: Desk, about: str, form: str, ordinal: str) -> Thing:
    """An item of a mock that has ended; one of a running mock has no page to be noted on."""
    try:
        view = desk.forms.form(form)
    except NotThere:
        return Thing(about, "An item of a mock that is not in this journal", None)
    place = view.place(int(ordinal)) if ordinal.isascii() and ordinal.isdigit() else None
    if place is None or view.open:
        return Thing(about, f"An item of mock {view.number}", None)
    title = f"{place.item.title} (mock {view.number}, item {place.ordinal})"
    return Thing(about, title, f"/mock/{form}/{place.ordinal}/why")
