from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import (
    DiskFull,
    JournalDamaged,
    JournalLocked,
    JournalNewer,
    RoadworthyError,
    StoreTrouble,
)
from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.journal.trouble import translated

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate

NOTE = {"about": "rule-1", "text": "x" * 3000}


def tells_all(error: RoadworthyError) -> bool:
    """Whether an error is one line that says what, where and the mend."""
    return bool(error.what and error.where and error.mend) and "\n" not in str(error)


def test_a_full_disk_loses_nothing(journal_path: Path, fixed_now: datetime) -> None:
    """When the disk is full the message says so, and all acknowledged events are still there."""
    with open_journal(journal_path, create_as="laptop", max_pages=40) as journal:
        kept = []
        with pytest.raises(DiskFull, match=r"Nothing was saved\. The disk is full\.") as full:
            for number in range(100):
                event = journal.append("note", NOTE, key=f"n{number}", now=fixed_now, zone="UTC")
                kept.append(event)
        assert tells_all(full.value)
        assert journal.read() == kept
    assert len(kept) > 5
    with open_journal(journal_path) as journal:
        again = journal.append("note", NOTE, key=f"n{len(kept)}", now=fixed_now, zone="UTC")
        assert journal.read() == [*kept, again]


def test_a_full_disk_is_told_to_the_candidate(candidate: Candidate) -> None:
    """About an answer the words are those of the page."""
    path = candidate.journal.path
    candidate.sees("p1")
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with open_journal(path, max_pages=pages) as journal:
        marked = {"presentation": "p1", "chosen": [0], "milliseconds": 1}
        marked["marked"] = list(range(5000))
        with pytest.raises(DiskFull) as full:
            journal.append("responded", marked, key="p1", now=candidate.now, zone="UTC")
    assert full.value.what == "This answer is not saved. The disk is full."
    assert full.value.mend == "Free some space, then send it again."


def test_a_full_disk_stops_a_new_journal(journal_path: Path) -> None:
    """A journal that cannot be made is told in one line, and can be made later."""
    with pytest.raises(DiskFull) as full:
        open_journal(journal_path, create_as="laptop", max_pages=2)
    assert tells_all(full.value)
    with open_journal(journal_path, create_as="laptop") as journal:
        assert journal.last_seq() == 0


def test_a_locked_journal_is_told_and_comes_back(candidate: Candidate) -> None:
    """While another program writes for too long the answer is refused; then it goes in."""
    candidate.sees("p1")
    with closing(sqlite3.connect(candidate.journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalLocked) as locked:
            candidate.responds("p1")
        assert candidate.journal.last_seq() == 1
        other.execute("ROLLBACK")
    assert locked.value.what == ("This answer is not saved. Another program holds the journal.")
    assert tells_all(locked.value)
    assert candidate.responds("p1").seq == 2


def test_a_journal_can_be_opened_while_another_program_writes(candidate: Candidate) -> None:
    """Opening needs no write lock when there is nothing to bring up to date."""
    candidate.notes("x", "n1")
    with closing(sqlite3.connect(candidate.journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_journal(candidate.journal.path, busy_timeout=0.05) as again:
            assert again.last_seq() == 1


def test_a_newer_journal_is_refused_in_one_line(candidate: Candidate) -> None:
    """An older program does not touch what a newer one wrote."""
    path = candidate.journal.path
    candidate.journal.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99, 'migration_99_of_tomorrow')")
    before = path.read_bytes()
    with pytest.raises(JournalNewer, match="schema 99") as newer:
        open_journal(path, create_as="laptop")
    assert tells_all(newer.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"This is a text file, not a journal. " * 40, b"\0" * 8192])
def test_what_is_no_journal_is_refused(journal_path: Path, content: bytes) -> None:
    """A file of something else is told, and stays as it was."""
    journal_path.parent.mkdir()
    journal_path.write_bytes(content)
    with pytest.raises(JournalDamaged) as damaged:
        open_journal(journal_path, create_as="laptop")
    assert tells_all(damaged.value)
    assert journal_path.read_bytes() == content


def test_the_database_of_another_program_is_refused(journal_path: Path) -> None:
    """No table of ours is made in a database that is not ours."""
    journal_path.parent.mkdir()
    with closing(sqlite3.connect(journal_path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(JournalDamaged, match="not a journal"):
        open_journal(journal_path, create_as="laptop")
    with closing(sqlite3.connect(journal_path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("recipes",)]


def test_a_damaged_page_is_told(candidate: Candidate) -> None:
    """Overwritten pages show up as a damaged journal, never as wrong events."""
    for number in range(30):
        candidate.notes("x" * 2000, f"n{number}")
    path = candidate.journal.path
    candidate.journal.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xa5" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(JournalDamaged) as damaged, open_journal(path) as journal:
        journal.read()
    assert tells_all(damaged.value)


def test_an_event_that_does_not_parse_is_damage(candidate: Candidate) -> None:
    """A payload that is no JSON is told with the number of its event."""
    candidate.notes("x", "n1")
    with closing(sqlite3.connect(candidate.journal.path)) as connection, connection:
        connection.execute("DROP TRIGGER events_are_not_changed")
        connection.execute("UPDATE events SET payload = '{'")
    with pytest.raises(JournalDamaged, match="event 1"):
        candidate.journal.read()


def test_a_folder_in_the_place_of_the_journal_is_told(tmp_path: Path) -> None:
    """A path that cannot be opened is store trouble with a mend."""
    with pytest.raises(StoreTrouble, match="cannot be opened") as trouble:
        open_journal(tmp_path, create_as="laptop")
    assert tells_all(trouble.value)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, StoreTrouble), (errno.EIO, StoreTrouble)],
)
def test_file_errors_are_told_in_our_words(number: int, kind: type[StoreTrouble]) -> None:
    """An error of the file system becomes one of ours, with what was not done."""
    with (
        pytest.raises(kind, match="No backup was made") as trouble,
        translated(Path("j.sqlite"), "No backup was made."),
    ):
        raise OSError(number, "told by the system")
    assert tells_all(trouble.value)


def test_our_own_errors_pass(empty_journal: SqliteJournal) -> None:
    """What is already told is not told again."""
    with pytest.raises(JournalLocked, match=r"^mine$"), translated(empty_journal.path, "lost"):
        raise JournalLocked("mine")
