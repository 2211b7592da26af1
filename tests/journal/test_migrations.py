from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from roadworthy.errors import JournalDamaged, JournalNewer, StoreTrouble
from roadworthy.journal import migrations
from roadworthy.journal.engine import make_engine
from roadworthy.journal.event import Event
from roadworthy.journal.migrations import MIGRATIONS, Migration, bring_up_to_date
from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.journal.tables import METADATA

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate


def bring(path: Path, steps: Sequence[Migration]) -> Path | None:
    """Run the steps on a file."""
    engine = make_engine(path, busy_timeout=1.0, max_pages=None)
    try:
        return bring_up_to_date(engine, path, steps)
    finally:
        engine.dispose()


@pytest.fixture
def first_schema(candidate: Candidate, tmp_path: Path) -> tuple[Path, list[Event]]:
    """A file as the first version wrote it, with one event of each way to have a subject."""
    candidate.does("enrolled", {"learner": "u1", "pack": "gcp-pmle"}, "e1")
    candidate.sees("p1")
    candidate.responds("p1")
    candidate.starts_form("f1", 120)
    candidate.does("session_finished", {"session": "s1"}, "s1")
    candidate.notes("x", "n1")
    events = candidate.journal.read()
    path = tmp_path / "old.sqlite"
    path.touch()
    bring(path, MIGRATIONS[:1])
    with (
        closing(sqlite3.connect(path)) as old,
        closing(sqlite3.connect(candidate.journal.path)) as new,
        old,
    ):
        old.execute("INSERT INTO identity VALUES (1, 'laptop')")
        columns = "journal, seq, at, zone, key, kind, payload"
        rows = new.execute(f"SELECT {columns} FROM events").fetchall()
        old.executemany(f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return path, events


def schema(path: Path) -> list[tuple[str, str]]:
    """The statements that make the tables of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_migrations_make_the_tables(empty_journal: SqliteJournal) -> None:
    """After all steps a file has the tables, columns and indexes that tables.py describes."""
    engine = create_engine("sqlite://", poolclass=NullPool)
    migrated = create_engine(f"sqlite:///{empty_journal.path}", poolclass=NullPool)
    with engine.connect() as described, migrated.connect() as made:
        METADATA.create_all(described)
        ours, theirs = inspect(described), inspect(made)
        assert set(theirs.get_table_names()) == set(ours.get_table_names())
        for table in ours.get_table_names():
            for of in (
                lambda where, name: {
                    c["name"]: (str(c["type"]), c["nullable"]) for c in where.get_columns(name)
                },
                lambda where, name: where.get_pk_constraint(name)["constrained_columns"],
                lambda where, name: {i["name"]: i["column_names"] for i in where.get_indexes(name)},
                lambda where, name: [u["column_names"] for u in where.get_unique_constraints(name)],
            ):
                assert of(theirs, table) == of(ours, table)


def test_steps_are_numbered_and_say_what_they_do() -> None:
    """The functions count from 1 without a gap, have a telling name and a sentence."""
    for number, step in enumerate(MIGRATIONS, start=1):
        name = step.__name__
        assert name.startswith(f"migration_{number}_") and len(name.split("_")) >= 4
        assert (step.__doc__ or "").endswith(".")


def test_an_old_file_keeps_its_events(first_schema: tuple[Path, list[Event]]) -> None:
    """A file of the first version opens with all of its events, and takes new ones."""
    path, events = first_schema
    with open_journal(path) as journal:
        assert journal.read() == events
        assert journal.identity.learner == "u1"
        with journal._reading() as lookup:
            assert [e.kind for e in lookup.about("p1", "item_shown", "responded")] == [
                "item_shown",
                "responded",
            ]
            assert len(lookup.about("f1", "form_started")) == 1
            assert len(lookup.about("s1", "session_finished")) == 1


def test_a_copy_is_made_before(first_schema: tuple[Path, list[Event]]) -> None:
    """The file as it was stays beside the new one, private, and can still be read."""
    path, events = first_schema
    before = schema(path)
    with open_journal(path):
        pass
    copy = path.with_name("old.schema-1.sqlite")
    assert schema(copy) == before != schema(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    with open_journal(copy) as journal:
        assert journal.read() == events


def test_a_copy_never_replaces_a_copy(first_schema: tuple[Path, list[Event]]) -> None:
    """If there is a copy of that name already, the new one gets another."""
    path, _ = first_schema
    path.with_name("old.schema-1.sqlite").write_text("precious")
    assert bring(path, MIGRATIONS) == path.with_name("old.schema-1-2.sqlite")
    assert path.with_name("old.schema-1.sqlite").read_text() == "precious"


def test_a_new_file_needs_no_copy(empty_journal: SqliteJournal) -> None:
    """Making a journal leaves the journal only."""
    assert {path.suffix for path in empty_journal.path.parent.iterdir()} == {
        ".sqlite",
        ".sqlite-wal",
        ".sqlite-shm",
    }
    assert len(list(empty_journal.path.parent.glob("*.sqlite"))) == 1


def test_a_step_that_fails_changes_nothing(first_schema: tuple[Path, list[Event]]) -> None:
    """A step is one transaction: when its end fails, its beginning is undone."""
    path, events = first_schema
    before = schema(path)

    def migration_2_that_fails(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE events ADD COLUMN half TEXT"))
        connection.execute(text("UPDATE nowhere SET x = 1"))

    with pytest.raises(StoreTrouble, match="was not brought up to date; it stays as it was"):
        bring(path, [*MIGRATIONS[:1], migration_2_that_fails])
    assert schema(path) == before
    with open_journal(path) as journal:
        assert journal.read() == events


def test_no_step_without_a_copy(
    first_schema: tuple[Path, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the copy cannot be made, the file is left alone."""
    path, _ = first_schema
    before = schema(path)

    def refuse(source: Path, to: Path, *, lost: str) -> Path:
        raise StoreTrouble(f"{lost} No room.")

    monkeypatch.setattr(migrations, "snapshot", refuse)
    with pytest.raises(StoreTrouble, match="No room"):
        bring(path, MIGRATIONS)
    assert schema(path) == before


@pytest.mark.parametrize(
    ("made_by", "refusal"),
    [
        ("INSERT INTO schema_version VALUES (99, 'of tomorrow')", JournalNewer),
        ("DROP TABLE schema_version", JournalDamaged),
    ],
    ids=["newer", "foreign"],
)
def test_a_refused_file_stays_as_it_is_byte_for_byte(
    journal_path: Path, made_by: str, refusal: type[StoreTrouble]
) -> None:
    """A file without a log, as backups are, does not even get one when it is refused."""
    open_journal(journal_path, create_as="laptop").close()
    with closing(sqlite3.connect(journal_path)) as connection, connection:
        connection.execute(made_by)
    with closing(sqlite3.connect(journal_path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    before = journal_path.read_bytes()

    with pytest.raises(refusal):
        open_journal(journal_path)

    assert journal_path.read_bytes() == before
    assert list(journal_path.parent.iterdir()) == [journal_path]


def test_two_programs_may_start_at_once(first_schema: tuple[Path, list[Event]]) -> None:
    """Of several openings at the same moment one migrates, all work."""
    path, events = first_schema

    def open_and_read(_: int) -> list[Event]:
        with open_journal(path) as journal:
            return journal.read()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_read, range(4))) == [events] * 4
    assert len(list(path.parent.glob("old.schema-1*.sqlite"))) == 1


def test_a_new_journal_may_be_made_by_two_programs_at_once(journal_path: Path) -> None:
    """Several programs that make the same journal agree on its id."""

    def open_as(name: str) -> str:
        with open_journal(journal_path, create_as=name) as journal:
            return journal.identity.journal

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(open_as, ["a", "b", "c", "d"]))) == 1
