"""Test-wise candidates who know nothing: how often rules of thumb find the key.

Each guesser looks at an item as shown and picks an option, without a thought for the subject. A
guesser that is right more often than by chance shows a cue; one that is right less often shows one
too, since what it picks can be struck out. Ties are split evenly, so an item where all options are
alike in length adds chance, not luck.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import sqrt

from roadworthy.items.item import Item

CHANCE = 0.25
Scores = Sequence[float]
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
_LETTERS_OF_CONTENT = 4  # shorter words are mostly grammar
POSITIONS = ("first", "second", "third", "fourth")


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without marks."""
    return tuple(_WORD.findall(text.lower()))


@lru_cache(maxsize=16384)
def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if len(word) >= _LETTERS_OF_CONTENT)


def _lengths(item: Item) -> list[float]:
    return [float(len(option.text)) for option in item.options]


def _overlaps(item: Item) -> list[float]:
    """Share of the content words of each option that the stem says too."""
    stem = _content(item.stem)
    return [
        len(_content(option.text) & stem) / max(1, len(_content(option.text)))
        for option in item.options
    ]


def _likenesses(item: Item) -> list[float]:
    """Mean likeness (Jaccard, of content words) of each option to the others."""
    sets = [_content(option.text) for option in item.options]
    return [
        sum(
            len(one & other) / max(1, len(one | other))
            for other_place, other in enumerate(sets)
            if other_place != place
        )
        for place, one in enumerate(sets)
    ]


def _at(place: int) -> Callable[[Item], list[float]]:
    return lambda item: [float(other == place) for other in range(len(item.options))]


def _least(scores: Callable[[Item], list[float]]) -> Callable[[Item], list[float]]:
    return lambda item: [-score for score in scores(item)]


GUESSERS: dict[str, Callable[[Item], list[float]]] = {
    "longest": _lengths,
    "shortest": _least(_lengths),
    "most stem overlap": _overlaps,
    "least stem overlap": _least(_overlaps),
    "centroid": _likenesses,
    "odd one out": _least(_likenesses),
    **{f"{name} position": _at(place) for place, name in enumerate(POSITIONS)},
}
"""Name -> scores of the options of an item; the guesser takes the highest."""


def beyond_luck(count: int, least: float, deviations: float = 3.6) -> float:
    """How far a rate over ``count`` items may lie from chance: ``least``, or that many deviations.

    A rate of 25% over n items has the standard deviation sqrt(0.25 × 0.75 ÷ n). With ten guessers,
    two lengths and fifty decisions, one of them is 3.6 off by luck in every third pack.
    """
    return max(least, deviations * sqrt(CHANCE * (1 - CHANCE) / count))


def hit(scores: Scores, key: int) -> float:
    """The chance that the key is taken: 1, 0, or a part where options tie for the highest."""
    best = max(scores)
    return float(scores[key] == best) / sum(score == best for score in scores)


def guess_rates(items: Sequence[Item]) -> dict[str, float]:
    """Guesser -> share of the items that it has right, 0 to 1. Raises ValueError without items."""
    if not items:
        raise ValueError("guessers need items")
    return {
        name: sum(hit(guesser(item), item.key) for item in items) / len(items)
        for name, guesser in GUESSERS.items()
    }
