from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.labs.tiny_labs import LAB, RULES, add_labs

from roadworthy.errors import PackBroken
from roadworthy.labs.room import LabRoom
from roadworthy.pack.lab_shelf import LabShelf, read_labs
from roadworthy.pack.load import load_pack
from roadworthy.problem import Problem

STATED = f"{LAB}/lab.yaml"


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack with one lab."""
    return add_labs(Path(shutil.copytree(tiny_folder, tmp_path / "tiny")))


def edit(folder: Path, file: str, find: str, put: str) -> int:
    """Replace a text that is there once; the line, from 1, on which it begins."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(find) == 1, find
    path.write_text(text.replace(find, put), encoding="utf-8")
    return text[: text.index(find)].count("\n") + 1


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem that there is."""
    assert len(problems) == 1, [one.as_text() for one in problems]
    return problems[0]


def test_pack_without_labs_has_an_empty_shelf(tiny_folder: Path) -> None:
    """No folder is no problem."""
    assert read_labs(tiny_folder) == LabShelf()


def test_shelf_holds_labs_in_order_with_their_folders(folder: Path) -> None:
    """Numbers decide the order; the environment and the rules come as written."""
    shutil.copytree(folder / LAB, folder / "labs" / "10-other")
    path = folder / "labs" / "10-other" / "lab.yaml"
    text = path.read_text().replace("id: tiny\nnumber: 1\n", "id: other\nnumber: 10\n")
    path.write_text(text)
    shelf = read_labs(folder)

    assert shelf.problems == ()
    assert list(shelf.labs) == ["tiny", "other"]
    assert shelf.folders == {"tiny": folder / LAB, "other": path.parent}
    assert list(shelf.environments) == ["tiny"]
    assert shelf.labs["tiny"].rules == list(RULES)


def test_whole_pack_with_a_lab_has_no_problem(folder: Path) -> None:
    """What the lab names of the pack is there, and its hash is that of the pack without it."""
    with_lab, problems = load_pack(folder)
    shutil.rmtree(folder / "labs")
    without, _ = load_pack(folder)

    assert problems == []
    assert with_lab is not None
    assert without is not None
    assert with_lab.hash == without.hash


BROKEN = [
    ("id: tiny\n", "id: tiney\n", "id-not-file-name", "its folder is `01-tiny`", 0),
    ("number: 1\n", "number: 2\n", "id-not-file-name", "number 2, and its folder is", -1),
    ("  - scale.py\n", "  - oven.py\n", "lab-form", "There is no `01-tiny/starter/oven.py`", 0),
    ("  scale.py: The", "  oven.py: The", "lab-form", "There is no `01-tiny/solution/oven.py`", 0),
    ("environment: tiny\n", "environment: tyni\n", "", "environment `tyni`", 0),
    ("minutes: 20\n", "minutes: 5\n", "", "20", 0),
]


@pytest.mark.parametrize(("find", "put", "slug", "words", "above"), BROKEN)
def test_problem_of_a_lab_has_its_line(
    folder: Path, find: str, put: str, slug: str, words: str, above: int
) -> None:
    """Each is told once, at the line of the field that is wrong."""
    line = edit(folder, STATED, find, put)
    found = only(read_labs(folder).problems)

    assert found.slug == slug or not slug
    assert words in found.message
    assert found.place.file.endswith(STATED)
    assert found.place.line == line + above


UNFIT = {
    "Step `See what the shops see` names `rans`": (
        "  checks:\n  - runs\n",
        "  checks:\n  - rans\n",
    ),
    "Check `price` needs `wait`": ("    needs:\n    - weight\n", "    needs:\n    - wait\n"),
    "Check `runs` needs `weight`, which no check above is": (
        "    starter: passes\n",
        "    starter: passes\n    needs:\n    - weight\n",
    ),
    "`starter_says` belongs to a check that the starter fails": (
        "    starter_says: weighs 800 g\n",
        "",
    ),
    "`starter_says` belongs": (
        "    starter: waits\n",
        "    starter: waits\n    starter_says: x\n",
    ),
    "Fault `A kilo was taken for a hundred grams` names `prise`": (
        "  check: price\n  rules:",
        "  check: prise\n  rules:",
    ),
    "Shortcut `for-free` names `prise`": (
        "    check: price\n    says",
        "    check: prise\n    says",
    ),
}


@pytest.mark.parametrize("words", UNFIT)
def test_checks_that_do_not_fit_together_are_told(folder: Path, words: str) -> None:
    """Whoever names a check that is not there, or not above, is named with a line."""
    edit(folder, STATED, *UNFIT[words])
    shelf = read_labs(folder)
    found = only(shelf.problems)

    assert words in found.message
    assert found.place.file.endswith(STATED)
    assert found.place.line >= 1
    assert shelf.labs == {}


@pytest.mark.parametrize(
    ("gone", "words", "named"),
    [
        ("wrong/for-free", "There is no `01-tiny/wrong/for-free`.", "  for-free:\n"),
        ("checks/checks.py", "There is no `01-tiny/checks/checks.py`.", "schema: 1\n"),
        ("starter/main.py", "There is no `01-tiny/starter/main.py`.", "  - main.py\n"),
    ],
)
def test_file_that_is_missing_is_told_where_it_is_named(
    folder: Path, gone: str, words: str, named: str
) -> None:
    """A folder of a shortcut, the checks, a file of a step."""
    path = folder / LAB / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    found = only(read_labs(folder).problems)

    assert (found.slug, found.message) == ("lab-form", words)
    assert found.place.line == edit(folder, STATED, named, named)


def test_shortcut_that_nobody_describes_is_told(folder: Path) -> None:
    """A folder under wrong/ without words would never be tried."""
    (folder / LAB / "wrong" / "bribe").mkdir()
    found = only(read_labs(folder).problems)

    assert found.message == "`wrong/bribe` is no shortcut of this lab."
    assert "always-400" in found.mend


def test_lock_that_is_missing_is_told(folder: Path) -> None:
    """An environment without its lock has a problem at its line."""
    (folder / "labs" / "environments" / "tiny.lock").unlink()
    found = only(read_labs(folder).problems)

    assert found.message == "There is no `labs/environments/tiny.lock`."
    assert (found.place.file.endswith("labs/environments.yaml"), found.place.line) == (True, 3)


@pytest.mark.parametrize("name", ["1-tiny", "01_tiny", "tiny"])
def test_folder_of_a_lab_without_its_number_is_told(folder: Path, name: str) -> None:
    """A lab that nobody would get is no silence."""
    (folder / LAB).rename(folder / "labs" / name)
    shelf = read_labs(folder)

    assert shelf.labs == {}
    assert only(shelf.problems).message.startswith(f"`{name}` holds a lab")


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        ("- delivery-route.DR2\n", "- delivery-rout.DR2\n", "delivery-rout"),
        ("- '2.1'\n", "- '2.9'\n", "2.9"),
        ("  source: dispatch-manual\n", "  source: dispatch-manuel\n", "dispatch-manuel"),
        ("report to {@dispatch}", "report to {@dispetch}", "dispetch"),
        ("  - stale-bread.SB1\n", "  - stale-bred.SB1\n", "stale-bred"),
    ],
)
def test_what_a_lab_names_of_the_pack_must_be_there(
    folder: Path, find: str, put: str, words: str
) -> None:
    """Decisions of rules, objectives, sources and terms are looked up, each with its line."""
    edit(folder, STATED, "reports to", "report to")
    line = edit(folder, STATED, find, put)
    assert read_labs(folder).problems == ()
    _, problems = load_pack(folder)
    found = only(tuple(problems))

    assert words in found.message
    assert found.place.file.endswith(STATED)
    assert found.place.line == line


def test_broken_shelf_is_no_room(folder: Path, tmp_path: Path) -> None:
    """A face that asks for a lab gets all problems at once."""
    edit(folder, STATED, "number: 1\n", "number: 2\n")
    room = LabRoom(folder, tmp_path / "home", tmp_path / "cache")

    with pytest.raises(PackBroken, match="cannot be used") as told:
        room.lab("tiny")
    assert [one.slug for one in told.value.problems] == ["id-not-file-name"]
