from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from roadworthy.cli.main import run

Captured = pytest.CaptureFixture[str]
TINY = str(Path(__file__).parents[1] / "packs" / "tiny")
TEXT = (
    "Loaf Router sends vans, and cars are banned in the old town. What should you do?\n"
    "A. Lease two vans.\nB. Buy cargo bikes.\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> str:
    """A question in plain text."""
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_lines_say_what_falls_and_why(paper: str, capsys: Captured) -> None:
    """Key words, names, decision, options with reasons, ranking; 80 columns."""
    assert run(["advise", paper, "--provenance", "ours", "--pack", TINY]) == 0

    out = capsys.readouterr().out
    assert "  A. falls: Lease two vans." in out
    assert "AV1: a van is a motor and has to stop outside the lanes" in out
    assert "Loaf Router is called Crumbline Dispatch today" in out
    assert "Ranking: B, A" in out
    assert max(map(len, out.splitlines())) <= 80


def test_json_has_one_line_an_item_in_their_order(tmp_path: Path, capsys: Captured) -> None:
    """The shape that the issue names, with null where no rule is known."""
    path = tmp_path / "bank.jsonl"
    options = ["Lease two vans.", "Buy cargo bikes."]
    path.write_text(
        "\n".join(
            json.dumps({"stem": stem, "options": options, "provenance": "ours"})
            for stem in ("Which way?", "Cars are banned. Which way?")
        ),
        encoding="utf-8",
    )
    assert run(["advise", str(path), "--json", "--pack", TINY]) == 0

    silent, sure = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(sure) >= {"keywords", "terms", "decisions", "options", "ranking"}
    assert silent["ranking"] is None and silent["note"] == "no rule known"
    assert [one["falls"] for one in sure["options"]] == [True, False]
    assert sure["options"][0]["rules"][0]["id"] == "AV1"
    assert sure["decisions"][0]["rules"] == ["delivery-route.DR1"]
    assert sure["ranking"] == [1, 0]


def test_standard_input_is_read_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A dash reads what is piped in; the home folder is not even made."""
    home = tmp_path / "home"
    monkeypatch.setenv("ROADWORTHY_HOME", str(home))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert run(["advise", "-", "--provenance", "ours", "--pack", TINY]) == 0
    assert "A. falls" in capsys.readouterr().out
    assert not home.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (TEXT.encode(), "It is not said where the question comes from."),
        (b"\xff\xfe\x00", "The text is not UTF-8."),
        (b"x" * 5_000_000, "This text is longer than 4,000,000 bytes."),
        ("ä".encode() * 2_500_000, "This text is longer than 4,000,000 bytes."),
        (b"", "There is no text to advise on."),
    ],
)
def test_bad_input_is_one_line(content: bytes, says: str, tmp_path: Path, capsys: Captured) -> None:
    """Exit 2, one message, no output."""
    path = tmp_path / "text"
    path.write_bytes(content)
    assert run(["advise", str(path), "--pack", TINY]) == 2

    shown = capsys.readouterr()
    assert says in shown.err and shown.err.count("\n") == 1 and shown.out == ""


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: Captured) -> None:
    """A missing file and a folder are one line each."""
    assert run(["advise", str(tmp_path / "none"), "--pack", TINY]) == 2
    assert "There is no such file." in capsys.readouterr().err
    assert run(["advise", str(tmp_path), "--pack", TINY]) == 2
    assert "cannot be read" in capsys.readouterr().err
