from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from roadworthy.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
Captured = pytest.CaptureFixture[str]


def make(folder: Path, tiny_folder: Path, *options: str) -> int:
    """Make a sheet of the tiny pack."""
    where = ["--out", str(folder), "--pack", str(tiny_folder)]
    return run(["pack", "review", "sheet", "--seed", "5", *where, *options])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet of all kinds of items with a control, in two parts. Copy it before you write."""
    folder = tmp_path_factory.mktemp("review") / "sheet"
    tiny = ROOT / "tests" / "packs" / "tiny"
    wanted = ("--per-rule", "--random", "10", "--control", "6", "--parts", "2")
    assert make(folder, tiny, *wanted) == 0
    return folder


@pytest.fixture
def sheet(made: Path, tmp_path: Path) -> Path:
    """A copy of that sheet, to be scored."""
    return Path(shutil.copytree(made, tmp_path / "sheet"))


def items_of(folder: Path, sheet: str) -> list[dict[str, Any]]:
    """The items of the readers or of the control, as the scorer reads them."""
    lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for one in map(json.loads, lines) if one["sheet"] == sheet]


def answer(folder: Path, name: str, items: Iterable[dict[str, Any]], **fields: object) -> str:
    """A file of answers, all with our keys unless ``key`` says otherwise."""
    path = folder / f"{name}.jsonl"
    lines = (
        {"n": one["n"], "key": one["key"], "why": "So.", "natural": 4, **fields} for one in items
    )
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return str(path)


def score(folder: Path, *options: str) -> int:
    """Score the sheet."""
    return run(["pack", "review", "score", str(folder), *options])


def both(folder: Path) -> list[str]:
    """Two readers who give all of our keys."""
    items = items_of(folder, "reading")
    return [f"--reader={name}={answer(folder, name, items, also=None)}" for name in ("ann", "bob")]


def test_sheet_writes_what_each_may_see(made: Path) -> None:
    """Two parts for readers, a control, a guide, and apart from them items and pack."""
    names = sorted(path.name for path in made.iterdir())

    assert names == [
        "README.md", "control.md", "items.jsonl", "pack.txt", "sheet-1.md", "sheet-2.md",
    ]  # fmt: skip
    pack = (made / "pack.txt").read_text(encoding="utf-8")
    assert pack.startswith("pack: tiny ")
    assert "\nseed: 5\n" in pack
    assert "asked: --per-rule --random 10 --control 6 --parts 2" in pack


def test_pages_for_readers_tell_no_key(made: Path) -> None:
    """No id of a decision, rule or item, no rationale and no key is on a page that readers get."""
    everyone = [*items_of(made, "reading"), *items_of(made, "control")]
    pages = "".join(path.read_text(encoding="utf-8") for path in made.glob("*.md"))

    for item in everyone:
        hidden = [item["id"], item["situation"], item["decision"], *item["rules"]]
        hidden += [option["rationale"] for option in item["options"]]
        assert not [text for text in hidden if text in pages]
        assert all(option["text"] in pages for option in item["options"])
    assert "*" not in pages.replace("**", "")


def test_readers_get_stems_and_exhibits_the_control_does_not(made: Path) -> None:
    """Stems and exhibits stand on the sheets, with line numbers; the control has options only."""
    sheets = "".join((made / f"sheet-{n}.md").read_text(encoding="utf-8") for n in (1, 2))
    control = (made / "control.md").read_text(encoding="utf-8")

    reading = items_of(made, "reading")
    assert all(one["stem"] in sheets for one in reading)
    assert not [one["n"] for one in items_of(made, "control") if one["stem"] in control]
    shown = next(one for one in reading if one["kind"] == "exhibit")
    assert shown["exhibit"]["lines"][0].strip() in sheets
    assert "```text" not in control


def test_sheet_says_what_it_lacks(tmp_path: Path, tiny_folder: Path, capsys: Captured) -> None:
    """Purposes without an item, and counts that could not be reached, are told."""
    assert make(tmp_path / "one", tiny_folder, "--per-rule", "--decision", "new-oven") == 0
    out = capsys.readouterr().out
    assert "purposes are served" in out
    assert "key:new-oven.permit: no draw shows it" in out

    wanted = ("--random", "60", "--control", "5", "--decision", "van-list")
    assert make(tmp_path / "two", tiny_folder, *wanted) == 0
    assert "of 5; there are no more different items" in capsys.readouterr().out
    assert (tmp_path / "two" / "sheet.md").is_file()


def test_old_sheet_is_not_overwritten(sheet: Path, tiny_folder: Path, capsys: Captured) -> None:
    """A folder with anything in it is refused, and stays as it is."""
    before = (sheet / "items.jsonl").read_bytes()

    assert make(sheet, tiny_folder, "--random", "3") == 2
    assert "evidence to be kept" in capsys.readouterr().err
    assert (sheet / "items.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "The sheet would be empty"),
        (["--random", "3", "--decision", "moon"], "no decision 'moon'"),
    ],
)
def test_senseless_sheet_is_one_line(
    options: list[str], told: str, tmp_path: Path, tiny_folder: Path, capsys: Captured
) -> None:
    """Exit 2 with a mend, and no folder is left behind."""
    assert make(tmp_path / "new", tiny_folder, *options) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_full_agreement_exits_with_0(sheet: Path, capsys: Captured) -> None:
    """Readers, majority, control and bars are printed and written as JSON and as a page."""
    others = [
        {**one, "key": one["key"] if one["n"] <= 2 else "A" if one["key"] != "A" else "B"}
        for one in items_of(sheet, "control")
    ]
    control = answer(sheet, "guess", others)
    count = len(items_of(sheet, "reading"))

    assert score(sheet, *both(sheet), "--control", control) == 0

    out = capsys.readouterr().out
    assert f"Reader ann: {count} of {count} (100.0%) agree" in out
    assert f"Majority: {count} of {count} (100.0%) agree" in out
    assert "Bar, naturalness: 4.00, at least 4.00: holds" in out
    assert "Bar, options-only control: 33.3%, at most 35.0%: holds" in out
    written = json.loads((sheet / "score.json").read_text(encoding="utf-8"))
    assert written["sheet"]["seed"] == "5"
    assert written["items"] == written["agreed"] == count
    assert (written["control"]["right"], written["control"]["items"]) == (2, 6)
    assert (sheet / "score.md").read_text(encoding="utf-8").count("None.") == 2


def test_parts_of_a_reader_are_one_reader(sheet: Path, capsys: Captured) -> None:
    """Two files under one name are the two parts of one reader; one alone is not all read."""
    items = items_of(sheet, "reading")
    parts = [
        f"--reader=cy={answer(sheet, f'cy{part}', [one for one in items if one['part'] == part])}"
        for part in (1, 2)
    ]
    readers = both(sheet)

    assert score(sheet, readers[0], *parts) == 0
    assert f"Reader cy: {len(items)} of {len(items)}" in capsys.readouterr().out

    assert score(sheet, readers[0], parts[0]) == 1
    assert "fewer than two have read it" in capsys.readouterr().out


def test_disagreement_exits_with_1(sheet: Path, capsys: Captured) -> None:
    """Below the bar: exit 1, the items are listed, and a judge's word can lift it again."""
    items = items_of(sheet, "reading")
    ann = both(sheet)[0]
    wrong = [{**one, "key": "AB" if one["key"] != "AB" else "BC"} for one in items]
    wrong = [
        one if one["kind"] == "choose_two" else {**one, "key": "B" if old["key"] == "A" else "A"}
        for one, old in zip(wrong, items, strict=True)
    ]
    mixed = f"--reader=dee={answer(sheet, 'dee', [*wrong[:6], *items[6:]])}"

    assert score(sheet, ann, mixed) == 1
    out, err = capsys.readouterr()
    assert "readers part and no judge has decided: 6" in out
    assert f"  1. {items[0]['decision']}: key {items[0]['key']}; ann {items[0]['key']}" in out
    assert "mend it, and read anew with another seed" in err

    assert score(sheet, ann, mixed, "--judge", answer(sheet, "judge", items[:6])) == 0


