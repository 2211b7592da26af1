"""Bad input at the command line, as a child process: one message with the mend, exit 2, no loss."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import TINY
from tests.journeys.conftest import tells_no_traceback
from tests.pack.test_broken_packs import FOLDERS, broken_copy

from roadworthy.journal.backup import daily_backup
from roadworthy.journal.sqlite import open_journal

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)
# The program, with the packs of a test in the place of those that it came with.
WITH_PACKS_OF = """
import sys
from pathlib import Path
from roadworthy.pack import find
find._PACKAGE = Path(sys.argv.pop(1))
from roadworthy.cli.main import main
main()
"""
# Many commands in one process, which spares their starts: [code, stdout, stderr] of each.
ONE_AFTER_THE_OTHER = """
import contextlib, io, json, sys
from roadworthy.cli.main import run
told = []
for arguments in json.load(sys.stdin):
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        code = run(arguments)
    told.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(told))
"""
WRONG_COMMANDS = [
    ("serve --port=70000", "'--port': Input should be less than or equal to 65535"),
    ("serve --port=-1", "'--port': Input should be greater than or equal to 0"),
    ("serve --port=eighty", "'--port': Input should be a valid integer"),
    ("srve", "'srve'"),
    ("serve --colour", "--colour"),
    ("serve --home=~nobody-of-that-name/x", "this machine has no such user"),
    ("serve --clock=soon", "set ROADWORTHY_TEST=1"),
    ("study --minutes=-5", "'--minutes': Input should be greater than or equal to 5"),
    ("study --topic=nope", "There is no topic 'nope'."),
    ("pack lint --pack=nowhere", "Name a folder with a pack.yaml."),
    ("pack lint --select=nope", "There is no lint rule `nope`."),
    ("items sample --count=-1", "Use 0 or more."),
    ("items sample --decision=nope", "nope"),
    ("items sample --mode=exam", "practice"),
    ("journal restore nowhere", "There is no journal."),
    ("journal merge a b --to=c", "There is no journal."),
]


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


def program(*arguments: str | Path, home: Path, packs: Path | None = None) -> Told:
    """Run ``python -m roadworthy`` to its end; fails where it prints a traceback."""
    told = run_child(*arguments, home=home, packs=packs)
    assert tells_no_traceback(told.out + told.err), told.err
    return told


def run_child(*arguments: str | Path, home: Path, packs: Path | None = None) -> Told:
    """Run ``python -m roadworthy`` to its end, with ``packs`` as the folder of its packs."""
    start = ["-m", "roadworthy"] if packs is None else ["-c", WITH_PACKS_OF, str(packs)]
    done = subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return Told(done.returncode, done.stdout, done.stderr)


def programs(commands: list[list[str]], home: Path) -> list[Told]:
    """Run commands one after the other in one process; fails where one prints a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER],
        input=json.dumps(commands),
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told = [Told(*one) for one in json.loads(done.stdout)]
    assert len(told) == len(commands)
    assert all(tells_no_traceback(one.out + one.err) for one in told)
    return told


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a child: the sources, a home, a terminal of 80 columns."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "ROADWORTHY_HOME": str(home),
        "COLUMNS": "80",
    }


def serve(home: Path, packs: Path | None = None) -> Told:
    """Start the server on a free port; it is expected to refuse."""
    return program("serve", "--port=0", "--no-browser", home=home, packs=packs)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty private home folder."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def journal(home: Path) -> Path:
    """A journal with four events in that home, closed, and one daily backup."""
    path = home / "journal.sqlite3"
    with open_journal(path, create_as="laptop") as opened:
        for number in range(4):
            note = {"about": "rule-1", "text": f"note {number}"}
            opened.append("note", note, key=f"n{number}", now=EVENING, zone="UTC")
    daily_backup(path, home / "backups", now=EVENING)
    return path


@pytest.fixture
def tiny_packs(tmp_path: Path, home: Path) -> Path:
    """A folder whose only pack is the tiny one, which the settings file of the home names."""
    shutil.copytree(TINY, tmp_path / "_packs" / "tiny")
    (home / "settings.toml").write_text('pack = "tiny"\n')
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- packs


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Told]]:
    """What `pack lint` says of each broken pack, and where that pack was."""
    folder = tmp_path_factory.mktemp("packs")
    packs = [broken_copy(TINY, one / "edits.yaml", folder / one.name / "tiny") for one in FOLDERS]
    told = programs([["pack", "lint", f"--pack={pack}"] for pack in packs], folder / "home")
    return {one.name: (pack, said) for one, pack, said in zip(FOLDERS, packs, told, strict=True)}


@pytest.mark.parametrize("broken", FOLDERS, ids=lambda folder: folder.name)
def test_lint_tells_every_problem_of_a_broken_pack(
    broken: Path, linted: dict[str, tuple[Path, Told]]
) -> None:
    """Each broken pack ends with 2, all problems with place and mend, and a count."""
    expected = (broken / "expected.txt").read_text(encoding="utf-8").rstrip("\n")
    pack, told = linted[broken.name]

    head, report = told.err.split("\n", 1)

    assert (told.code, told.out) == (2, "")
    assert head.startswith(f"roadworthy: The pack has {expected.count('  Mend: ')} problem")
    assert report.rstrip("\n").replace(f"{pack}/", "") == expected


