from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from roadworthy.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be signed."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def shown(folder: Path, capsys: Captured, *arguments: str) -> str:
    """What `pack matrix` prints; it must end well."""
    assert run(["pack", "matrix", *arguments, "--pack", str(folder)]) == 0
    return capsys.readouterr().out


def test_matrix_shows_each_pair_and_how_to_sign(folder: Path, capsys: Captured) -> None:
    """Texts stand below each other at 80 columns, and the last line is the command to sign."""
    out = shown(folder, capsys, "stale-bread")

    lines = out.splitlines()
    assert "## Opening beside fact" in out
    assert "not read by anybody" in lines[1]
    assert lines[-1].startswith("roadworthy pack sign stale-bread --by NAME --read ")
    assert max(map(len, lines)) <= 80


def test_signing_is_seen_until_a_text_changes(folder: Path, capsys: Captured) -> None:
    """Signed by hash; a changed fact ends it, and the list says since whom."""
    assert "not read by anybody" in shown(folder, capsys)
    arguments = ["--by", "Ada", "--on", "2026-11-25", "--pack", str(folder)]
    assert run(["pack", "sign", "stale-bread", *arguments]) == 0
    capsys.readouterr()
    assert "read by Ada on 2026-11-25" in shown(folder, capsys, "stale-bread")

    path = folder / "decisions" / "stale-bread.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("the dough has sunk", "the dough sank"), encoding="utf-8")

    state = json.loads(shown(folder, capsys, "stale-bread", "--json"))
    assert (state["state"], state["by"]) == ("changed", "Ada")
    assert "changed since Ada read it on 2026-11-25" in shown(folder, capsys)


def test_other_texts_than_were_read_are_not_signed(folder: Path, capsys: Captured) -> None:
    """With --read the hash must be today's; exit 2, and nothing is written."""
    arguments = ["--by", "Ada", "--read", "0123456789abcdef", "--pack", str(folder)]
    assert run(["pack", "sign", "stale-bread", *arguments]) == 2

    assert "Read them again: roadworthy pack matrix stale-bread" in capsys.readouterr().err
    assert not (folder / "reviews").exists()


def test_pairs_of_decisions_have_a_matrix_too(folder: Path, capsys: Captured) -> None:
    """Facts of one half stand beside facts of the other."""
    content = json.loads(shown(folder, capsys, "route-and-remedy", "--json"))

    titles = [block["title"] for block in content["blocks"]]
    assert "Fact of one half beside fact of the other" in titles
    assert content["pairs"] == sum(len(block["pairs"]) for block in content["blocks"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["matrix", "nothing"], "There is no decision or pair 'nothing'"),
        (["sign", "nothing", "--by", "Ada"], "There is no decision or pair 'nothing'"),
        (["sign", "stale-bread", "--by", " "], "The name is empty"),
        (["sign", "stale-bread", "--by", "Ada", "--on", "today"], "`today` is no day"),
    ],
)
def test_wrong_arguments_are_one_line(
    folder: Path, capsys: Captured, arguments: list[str], said: str
) -> None:
    """Exit 2 with what is wrong and what to write."""
    assert run(["pack", *arguments, "--pack", str(folder)]) == 2

    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_what_waits_is_listed_and_exits_with_1(folder: Path, capsys: Captured) -> None:
    """Pages with what leans on them, products to watch, and unread matrices, in 80 columns."""
    terms = folder / "terms.yaml"
    text = terms.read_text(encoding="utf-8")
    terms.write_text(text.replace("status: ga", "status: preview"), encoding="utf-8")

    assert run(["pack", "stale", "--on", "2030-01-01", "--pack", str(folder)]) == 1

    out = capsys.readouterr().out
    assert "3 pages to read again by 2030-01-01" in out
    assert "lockers: in preview when read on 2026-11-24" in out
    assert "6 review matrices to read" in out
    assert max(len(line) for line in out.splitlines() if "https://" not in line) <= 80


def test_nothing_waits_when_all_is_read(folder: Path, capsys: Captured) -> None:
    """Exit 0 and one line; the JSON has the same four lists, all empty."""
    for path in folder.rglob("*"):
        if path.suffix in (".yaml", ".md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("status: unconfirmed", ""), encoding="utf-8")
    for name in json.loads(shown(folder, capsys, "--json")):
        assert run(["pack", "sign", name["id"], "--by", "Ada", "--pack", str(folder)]) == 0
    capsys.readouterr()

    assert run(["pack", "stale", "--on", "2026-11-26", "--pack", str(folder)]) == 0
    assert capsys.readouterr().out == "Nothing waits for anybody on 2026-11-26.\n"

    assert run(["pack", "stale", "--on", "2026-11-26", "--json", "--pack", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "on": "2026-11-26",
        "sources": [],
        "unconfirmed": [],
        "terms": [],
        "matrices": [],
    }
