"""Limits by heart: what is typed is judged by the item alone, give or take writing."""

from __future__ import annotations

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item, Recall
from roadworthy.items.recall import holds, near_miss, readable


def number(answer: str, *accept: str) -> Recall:
    """A recall whose answer is a number."""
    return Recall(answer, True, "", accept, "so.", (), "page", "2026-11-25")


def word(answer: str, *accept: str) -> Recall:
    """A recall whose answer is a word."""
    return Recall(answer, False, "", accept, "so.", (), "page", "2026-11-25")


@pytest.mark.parametrize("typed", ["1000", "1,000", "1 000", "1k", "1000.0", " 1000 ", "thousand"])
def test_a_number_may_be_written_in_many_ways(typed: str) -> None:
    """Separators, k and accepted words count; the unit is beside the field."""
    assert holds(number("1,000", "thousand"), typed)


@pytest.mark.parametrize("typed", ["100", "10000", "", "about 1000", "1001"])
def test_another_number_is_wrong(typed: str) -> None:
    """Close is not right: a limit is exact."""
    assert not holds(number("1,000"), typed)


@pytest.mark.parametrize("typed", ["Reduction Server", "reduction servers", "the reduction-server"])
def test_a_word_may_have_capitals_articles_and_plurals(typed: str) -> None:
    """Writing is no knowledge: what is typed is compared without it."""
    assert holds(word("Reduction Server"), typed)


def test_an_empty_answer_cannot_be_read() -> None:
    """The page asks again before anything is committed."""
    assert not readable(number("5"), "many")
    assert not readable(word("five"), "  ")
    assert readable(number("5"), "5")


def test_a_frequent_error_gets_its_own_reason(tiny: Generator) -> None:
    """Who types what another limit is, is told which one."""
    item = tiny.recall("first-stop", seed=3)
    assert item.recall is not None
    near = near_miss(item.recall, "9")
    assert near is not None
    assert near.because == "that is when the round ends at the depot"
    assert near_miss(item.recall, "7") is None


def test_a_recall_item_survives_the_journal(tiny: Generator) -> None:
    """It comes back from its JSON data with all that judges it."""
    item = tiny.recall("last-loaded", seed=3)
    assert Item.from_json(item.as_json()) == item
    assert item.rules == ("limits.last-loaded",)
