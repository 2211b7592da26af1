"""Roadworthy's policy in the worlds: the functions that the app calls, over L learners at once.

The only module here that touches the learner model.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.cohort import Cohort, Turn
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.simulate.evenings import Course
from roadworthy.simulate.practice import RIGHT_SECONDS, WRONG_SECONDS
from roadworthy.study.exam_weights import expected_shares
from roadworthy.study.policy import rank

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
START = datetime(2026, 1, 5, tzinfo=UTC)
SECONDS = (RIGHT_SECONDS + WRONG_SECONDS) / 2
GUESS = 0.25


class Roadworthy:
    """See the module."""

    name = "roadworthy"

    def __init__(self, weights: Weights = WEIGHTS) -> None:
        self._weights = weights

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self._course = course
        self._cohort = Cohort(course.people, course.section_of, self._weights)
        self._shares = expected_shares(course.weights, course.section_of, course.weights_error)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        course = self._course
        return rank(
            self._cohort.states(np.full(course.people, now)),
            self._shares,
            np.full(len(course.section_of), SECONDS),
            START + timedelta(days=now),
            START + timedelta(days=course.exam_at),
            course.seed + day,
            self._weights,
        )

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        self._cohort.told(turn_of(rules, right, blamed, now, who))


def turn_of(rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> Turn:
    """What candidates ``who`` answered, as the learner model takes it."""
    one = np.flatnonzero(who)
    return Turn(
        one, rules[one], blamed[one, None], right[one], now[one], np.full(len(one), GUESS),
        np.zeros(len(one)),
    )  # fmt: skip
