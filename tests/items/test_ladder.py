"""Ladders: order from costs, falls from rules, and what is no ladder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.ladder import FEWEST, LadderFalls, climb
from roadworthy.pack.ladder import Ladder
from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack


def made(pack: Pack, given: dict[str, str], then: dict[str, str], goal: str = "cost") -> Ladder:
    """A ladder of the tiny pack's choice."""
    return Ladder(decision="delivery-route", goal=goal, given=given, then=then)  # type: ignore[arg-type]


def test_rungs_come_from_costs_and_falls_from_rules(tiny_pack: Pack) -> None:
    """Effort rises from rung to rung, a struck rung names its rule, the easiest left is told."""
    generator = Generator(tiny_pack)
    found = climb(generator, "narrow-lanes", tiny_pack.ladders["narrow-lanes"])
    efforts = [rung.effort for rung in found.rungs]
    assert efforts == sorted(set(efforts)) and len(efforts) >= FEWEST
    assert not found.rungs[0].holds
    assert all(rung.rule.startswith("delivery-route.") for rung in found.rungs if not rung.holds)
    assert found.rungs[found.easiest].holds
    assert not any(rung.holds for rung in found.rungs[: found.easiest])
    assert "[" not in found.situation + found.constraint
    assert climb(generator, "narrow-lanes", tiny_pack.ladders["narrow-lanes"]) == found


@pytest.mark.parametrize(
    ("given", "then", "why"),
    [
        ({"load": "bulky"}, {"streets": "steep"}, "may not be stated together"),
        ({"streets": "narrow", "load": "bulky"}, {"handover": "counted"}, "Designs of"),
    ],
)
def test_what_shows_nothing_is_no_ladder(
    tiny_pack: Pack, given: dict[str, str], then: dict[str, str], why: str
) -> None:
    """Facts that contradict each other, and too few designs, are refused with the reason."""
    with pytest.raises(LadderFalls, match=why):
        climb(Generator(tiny_pack), "x", made(tiny_pack, given, then))


def test_a_fact_cannot_be_given_twice(tiny_pack: Pack) -> None:
    """The constraint says something new."""
    with pytest.raises(ValueError, match="stands under `given` and under `then`"):
        made(tiny_pack, {"load": "bulky"}, {"load": "fragile"})


def test_the_shipped_pack_has_twenty(shipped_pack: Pack) -> None:
    """All hold, on ten decisions or more, and the answer is not always the second rung."""
    generator = Generator(shipped_pack)
    found = [climb(generator, name, one) for name, one in shipped_pack.ladders.items()]
    assert len(found) >= 20
    assert len({one.decision for one in found}) >= 9
    assert len({one.easiest for one in found}) >= 3


def test_names_that_do_not_exist_are_found(tmp_path: Path, tiny_folder: Path) -> None:
    """A wrong decision, goal, fact or value in ladders.yaml is a problem with its line."""
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    path = folder / "ladders.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new, line in (
        ("delivery-route", "delivery-rout", 4),
        ("goal: cost", "goal: security", 5),
        ("streets: narrow", "street: narrow", 7),
        ("load: bulky", "load: heavy", 9),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        _, problems = load_pack(folder)
        assert [one.place.line for one in problems] == [line], (new, problems)
