"""People and items that follow the two-parameter model exactly: the truth that a fit is held to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.answers import Answers

Floats = NDArray[np.float64]

# People drawn at a time, so that no dense table of all people is needed.
AT_A_TIME = 5_000


@dataclass(frozen=True)
class Drawn:
    """``slope[I]``, ``difficulty[I]``, ``ability[N]`` as they truly are, and the answers."""

    slope: Floats
    difficulty: Floats
    ability: Floats
    answers: Answers


def draw_answers(
    people: int, items: int, *, share: float = 1.0, floor: float = 0.0, seed: int
) -> Drawn:
    """Each person sees each item with chance ``share``, and guesses right with chance ``floor``.

    log slope ~ N(0, 0.3²), difficulty ~ N(0, 1), ability ~ N(0, 1), all from ``seed``.
    """
    rng = np.random.default_rng(seed)
    slope, difficulty = np.exp(rng.normal(0, 0.3, items)), rng.normal(0, 1, items)
    ability = rng.normal(0, 1, people)
    parts = []
    for start in range(0, people, AT_A_TIME):
        some = ability[start : start + AT_A_TIME]
        person, item = np.nonzero(rng.random((len(some), items)) < share)
        knows = 1 / (1 + np.exp(-slope[item] * (some[person] - difficulty[item])))
        right = rng.random(len(item)) < floor + (1 - floor) * knows
        parts.append(((person + start).astype(np.int32), item.astype(np.int32), right))
    person, item, right = (np.concatenate(part) for part in zip(*parts, strict=True))
    answers = Answers(person, item, right.astype(np.uint8), people, items)
    return Drawn(slope, difficulty, ability, answers)
