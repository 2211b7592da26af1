"""Each folder of tests/packs/broken is the tiny pack, broken in one way, with the exact report.

``ROADWORTHY_ACCEPT=1 pytest tests/pack`` writes the reports anew; read the difference.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

from roadworthy.pack.codes import CODES
from roadworthy.pack.load import load_pack

BROKEN = Path(__file__).parents[1] / "packs" / "broken"
FOLDERS = sorted(path.parent for path in BROKEN.glob("*/edits.yaml"))


def broken_copy(tiny: Path, edits: Path, target: Path) -> Path:
    """A copy of the tiny pack with the edits made; an edit that finds nothing fails the test."""
    shutil.copytree(tiny, target)
    for edit in yaml.safe_load(edits.read_text(encoding="utf-8")):
        path = target / edit["file"]
        if edit.get("remove"):
            path.unlink()
            continue
        text = path.read_text(encoding="utf-8")
        assert edit["find"] in text
        path.write_text(text.replace(edit["find"], edit["put"], 1), encoding="utf-8")
    return target


def report_of(folder: Path) -> str:
    """All problems as text, with the folder's own path left out."""
    _, problems = load_pack(folder)
    text = "\n".join(one.as_text() for one in problems) + "\n"
    return text.replace(f"{folder.as_posix()}/", "")


@pytest.mark.parametrize("broken", FOLDERS, ids=lambda path: path.name)
def test_broken_pack_gives_exactly_the_expected_report(
    broken: Path, tiny_folder: Path, tmp_path: Path
) -> None:
    """All problems are reported with place and mend, and nothing else is."""
    report = report_of(broken_copy(tiny_folder, broken / "edits.yaml", tmp_path / "tiny"))
    expected = broken / "expected.txt"
    if os.environ.get("ROADWORTHY_ACCEPT"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")


def test_twelve_ways_to_break_a_pack_are_kept() -> None:
    """The folders exist, so that the test above is about something."""
    assert len(FOLDERS) >= 12


def test_each_code_has_one_slug() -> None:
    """No two slugs share a code, and loading keeps to RW1xx."""
    assert len(set(CODES.values())) == len(CODES)
    assert all(code.startswith("RW1") and len(code) == 5 for code in CODES.values())
