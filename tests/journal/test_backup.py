from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import (
    BadInput,
    JournalDamaged,
    JournalLocked,
    JournalNewer,
    NotThere,
    StoreTrouble,
)
from roadworthy.journal import backup as backups
from roadworthy.journal.event import Event
from roadworthy.journal.sqlite import open_journal

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate


def events_of(path: Path) -> list[Event]:
    """All events of a file."""
    with open_journal(path) as journal:
        return journal.read()


def damage(path: Path) -> None:
    """Overwrite all pages but the first two."""
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)


@pytest.fixture
def kept(candidate: Candidate) -> list[Event]:
    """Three notes in the candidate's journal, which stays open."""
    return [candidate.notes("x" * 3000, f"n{number}") for number in range(3)]


def test_a_backup_of_a_journal_in_use_is_the_journal(
    candidate: Candidate, kept: list[Event], tmp_path: Path
) -> None:
    """A copy made while the program runs holds all events, in one private file."""
    to = candidate.journal.backup(tmp_path / "copies" / "b.sqlite")
    candidate.notes("after", "n9")
    assert [path.name for path in to.parent.iterdir()] == ["b.sqlite"]
    assert to.stat().st_mode & 0o777 == 0o600
    assert events_of(to) == kept


def test_a_backup_replaces_nothing(candidate: Candidate, kept: list[Event]) -> None:
    """Neither an older copy nor the journal itself is overwritten."""
    for to in (candidate.journal.path, candidate.journal.path.with_name("old.sqlite")):
        to.touch()
        with pytest.raises(BadInput, match="exists already"):
            backups.backup(candidate.journal.path, to)
    assert candidate.journal.read() == kept


def test_a_backup_of_nothing_is_told(tmp_path: Path) -> None:
    """A missing source is not taken for an empty journal."""
    with pytest.raises(NotThere, match="There is no journal"):
        backups.backup(tmp_path / "none.sqlite", tmp_path / "b.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_journal_gives_no_backup(
    candidate: Candidate, kept: list[Event], tmp_path: Path
) -> None:
    """A copy is checked before it gets its name; what fails leaves nothing."""
    candidate.journal.close()
    damage(candidate.journal.path)
    with pytest.raises(JournalDamaged, match="No backup was made"):
        backups.backup(candidate.journal.path, tmp_path / "b.sqlite")
    assert not list(tmp_path.glob("b.sqlite*"))


def test_seven_daily_backups_are_kept(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """One copy a day; of ten days the last seven stay, and other files are left alone."""
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "journal-by-hand.sqlite").write_text("mine")
    for day in range(10):
        for hour in (0, 2):
            now = fixed_now + timedelta(days=day, hours=hour)
            made = backups.daily_backup(candidate.journal.path, folder, now=now)
            assert (made is None) == (hour == 2)
    names = [path.name for path in backups.daily_backups(candidate.journal.path, folder)]
    assert names[0] == "journal-2026-12-03.sqlite"
    assert names[-1] == "journal-2026-11-27.sqlite"
    assert len(names) == 7
    assert (folder / "journal-by-hand.sqlite").exists()
    assert events_of(folder / names[0]) == kept


