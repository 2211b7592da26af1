from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy.cli.main import run
from roadworthy.journal.backup import daily_backup
from roadworthy.journal.event import Event
from roadworthy.journal.sqlite import open_journal

EVENING = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)


def write_journal(path: Path, notes: range, learner: str = "learner-1") -> list[Event]:
    """A journal of one learner with an enrolment and some notes, a second apart."""
    with open_journal(path, create_as=f"id-{path.stem}-{path.parent.name}"[:64]) as journal:
        journal.append(
            "enrolled",
            {"learner": learner, "pack": "gcp-pmle"},
            key="enrolled",
            now=EVENING,
            zone="Europe/Berlin",
        )
        for number in notes:
            journal.append(
                "note",
                {"about": "rule-1", "text": f"note {number}, ö"},
                key=f"note:{number}",
                now=EVENING + timedelta(seconds=number),
                zone="Europe/Berlin",
            )
        return journal.read()


def events_of(path: Path) -> list[Event]:
    """All events of a journal file."""
    with open_journal(path) as journal:
        return journal.read()


def damage(path: Path) -> None:
    """Overwrite all pages but the first two."""
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty private home folder, named by ROADWORTHY_HOME."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("ROADWORTHY_HOME", str(folder))
    return folder


@pytest.fixture
def journal(home: Path) -> Path:
    """The journal of that home: an enrolment and three notes."""
    path = home / "journal.sqlite3"
    write_journal(path, range(1, 4))
    return path


def lines_said(capsys: pytest.CaptureFixture[str], *homes: Path) -> list[str]:
    """The lines on stdout, none over 80 columns apart from the paths of the test's own folder."""
    out = capsys.readouterr().out
    for line in out.splitlines():
        assert len(line) <= 80 or any(str(home) in line for home in homes), line
    return out.splitlines()


# --- status, backup, restore


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


def test_a_named_backup_takes_content_along_to_an_empty_home(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in .tar.gz makes a bundle, which restores journal and content of a lost home."""
    content = journal.parent / "packs" / "tiny-1" / "pack.yaml"
    content.parent.mkdir(parents=True)
    content.write_text("id: tiny")
    to, other = tmp_path / "stick" / "mine.tar.gz", tmp_path / "other"

    assert run(["journal", "backup", "--to", str(to)]) == 0
    assert run(["journal", "restore", str(to), f"--home={other}"]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[0] == "The journal and 1 version of its content were copied and checked."
    assert said[2] == "Restored: the journal holds 4 events, 0 of them answers."
    assert said[4:] == ["Content that was not here: 1 version.", f"  {other / 'packs'}"]
    assert events_of(other / "journal.sqlite3") == events_of(journal)
    assert (other / "packs" / "tiny-1" / "pack.yaml").read_text() == "id: tiny"


def test_a_damaged_bundle_names_where_others_are(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit code 2, and the journal stays."""
    to = tmp_path / "mine.tar.gz"
    run(["journal", "backup", "--to", str(to)])
    to.write_bytes(to.read_bytes()[:-100])
    before = journal.read_bytes()

    assert run(["journal", "restore", str(to)]) == 2

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Nothing was restored. The file is no bundle, or part of it is damaged." in error
    assert "`roadworthy journal status` lists the backups" in error
    assert journal.read_bytes() == before


# --- export, import, merge


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


def test_an_export_with_content_is_imported_in_an_empty_home(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in .tar.gz has events and content in one file; import knows it by itself."""
    (journal.parent / "packs" / "tiny-1").mkdir(parents=True)
    (journal.parent / "packs" / "tiny-1" / "pack.yaml").write_text("id: tiny")
    to, other = tmp_path / "all.tar.gz", tmp_path / "other"

    assert run(["journal", "export", str(to)]) == 0
    assert run(["journal", "import", str(to), f"--home={other}"]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[0] == "Exported 4 events, with the content that they name."
    assert "Imported 4 events." in said
    assert events_of(other / "journal.sqlite3") == events_of(journal)
    assert (other / "packs" / "tiny-1" / "pack.yaml").read_text() == "id: tiny"


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
