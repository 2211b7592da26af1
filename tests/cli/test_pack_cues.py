from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from roadworthy.cli.main import run
from roadworthy.lint.cues import Bound, Cues
from roadworthy.lint.guessers import GUESSERS

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be given a cue."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def measured(folder: Path, capsys: Captured, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code and the JSON that `pack cues` prints."""
    code = run(["pack", "cues", "--json", "--items", "100", *arguments, "--pack", str(folder)])
    return code, json.loads(capsys.readouterr().out)


def test_rates_of_pack_and_decisions_in_both_lengths(folder: Path, capsys: Captured) -> None:
    """All guessers and the reader, for the pack and each decision that has prose options."""
    _, content = measured(folder, capsys)

    assert set(content) == {"pack", "hash", "seed", "whole", "decisions", "outside"}
    assert set(content["decisions"]) == {"delivery-route", "new-oven", "stale-bread", "van-list"}
    for length in ("brief", "exam"):
        whole = content["whole"][length]
        assert list(whole["rates"]) == [*GUESSERS, "options only"]
        assert whole["items"] >= 100
        parts = (content["decisions"][name][length]["items"] for name in content["decisions"])
        assert whole["items"] == sum(parts) - content["decisions"]["van-list"][length]["items"]


@pytest.mark.slow
def test_same_seed_same_rates(folder: Path, capsys: Captured) -> None:
    """The seed decides; another one gives other rates."""
    one, again = (measured(folder, capsys, "--seed", "7") for _ in range(2))
    _, other = measured(folder, capsys, "--seed", "8")

    assert one == again
    assert one[1]["whole"] != other["whole"]


@pytest.mark.slow
def test_cue_is_told_and_exits_with_1(folder: Path, capsys: Captured) -> None:
    """Facts in the words of the options that they favor let the overlap find the key."""
    path = folder / "decisions" / "stale-bread.yaml"
    text = path.read_text(encoding="utf-8")
    edits = Path(__file__).parents[1] / "lint" / "broken" / "guessable-pack" / "edits.yaml"
    for edit in yaml.safe_load(edits.read_text(encoding="utf-8")):
        text = text.replace(edit["find"], edit["put"], 1)
    path.write_text(text, encoding="utf-8")

    assert run(["pack", "cues", "--items", "300", "--pack", str(folder)]) == 1

    out = capsys.readouterr().out
    assert "pack, brief: most stem overlap" in out
    assert "out of bounds." in out.splitlines()[-1]
    assert "*" in out.splitlines()[5]
    assert max(map(len, out.splitlines())) <= 80


def test_bounds_hold_at_their_ends() -> None:
    """A rate on the bound is within; one beyond is named."""
    one = Cues(
        "pack", "exam", 2000, {"longest": 0.29, "shortest": 0.30}, {
            "longest": Bound(0.21, 0.29), "shortest": Bound(0.21, 0.29),
        },
    )  # fmt: skip

    assert one.outside == ["shortest"]


def test_too_few_items_are_refused(folder: Path, capsys: Captured) -> None:
    """A rate over ten items says nothing: exit 2."""
    assert run(["pack", "cues", "--items", "10", "--pack", str(folder)]) == 2

    assert "10 items say nothing on a rate" in capsys.readouterr().err
