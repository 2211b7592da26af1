"""What the rules ask a store about the events that it holds, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from roadworthy.journal.event import Event, parse_utc, utc_text
from roadworthy.journal.tables import EVENTS, event_of


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a file: highest seq (0 when empty) and latest moment."""

    seq: int
    at: datetime | None


class Lookup:
    """Look-ups in the events of one open transaction; each uses an index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> Head:
        """The highest seq and the latest moment."""
        # Two scalar subqueries: SQLite answers each from the end of its index.
        row = self._connection.execute(
            select(
                select(func.max(EVENTS.c.seq)).scalar_subquery(),
                select(func.max(EVENTS.c.at)).scalar_subquery(),
            )
        ).one()
        return Head(seq=row[0] or 0, at=None if row[1] is None else parse_utc(row[1]))

    def by_key(self, key: str) -> Event | None:
        """The event under a client key."""
        row = self._connection.execute(select(EVENTS).where(EVENTS.c.key == key)).one_or_none()
        return None if row is None else event_of(row)

    def about(self, subject: str, *kinds: str) -> list[Event]:
        """Events of ``kinds`` about a presentation, session or form, in their order."""
        # Sorted here: asked for the order, SQLite would walk all events of the kind instead.
        wanted = select(EVENTS).where(EVENTS.c.subject == subject, EVENTS.c.kind.in_(kinds))
        return sorted(event_of(row) for row in self._connection.execute(wanted))

    def first(self, kind: str) -> Event | None:
        """The first event of a kind."""
        found = self._in_order(select(EVENTS).where(EVENTS.c.kind == kind).limit(1))
        return found[0] if found else None

    def later(self, than: Event, kind: str) -> list[Event]:
        """Events of a kind after ``than``, in their order."""
        wanted = select(EVENTS).where(EVENTS.c.kind == kind, EVENTS.c.at >= utc_text(than.at))
        return [event for event in self._in_order(wanted) if event > than]

    def _in_order(self, wanted: Select[tuple[object, ...]]) -> list[Event]:
        rows = self._connection.execute(
            wanted.order_by(EVENTS.c.at, EVENTS.c.journal, EVENTS.c.seq)
        )
        return [event_of(row) for row in rows]
