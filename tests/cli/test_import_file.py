from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadworthy.cli.main import run

TINY = Path(__file__).parents[1] / "packs" / "tiny"
Captured = pytest.CaptureFixture[str]
MINE = "--provenance=my own notes, May 2026"
ROWS = [{"stem": f"{n}?", "options": ["This", "That"], "key": "B", "note": "x"} for n in range(3)]


@pytest.fixture(autouse=True)
def _tiny_pack(home: Path) -> Iterator[None]:
    """An empty home over the tiny pack."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadworthy.workspace.named_pack", lambda pack: TINY)
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three items, each with a field that we do not keep, and a fourth without options."""
    path = tmp_path / "mine.json"
    path.write_text(json.dumps([*ROWS, {"stem": "Last?", "key": "A"}]), encoding="utf-8")
    return path


def test_import_says_what_came_and_what_was_lost(file: Path, capfd: Captured) -> None:
    """Counts, the forecast's promise, and each loss; a second time nothing is new."""
    assert run(["import", str(file), MINE]) == 0
    said = capfd.readouterr().out
    assert "Came in: 3 items, 0 answers." in said and "stay out of the forecast" in said
    assert "items, number 4: 0 options" in said and "“note”" in said
    assert run(["import", str(file), MINE]) == 0
    said = capfd.readouterr().out
    assert "Came in: 0 items" in said and "Here already, so not again: 3" in said


def test_what_came_in_is_in_the_journal(file: Path, tmp_path: Path, capfd: Captured) -> None:
    """The export of this home holds it, with its provenance."""
    run(["import", str(file), MINE])
    assert run(["export", "json", "--out", str(tmp_path / "out.json")]) == 0
    made = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [one["stem"] for one in made["foreign_items"]] == ["0?", "1?", "2?"]
    assert {one["provenance"] for one in made["foreign_items"]} == {"my own notes, May 2026"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine.json"], "--provenance"),
        (["mine.json", "--provenance", " "], "does not say where it comes from"),
        (["mine.json", "--provenance", "exam dumps"], "no exam dumps"),
        (["gone.json", MINE], "no such file"),
        ([".", MINE], "no such file"),
    ],
)
def test_import_says_what_is_wrong(
    arguments: list[str], said: str, file: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    """Exit 2, and nothing came in."""
    monkeypatch.chdir(file.parent)
    assert run(["import", *arguments]) == 2
    assert said in capfd.readouterr().err
