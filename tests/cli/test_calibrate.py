from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.cli.journal_files import EVENING, damage

from roadworthy.cli.main import run
from roadworthy.errors import BadInput
from roadworthy.items.generate import Generator
from roadworthy.journal.whole import write_whole
from roadworthy.learner.calibration.weights_file import read_weights
from roadworthy.pack.model import Pack
from roadworthy.simulate.answered_journal import answered_events
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


def test_json_is_the_whole_report(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output holds one JSON object with all items and flags; the rest goes elsewhere."""
    out = tmp_path / "weights.json"

    assert run(["calibrate", str(table), "--json", "--out", str(out)]) == 0

    said = capsys.readouterr()
    report = json.loads(said.out)
    assert (report["learners"], len(report["items"])) == (300, 30)
    assert report["answers"] == sum(one["answers"] for one in report["items"])
    assert report["converged"]
    assert report["flags"][0]["item"] == "i3"
    assert report["flags"][0]["kind"] == "key"
    assert read_weights(out).hash in said.err


def test_plain_fits_without_guess_floors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The number of choices sets the floor, unless --plain takes it away."""
    table = tmp_path / "answers.csv"
    table.write_text("learner,item,right,ways\na,x,1,4\nb,x,0,4\n", encoding="utf-8")
    floors = []
    for more in ([], ["--plain"]):
        assert run(["calibrate", str(table), "--json", *more]) == 0
        floors.append(json.loads(capsys.readouterr().out)["items"][0]["floor"])
        assert run(["calibrate", str(table), *more]) == 0
        assert ("without a guess floor" in capsys.readouterr().out) == bool(more)

    assert floors == [0.25, 0.0]


@pytest.mark.parametrize(
    "answers", ["", "a,x,1,4\n", "a,x,1,4\nb,x,1,4\na,y,1,4\n", "a,x,0,4\nb,x,0,4\na,y,0,4\n"],
    ids=["none", "one", "all right", "all wrong"],
)  # fmt: skip
def test_few_or_uniform_answers_give_finite_figures(
    tmp_path: Path, answers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer, one, all right, all wrong: an exit of 0, and JSON holds no number beside it."""
    table, out = tmp_path / "answers.csv", tmp_path / "weights.json"
    table.write_text(f"learner,item,right,ways\n{answers}", encoding="utf-8")

    assert run(["calibrate", str(table), "--json", "--out", str(out)]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["flags"] == []
    for item in report["items"]:
        assert all(np.isfinite(item[name]) for name in ("slope", "difficulty", "se_difficulty"))
        assert abs(item["difficulty"]) < 4
    assert len(read_weights(out).items) == len(report["items"])


def test_journals_of_two_pack_versions_are_counted_together(
    tmp_path: Path, tiny_pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each learner's first answers count, whatever version of the pack an item came from."""
    items = list(Generator(tiny_pack).sample(12, seed=3))
    paths = []
    for number, version in enumerate((tiny_pack.hash, "0123456789abcdef")):
        events = answered_events(
            items, 24, begin=EVENING, pack="tiny", pack_hash=version, seed=number,
            learner=f"learner-{number}",
        )  # fmt: skip
        path = tmp_path / f"journal-{number}.sqlite3"
        paths.append(str(write_whole(path, f"journal-{number}", list(events), lost="")))

    assert run(["calibrate", *paths, "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert (report["learners"], report["answers"]) == (2, 2 * len(items))
    assert {one["item"] for one in report["items"]} == {item.id for item in items}
    assert {one["floor"] for one in report["items"]} <= {1 / 3, 0.25, 0.2}


def test_what_is_no_journal_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text, an empty file, a folder, a table without columns: exit 2 and one line each."""
    text, empty, table = (tmp_path / name for name in ("text.txt", "empty.sqlite3", "none.csv"))
    text.write_text("no journal, just some words\n" * 100, encoding="utf-8")
    empty.touch()
    table.write_text("who,what\na,b\n", encoding="utf-8")
    for path in (text, empty, tmp_path, table):
        assert run(["calibrate", str(path)]) == 2, path
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_weights_that_cannot_be_written_are_one_line(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that does not exist is told, and nothing is left behind."""
    assert run(["calibrate", str(table), "--out", str(tmp_path / "none" / "weights.json")]) == 2

    assert "The weights were not written" in capsys.readouterr().err


def test_a_hundred_thousand_answers_are_calibrated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table of 100,000 answers is read and fitted, every answer once."""
    answers = draw_answers(2_000, 100, share=0.51, seed=9).answers
    columns = zip(answers.person, answers.item, answers.right, strict=True)
    rows = [f"l{who},i{item},{came}" for who, item, came in columns]
    table = tmp_path / "answers.csv"
    table.write_text("\n".join(["learner,item,right", *rows]), encoding="utf-8")

    assert run(["calibrate", str(table), "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["answers"] == len(rows) > 100_000
    assert report["converged"]
