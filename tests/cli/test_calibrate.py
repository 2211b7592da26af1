from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.cli.journal_files import damage

from roadworthy.cli.main import run
from roadworthy.errors import BadInput
from roadworthy.learner.calibration.weights_file import read_weights
from roadworthy.simulate.two_parameter import draw_answers

FLIPPED = 3


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """300 learners' answers to 30 items as .csv; the key of item i3 stands on a wrong option."""
    answers = draw_answers(300, 30, share=0.7, seed=8).answers
    right = np.where(answers.item == FLIPPED, 1 - answers.right, answers.right)
    rows = [
        f"l{who},i{item},{came},{'key' if came else 'other'}"
        for who, item, came in zip(answers.person, answers.item, right, strict=True)
    ]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(["learner,item,right,option", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_flipped_key_is_told_and_weights_are_written(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report names the item with its suspicious key; the file holds all curves."""
    out = tmp_path / "weights.json"

    assert run(["calibrate", str(table), "--out", str(out)]) == 0

    said = capsys.readouterr().out
    assert "i3  suspicious key" in said
    assert "the able choose other" in said
    weights = read_weights(out)
    assert len(weights.items) == 30
    assert weights.learners == 300
    assert weights.hash in said
    assert [path.name for path in tmp_path.glob(".weights*")] == []


def test_weights_that_were_changed_are_refused(table: Path, tmp_path: Path) -> None:
    """A weights file whose content no longer gives its hash is bad input."""
    out = tmp_path / "weights.json"
    assert run(["calibrate", str(table), "--out", str(out)]) == 0
    content = json.loads(out.read_text(encoding="utf-8"))
    content["items"]["i0"]["slope"] += 1
    out.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(BadInput, match="changed"):
        read_weights(out)


def test_a_journal_without_answers_is_no_error(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too few answers are told, nothing is flagged, and the journal stays as it is."""
    before = journal.read_bytes()

    assert run(["calibrate", str(journal)]) == 0

    said = capsys.readouterr().out
    assert "0 answers of 0 learners count" in said
    assert "no item has 30 answers yet" in said
    assert journal.read_bytes() == before


def test_a_damaged_or_missing_journal_is_one_line(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no journal, and one that is not there, end with 2 and one line."""
    damage(journal)
    for path in (journal, journal.with_name("none.sqlite3")):
        assert run(["calibrate", str(path)]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
