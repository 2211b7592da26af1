"""The one-step oracle: it sees true memory and true exam weights. A ceiling, not a rival.

It asks what one meeting of each rule this evening would add to the expected exam score, by the
seconds that an answer takes, and looks no further than one meeting.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.evenings import Course
from roadworthy.simulate.exam_hall import CLOSE_TO_SURE, NOVELTY
from roadworthy.simulate.minds import Minds, logistic
from roadworthy.simulate.practice import CUMULATED, GUESS, KNOWS, RIGHT_SECONDS, WRONG_SECONDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Oracle:
    """See the module. ``minds`` are those that study, and the oracle reads them."""

    name = "oracle"

    def __init__(self, minds: Minds) -> None:
        self._minds = minds

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self._exam_at = course.exam_at

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``: expected exam points that a second on each rule buys."""
        minds = self._minds
        blueprint = minds.blueprint
        without = minds.recall_all(self._exam_at)
        met = minds.chances_once_met(now, self._exam_at)
        gained = minds.encodes * (_at_exam(met) - _at_exam(without))
        others = _others(_at_exam(without), blueprint.section_of, blueprint.weight)
        here = minds.recall_all(now)
        known = here * _others(here, blueprint.section_of, np.ones(blueprint.count))
        right = GUESS + (KNOWS - GUESS) * known
        seconds = WRONG_SECONDS + (RIGHT_SECONDS - WRONG_SECONDS) * right
        result: Floats = blueprint.weight * gained * others / seconds
        return result

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``: the oracle reads minds, not answers."""


def _at_exam(recall: Floats) -> Floats:
    sure = np.clip(recall, CLOSE_TO_SURE, 1.0 - CLOSE_TO_SURE)
    return logistic(np.log(sure) - np.log1p(-sure) + NOVELTY)


def _others(recall: Floats, section_of: Ints, weight: Floats) -> Floats:
    """Chance that an item's further rules come to mind too, by section: [L, K]."""
    starts = np.flatnonzero(np.r_[True, np.diff(section_of) > 0])
    mean = np.add.reduceat(recall * weight, starts, axis=1) / np.add.reduceat(weight, starts)
    one, two = CUMULATED
    result: Floats = (one + (two - one) * mean + (1.0 - two) * mean**2)[:, section_of]
    return result
