"""Exporting, importing, merging and erasing a journal at the terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.cli.journal_files import EVENING, events_of, lines_said, write_journal

from roadworthy.cli.main import run
from roadworthy.journal.backup import daily_backup


def test_export_and_import_give_the_same_journal(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was exported to a file can be imported to a new file, event by event."""
    lines, copy = tmp_path / "all.jsonl", tmp_path / "copy.sqlite3"

    assert run(["journal", "export", str(lines)]) == 0
    assert run(["journal", "import", str(lines), f"--to={copy}"]) == 0

    assert "Exported 4 events." in lines_said(capsys, tmp_path)
    assert events_of(copy) == events_of(journal)
    assert lines.stat().st_mode & 0o777 == 0o600


def test_a_journal_moves_through_a_pipe_into_an_empty_home(
    journal: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """`export -` writes UTF-8 to the terminal and `import -` reads it, on another machine."""
    assert run(["journal", "export", "-"]) == 0
    written = capsysbinary.readouterr().out
    assert json.loads(written.splitlines()[0])["events"] == 4
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written), encoding="latin-1"))

    assert run(["journal", "import", "-", f"--home={tmp_path / 'other'}"]) == 0

    assert events_of(tmp_path / "other" / "journal.sqlite3") == events_of(journal)


def test_export_replaces_nothing(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is there is not overwritten."""
    (tmp_path / "mine").write_text("mine")

    assert run(["journal", "export", str(tmp_path / "mine")]) == 2

    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "mine").read_text() == "mine"


def test_import_into_a_home_in_use_names_the_way(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A journal is never replaced by an import; the mend is --to and a merge."""
    run(["journal", "export", str(tmp_path / "all.jsonl")])
    before = journal.read_bytes()

    assert run(["journal", "import", str(tmp_path / "all.jsonl")]) == 2

    error = capsys.readouterr().err
    assert "--to" in error
    assert "roadworthy journal merge" in error
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[]\n", "line 1"),
        (b'{"format": "other"}\n', "line 1"),
        (b"", "line 1"),
    ],
    ids=["missing", "bytes", "list", "foreign", "empty"],
)
def test_import_of_a_broken_file_makes_nothing(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    says: str,
) -> None:
    """The first wrong line is named, and no journal is left behind."""
    if content is not None:
        (tmp_path / "lines").write_bytes(content)

    assert run(["journal", "import", str(tmp_path / "lines")]) == 2

    error = capsys.readouterr().err
    assert says in error
    assert "Nothing was imported." in error
    assert list(home.iterdir()) == []


def test_merge_keeps_each_event_once(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two journals of one person become a third, and both stay as they are."""
    desktop, both = tmp_path / "desktop.sqlite3", tmp_path / "both.sqlite3"
    write_journal(desktop, range(3, 6))
    before = (journal.read_bytes(), desktop.read_bytes())

    assert run(["journal", "merge", str(journal), str(desktop), f"--to={both}"]) == 0

    assert lines_said(capsys, tmp_path)[:2] == [
        "Merged to 6 events: 2 in both,",
        "2 only in the first, 2 only in the second.",
    ]
    assert {event.key for event in events_of(both)} == {
        "enrolled",
        *(f"note:{number}" for number in range(1, 6)),
    }
    assert (journal.read_bytes(), desktop.read_bytes()) == before


def test_journals_of_two_people_are_not_merged(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two learners are a conflict that names both; nothing is written."""
    other = tmp_path / "other.sqlite3"
    write_journal(other, range(1), learner="learner-2")

    assert run(["journal", "merge", str(journal), str(other), f"--to={tmp_path / 'm'}"]) == 2

    error = capsys.readouterr().err
    assert "learner-1" in error
    assert "learner-2" in error
    assert not (tmp_path / "m").exists()


# --- erase


@pytest.mark.parametrize(
    ("said", "code"), [("no\n", 1), ("\n", 1), ("y\n", 1), ("", 2)], ids=["no", "enter", "y", "eof"]
)
def test_erase_asks_for_a_word(
    journal: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: str,
    code: int,
) -> None:
    """Anything but the word itself leaves all as it is; so does silence."""
    monkeypatch.setattr("sys.stdin", io.StringIO(said))

    assert run(["journal", "erase"]) == code

    assert "Nothing was erased" in "".join(capsys.readouterr())
    assert len(events_of(journal)) == 4


@pytest.mark.parametrize("options", [["--yes"], []])
def test_erase_deletes_the_journal_and_its_daily_copies(
    journal: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
) -> None:
    """With --yes or the word the answers are gone; a copy made by hand stays and is named."""
    daily_backup(journal, journal.parent / "backups", now=EVENING)
    run(["journal", "backup"])
    copy = Path(capsys.readouterr().out.splitlines()[1].strip())
    monkeypatch.setattr("sys.stdin", io.StringIO("erase\n"))

    assert run(["journal", "erase", *options]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[-2:] == ["Copies made by hand stay:", f"  {copy}"]
    assert [path for path in journal.parent.rglob("*") if path.is_file()] == [copy]


@pytest.mark.parametrize(
    "command", ["status", "backup", "restore", "export", "import", "merge", "erase"]
)
def test_every_command_is_documented(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/start.md says when to use each command, and its help explains it."""
    page = (Path(__file__).parents[2] / "docs" / "start.md").read_text(encoding="utf-8")

    assert f"roadworthy journal {command}" in page
    assert run(["journal", command, "--help"]) == 0
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())
