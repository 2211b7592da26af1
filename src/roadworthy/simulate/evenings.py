"""A course of evenings: a policy orders the rules once a day, candidates answer until time is up.

Every policy gets the same candidates, days, minutes and luck: the luck of the n-th answer of an
evening comes from a stream of the run's seed and the day, whatever a policy has asked before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.minds import DAY, Minds
from roadworthy.simulate.practice import compose

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
EVENING = 19 / 24
EXAM = 10 / 24
"""Practice begins at 19:00; the exam begins at 10:00 on the day after the last evening."""


@dataclass(frozen=True)
class Course:
    """What a policy is told: ``section_of`` and ``weights`` [K], candidates, evenings, exam day.

    ``weights_error``: standard deviation of the logarithm of ``weights`` around what is true.
    """

    section_of: Ints
    weights: Floats
    people: int
    days: int
    seed: int
    weights_error: float = 0.0

    @property
    def exam_at(self) -> float:
        """When the exam begins, in days from the start of the course."""
        return self.days + EXAM


class Policy(Protocol):
    """What decides which rules are practiced on an evening."""

    @property
    def name(self) -> str:
        """The name that its rows carry."""

    def begin(self, course: Course) -> None:
        """A course begins; nothing is known of anybody."""

    def order(self, day: int, now: float) -> Floats:
        """Scores of rules for this evening, higher first: [L, K]. ``now`` in days."""

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """Candidates ``who`` [L] answered items of ``rules`` [L, M] at ``now`` [L].

        The wished rule comes first, -1 is none; ``blamed`` [L] is the chosen option's rule, -1.
        """


@dataclass(frozen=True)
class Studied:
    """What was done: ``answers``, ``right`` and ``seconds`` [days, L]."""

    answers: Floats
    right: Floats
    seconds: Floats


def study(minds: Minds, policy: Policy, course: Course) -> Studied:
    """The whole course; ``minds`` learn. An item is begun only if a wrong answer still fits."""
    people = minds.people
    policy.begin(course)
    answers = np.zeros((course.days, people.count))
    right, seconds = np.zeros_like(answers), np.zeros_like(answers)
    longest = minds.longest()
    for day in range(course.days):
        begins = day + EVENING
        best = np.argsort(-policy.order(day, begins), axis=1, kind="stable")
        stream = np.random.default_rng([course.seed, 2, day])
        used = seconds[day]
        for wished in best.T:
            who = people.there[day] & (used + longest <= 60.0 * people.minutes[day])
            if not who.any():
                break
            items = compose(wished, course.section_of, stream)
            got = minds.respond(items, begins + used / DAY, stream)
            luck = stream.random(items.rules.shape)
            used += np.where(who, got.seconds, 0.0)
            answers[day] += who
            right[day] += who & got.right
            at = begins + used / DAY
            minds.meet(items.rules, at, who, luck)
            policy.told(items.rules, got.right, got.blamed, at, who)
    return Studied(answers, right, seconds)
