from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from roadworthy.learner.state import LearnerState, ResourceMark
from roadworthy.pack.model import Pack
from roadworthy.study.readings import next_readings, readings_in_order, section_chances

from .conftest import Studied


@pytest.fixture
def shelf(tiny_pack: Pack) -> Pack:
    """The tiny pack with one reading for each section, one for all, one optional, one rated."""
    model = tiny_pack.resources.newer["oven-manual"]
    served = {"one": ["1"], "two": ["2"], "all": ["1", "2", "3"], "unread": ["2"], "rated": ["2"]}
    rest = {"unread": {"take_hours": 0.0}, "rated": {"rating": 9}}
    newer = {
        name: model.model_copy(update={"sections": sections, **rest.get(name, {})})
        for name, sections in served.items()
    }
    resources = tiny_pack.resources.model_copy(update={"newer": newer})
    return replace(tiny_pack, resources=resources)


def names(state: LearnerState, pack: Pack) -> list[str]:
    """What is proposed, in its order."""
    return [one.resource for one in next_readings(state, pack)]


def test_weakest_sections_come_first(shelf: Pack, studied: Studied) -> None:
    """By self-rating before there are answers, and by answers once they say otherwise."""
    told = studied(experience={"1": "new", "2": "work", "3": "work"})
    assert names(told, shelf).index("one") < names(told, shelf).index("two")
    learned = studied(
        ["stale-bread", "oven-rounds", "new-oven"],
        answers=8,
        experience={"1": "new", "2": "work", "3": "work"},
    )
    held = section_chances(learned, shelf)
    assert held["2"] < held["1"]
    assert names(learned, shelf).index("two") < names(learned, shelf).index("one")


def test_optional_and_finished_ones_are_not_proposed(
    shelf: Pack, studied: Studied, now: datetime
) -> None:
    """Nothing to take is never named; what is done leaves the list and comes back when open."""
    state = studied()
    assert "unread" not in names(state, shelf) and "two" in names(state, shelf)
    done = replace(state, resources={"two": ResourceMark(done_at=now)})
    assert set(names(state, shelf)) - set(names(done, shelf)) == {"two"}
    again = replace(state, resources={"two": ResourceMark(done_at=None, rating=3)})
    assert names(again, shelf) == names(state, shelf)


def test_equal_needs_go_by_rating(shelf: Pack, studied: Studied) -> None:
    """Of two on the same section the unrated one is first; each once, with what to take."""
    found = next_readings(studied(), shelf)
    order = [one.resource for one in found]
    assert order.index("two") < order.index("rated")
    assert len(order) == len(set(order))
    minutes = {one.resource: one.minutes for one in found}
    assert minutes["handbook"] == 60 and minutes["two"] == 30


def test_the_reason_names_the_weakest_section(shelf: Pack, studied: Studied) -> None:
    """Its short name and how many of its rules would hold."""
    state = studied(experience={"1": "work", "2": "new", "3": "work"})
    why = {one.resource: one.why for one in next_readings(state, shelf)}
    share = round(section_chances(state, shelf)["2"] * 100)
    assert why["two"] == f"It serves Roads, where {share} of 100 rules would hold now."
    assert "and 1 other section." in why["handbook"]
    assert why["all"] == "It serves all sections alike."


def test_every_resource_has_a_place(shelf: Pack, studied: Studied, now: datetime) -> None:
    """The whole order starts with what is proposed and ends with what is done."""
    state = replace(studied(), resources={"two": ResourceMark(done_at=now)})
    order = [one.resource for one in readings_in_order(state, shelf, now)]
    proposed = [one.resource for one in next_readings(state, shelf, now)]
    assert order[: len(proposed)] == proposed
    assert order[-1] == "two" and sorted(order) == sorted({*proposed, "two", "unread"})
