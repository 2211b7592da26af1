from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from roadworthy.cli.main import run
from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.pack.decision import ComputeDecision, StepsDecision
from roadworthy.pack.load import read_pack
from roadworthy.pack.model import Pack

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be changed after an item was shown."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def argued(folder: Path, capsys: Captured, *arguments: str, code: int = 0) -> dict[str, Any]:
    """The JSON that `pack argue` prints; it must end with that code."""
    assert run(["pack", "argue", *arguments, "--json", "--pack", str(folder)]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def edit(folder: Path, file: str, find: str, put: str) -> None:
    """Replace a text that must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), encoding="utf-8")


def trace(path: Path, item: Item, pack: Pack) -> Path:
    """The file that the page of an item offers."""
    content = {
        "pack": "tiny", "pack_version": "1", "pack_hash": pack.hash,
        "disputes": ["The page says otherwise."], "item": item.as_json(), "answer": {},
    }  # fmt: skip
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_facts_lead_to_the_key_with_sources(folder: Path, capsys: Captured) -> None:
    """Each option has its outcome; a fallen one the rules that fire, with page and day."""
    found = argued(folder, capsys, "stale-bread", "--facts", "cause=cold_oven")

    argument = found["arguments"][0]
    outcomes = {one["option"]: one["outcome"] for one in argument["standings"]}
    assert argument["key"] == "reheat"
    assert outcomes == {
        "reheat": "key", "reload": "falls", "shorten": "falls", "vent": "falls", "wrap": "falls",
    }  # fmt: skip
    for one in argument["standings"]:
        assert one["reasons"]
        assert all(reason["url"].startswith("https://") for reason in one["reasons"])
        if one["outcome"] == "falls":
            assert {reason["rule"].split(".")[0] for reason in one["reasons"]} == {"stale-bread"}


def test_goal_adds_what_each_option_costs(folder: Path, capsys: Captured) -> None:
    """Those that survive lose by their level, and the reason is that of the cost."""
    found = argued(folder, capsys, "delivery-route", "--facts", "streets=narrow", "--goal", "cost")

    standings = {one["option"]: one for one in found["arguments"][0]["standings"]}
    losing = [one for one in standings.values() if one["outcome"] == "loses"]
    key = standings[found["arguments"][0]["key"]]
    assert losing
    assert all(one["cost"] > key["cost"] for one in losing)
    assert all(one["reasons"][0]["rule"] == "delivery-route.goal:cost" for one in losing)


def test_text_is_readable(folder: Path, capsys: Captured) -> None:
    """80 columns but for addresses; the key has a star and its positive reason."""
    arguments = ["stale-bread", "--facts", "cause=cold_oven", "--pack", str(folder)]
    assert run(["pack", "argue", *arguments]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("  cause = cold_oven: the crust is pale")
    assert lines[3].startswith("* reheat")
    assert max(len(line) for line in lines if "https://" not in line) <= 80


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["delivery-route", "--facts", "load=bulky"], "streets must be stated"),
        (["delivery-route", "--facts", "streets=narrow"], "are left, and no goal is stated"),
    ],
)
def test_why_there_is_no_key_is_said(
    folder: Path, capsys: Captured, arguments: list[str], note: str
) -> None:
    """Facts that make no item are argued all the same, with what is missing."""
    assert note in argued(folder, capsys, *arguments)["arguments"][0]["note"]


def test_steps_exhibits_and_numbers_are_argued(folder: Path, capsys: Captured) -> None:
    """A step is next when all that it needs is done; the mend of the fault holds; a formula."""
    pack = read_pack(folder).pack
    assert pack is not None
    steps, numbers = pack.decision("new-oven"), pack.decision("oven-rounds")
    assert isinstance(steps, StepsDecision)
    assert isinstance(numbers, ComputeDecision)
    first = next(name for name, one in steps.steps.items() if not one.needs)
    one = argued(folder, capsys, "new-oven", "--facts", f"{first}=done")["arguments"][0]
    standing = {each["option"]: each["outcome"] for each in one["standings"]}
    assert standing[first] == "falls"
    assert {"key", "survives"} & set(standing.values())

    one = argued(folder, capsys, "van-list", "--facts", "fault=late_stop")["arguments"][0]
    assert (one["key"], len(one["standings"])) == ("late_stop", 5)

    drawn = ",".join(f"{name}={value}" for name, value in numbers.worked.items())
    asked = next(iter(numbers.quantities))
    one = argued(folder, capsys, "oven-rounds", "--facts", f"asked={asked},{drawn}")
    assert one["arguments"][0]["key"] == asked


@pytest.mark.parametrize("decision", ["delivery-route", "stale-bread", "van-list", "new-oven"])
def test_item_and_situation_are_found_by_id(
    folder: Path, capsys: Captured, decision: str, tiny_pack: Pack
) -> None:
    """Both ids lead to the same facts and key; that of an item names the options shown."""
    kind: Any = "next_step" if decision == "new-oven" else None
    item = Generator(tiny_pack).generate(decision, seed=4, length="brief", kind=kind)
    assert item is not None

    by_item = argued(folder, capsys, item.id)
    by_situation = argued(folder, capsys, item.situation)

    assert by_item["arguments"] == by_situation["arguments"]
    assert set(by_item["shown"]) == {option.id for option in item.options}
    key = item.options[item.key].id
    outcome = {one["option"]: one["outcome"] for one in by_item["arguments"][0]["standings"]}
    assert outcome[key] in ("key", "survives")


def test_trace_whose_key_stands_exits_with_0(
    folder: Path, tmp_path: Path, capsys: Captured, tiny_pack: Pack
) -> None:
    """The dispute is shown beside the derivation, and the key is said to be the same."""
    item = Generator(tiny_pack).generate("stale-bread", seed=1, length="brief")
    assert item is not None
    path = trace(tmp_path / "dispute.json", item, tiny_pack)

    assert run(["pack", "argue", str(path), "--pack", str(folder)]) == 0

    out = capsys.readouterr().out
    assert "Disputed: The page says otherwise." in out
    assert "as it was shown." in out


def test_trace_whose_key_moved_exits_with_1(
    folder: Path, tmp_path: Path, capsys: Captured, tiny_pack: Pack
) -> None:
    """A corrected cost makes another option the key of the item as it was shown."""
    generator = Generator(tiny_pack)
    items = (generator.generate("delivery-route", seed=s, length="brief") for s in range(200))
    item = next(
        one
        for one in items
        if one and one.goal == "cost" and one.goal_decides and one.options[one.key].id == "lockers"
    )
    path = trace(tmp_path / "dispute.json", item, tiny_pack)
    edit(folder, "decisions/delivery-route.yaml", "level: 0", "level: 20")

    found = argued(folder, capsys, str(path), code=1)

    assert found["moved"] is True
    assert found["arguments"][0]["key"] != "lockers"


@pytest.mark.parametrize("kind", ["composite", "choose_two"])
def test_trace_on_two_decisions_has_both_derivations(
    folder: Path, tmp_path: Path, capsys: Captured, tiny_pack: Pack, kind: Any
) -> None:
    """Each half is solved by its own decision, and the joint key is compared."""
    item = Generator(tiny_pack).generate_pair("route-and-remedy", kind=kind, seed=2, length="brief")
    assert item is not None
    path = trace(tmp_path / "dispute.json", item, tiny_pack)

    found = argued(folder, capsys, str(path))

    assert [one["decision"] for one in found["arguments"]] == ["delivery-route", "stale-bread"]
    assert found["moved"] is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stale-bread"], "A decision is argued from facts"),
        (["stale-bread", "--facts", "cause"], "`cause` is no fact with its value"),
        (["stale-bread", "--facts", "cause=x"], "There is no value of `cause` `x`"),
        (["stale-bread", "--facts", "mood=x"], "There is no fact `mood`"),
        (["delivery-route", "--facts", "streets=narrow", "--goal", "fun"], "no goal `fun`"),
        (["van-list", "--facts", "fault=x"], "There is no fault `x`"),
        (["oven-rounds", "--facts", "a=1"], "These are missing: asked"),
        (["new-oven", "--facts", "x=done"], "There is no step `x`"),
        (["0123456789abcdef"], "No item or situation of this pack has the id"),
        (["something"], "is no decision of this pack, no id of an item, and no file"),
    ],
)
def test_wrong_arguments_are_one_line(
    folder: Path, capsys: Captured, arguments: list[str], said: str
) -> None:
    """Exit 2 with what is wrong and what there is."""
    assert run(["pack", "argue", *arguments, "--pack", str(folder)]) == 2

    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_file_that_is_no_trace_is_one_line(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    """A file of something else is refused, with what to use instead."""
    path = tmp_path / "other.json"
    path.write_text('{"item": {"id": 3}}', encoding="utf-8")

    assert run(["pack", "argue", str(path), "--pack", str(folder)]) == 2
    assert "This file is no trace of an item" in capsys.readouterr().err
