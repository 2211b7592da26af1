"""Items and answers of the policy worlds: what an item asks, what an answer shows and takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


def seconds_of(right: Mask, *, brief: bool = False) -> Floats:
    """Reading, answering and feedback of an item at an even pace, by whether it was right."""
    when_right, when_wrong = (
        (BRIEF_RIGHT_SECONDS, BRIEF_WRONG_SECONDS) if brief else (RIGHT_SECONDS, WRONG_SECONDS)
    )
    result: Floats = np.where(right, when_right, when_wrong)
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