@pytest.mark.parametrize("broken", FOLDERS[::6], ids=lambda folder: folder.name)
def test_serve_refuses_a_broken_pack_before_it_makes_a_journal(
    broken: Path, tiny_folder: Path, tmp_path: Path, home: Path
) -> None:
    """The server prints all problems, ends with 2, and leaves the home as it was."""
    (home / "settings.toml").write_text('pack = "tiny"\n')
    pack = broken_copy(tiny_folder, broken / "edits.yaml", tmp_path / "_packs" / "tiny")
    expected = (broken / "expected.txt").read_text(encoding="utf-8").rstrip("\n")

    told = serve(home, packs=tmp_path)

    assert told.code == 2
    assert told.err.split("\n", 1)[1].rstrip("\n").replace(f"{pack}/", "") == expected
    assert list(contents(home)) == ["settings.toml"]


# --- settings file


@pytest.mark.parametrize(
    ("settings", "line", "mend"),
    [
        ("port = 8750\nbrowser =\n", "settings.toml:2", "Write one setting a line"),
        ("colour = 'dark'\n", "settings.toml:1", "Settings are port, browser, pack."),
        ("\nport = 'eighty'\n", "settings.toml:2", "as port = 8750"),
        ("pack = 'nope'\n", "settings.toml:1", "Use one of: gcp-pmle."),
    ],
    ids=["syntax", "unknown", "type", "pack"],
)
def test_a_broken_settings_file_is_one_line(
    journal: Path, settings: str, line: str, mend: str
) -> None:
    """Line and mend are named, the exit code is 2, and neither file nor journal is touched."""
    (journal.parent / "settings.toml").write_text(settings)
    before = contents(journal.parent)

    told = serve(journal.parent)

    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert f"{line}" in told.err
    assert mend in told.err
    assert told.err.endswith("[settings-broken]\n")
    assert contents(journal.parent) == before


# --- journal


@pytest.fixture(params=["WAL", "DELETE"])
def newer(journal: Path, request: pytest.FixtureRequest) -> Path:
    """A journal that a newer program wrote, with a log as in use or without one as in a backup."""
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99, 'of tomorrow')")
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute(f"PRAGMA journal_mode={request.param}")
    return journal


def test_a_newer_journal_is_refused_and_not_touched(newer: Path, tiny_packs: Path) -> None:
    """Server and commands say so in one line and leave every byte of the file alone."""
    before = newer.read_bytes()
    lines = newer.parent / "all.jsonl"

    said = programs([["journal", "status"], ["journal", "export", str(lines)]], newer.parent)

    for told in (serve(newer.parent, tiny_packs), *said):
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
        assert "written by a newer Roadworthy (schema 99" in told.err
        assert "Install the newer version." in told.err
    assert newer.read_bytes() == before
    assert not lines.exists()


def test_a_damaged_journal_names_the_command_that_brings_it_back(
    journal: Path, tiny_packs: Path
) -> None:
    """The line holds the whole command; it restores all events and keeps the damaged file."""
    content = journal.read_bytes()
    damaged = content[:8192] + b"\xa5" * (len(content) - 8192)
    journal.write_bytes(damaged)

    told = serve(journal.parent, tiny_packs)

    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "part of it is damaged" in told.err
    assert journal.read_bytes() == damaged
    command = told.err.split("backup: roadworthy ")[1].split(". The damaged")[0]
    assert command == (
        f"journal restore {journal.parent}/backups/journal-2026-11-24.sqlite3 "
        f"--home {journal.parent}"
    )
    restored = program(*command.split(), home=journal.parent)
    assert restored.code == 0
    with open_journal(journal) as opened:
        assert [event.key for event in opened.read()] == ["n0", "n1", "n2", "n3"]
    (aside,) = journal.parent.glob("journal.replaced-*")
    assert aside.read_bytes()[100:] == damaged[100:]  # behind SQLite's own header


def test_a_damaged_journal_without_a_backup_is_one_line_too(
    journal: Path, tiny_packs: Path
) -> None:
    """Without a copy the general mend is given."""
    shutil.rmtree(journal.parent / "backups")
    journal.write_text("my shopping list, and no journal at all\n" * 40)

    told = serve(journal.parent, tiny_packs)

    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "Restore a backup with roadworthy journal restore FILE" in told.err


# --- home folder, port, command


def test_a_file_in_the_place_of_the_home_is_named(tmp_path: Path) -> None:
    """A home that is a file, or lies below one, is one line that names --home."""
    (tmp_path / "file").write_text("mine")

    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        told = serve(home)

        assert (told.code, told.err.count("\n")) == (2, 1)
        assert f"Where: {home}." in told.err
        assert "--home" in told.err
    assert (tmp_path / "file").read_text() == "mine"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """What the program says to each of the wrong commands."""
    home = tmp_path_factory.mktemp("home")
    told = programs([command.split() for command, _ in WRONG_COMMANDS], home)
    return {command: one for (command, _), one in zip(WRONG_COMMANDS, told, strict=True)}


@pytest.mark.parametrize(("command", "says"), WRONG_COMMANDS)
def test_wrong_commands_end_with_2_and_say_what_is_wrong(
    said: dict[str, Told], command: str, says: str
) -> None:
    """Options out of range, unknown names and paths that are not there are bad input."""
    assert (said[command].code, said[command].out) == (2, "")
    assert says in said[command].err


def test_the_search_for_tracebacks_can_be_red(home: Path) -> None:
    """With --debug the same fault shows where it arose, and the search finds that."""
    (home / "settings.toml").write_text("port =")

    told = run_child("serve", "--debug", home=home)

    assert told.code == 2
    assert not tells_no_traceback(told.err)
