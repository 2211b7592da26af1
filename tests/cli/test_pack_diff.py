from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from roadworthy.cli.main import run

Captured = pytest.CaptureFixture[str]
ROUTE = "decisions/delivery-route.yaml"


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be changed."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def edit(folder: Path, file: str, find: str, put: str) -> None:
    """Replace the first of a text that must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), encoding="utf-8")


def compared(capsys: Captured, *arguments: str) -> dict[str, Any]:
    """The parts that changed, by id, and the pairs."""
    assert run(["pack", "diff", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    return {one["id"]: one for one in found["changed"]} | {"pairs": found["pairs"]}


def git(folder: Path, *arguments: str) -> None:
    """Git in a folder, with nobody's settings."""
    names = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


def test_same_folder_has_no_changes(folder: Path, capsys: Captured) -> None:
    """Nothing is listed, and the exit code is 0."""
    assert run(["pack", "diff", str(folder), str(folder)]) == 0
    assert capsys.readouterr().out.endswith("5 decisions the same, 0 parts changed.\n")


def test_changed_cost_moves_keys(folder: Path, tiny_folder: Path, capsys: Captured) -> None:
    """The rule is told with its words before and after, and the situations by facts and goal."""
    edit(folder, ROUTE, "option: lockers\n  level: 0", "option: lockers\n  level: 20")

    route = compared(capsys, str(tiny_folder), str(folder))["delivery-route"]

    assert [rule["rule"] for rule in route["rules"]] == ["goal: cost"]
    assert route["moved"] or route["vanished"]
    assert all("goal cost" in one["situation"] for one in route["moved"])
    assert {one["before"] for one in route["moved"]} == {"lockers"}
    assert route["texts_only"] is False


def test_other_words_are_texts_only(folder: Path, tiny_folder: Path, capsys: Captured) -> None:
    """A phrasing moves no key, and the text says so."""
    edit(folder, ROUTE, "the streets rise steeply", "the streets climb steeply")

    route = compared(capsys, str(tiny_folder), str(folder))["delivery-route"]
    assert route["texts_only"] is True

    assert run(["pack", "diff", str(tiny_folder), str(folder)]) == 0
    assert "Texts only:" in capsys.readouterr().out


def test_new_and_gone_decisions_are_told(folder: Path, tiny_folder: Path, capsys: Captured) -> None:
    """A decision that is gone takes its situations along; the other way round it is new."""
    (folder / "exhibits" / "van-list.yaml").unlink()
    edit(folder, "topics/01-roads.md", "- van-list\n", "")

    gone = compared(capsys, str(tiny_folder), str(folder))["van-list"]
    new = compared(capsys, str(folder), str(tiny_folder))["van-list"]

    assert (gone["fate"], len(gone["vanished"])) == ("gone", 5)
    assert (new["fate"], len(new["appeared"])) == ("new", 5)


def test_answers_of_limits_and_sizes_of_pairs(
    folder: Path, tiny_folder: Path, capsys: Captured
) -> None:
    """A limit's answer is its key; a pair is told by its number of situations."""
    edit(folder, "limits.yaml", "number: 6", "number: 7")
    edit(folder, "pairs/route-and-remedy.yaml", "max_facts: 3", "max_facts: 1")

    found = compared(capsys, str(tiny_folder), str(folder))

    assert [(one["before"], one["after"]) for one in found["limits"]["moved"]] == [
        ("6 o'clock", "7 o'clock")
    ]
    before, after = found["pairs"]["route-and-remedy"]
    assert before > after > 0


def test_steps_numbers_and_faults_have_keys_too(
    folder: Path, tiny_folder: Path, capsys: Captured
) -> None:
    """A formula is the key of a number, the ready steps that of a state."""
    path = folder / "decisions" / "oven-rounds.yaml"
    text = path.read_text(encoding="utf-8")
    formula = next(line for line in text.splitlines() if line.strip().startswith("formula:"))
    path.write_text(text.replace(formula, f"{formula} * 2", 1), encoding="utf-8")
    path = folder / "decisions" / "new-oven.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == "needs:")
    end = next(n for n in range(at + 1, len(lines)) if lines[n].strip().startswith("fits:"))
    path.write_text("\n".join([*lines[:at], *lines[end:]]) + "\n", encoding="utf-8")

    found = compared(capsys, str(tiny_folder), str(folder))

    assert len(found["oven-rounds"]["moved"]) == 1
    assert found["new-oven"]["moved"] or found["new-oven"]["appeared"]


@pytest.mark.slow
def test_revisions_of_git_stand_for_the_folder(folder: Path, capsys: Captured) -> None:
    """HEAD is what was committed; the folder as it is comes second where nothing is named."""
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")
    edit(folder, ROUTE, "margin: 2", "margin: 9")

    found = compared(capsys, "HEAD", "--pack", str(folder))

    assert found["delivery-route"]["vanished"]
    git(folder, "commit", "--quiet", "--all", "--message", "Two")
    assert (
        compared(capsys, "HEAD~1", "HEAD", "--pack", str(folder))["delivery-route"]
        == (found["delivery-route"])
    )


def test_broken_revision_is_told_with_its_name(folder: Path, capsys: Captured) -> None:
    """Problems are placed in the revision, not in a folder that is gone."""
    git(folder, "init", "--quiet")
    edit(folder, ROUTE, "margin:", "margins:")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")

    assert run(["pack", "diff", "HEAD", "--pack", str(folder)]) == 2

    err = capsys.readouterr().err
    assert "The pack at HEAD did not load" in err
    assert "HEAD:decisions/delivery-route.yaml" in err


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("no-such-thing", "'no-such-thing' is no folder, and no revision"),
        ("--all", "No such option"),
        (".", "This folder holds no pack"),
    ],
)
def test_what_is_no_version_is_refused(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, old: str, said: str
) -> None:
    """Exit 2; a name that looks like an option never reaches git."""
    monkeypatch.chdir(folder.parent)

    assert run(["pack", "diff", old, "--pack", str(folder)]) == 2
    assert said in capsys.readouterr().err
