"""A journal's events all at once: read from any file, or written as a new file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from roadworthy.journal.engine import make_engine
from roadworthy.journal.event import Event
from roadworthy.journal.migrations import bring_up_to_date
from roadworthy.journal.snapshot import new_private_file, publish, snapshot
from roadworthy.journal.sqlite import checked_id, open_journal
from roadworthy.journal.store import JournalIdentity
from roadworthy.journal.tables import EVENTS, IDENTITY, row_of
from roadworthy.journal.trouble import translated


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a journal holds; ``events`` in their order."""

    identity: JournalIdentity
    events: Sequence[Event]


def read_whole(path: Path, *, lost: str) -> Whole:
    """Read a journal from a copy, so that an older file is brought up to date in the copy only.

    ``lost`` begins the message of an error. Raises as ``snapshot`` and ``open_journal`` do.
    """
    with tempfile.TemporaryDirectory(prefix="roadworthy-") as folder:
        copy = snapshot(path, Path(folder) / "journal.sqlite", lost=lost)
        with open_journal(copy) as journal:
            return Whole(journal.identity, journal.read())


def write_whole(to: Path, journal: str, events: Sequence[Event], *, lost: str) -> Path:
    """Write a new journal file with the id ``journal`` and ``events`` as they are.

    The file appears when it is complete. ``BadInput`` if it exists already, or for a bad id;
    ``StoreTrouble`` when it cannot be written. No rule is checked: the events happened.
    """
    checked_id(journal)
    partial = new_private_file(to, lost=lost)
    try:
        engine = make_engine(partial, busy_timeout=5.0, max_pages=None)
        try:
            bring_up_to_date(engine, partial)
            with (
                translated(to, lost),
                engine.execution_options(writes=True).begin() as connection,
            ):
                connection.execute(insert(IDENTITY).values(only=1, journal=journal))
                if events:
                    connection.execute(insert(EVENTS), [row_of(event) for event in events])
        finally:
            engine.dispose()
        with translated(to, lost):
            publish(partial, to)
    finally:
        partial.unlink(missing_ok=True)
    return to
