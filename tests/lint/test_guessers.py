from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from roadworthy.items.item import Item
from roadworthy.lint.guessers import GUESSERS, beyond_luck, guess_rates, hit
from roadworthy.lint.material import Material
from roadworthy.lint.options_only import options_only_rate


@pytest.fixture(scope="module")
def items(tiny_material: Material) -> list[Item]:
    """Items of the tiny pack with options of prose."""
    return list(tiny_material.prose_items("delivery-route", "exam"))


def with_key_text(items: list[Item], text: str, others: str = "Do a thing.") -> list[Item]:
    """The items with one text for each key, and another for all distractors."""
    return [
        replace(
            item,
            options=tuple(
                replace(option, text=text if option.correct else others) for option in item.options
            ),
        )
        for item in items
    ]


def with_shuffled_options(items: list[Item]) -> list[Item]:
    """The items with options that say nothing: four texts, in any order."""
    texts = ["Take the road", "Take a ship soon", "Wait for the next day", "Go by train"]
    random = Random(3)
    return [
        replace(
            item,
            options=tuple(
                replace(option, text=text)
                for option, text in zip(item.options, random.sample(texts, 4), strict=True)
            ),
        )
        for item in items
    ]


@pytest.mark.parametrize(
    ("guesser", "key", "others"),
    [
        ("longest", "Do a thing at some length.", "Do a thing."),
        ("shortest", "Do it.", "Do a thing."),
        ("odd one out", "Buy seven horses.", "Do a thing."),
    ],
)
def test_guesser_finds_its_cue(items: list[Item], guesser: str, key: str, others: str) -> None:
    """Where its rule of thumb holds in each item, it is right in each."""
    assert guess_rates(with_key_text(items, key, others))[guesser] == 1.0


def test_overlap_is_with_the_stem(items: list[Item]) -> None:
    """An option that repeats the stem is what one guesser takes, and what the other leaves."""
    item = items[0]
    echoing = with_key_text([item], item.stem, "Buy seven horses.")

    assert guess_rates(echoing)["most stem overlap"] == 1.0
    assert guess_rates(echoing)["least stem overlap"] == 0.0


def test_position_guessers_share_the_items(items: list[Item]) -> None:
    """Of four fixed places one is right in each item."""
    rates = guess_rates(items)

    assert sum(rates[f"{name} position"] for name in ("first", "second", "third", "fourth")) == 1


def test_options_that_are_alike_give_chance(items: list[Item]) -> None:
    """Ties are split, so a guesser that sees no difference is right once in four."""
    alike = with_key_text(items, "Do a thing.")
    rates = guess_rates(alike)

    for name in GUESSERS:
        if "position" not in name:
            assert rates[name] == 0.25


@pytest.mark.parametrize(
    ("scores", "key", "chance"),
    [([1.0, 2.0, 0.0, 0.0], 1, 1.0), ([2.0, 2.0, 0.0, 0.0], 1, 0.5), ([3.0, 2.0], 1, 0.0)],
)
def test_hit_splits_ties(scores: list[float], key: int, chance: float) -> None:
    """The highest score is taken; two that are highest are taken half of the time each."""
    assert hit(scores, key) == chance


def test_rates_of_nothing_are_refused() -> None:
    """Without items there is no rate."""
    with pytest.raises(ValueError, match="need items"):
        guess_rates([])


def test_luck_shrinks_with_items() -> None:
    """A few items may be far off chance, many may not; the least is never undercut."""
    assert beyond_luck(100, 0.04) > beyond_luck(400, 0.04) > beyond_luck(5000, 0.04) == 0.04


def test_reader_of_options_learns_a_word_that_tells(items: list[Item]) -> None:
    """A word that only keys have is learned from the others and found in each."""
    told = [
        replace(
            item,
            options=tuple(
                replace(option, text=f"{option.text} {'Rightly' if option.correct else 'Wrongly'}")
                for option in item.options
            ),
        )
        for item in items
    ]

    assert options_only_rate(told, seed=1) > 0.95


def test_reader_of_options_learns_nothing_from_noise(items: list[Item]) -> None:
    """Where options say nothing, the reader stays near chance, and ties split evenly."""
    assert options_only_rate(with_key_text(items, "Do a thing."), seed=1) == 0.25
    assert abs(options_only_rate(with_shuffled_options(items), seed=1) - 0.25) < 0.15


def test_reader_needs_items_to_learn_from(items: list[Item]) -> None:
    """Two dozen items are too few for five parts."""
    with pytest.raises(ValueError, match="needs 25"):
        options_only_rate(items[:24], seed=1)
