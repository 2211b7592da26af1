"""How an older file becomes one of today: one function a step, each in one transaction.

A step is frozen once it has shipped: it says in SQL what it did then, and uses nothing of ours
that may change. Before the first step that changes a file with content, the file is copied to
``journal.schema-N.sqlite`` beside it, N being the version that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from roadworthy.errors import JournalDamaged, JournalNewer
from roadworthy.journal.snapshot import free_name, snapshot
from roadworthy.journal.trouble import NOT_A_JOURNAL, RESTORE, translated

Migration = Callable[[Connection], None]
_LOST: Final = "The journal was not brought up to date; it stays as it was."


def migration_1_create_events(connection: Connection) -> None:
    """The events, the identity of the file, and the list of steps that ran."""
    for statement in _CREATE_EVENTS:
        connection.execute(text(statement))


def migration_2_find_events_by_subject(connection: Connection) -> None:
    """A column with the presentation, session or form of an event, filled from the payloads."""
    for statement in _FIND_EVENTS_BY_SUBJECT:
        connection.exec_driver_sql(statement)


def migration_3_refuse_changed_events(connection: Connection) -> None:
    """Triggers that refuse to change or delete an event, whoever asks."""
    for statement in _REFUSE_CHANGED_EVENTS:
        connection.exec_driver_sql(statement)


MIGRATIONS: Final[Sequence[Migration]] = (
    migration_1_create_events,
    migration_2_find_events_by_subject,
    migration_3_refuse_changed_events,
)


def bring_up_to_date(
    engine: Engine, path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> Path | None:
    """Run the steps that the file lacks; returns the copy made before, if one was needed.

    Several programs may do this at once: each step looks again under the write lock. Raises
    ``JournalNewer``, ``JournalDamaged`` and other ``StoreTrouble``; a step that fails leaves the
    file at the step before.
    """
    version = refuse_foreign(engine, path, len(migrations))
    has_content = version > 0
    copy: Path | None = None
    writer = engine.execution_options(writes=True)
    for number, migration in enumerate(migrations, start=1):
        if number <= version:
            continue
        with translated(path, _LOST), writer.begin() as connection:
            version = version_of(connection, path)
            if number <= version:
                continue
            if has_content and copy is None:
                kept = free_name(path.with_name(f"{path.stem}.schema-{version}{path.suffix}"))
                copy = snapshot(path, kept, lost=_LOST)
            migration(connection)
            connection.execute(
                text("INSERT INTO schema_version (version, name) VALUES (:version, :name)"),
                {"version": number, "name": migration.__name__},
            )
    return copy


def refuse_foreign(engine: Engine, path: Path, known: int = len(MIGRATIONS)) -> int:
    """The version of the file, which is only read.

    Raises ``JournalNewer``, ``JournalDamaged`` for a file of something else, and ``StoreTrouble``.
    """
    with translated(path, "The journal cannot be opened."), engine.connect() as connection:
        version = version_of(connection, path)
    refuse_newer(version, path, known)
    return version


def version_of(connection: Connection, path: Path) -> int:
    """The number of the last step that ran; 0 for an empty file.

    ``JournalDamaged`` if the file holds tables of something else.
    """
    tables = set(
        connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    )
    if not tables:
        return 0
    version: int | None = None
    if "schema_version" in tables:
        version = connection.execute(text("SELECT max(version) FROM schema_version")).scalar()
    if version is None:
        raise JournalDamaged(
            f"The journal cannot be opened. {NOT_A_JOURNAL}", where=str(path), mend=RESTORE
        )
    return version


def refuse_newer(version: int, path: Path, known: int = len(MIGRATIONS)) -> None:
    """``JournalNewer`` if a file has steps that this program does not know."""
    if version > known:
        raise JournalNewer(
            f"The journal was written by a newer Roadworthy (schema {version}, "
            f"this program knows {known}). Nothing was changed.",
            where=str(path),
            mend="Install the newer version.",
        )


_CREATE_EVENTS: Final = (
    """
    CREATE TABLE schema_version (
        version INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE identity (
        only INTEGER NOT NULL PRIMARY KEY,
        journal TEXT NOT NULL,
        CHECK (only = 1)
    )
    """,
    """
    CREATE TABLE events (
        journal TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        zone TEXT NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL,
        PRIMARY KEY (journal, seq),
        UNIQUE (key),
        CHECK (seq >= 1)
    )
    """,
    "CREATE INDEX events_by_seq ON events (seq)",
    "CREATE INDEX events_in_order ON events (at, journal, seq)",
    "CREATE INDEX events_by_kind_and_at ON events (kind, at)",
)

_FIND_EVENTS_BY_SUBJECT: Final = (
    "ALTER TABLE events ADD COLUMN subject TEXT",
    """
    UPDATE events SET subject = CASE
        WHEN kind IN ('session_started', 'session_finished')
            THEN json_extract(payload, '$.session')
        WHEN kind IN ('item_shown', 'responded', 'flipped', 'withdrawn', 'item_disputed',
                      'dispute_settled')
            THEN json_extract(payload, '$.presentation')
        WHEN kind IN ('form_started', 'form_responded', 'form_late', 'form_finished')
            THEN json_extract(payload, '$.form')
    END
    """,
    "CREATE INDEX events_by_subject ON events (subject, kind)",
)

_REFUSE_CHANGED_EVENTS: Final = (
    """
    CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
    """,
)
