"""``objectives/<id>.md``: a note on each consideration of an objective that the pack covers."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from roadworthy.pack.fields import Content, Day, Ident, Sourced


class NoteHead(Content):
    """The evidence of one note; its text stands below a heading ``## <consideration>``."""

    links: list[Sourced] = Field(
        min_length=1, max_length=3, description="pages to read, and what each says on this note"
    )


class ObjectiveHead(Content):
    """The front matter of ``objectives/<id>.md``."""

    id: Ident = Field(description="id of the objective, as in the file name: 1.1")
    checked: Day = Field(description="the day on which somebody read the notes against the pages")
    notes: dict[Ident, NoteHead] = Field(description="by consideration: 1.1.a")


@dataclass(frozen=True)
class ObjectiveNotes:
    """The notes of one objective. ``texts``: consideration id -> Markdown."""

    head: ObjectiveHead
    texts: dict[str, str]

    def note(self, consideration: str) -> tuple[str, tuple[Sourced, ...]] | None:
        """(Markdown, confirmed links) of a consideration; None without a confirmed link."""
        head = self.head.notes.get(consideration)
        links = tuple(one for one in head.links if one.status == "confirmed") if head else ()
        return (self.texts[consideration], links) if links else None