def test_a_damaged_journal_pushes_out_no_daily_backup(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """When the new copy does not check, the older ones stay."""
    path = candidate.journal.path
    backups.daily_backup(path, tmp_path, now=fixed_now)
    candidate.journal.close()
    damage(path)
    with pytest.raises(JournalDamaged):
        backups.daily_backup(path, tmp_path, now=fixed_now + timedelta(days=1), keep=1)
    assert [copy.name for copy in backups.daily_backups(path, tmp_path)] == [
        "journal-2026-11-24.sqlite"
    ]


def test_restoring_brings_back_the_copy_and_keeps_what_it_replaced(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """After a restore the journal is the copy; the later events are in the file kept aside."""
    path = candidate.journal.path
    copy = candidate.journal.backup(tmp_path / "b.sqlite")
    later = candidate.notes("later", "n9")
    candidate.journal.close()
    aside = backups.restore(copy, path, now=fixed_now)
    assert aside == path.with_name("journal.replaced-20261124T193000Z.sqlite")
    assert events_of(path) == kept
    assert events_of(aside) == [*kept, later]
    assert events_of(copy) == kept
    assert path.stat().st_mode & 0o777 == 0o600


def test_restoring_into_an_empty_home(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """On a new machine there is nothing to keep aside."""
    copy = candidate.journal.backup(tmp_path / "b.sqlite")
    path = tmp_path / "new-home" / "journal.sqlite"
    assert backups.restore(copy, path, now=fixed_now) is None
    assert events_of(path) == kept
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_no_restore_under_a_running_program(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """A journal that is open elsewhere would go on into a file without a name: refused."""
    path = candidate.journal.path
    copy = candidate.journal.backup(tmp_path / "b.sqlite")
    with pytest.raises(JournalLocked, match="Nothing was restored"):
        backups.restore(copy, path, now=fixed_now)
    assert candidate.notes("goes on", "n9").seq == 4
    assert not list(path.parent.glob("*replaced*")) + list(path.parent.glob("*restoring*"))


def test_a_damaged_journal_can_be_replaced(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """The damaged file is kept aside with its log, which does not run into the copy."""
    path = candidate.journal.path
    log = path.with_name("journal.sqlite-wal")
    copy = candidate.journal.backup(tmp_path / "b.sqlite")
    candidate.journal.close()
    with open_journal(path) as candidate.journal:
        # So short that the log has no first page, from which SQLite could mend the file.
        candidate.notes("", "n9")
        content = log.read_bytes()
    path.write_bytes(b"burnt " * 2000)
    log.write_bytes(content)
    aside = backups.restore(copy, path, now=fixed_now)
    assert aside is not None and aside.read_bytes().startswith(b"burnt")
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == content
    assert events_of(path) == kept


def test_what_cannot_be_used_is_not_restored(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """A missing, foreign, damaged or newer copy is refused before the journal is touched."""
    path = candidate.journal.path
    newer = candidate.journal.backup(tmp_path / "newer.sqlite")
    damaged = candidate.journal.backup(tmp_path / "damaged.sqlite")
    candidate.journal.close()
    damage(damaged)
    foreign = tmp_path / "foreign.sqlite"
    with closing(sqlite3.connect(newer)) as one, closing(sqlite3.connect(foreign)) as two, one, two:
        one.execute("INSERT INTO schema_version VALUES (99, 'tomorrow')")
        two.execute("CREATE TABLE recipes (name TEXT)")
    (tmp_path / "text.sqlite").write_text("no database at all " * 100)
    for name, error in (
        ("none", NotThere),
        ("newer", JournalNewer),
        ("damaged", JournalDamaged),
        ("foreign", JournalDamaged),
        ("text", JournalDamaged),
    ):
        with pytest.raises(error):
            backups.restore(tmp_path / f"{name}.sqlite", path, now=fixed_now)
    assert [file.name for file in path.parent.iterdir()] == ["journal.sqlite"]
    assert events_of(path) == kept


def test_erase_leaves_nothing_behind(
    candidate: Candidate, kept: list[Event], tmp_path: Path, fixed_now: datetime
) -> None:
    """Journal, logs, copies beside it and daily copies go; copies made by hand stay."""
    path = candidate.journal.path
    by_hand = candidate.journal.backup(tmp_path / "b.sqlite")
    backups.daily_backup(path, tmp_path / "daily", now=fixed_now)
    path.with_name("journal.schema-1.sqlite").touch()
    path.with_name("settings.txt").touch()
    with pytest.raises(JournalLocked, match="was not erased"):
        backups.erase(path, backups=tmp_path / "daily")
    candidate.journal.close()
    backups.restore(by_hand, path, now=fixed_now)
    gone = backups.erase(path, backups=tmp_path / "daily")
    assert len(gone) == 4 and gone[-1] == path
    assert [file.name for file in path.parent.iterdir()] == ["settings.txt"]
    assert list((tmp_path / "daily").iterdir()) == []
    assert by_hand.exists()
    with pytest.raises(NotThere):
        backups.erase(path)


def test_a_full_disk_leaves_no_half_backup(
    candidate: Candidate, kept: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the copy cannot be flushed, no file has its name."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(StoreTrouble, match=r"No backup was made\. The disk is full\."):
        candidate.journal.backup(tmp_path / "b.sqlite")
    assert not list(tmp_path.glob("b.sqlite*"))
