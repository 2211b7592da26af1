"""Courses kept turn by turn, so that weights can be fitted on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.cohort import Turn
from roadworthy.learner.population import Happened
from roadworthy.simulate.evenings import Course, Policy
from roadworthy.simulate.ours import turn_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Recorded:
    """A policy that is followed, and what happened under it."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.happened: list[Happened] = []

    @property
    def name(self) -> str:
        """See ``Policy``."""
        return self._policy.name

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self._policy.begin(course)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        return self._policy.order(day, now)

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        self._policy.told(rules, right, blamed, now, who)
        self.keep(turn_of(rules, right, blamed, now, who), in_form=False)

    def keep(self, turn: Turn, *, in_form: bool) -> None:
        """Keep one more turn: of practice, or of a mock exam."""
        count = len(turn.who)
        self.happened.append(Happened(turn, np.zeros(count), np.full(count, float(in_form))))


def together(courses: Sequence[Sequence[Happened]], learners: int) -> list[Happened]:
    """Courses of ``learners`` candidates each as one of them all: the n-th turns side by side.

    Candidates of the second course are numbered after those of the first, and so on.
    """
    joined = []
    for turns in zip_longest(*courses):
        here = [
            replace(one, turn=replace(one.turn, who=one.turn.who + number * learners))
            for number, one in enumerate(turns)
            if one is not None
        ]
        joined.append(
            Happened(
                Turn(*(np.concatenate([getattr(one.turn, part.name) for one in here])
                       for part in fields(Turn))),
                np.concatenate([one.aided for one in here]),
                np.concatenate([one.in_form for one in here]),
            )
        )  # fmt: skip
    return joined
