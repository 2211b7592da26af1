from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadworthy.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", autouse=True)
def _one_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all of these tests, so that the pack is compiled once."""
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADWORTHY_HOME", str(folder))
        yield folder


def test_results_are_lines_of_80_columns(capsys: Captured) -> None:
    """Groups with their numbers, and where each result stands."""
    assert run(["search", "training", "triggers"]) == 0

    out = capsys.readouterr().out
    assert "results for “training triggers”" in out
    assert "/learn/" in out
    assert max(len(line) for line in out.splitlines() if "/learn/" not in line) <= 80


def test_commands_are_found(capsys: Captured) -> None:
    """Words of a command's help lead to the command."""
    assert run(["search", "back", "up"]) == 0

    assert "roadworthy journal backup" in capsys.readouterr().out


def test_nothing_found_is_exit_1(capsys: Captured) -> None:
    """One line that says so, and what may have been meant."""
    assert run(["search", "evalution"]) == 1

    error = capsys.readouterr().err
    assert "Nothing is found for “evalution”. Did you mean “evaluation”?" in error
    assert error.count("\n") == 1


def test_the_number_of_results_is_an_option(capsys: Captured) -> None:
    """--limit 1 prints one result and still counts all."""
    assert run(["search", "--limit", "1", "training"]) == 0

    assert capsys.readouterr().out.count("  - ") == 1
