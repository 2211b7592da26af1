from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadworthy.cli.main import run
from roadworthy.journal.sqlite import open_journal

Captured = pytest.CaptureFixture[str]


TINY = Path(__file__).parents[1] / "packs" / "tiny"


@pytest.fixture(scope="module", autouse=True)
def _one_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One home for all of these tests, over the tiny pack."""
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADWORTHY_HOME", str(folder))
        patch.setattr("roadworthy.workspace.named_pack", lambda pack: TINY)
        yield


def test_results_are_lines_of_80_columns(capsys: Captured) -> None:
    """Groups with their numbers, what was found by a former name, and where it stands."""
    assert run(["search", "loaf", "router"]) == 0

    out = capsys.readouterr().out
    assert re.match(r"\d+ results for “loaf router”\n\nProducts \(1\)\n  - Crumbline Dispatch", out)
    assert "      /learn/cheat-sheet#t-dispatch" in out.splitlines()
    assert max(map(len, out.splitlines())) <= 80


def test_commands_are_found(capsys: Captured) -> None:
    """Words of a command's help lead to the command."""
    assert run(["search", "back", "up"]) == 0

    assert "roadworthy journal backup" in capsys.readouterr().out


def test_nothing_found_is_exit_1(capsys: Captured) -> None:
    """One line that says so, and what may have been meant."""
    assert run(["search", "lof", "ruter"]) == 1

    error = capsys.readouterr().err
    assert "Nothing is found for “lof ruter”. Did you mean “Loaf Router”?" in error
    assert error.count("\n") == 1


def test_the_number_of_results_is_an_option(capsys: Captured) -> None:
    """--limit 1 prints one result and still counts all."""
    assert run(["search", "--limit", "1", "goods"]) == 0

    out = capsys.readouterr().out
    assert out.count("  - ") == 1
    assert "(1 of " in out


def test_notes_are_found(capsys: Captured, tmp_path: Path) -> None:
    """A note stands first under its own heading, with the page that it is on."""
    journal = open_journal(tmp_path / "journal.sqlite3", create_as="j")
    about = {"about": "decision:delivery-route", "text": "Mind the zeppelin."}
    journal.append("note", about, key="n", now=datetime(2026, 11, 25, tzinfo=UTC), zone="UTC")
    journal.close()

    assert run(["search", "zeppelin", f"--home={tmp_path}"]) == 0

    out = capsys.readouterr().out
    assert "Your notes and bookmarks (1)" in out and "Mind the zeppelin." in out
    assert "      /notes/decision/delivery-route" in out.splitlines()
