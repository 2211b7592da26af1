from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack
from roadworthy.pack.stage_map import StageMap


@pytest.fixture
def tiny_map(tiny_pack: Pack) -> StageMap:
    """Three stages, two levels, three confirmed placements and one that nobody saw."""
    assert tiny_pack.map is not None
    return tiny_pack.map


def test_a_level_holds_its_confirmed_placements(tiny_map: StageMap) -> None:
    """What nobody has seen in a source is on no level."""
    shown = {
        level: [(one.term, one.stage) for one in tiny_map.on_level(level)]
        for level in tiny_map.levels
    }
    assert shown == {
        "0": [("lockers", "hand-over")],
        "1": [("dispatch", "plan"), ("dispatch", "drive"), ("lockers", "hand-over")],
    }


def test_stages_of_a_product_come_in_their_order(tiny_map: StageMap) -> None:
    """A product may stand on several stages; the map's order counts, not the file's."""
    turned = tiny_map.model_copy(update={"placements": tiny_map.placements[::-1]})
    assert list(turned.stages_of("dispatch", "1")) == ["plan", "drive"]
    assert turned.stages_of("dispatch", "0") == {}
    assert turned.first_stage_of("dispatch") == "plan"
    assert turned.first_stage_of("oven") is None


def test_a_product_stands_once_at_a_stage_of_a_level(tiny_map: StageMap) -> None:
    """Two lines for the same product, stage and level contradict each other sooner or later."""
    twice = tiny_map.model_dump(by_alias=True)
    twice["placements"].append(twice["placements"][0])
    with pytest.raises(ValidationError, match="stands twice"):
        StageMap.model_validate(twice)


def test_a_pack_goes_without_a_map(tiny_folder: Path, tmp_path: Path) -> None:
    """An older version of the content has none, and must still open."""
    copy = Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))
    (copy / "map.yaml").unlink()
    shutil.rmtree(copy / "objectives")
    pack, problems = load_pack(copy)
    assert problems == []
    assert pack is not None and pack.map is None and pack.objectives == {}


def test_a_note_without_a_confirmed_link_is_not_shown(tiny_pack: Pack) -> None:
    """A note leans on pages that somebody has read; else there is none."""
    notes = tiny_pack.objectives["2.1"]
    found = notes.note("2.1.a")
    assert found is not None
    text, links = found
    assert text.startswith("The street decides first")
    assert [one.source for one in links] == ["guild-handbook", "dispatch-manual"]
    assert notes.note("2.1.b") is None
    assert notes.note("9.9.z") is None


@pytest.fixture(scope="module")
def shipped(shipped_pack: Pack) -> Pack:
    """The shipped pack."""
    return shipped_pack


def test_the_shipped_map_fills_a_round_on_each_level(shipped: Pack) -> None:
    """Ten products can be placed on each level; each higher level has more of them."""
    assert shipped.map is not None
    counts = [
        len({one.term for one in shipped.map.on_level(level)}) for level in shipped.map.levels
    ]
    assert counts == sorted(set(counts)) and counts[0] >= 20


def test_no_product_that_ends_stands_on_the_shipped_map(shipped: Pack) -> None:
    """What is in preview, deprecated or gone is on the cheat sheet only."""
    assert shipped.map is not None
    assert {shipped.terms[one.term].status for one in shipped.map.placements} == {"ga"}


def test_shipped_notes_keep_their_length(shipped: Pack) -> None:
    """A note has 40 to 110 words."""
    long_or_short = {
        name: len(text.split())
        for notes in shipped.objectives.values()
        for name, text in notes.texts.items()
        if not 40 <= len(text.split()) <= 110
    }
    assert long_or_short == {}
