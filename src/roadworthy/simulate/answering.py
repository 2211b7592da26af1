"""How a simulated candidate answers: strike what falls to a recalled rule, guess among the rest.

The learner model adds up logits of an item's rules; here a rule either comes to mind or does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.items.item import Item
from roadworthy.simulate.candidates import Candidates
from roadworthy.simulate.world import World

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_DISTRACTORS = 4
SLIP = 0.04
WORDS_A_SECOND = 3.4


@dataclass(frozen=True)
class ItemTable:
    """N items as arrays. ``falls`` [N, 4]: rule by which each distractor falls, -1 for none;
    ``places`` [N, 4] their positions as shown, -1 beyond; ``key`` [N]; ``words`` [N].
    """

    falls: Ints
    places: Ints
    key: Ints
    words: Floats


def item_table(items: Sequence[Item], place_of: Mapping[str, int]) -> ItemTable:
    """The items as arrays; rules that are not in ``place_of`` cannot be known."""
    falls = np.full((len(items), MOST_DISTRACTORS), -1)
    places = np.full((len(items), MOST_DISTRACTORS), -1)
    for number, item in enumerate(items):
        wrong = [n for n, option in enumerate(item.options) if not option.correct]
        for column, option in enumerate(wrong[:MOST_DISTRACTORS]):
            rules = [place_of[one] for one in item.options[option].rules if one in place_of]
            own = [place_of[one] for one in item.rules if one in place_of]
            falls[number, column] = (rules or own or [-1])[0]
            places[number, column] = option
    words = [
        len(" ".join([item.stem, *(one.text for one in item.options)]).split()) for item in items
    ]
    return ItemTable(falls, places, np.array([item.key for item in items]), np.array(words, float))


def respond(
    world: World,
    who: Candidates,
    table: ItemTable,
    items: Ints,
    now: Floats,
    rng: np.random.Generator,
) -> tuple[Ints, Floats]:
    """Each candidate answers one item: positions in the table [L] -> (choice [L], seconds [L])."""
    falls, places = table.falls[items], table.places[items]
    there = places >= 0
    struck = there & (rng.random(falls.shape) < world.recall(falls, now) * (falls >= 0))
    left = there & ~struck
    luck = np.where(left, rng.random(falls.shape), -1.0)
    rivals = left.sum(axis=1)
    guesses_key = rng.random(len(items)) < 1.0 / (rivals + 1)
    slips = rng.random(len(items)) < SLIP + who.misreads
    wrong = np.where(rivals > 0, luck.argmax(axis=1), np.where(there, 1, 0).argmax(axis=1))
    choice = np.where(guesses_key & ~slips, table.key[items], places[np.arange(len(items)), wrong])
    reading = table.words[items] / WORDS_A_SECOND
    seconds = reading * who.pace * rng.lognormal(0.3, 0.25, len(items))
    return choice.astype(np.int64), seconds
