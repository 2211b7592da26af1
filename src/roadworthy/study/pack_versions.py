"""Which versions of the pack a journal was studied with: a fold over its events.

Events name content by hash. The hash in use is that of the newest presentation, forecast or
change; when the pack that is opened has another one, the change is journaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from roadworthy.items.identity import digest
from roadworthy.journal.event import Event, study_day
from roadworthy.journal.store import NewEvent

# The field of an event that names the content, by kind.
_NAMES_CONTENT: Final = {"item_shown": "pack_hash", "forecast": "pack", "pack_changed": "after"}
SEEN: Final = "pack_change_seen"
ABOUT_CONTENT: Final = ("pack_changed", SEEN)


@dataclass(frozen=True, slots=True)
class Change:
    """Another version came into use: content hashes, and whether the note on it was dismissed."""

    before: str
    after: str
    day: date
    key: str
    seen: bool = False

    def as_seen(self) -> NewEvent:
        """The event that dismisses the note; twice is once."""
        return (SEEN, {"before": self.before, "after": self.after}, f"seen:{self.key}")


def change_to(pack_hash: str, events: Sequence[Event]) -> NewEvent | None:
    """The event to keep when the pack of that hash is opened; None if it was in use before.

    Its key follows from the newest event that names content, so that two programs that open the
    same journal keep one change.
    """
    for event in reversed(events):
        field = _NAMES_CONTENT.get(event.kind)
        if field is None:
            continue
        before = event.payload[field]
        if before == pack_hash:
            return None
        key = f"pack:{digest(event.journal, event.seq, before, pack_hash)}"
        return ("pack_changed", {"before": before, "after": pack_hash}, key)
    return None


def newest_change(events: Sequence[Event], zone: str) -> Change | None:
    """The last change of content; None if there was none. Days are study days in ``zone``."""
    seen = False
    for event in reversed(events):
        if event.kind == SEEN:
            seen = True
        elif event.kind == "pack_changed":
            told = event.payload
            day = study_day(event.at, zone)
            return Change(told["before"], told["after"], day, event.key, seen)
    return None
