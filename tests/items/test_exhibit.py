"""Exhibits: one fault in a sound text, options that mend four places of it."""

from __future__ import annotations

from collections import Counter

import pytest

from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.exhibit_text import (
    _differing,
    edited,
    place_of_key,
    place_of_other,
    shown_with,
)
from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.pack.decision import LineChange


@pytest.fixture(scope="module")
def lists(tiny: Generator) -> ExhibitItems:
    """The tiny pack's exhibit: a loading list with five faults."""
    maker = tiny.maker("van-list")
    assert isinstance(maker, ExhibitItems)
    return maker


def drawn(lists: ExhibitItems, count: int, mode: str = "practice") -> list[Item]:
    """Items of as many seeds, those that are there."""
    items = (
        lists.draw_item(seed, "brief", "mock" if mode == "mock" else "practice")
        for seed in range(count)
    )
    return [item for item in items if item is not None]


def test_the_key_mends_the_fault_that_was_put_in(lists: ExhibitItems) -> None:
    """The only right option is the mend of the injected fault; the shown text has that fault."""
    for item in drawn(lists, 60):
        assert [one.id for one in item.options if one.correct] == [item.facts["fault"]]
        assert item.exhibit is not None
        assert item.exhibit.lines != item.exhibit.corrected


def test_corrected_lines_make_the_text_sound(lists: ExhibitItems) -> None:
    """Taking the wrong lines out and the right ones in gives the sound text, nothing else."""
    for item in drawn(lists, 60):
        exhibit = item.exhibit
        assert exhibit is not None
        kept = [one for number, one in enumerate(exhibit.lines) if number not in exhibit.wrong]
        sound = [one for n, one in enumerate(exhibit.corrected) if n not in exhibit.right]
        assert kept == sound


def test_the_reason_of_the_key_shows_the_corrected_line(lists: ExhibitItems) -> None:
    """The rationale of the key names the line by number and quotes what it should read."""
    item = next(one for one in drawn(lists, 60) if one.facts["fault"] == "heavy_top")
    assert "Line 2 should read `floor first`." in item.options[item.key].rationale


def test_a_line_that_is_missing_or_too_many_is_told(lists: ExhibitItems) -> None:
    """A fault that takes a line out, or puts one in, is corrected in plain words."""
    by_fault = {one.facts["fault"]: one for one in drawn(lists, 120)}
    missing, twice = by_fault["no_depot"], by_fault["double_stop"]
    assert "`stop depot at 9`" in missing.options[missing.key].rationale
    assert missing.exhibit is not None
    assert "" not in missing.exhibit.lines
    assert "should go" in twice.options[twice.key].rationale


@pytest.mark.parametrize(
    ("shown", "sound", "lines"),
    [("abcde", "acbde", [1, 2]), ("abcde", "adbce", [1, 2, 3]), ("abcde", "acdbe", [1, 2, 3])],
)
def test_a_line_that_moved_is_told_with_all_that_it_passed(
    shown: str, sound: str, lines: list[int]
) -> None:
    """Lines in a wrong order are corrected as a block, on both sides."""
    assert _differing(list(shown), list(sound)) == (lines, lines)


def test_a_log_is_evidence_and_not_mended(lists: ExhibitItems) -> None:
    """In a log, reasons name the lines that tell the fault, and never what they should read."""
    log = lists.decision.model_copy(update={"form": "log"})
    shown = shown_with(log, log.faults["heavy_top"], 0)
    assert place_of_key(shown, log.faults["heavy_top"]).correction == "Line 2 tells it."
    other = place_of_other(log, log.faults["late_stop"], 0, shown)
    assert (other.instead, other.stands) == (
        "it had `stop school at 8`",
        "it has no `stop school at 8`",
    )


def test_each_fault_is_the_key_as_often_as_the_others(lists: ExhibitItems) -> None:
    """Options are drawn before the fault, so that no mend is right more often than its rivals."""
    keys = Counter(item.options[item.key].id for item in drawn(lists, 1000))
    assert min(keys.values()) > 0.6 * max(keys.values())


def test_reserved_situations_are_never_practiced(lists: ExhibitItems) -> None:
    """Practice and forms draw from situations that have nothing in common."""
    practiced = {item.situation for item in drawn(lists, 200)}
    kept = {item.situation for item in drawn(lists, 200, "mock")}
    assert practiced and kept
    assert not practiced & kept


def test_a_pair_has_the_same_options_and_another_key(lists: ExhibitItems) -> None:
    """After a miss the same four mends come back over the same names with another fault."""
    item = drawn(lists, 1)[0]
    pair = lists.contrast(item, seed=4)
    assert pair is not None
    assert {one.id for one in pair.options} == {one.id for one in item.options}
    assert pair.facts["names"] == item.facts["names"]
    assert pair.facts["fault"] != item.facts["fault"]


def test_an_exhibit_survives_the_journal(lists: ExhibitItems) -> None:
    """An item with an exhibit comes back whole from its JSON data; one without has none."""
    item = drawn(lists, 1)[0]
    assert Item.from_json(item.as_json()) == item
    old = {name: value for name, value in item.as_json().items() if name != "exhibit"}
    assert Item.from_json(old).exhibit is None


@pytest.mark.parametrize(
    ("sound", "faulty", "left"),
    [
        ("b", "x", "a\n  x\nc"),
        ("b", "", "a\nc"),
        ("a", "", "  b\nc"),
        ("c", "", "a\n  b"),
    ],
)
def test_an_empty_edit_takes_its_line_along(sound: str, faulty: str, left: str) -> None:
    """An edit replaces its text; one that leaves a line blank removes the line."""
    assert edited("a\n  b\nc", LineChange(sound=sound, faulty=faulty)) == left
