"""What a journal promises, whatever it is kept in.

**Durable**: when ``append`` or ``append_all`` return, the events are committed and flushed to the
disk. They survive a killed process and, as far as the disk keeps its word, a loss of power. When
they raise, nothing of the call is kept (the one exception: a late form response leaves a
``form_late``). So a page says "saved" only after the call came back.

**Once**: the client names each event by a key. The same key with the same kind and payload gives
back the event that is kept, however often it is sent; with other content it is a conflict.

**In order**: a new event gets a higher ``seq`` than all others of the file, and a later ``at``: the
later of ``now`` and the last event's ``at`` plus 1 ms. So a clock that is set back never reorders
what happened. Between events that came by a merge only ``(at, journal, seq)`` is the order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from roadworthy.journal.event import Event

# kind, payload and client key of an event that is not kept yet
NewEvent = tuple[str, Mapping[str, Any], str]


@dataclass(frozen=True, slots=True)
class JournalIdentity:
    """Who a journal is: its own id, and the learner in it (``None`` before enrolment)."""

    journal: str
    learner: str | None


class Journal(Protocol):
    """An append-only store of events. All methods are safe to call from several threads."""

    @property
    def identity(self) -> JournalIdentity:
        """The id of the journal, and of the learner who enrolled in it."""

    def append(
        self, kind: str, payload: Mapping[str, Any], *, key: str, now: datetime, zone: str
    ) -> Event:
        """Keep one event and give it back as it is kept.

        Raises ``BadInput`` (unknown kind, payload, zone or presentation, naive ``now``),
        ``Conflict`` (key with other content, or a state that has moved on) and
        ``StoreTrouble`` (disk full, locked, damaged).
        """

    def append_all(self, new: Sequence[NewEvent], *, now: datetime, zone: str) -> list[Event]:
        """Keep all events in one transaction, or none; 1 ms apart, in the order given."""

    def read(self, *, after: int = 0, kinds: Collection[str] | None = None) -> list[Event]:
        """Events with ``seq`` above ``after``, of ``kinds`` if given, in their order."""

    def last_seq(self) -> int:
        """The highest ``seq``; 0 in an empty journal. With the id it names the whole content."""

    def by_key(self, key: str) -> Event | None:
        """The event that is kept under a client key."""

    def backup(self, to: Path) -> Path:
        """A checked copy of the journal as of now, in one file; returns ``to``."""

    def close(self) -> None:
        """Let go of the file. Later calls raise ``StoreTrouble``."""
