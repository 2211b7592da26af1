from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadworthy.cli.main import run

TINY = Path(__file__).parents[1] / "packs" / "tiny"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _tiny_pack(home: Path) -> Iterator[None]:
    """An empty home over the tiny pack."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadworthy.workspace.named_pack", lambda pack: TINY)
        yield


def test_export_goes_to_the_terminal(capfd: Captured) -> None:
    """Without --out the file is what is printed, even before the first answer."""
    assert run(["export", "csv"]) == 0
    assert capfd.readouterr().out.lstrip("\ufeff").startswith("at,zone,day,")


def test_export_makes_a_private_new_file(tmp_path: Path, capfd: Captured) -> None:
    """The file is there whole, for its owner alone, and the command says where."""
    target = tmp_path / "mine.json"
    assert run(["export", "json", "--out", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["answers"] == []
    assert target.stat().st_mode & 0o077 == 0
    assert str(target) in capfd.readouterr().out


def test_the_schema_comes_without_a_home(monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    """The published schema is printed, and no journal is opened for it."""
    monkeypatch.setattr("roadworthy.cli.export.open_workspace", None)
    assert run(["export", "schema"]) == 0
    assert json.loads(capfd.readouterr().out)["title"] == "Roadworthy answers"


def test_a_deck_is_a_file(tmp_path: Path, capfd: Captured) -> None:
    """The deck needs no answers and no course."""
    target = tmp_path / "deck.apkg"
    assert run(["export", "anki", "--out", str(target)]) == 0
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["apkg"], "--out roadworthy.apkg"),
        (["ics"], "There is no plan yet"),
        (["xlsx"], "There is no format"),
        (["csv", "--out", "taken.csv"], "exists already"),
        (["csv", "--out", "missing/mine.csv"], "no folder"),
        (["csv", "--out", "."], "folder"),
    ],
)
def test_export_says_in_one_line_what_is_wrong(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: Captured,
) -> None:
    """Nothing is written over, and the exit code is 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.csv").write_text("mine")
    assert run(["export", *arguments]) == 2
    told = capfd.readouterr().err.strip()
    assert said in told and "\n" not in told
    assert (tmp_path / "taken.csv").read_text() == "mine"
