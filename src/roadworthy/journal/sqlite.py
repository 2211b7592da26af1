"""The journal in one SQLite file. Commits, flushed to the disk, before it returns.

WAL with synchronous=FULL: readers never wait, and a commit is on the disk. Writers take the write
lock at once (BEGIN IMMEDIATE), so that the rules see all that is kept and nothing comes between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, insert, select

from roadworthy.errors import BadInput, JournalDamaged, JournalLocked, NotThere, StoreTrouble
from roadworthy.journal import kinds as known_kinds
from roadworthy.journal import snapshot as files
from roadworthy.journal.conflicts import KeyTaken, LateResponse
from roadworthy.journal.engine import make_engine, use_write_ahead_log
from roadworthy.journal.event import (
    TICK,
    Event,
    checked_moment,
    to_milliseconds,
    utc_text,
    zone_named,
)
from roadworthy.journal.kinds import ANSWERS, Draft
from roadworthy.journal.lookup import Lookup
from roadworthy.journal.migrations import bring_up_to_date, refuse_foreign
from roadworthy.journal.rules import check_rules
from roadworthy.journal.store import JournalIdentity, NewEvent
from roadworthy.journal.tables import EVENTS, IDENTITY, event_of, row_of
from roadworthy.journal.trouble import RESTORE, translated

_UNREADABLE: Final = "The journal cannot be read."
_UNOPENED: Final = "The journal cannot be opened."


def open_journal(
    path: Path,
    *,
    create_as: str | None = None,
    busy_timeout: float = 5.0,
    max_pages: int | None = None,
) -> SqliteJournal:
    """Open the journal at ``path``, bringing it up to date; close it when done.

    ``create_as`` is the id that a new journal gets; without it a missing file is ``NotThere``.
    A new file is readable by its owner alone, and so is a folder made for it. ``busy_timeout``
    is how many seconds to wait for another writer. ``max_pages`` limits the file, as a full disk
    would. Raises ``JournalNewer``, ``JournalDamaged``, ``JournalLocked`` and other
    ``StoreTrouble``.
    """
    if create_as is not None:
        checked_id(create_as)
    with translated(path, _UNOPENED):
        if not path.exists():
            if create_as is None:
                raise NotThere(
                    f"{_UNOPENED} There is no file.", where=str(path), mend="Check the path."
                )
            files.private_folder(path.parent)
            files.create_private(path)
    engine = make_engine(path, busy_timeout=busy_timeout, max_pages=max_pages)
    try:
        # Before the log is set up, which writes: a file that is refused stays as it is.
        refuse_foreign(engine, path)
        with translated(path, _UNOPENED):
            use_write_ahead_log(path, busy_timeout)
        bring_up_to_date(engine, path)
        with translated(path, _UNOPENED):
            journal = _own_id(engine, path, create_as)
    except BaseException:
        engine.dispose()
        raise
    return SqliteJournal(path, engine, journal, busy_timeout)


class SqliteJournal:
    """``store.Journal`` in one SQLite file; made by ``open_journal``. Also a context manager."""

    def __init__(self, path: Path, engine: Engine, journal: str, busy_timeout: float) -> None:
        self._path = path
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._journal = journal
        self._busy_timeout = busy_timeout
        # Within one process threads wait here, in SQLite they would poll.
        self._write_lock = Lock()
        self._file = _file_identity(path)
        self._closed = False

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def identity(self) -> JournalIdentity:
        """The id of the journal, and of the learner who enrolled in it."""
        with self._reading() as lookup:
            enrolled = lookup.first("enrolled")
        learner = None if enrolled is None else str(enrolled.payload["learner"])
        return JournalIdentity(self._journal, learner)

    def append(
        self, kind: str, payload: Mapping[str, Any], *, key: str, now: datetime, zone: str
    ) -> Event:
        """Keep one event; see ``store.Journal.append``."""
        return self.append_all([(kind, payload, key)], now=now, zone=zone)[0]

    def append_all(self, new: Sequence[NewEvent], *, now: datetime, zone: str) -> list[Event]:
        """Keep all events in one transaction, or none; see ``store.Journal.append_all``."""
        drafts = [known_kinds.draft(kind, payload, key) for kind, payload, key in new]
        moment = checked_moment(now)
        zone_named(zone)
        answers = any(draft.kind in ANSWERS for draft in drafts)
        lost = "This answer is not saved." if answers else "Nothing was saved."
        late: Draft | None = None
        try:
            with self._writing(lost) as connection:
                kept: list[Event] = []
                for draft in drafts:
                    late = _late_form_of(draft)
                    kept.append(self._keep(connection, draft, moment, zone))
                return kept
        except LateResponse as refusal:
            if late is not None:
                with self._writing(lost) as connection:
                    self._keep_late(connection, late, refusal, moment, zone)
            raise

    def read(self, *, after: int = 0, kinds: Collection[str] | None = None) -> list[Event]:
        """Events with ``seq`` above ``after``, of ``kinds`` if given, in their order."""
        wanted = select(EVENTS)
        if after > 0:
            # The few newest events; their kinds are looked at below, not by an index.
            wanted = wanted.where(EVENTS.c.seq > after)
        if kinds is not None:
            for kind in kinds:
                known_kinds.model_of(kind)
            if after <= 0:
                wanted = wanted.where(EVENTS.c.kind.in_(sorted(kinds)))
        with self._connected() as connection:
            rows = connection.execute(wanted)
            events = [event_of(row) for row in rows if kinds is None or row.kind in kinds]
        return sorted(events, key=lambda event: event.order)

    def last_seq(self) -> int:
        """The highest ``seq``; 0 in an empty journal."""
        with self._reading() as lookup:
            return lookup.head().seq

    def by_key(self, key: str) -> Event | None:
        """The event that is kept under a client key."""
        with self._reading() as lookup:
            return lookup.by_key(key)

    def backup(self, to: Path) -> Path:
        """A checked copy of the journal as of now, in one new file; returns ``to``."""
        self._refuse_if_closed()
        return files.snapshot(self._path, to)

    def close(self) -> None:
        """Let go of the file. Later calls raise ``StoreTrouble``."""
        self._closed = True
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _keep(self, connection: Connection, draft: Draft, now: datetime, zone: str) -> Event:
        lookup = Lookup(connection)
        stored = lookup.by_key(draft.key)
        if stored is not None:
            same = known_kinds.same_content(stored.payload, draft.payload)
            if stored.kind == draft.kind and same:
                return stored
            raise KeyTaken(stored, draft.kind, draft.payload)
        check_rules(draft, lookup, now)
        head = lookup.head()
        at = to_milliseconds(now)
        kept = Event(
            journal=self._journal,
            seq=head.seq + 1,
            at=at if head.at is None else max(at, head.at + TICK),
            zone=zone,
            key=draft.key,
            kind=draft.kind,
            payload=draft.payload,
        )
        connection.execute(insert(EVENTS), row_of(kept))
        return kept

    def _keep_late(
        self,
        connection: Connection,
        late: Draft,
        refusal: LateResponse,
        now: datetime,
        zone: str,
    ) -> None:
        if Lookup(connection).by_key(late.key) is None:
            said = {
                **late.payload,
                "deadline": utc_text(refusal.state.deadline),
                "seconds": refusal.seconds,
            }
            self._keep(connection, known_kinds.draft(late.kind, said, late.key), now, zone)

    @contextmanager
    def _writing(self, lost: str) -> Iterator[Connection]:
        self._refuse_if_closed()
        with translated(self._path, lost, then="send it again"):
            if not self._write_lock.acquire(timeout=self._busy_timeout):
                raise JournalLocked(
                    f"{lost} The journal is busy with other answers.",
                    where=str(self._path),
                    mend="Send it again in a moment.",
                )
            try:
                self._refuse_if_moved(lost)
                with self._writer.begin() as connection:
                    yield connection
            finally:
                self._write_lock.release()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        self._refuse_if_closed()
        with translated(self._path, _UNREADABLE), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Lookup]:
        with self._connected() as connection:
            yield Lookup(connection)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreTrouble(
                "The journal is closed.", where=str(self._path), mend="Open it again."
            )

    def _refuse_if_moved(self, lost: str) -> None:
        # SQLite would go on writing to a file that has lost its name, and say that all is well.
        if not self._path.exists() or _file_identity(self._path) != self._file:
            raise StoreTrouble(
                f"{lost} The journal's file was moved or replaced while the program ran.",
                where=str(self._path),
                mend="Start the program again.",
            )


def checked_id(journal: str) -> str:
    """``journal`` if it can be the id of a journal; ``BadInput`` otherwise."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", journal):
        raise BadInput(
            f'"{journal}" cannot be the id of a journal.',
            where="the id of a new journal",
            mend="Use a UUID: letters, figures, dash and underscore, 64 at most.",
        )
    return journal


def _late_form_of(draft: Draft) -> Draft | None:
    """What is kept of a form response if it turns out to be late."""
    if draft.kind != "form_responded":
        return None
    return Draft(kind="form_late", payload=draft.payload, key=f"late:{draft.key}"[:200])


def _own_id(engine: Engine, path: Path, create_as: str | None) -> str:
    own = select(IDENTITY.c.journal)
    with engine.connect() as connection:
        journal = connection.execute(own).scalar()
    if journal is not None:
        return str(journal)
    if create_as is None:
        raise JournalDamaged(
            f"{_UNOPENED} The file has no journal id.", where=str(path), mend=RESTORE
        )
    with engine.execution_options(writes=True).begin() as connection:
        # Another program may have opened the new file at the same time; its id stands.
        if connection.execute(own).scalar() is None:
            connection.execute(insert(IDENTITY).values(only=1, journal=create_as))
        return str(connection.execute(own).scalar_one())


def _file_identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_dev, status.st_ino)
