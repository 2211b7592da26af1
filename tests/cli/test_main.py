from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import typer

from roadworthy import __version__
from roadworthy.cli.main import app, command, run
from roadworthy.errors import BadInput, CheckFailed, PackBroken, RoadworthyError
from roadworthy.problem import Place, Problem

PROBLEM = Problem("RW101", "missing-field", "No id.", Place("a.yaml", 3, 1), "Add one.")


@pytest.fixture
def failing() -> Iterator[list[BaseException]]:
    """A hidden command `fail` that raises the exception which a test puts in."""
    exceptions: list[BaseException] = []

    @app.command(hidden=True)
    def fail() -> NoReturn:
        raise exceptions[0]

    command.cache_clear()
    yield exceptions
    app.registered_commands.pop()
    command.cache_clear()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput("The flag is wrong.", where="--n", mend="Leave it out."), 2),
        (CheckFailed("Two items have two keys."), 1),
        (KeyboardInterrupt(), 130),
        (typer.Exit(7), 7),
    ],
    ids=["bad-input", "check-failed", "interrupted", "own-code"],
)
def test_exit_code_follows_the_exception(
    failing: list[BaseException], error: BaseException, code: int
) -> None:
    """Each kind of ending has its exit code."""
    failing.append(error)

    assert run(["fail"]) == code


def test_error_is_one_line_without_traceback(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    """What, where, mend and the name of its entry in the messages, in one line on stderr."""
    failing.append(BadInput("The flag is wrong.", where="--n", mend="Leave it out."))

    run(["fail"])

    line = "roadworthy: The flag is wrong. Where: --n. Leave it out. [bad-input]\n"
    assert capsys.readouterr() == ("", line)


@pytest.mark.parametrize("arguments", [["--debug", "fail"], ["fail", "--debug"]])
def test_debug_shows_the_traceback(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """--debug shows where an error arose, wherever it stands."""
    failing.append(RoadworthyError("It stopped."))

    assert run(arguments) == 2

    assert "Traceback" in capsys.readouterr().err


def test_fault_of_the_program_is_one_line(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    """An exception that nobody foresaw does not show a traceback either."""
    failing.append(KeyError("surprise"))

    assert run(["fail"]) == 2

    error = capsys.readouterr().err
    assert "KeyError: 'surprise'" in error
    assert error.count("\n") == 1


def test_broken_pack_lists_its_problems(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    """A pack that did not load shows all of its problems with their places."""
    failing.append(PackBroken("The pack did not load.", [PROBLEM]))

    assert run(["fail"]) == 2

    assert "a.yaml:3:1" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version prints name and version."""
    assert run(["--version"]) == 0

    assert capsys.readouterr().out == f"roadworthy {__version__}\n"


def test_unknown_command_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped command ends with 2 and says which one is not known."""
    assert run(["srve"]) == 2

    assert "srve" in capsys.readouterr().err


def test_program_alone_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`roadworthy` without a command does what `roadworthy serve` does."""
    asked: list[int] = []

    def claim(port: int) -> NoReturn:
        asked.append(port)
        raise BadInput("Enough seen.")

    monkeypatch.setenv("ROADWORTHY_HOME", str(tmp_path))
    monkeypatch.setattr("roadworthy.cli.serve._claim", claim)

    assert run([]) == 2

    assert asked == [8750]
