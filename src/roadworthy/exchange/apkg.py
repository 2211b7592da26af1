"""A deck file for Anki. Imported again, it updates its notes and doubles none."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import genanki

from roadworthy.exchange.anki_notes import DeckNote
from roadworthy.items.identity import digest
from roadworthy.pack.model import Pack

MODEL_ID: Final = 1_742_309_115
"""Names our kind of note for good: with another one Anki would keep old notes beside new ones."""
_FIELDS: Final = ("Front", "Back", "Source")
_STYLE: Final = (
    ".card { font-family: sans-serif; font-size: 18px; line-height: 1.45; text-align: left; "
    "max-width: 40em; margin: 0 auto; } .card div { margin-bottom: .6em; } "
    ".source { font-size: 14px; }"
)


def as_apkg(notes: Iterable[DeckNote], pack: Pack, now: datetime) -> bytes:
    """The file. Anki takes the texts of the export with the later ``now``."""
    model = genanki.Model(
        MODEL_ID,
        "Roadworthy",
        fields=[{"name": name} for name in _FIELDS],
        templates=[
            {
                "name": "Recall",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<div class="source">{{Source}}</div>',
            }
        ],
        css=_STYLE,
    )
    deck = genanki.Deck(deck_id(pack), f"Roadworthy: {pack.head.short}")
    for note in notes:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[note.front, note.back, note.source],
                guid=guid_of(pack, note.name),
                tags=list(note.tags),
            )
        )
    out = io.BytesIO()
    genanki.Package(deck).write_to_file(out, timestamp=now.timestamp())
    return out.getvalue()


def guid_of(pack: Pack, name: str) -> str:
    """The guid of a note, the same for good."""
    return str(genanki.guid_for("roadworthy", pack.head.id, name))


def deck_id(pack: Pack) -> int:
    """The id of a pack's deck: 40 bits, as Anki's own are milliseconds since 1970."""
    return 1_000_000_000_000 + int(digest("deck", pack.head.id)[:9], 16)