def test_bad_answers_exit_with_2(sheet: Path, capsys: Captured) -> None:
    """Faulty lines, missing items, odd readers and missing files are one line each."""
    items = items_of(sheet, "reading")
    ann = both(sheet)[0]
    cases = {
        "line 1 needs a key": f"x={answer(sheet, 'x', items, key='Z')}",
        "Items have no answer": f"x={answer(sheet, 'y', items[1:])}",
        "answers items twice": f"ann={sheet / 'ann.jsonl'}",
        "as a name and a file": "x",
        "cannot be called judge": f"judge={sheet / 'ann.jsonl'}",
        "No such file": f"x={sheet / 'none.jsonl'}",
        "no answer in this file": f"x={answer(sheet, 'z', [])}",
    }
    for told, reader in cases.items():
        assert score(sheet, ann, "--reader", reader) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err
        assert err.count("\n") == 1

    assert score(sheet, ann, "--control", answer(sheet, "c", [{"n": 1, "key": "A"}])) == 2
    assert "Items have no answer: 2, 3" in capsys.readouterr().err
    assert score(sheet / "nowhere", ann) == 2


def test_old_rounds_can_be_scored(tmp_path: Path, capsys: Captured) -> None:
    """Round 2, made by an older program, gives the figures that its report names."""
    old = Path(shutil.copytree(ROOT / "docs" / "reviews" / "round-2", tmp_path / "round-2"))
    readers = [f"--reader={name}={old / f'reader-{name}.jsonl'}" for name in ("a", "b")]

    assert score(old, *readers, "--control", str(old / "control-options-only.jsonl")) == 1

    out = capsys.readouterr().out
    assert "Reader a: 60 of 60 (100.0%) agree; another option defensible on 2" in out
    assert "Reader b: 58 of 60 (96.7%) agree; another option defensible on 2" in out
    assert "12 of 60 (20.0%); by chance 25.0%; it got the items of the readers" in out
    assert "  3. imbalance-remedy: key A; a A, b D" in out
    assert "  24. imbalance-remedy: key C; a C, b A" in out
