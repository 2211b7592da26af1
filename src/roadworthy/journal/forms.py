"""A form as it stands: the fold of its events, used by the store's rules and by the faces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roadworthy.journal.clock import shifted_deadline
from roadworthy.journal.event import Event, parse_utc, utc_text


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at one place of a form."""

    chosen: tuple[int, ...]
    flagged: bool
    rev: int


@dataclass(frozen=True, slots=True)
class FormState:
    """A form as it stands. ``deadline`` includes all clock jumps since the start."""

    form: str
    size: int
    deadline: datetime
    finished: bool
    entries: Mapping[int, Entry]

    def rev_of(self, ordinal: int) -> int:
        """The rev of the response at a place; 0 while there is none."""
        entry = self.entries.get(ordinal)
        return 0 if entry is None else entry.rev

    def as_json(self) -> dict[str, object]:
        """The state as a JSON object, for a page that has fallen behind."""
        return {
            "form": self.form,
            "size": self.size,
            "deadline": utc_text(self.deadline),
            "finished": self.finished,
            "entries": {
                str(ordinal): {
                    "chosen": list(entry.chosen),
                    "flagged": entry.flagged,
                    "rev": entry.rev,
                }
                for ordinal, entry in sorted(self.entries.items())
            },
        }


def form_state(events: Iterable[Event], form: str) -> FormState | None:
    """The state of ``form`` from events in their order; ``None`` if it never started.

    Events of other forms and of kinds that don't matter are passed over.
    """
    started: Event | None = None
    finished = False
    jumps: list[float] = []
    entries: dict[int, Entry] = {}
    for event in events:
        if event.kind == "clock_jumped" and started is not None and not finished:
            jumps.append(event.payload["seconds"])
        if event.payload.get("form") != form:
            continue
        if event.kind == "form_started":
            started = started or event
        elif event.kind == "form_responded":
            _enter(entries, event.payload)
        elif event.kind == "form_finished":
            finished = True
    if started is None:
        return None
    return FormState(
        form=form,
        size=started.payload["size"],
        deadline=shifted_deadline(parse_utc(started.payload["deadline"]), jumps),
        finished=finished,
        entries=entries,
    )


def _enter(entries: dict[int, Entry], payload: Mapping[str, Any]) -> None:
    ordinal, rev = payload["ordinal"], payload["rev"]
    # Two merged journals may both hold a rev; the later event of the highest one stands.
    if ordinal not in entries or rev >= entries[ordinal].rev:
        entries[ordinal] = Entry(tuple(payload["chosen"]), payload["flagged"], rev)
