"""How a candidate of the policy worlds answers an item: what comes to mind, else a guess."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.minds import Minds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
GUESS, KNOWS = 0.22, 0.95
"""Right with .22, or with .22 + .73 when all rules of the item come to mind."""
RIGHT_SECONDS, WRONG_SECONDS = 90.0, 150.0
BRIEF_RIGHT_SECONDS, BRIEF_WRONG_SECONDS = 35.0, 60.0
MOST_RULES = 3
CUMULATED = (0.75, 0.93)
"""Of items, 75% need one rule, 18% two and 7% three."""
LUCK = 2 * MOST_RULES + 4
"""Random numbers an answer takes from a stream, whatever happens in it."""


@dataclass(frozen=True)
class Items:
    """One item for each of L candidates: ``rules`` [L, M], the wished one first, -1 beyond.

    ``brief``: of brief length, not of exam length.
    """

    rules: Ints
    brief: bool = False


@dataclass(frozen=True)
class Responses:
    """``right`` [L]; ``blamed`` [L]: rule of the chosen option, -1 when right; ``seconds`` [L]."""

    right: Mask
    blamed: Ints
    seconds: Floats


def longest_seconds(minds: Minds, *, brief: bool = False) -> Floats:
    """The time that a wrong answer takes each candidate: [L]."""
    result: Floats = minds.people.pace * (BRIEF_WRONG_SECONDS if brief else WRONG_SECONDS)
    return result


def compose(wished: Ints, section_of: Ints, rng: np.random.Generator) -> Items:
    """Items on wished rules [L], each with 0 to 2 further rules of its section, drawn evenly."""
    luck = rng.random((len(wished), MOST_RULES))
    first = np.searchsorted(section_of, section_of[wished], side="left")
    size = np.searchsorted(section_of, section_of[wished], side="right") - first
    rules = np.full((len(wished), MOST_RULES), -1)
    rules[:, 0] = wished
    step = 1 + (luck[:, 1] * (size - 1)).astype(np.int64)
    other = 1 + (luck[:, 2] * (size - 2)).astype(np.int64)
    other += other >= step
    for column, further in ((1, step), (2, other)):
        here = (luck[:, 0] >= CUMULATED[column - 1]) & (size > column)
        rules[here, column] = (first + (wished - first + further) % size)[here]
    return Items(rules)


def respond(minds: Minds, items: Items, now: Floats, rng: np.random.Generator) -> Responses:
    """Each candidate answers its item at ``now`` [L] days. Memory does not change: see ``meet``.

    A wrong answer's option falls by one of the item's rules that did not come to mind, drawn
    evenly; by any of them when all did. Who misreads guesses and shows nothing of what is known.
    """
    rules = items.rules
    luck = rng.random((len(rules), LUCK))
    there = rules >= 0
    misread = luck[:, 0] < minds.people.misreads
    comes = luck[:, 1 : 1 + MOST_RULES][:, : rules.shape[1]] < minds.recall(rules, now)
    knows = comes.all(axis=1) & ~misread
    right = luck[:, 4] < np.where(knows, KNOWS, GUESS)
    missing = there & ~comes & ~misread[:, None]
    suspects = np.where(missing.any(axis=1, keepdims=True), missing, there)
    order = np.where(suspects, luck[:, 5 : 5 + MOST_RULES][:, : rules.shape[1]], 2.0)
    blamed = rules[np.arange(len(rules)), order.argmin(axis=1)]
    times = (
        (BRIEF_RIGHT_SECONDS, BRIEF_WRONG_SECONDS)
        if items.brief
        else (RIGHT_SECONDS, WRONG_SECONDS)
    )
    seconds = minds.people.pace * np.where(right, *times)
    return Responses(right, np.where(right, -1, blamed), seconds)
