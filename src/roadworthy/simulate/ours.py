"""Roadworthy's policy in the worlds: the functions that the app calls, over L learners at once.

The only module here that touches the learner model. STUB of the states: memory traces as the model
keeps them, every rule's ability at its prior; ``learner.cohort`` replaces that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.memory import strengthened_all
from roadworthy.learner.weights import WEIGHTS
from roadworthy.simulate.evenings import Course
from roadworthy.simulate.practice import RIGHT_SECONDS, WRONG_SECONDS
from roadworthy.study.policy import RuleStates, rank

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
START = datetime(2026, 1, 5, tzinfo=UTC)
SECONDS = (RIGHT_SECONDS + WRONG_SECONDS) / 2


class Roadworthy:
    """See the module."""

    name = "roadworthy"

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self._course = course
        shape = course.people, len(course.section_of)
        self._traces = np.zeros((*shape, len(WEIGHTS.time_constants)))
        self._last: Floats = np.full(shape, -np.inf)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        shape = self._last.shape
        spread = np.sqrt(WEIGHTS.sd_learner**2 + WEIGHTS.sd_section**2 + WEIGHTS.sd_rule**2)
        states = RuleStates(
            mean=np.full(shape, WEIGHTS.start_unsaid),
            spread=np.full(shape, spread),
            traces=self._traces,
            days=now - self._last,
        )
        course = self._course
        return rank(
            states,
            course.weights,
            np.full(shape[1], SECONDS),
            START + timedelta(days=now),
            START + timedelta(days=course.exam_at),
            course.seed + day,
        )

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        for column in rules.T:
            one = np.flatnonzero(who & (column >= 0) & (right | (column == blamed)))
            place = one, column[one]
            credit = np.where(right[one], WEIGHTS.credit_success, WEIGHTS.credit_failure)
            days = now[one] - self._last[place]
            self._traces[place] = strengthened_all(self._traces[place], days, credit, WEIGHTS)
            self._last[place] = now[one]
