from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.journal_files import EVENING, damage, events_of, lines_said

from roadworthy.cli.main import run
from roadworthy.journal.backup import daily_backup
from roadworthy.journal.sqlite import open_journal


def test_status_tells_content_last_event_size_and_backups(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five facts, the time on the candidate's clock, and the file stays as it is."""
    daily_backup(journal, journal.parent / "backups", now=EVENING)
    before = journal.read_bytes()

    assert run(["journal", "status"]) == 0

    assert lines_said(capsys, tmp_path) == [
        f"Journal  {journal}",
        "Holds    4 events, 0 of them answers",
        "Last     24 November 2026, 20:15 (Europe/Berlin): note",
        f"Size     {-(-len(before) // 1000)} kB",
        f"Backups  {journal.parent / 'backups' / 'journal-2026-11-24.sqlite3'}",
    ]
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    "command", [["status"], ["backup"], ["export", "x.jsonl"], ["erase", "--yes"]]
)
def test_a_home_without_a_journal_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """No command makes a journal in passing; each says that there is none and ends with 2."""
    assert run(["journal", *command]) == 2

    assert "There is no journal" in capsys.readouterr().err
    assert not (home / "journal.sqlite3").exists()


def test_backup_goes_among_the_backups_and_restores(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy made by hand brings back what was there, and what it replaced is kept aside."""
    assert run(["journal", "backup"]) == 0
    copy = Path(lines_said(capsys, tmp_path)[1].strip())
    assert copy.parent == journal.parent / "backups"
    kept = events_of(journal)
    with open_journal(journal) as later:
        later.append(
            "note", {"about": "r", "text": "later"}, key="later", now=EVENING, zone="Europe/Berlin"
        )

    assert run(["journal", "restore", str(copy)]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[0] == "Restored: the journal holds 4 events, 0 of them answers."
    assert events_of(journal) == kept
    assert len(events_of(Path(said[3].strip()))) == 5


def test_backup_to_a_named_file_replaces_nothing(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--to names a new file; a second backup to it is refused and changes nothing."""
    to = tmp_path / "stick" / "mine.sqlite3"
    assert run(["journal", "backup", "--to", str(to)]) == 0
    before = to.read_bytes()

    assert run(["journal", "backup", "--to", str(to)]) == 2

    assert "exists already" in capsys.readouterr().err
    assert to.read_bytes() == before


def test_a_damaged_journal_names_the_newest_copy_and_the_command_brings_it_back(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line holds a command that works as it stands, and the damaged file is kept."""
    kept = events_of(journal)
    daily_backup(journal, journal.parent / "backups", now=EVENING)
    damage(journal)

    assert run(["journal", "status"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    command = error.split("roadworthy ")[1].split(". The damaged")[0].split()

    assert run(command) == 0
    assert events_of(journal) == kept
    assert len(list(journal.parent.glob("journal.replaced-*"))) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "There is no journal"),
        (b"my shopping list", "Choose another one"),
        (b"", "Choose another"),
    ],
    ids=["missing", "text", "empty"],
)
def test_a_file_that_is_no_backup_is_refused(
    journal: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    says: str,
) -> None:
    """A missing or foreign file restores nothing, and the journal stays as it is."""
    copy = tmp_path / "copy"
    if content is not None:
        copy.write_bytes(content)
    before = journal.read_bytes()

    assert run(["journal", "restore", str(copy)]) == 2

    assert says in capsys.readouterr().err
    assert journal.read_bytes() == before


def test_restore_waits_for_the_program_to_stop(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While another program has the journal open nothing is replaced, and the mend says so."""
    run(["journal", "backup", f"--to={tmp_path / 'b'}"])
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert run(["journal", "restore", str(tmp_path / "b")]) == 2

    error = capsys.readouterr().err
    assert "Nothing was restored. Another program holds the journal." in error
    assert "Close the other program" in error
    assert not list(journal.parent.glob("journal.replaced-*"))


# --- export, import, merge
