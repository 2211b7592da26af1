"""What the candidate wrote down or marked: a fold over the events ``note`` and ``bookmark``.

``about`` names a thing by kind and id, as ``decision:delivery-route`` or ``item:`` and the id of a
presentation. The journal keeps every text, so that the last change of a note can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from roadworthy.journal.event import Event

LONGEST_NOTE = 4000
"""Characters of a note; the journal would hold more, a page would not show it well."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept on one thing. ``before``: the note before its last change, None without one."""

    about: str
    text: str = ""
    before: str | None = None
    noted_at: datetime | None = None
    marked_at: datetime | None = None

    @property
    def marked(self) -> bool:
        return self.marked_at is not None

    @property
    def at(self) -> datetime | None:
        """When it was last written or marked; None while nothing is kept."""
        times = [self.marked_at, self.noted_at if self.text else None]
        return max((one for one in times if one is not None), default=None)


def kept_of(events: Iterable[Event]) -> dict[str, Kept]:
    """Everything that was ever noted or marked, by what it is about; other events are passed."""
    kept: dict[str, Kept] = {}
    for event in events:
        if event.kind not in ("note", "bookmark"):
            continue
        about = event.payload["about"]
        now = kept.get(about, Kept(about))
        if event.kind == "note":
            text = event.payload["text"]
            kept[about] = replace(now, text=text, before=now.text, noted_at=event.at)
        else:
            kept[about] = replace(now, marked_at=event.at if event.payload["on"] else None)
    return kept


def newest_first(kept: Iterable[Kept]) -> list[Kept]:
    """Those that still hold a note or a mark, the newest first."""
    timed = [(one.at, one) for one in kept if one.at is not None]
    return [one for _, one in sorted(timed, key=lambda pair: pair[0], reverse=True)]
