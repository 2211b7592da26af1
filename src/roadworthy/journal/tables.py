"""The tables of a journal, as they are after all migrations, and rows as events.

The same statements run on SQLite and, later, on PostgreSQL. A test compares these tables with
what the migrations make; ``docs/journal-schema.md`` is written from them.
"""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    UniqueConstraint,
)

from roadworthy.errors import JournalDamaged
from roadworthy.journal.event import Event, parse_utc, utc_text
from roadworthy.journal.kinds import subject_of, to_json
from roadworthy.journal.trouble import RESTORE

METADATA: Final = MetaData()

EVENTS: Final = Table(
    "events",
    METADATA,
    Column(
        "journal",
        Text,
        nullable=False,
        comment="id of the journal that the event was first kept in; after a merge there are "
        "several, and an id ends in ~2 where a copy had used the same number",
    ),
    Column(
        "seq",
        Integer,
        nullable=False,
        comment="number of the event, from 1; a new one is above all others of its file",
    ),
    Column(
        "at",
        Text,
        nullable=False,
        comment="UTC as 2026-11-24T23:10:00.123Z, 24 characters; a new one is after all others of "
        "its file",
    ),
    Column("zone", Text, nullable=False, comment="IANA time zone of the candidate"),
    Column("key", Text, nullable=False, comment="the client's own name for the event"),
    Column("kind", Text, nullable=False, comment="kind of the event, see below"),
    Column("payload", Text, nullable=False, comment="what happened, as JSON, see below"),
    Column(
        "subject",
        Text,
        nullable=True,
        comment="id of the presentation, session or form in the payload; null for other kinds",
    ),
    PrimaryKeyConstraint("journal", "seq"),
    UniqueConstraint("key"),
    CheckConstraint("seq >= 1"),
    comment="one row an event; rows are never changed or deleted, a trigger refuses it",
)
Index("events_by_seq", EVENTS.c.seq)
Index("events_in_order", EVENTS.c.at, EVENTS.c.journal, EVENTS.c.seq)
Index("events_by_kind_and_at", EVENTS.c.kind, EVENTS.c.at)
Index("events_by_subject", EVENTS.c.subject, EVENTS.c.kind)

IDENTITY: Final = Table(
    "identity",
    METADATA,
    Column("only", Integer, primary_key=True, comment="always 1: there is one row"),
    Column("journal", Text, nullable=False, comment="id under which new events are kept"),
    CheckConstraint("only = 1"),
    comment="which journal this file is",
)

SCHEMA_VERSION: Final = Table(
    "schema_version",
    METADATA,
    Column("version", Integer, primary_key=True, comment="number of a migration that ran"),
    Column("name", Text, nullable=False, comment="its name"),
    comment="one row a migration; the highest version is the file's",
)


def row_of(event: Event) -> dict[str, Any]:
    """The column values of an event."""
    return {
        "journal": event.journal,
        "seq": event.seq,
        "at": utc_text(event.at),
        "zone": event.zone,
        "key": event.key,
        "kind": event.kind,
        "payload": to_json(event.payload),
        "subject": subject_of(event.kind, event.payload),
    }


def event_of(row: Row[Any]) -> Event:
    """The event of a row of ``EVENTS``; ``JournalDamaged`` if it does not parse."""
    try:
        return Event(
            journal=row.journal,
            seq=row.seq,
            at=parse_utc(row.at),
            zone=row.zone,
            key=row.key,
            kind=row.kind,
            payload=json.loads(row.payload),
        )
    except (ValueError, TypeError) as error:
        raise JournalDamaged(
            "An event in the journal cannot be read.",
            where=f"journal {row.journal}, event {row.seq}",
            mend=RESTORE,
        ) from error
