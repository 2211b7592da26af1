"""A course with mock exams: on some evenings a form is sat before practice, and then gone through.

Everybody sits a form of their own, so that no item's luck is shared by all. The forms are the exam
hall's, so their items are a little new (see ``exam_hall``). What happened is kept turn by turn, so
that any weights can be asked afterwards what they would have foretold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.cohort import Cohort
from roadworthy.learner.population import Happened
from roadworthy.learner.weights import Weights
from roadworthy.simulate.evenings import Course, study
from roadworthy.simulate.exam_hall import CLOSE_TO_SURE, Forms
from roadworthy.simulate.minds import Minds, logistic
from roadworthy.simulate.ours import GUESS as FLOOR
from roadworthy.simulate.ours import Roadworthy, turn_of
from roadworthy.simulate.practice import GUESS, KNOWS
from roadworthy.simulate.recorded import Recorded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
MOCK_DAYS = (7, 14, 21, 27)
BEFORE_PRACTICE = 2 / 24
LAST_ANSWERS = 60


@dataclass(frozen=True)
class Mocks:
    """What L candidates did, and how they fared on D forms of N items.

    ``happened``: all turns, practice and mocks; the mock of day d is the N turns from
    ``begins[d]``. ``at`` [D]: when each was sat. ``forms`` [D, L, N, M]: rules of the items that
    each candidate got, -1 beyond the last. ``passed`` [D, L]. ``average`` [D, L]: share right of
    the last 60 practice answers before it.
    """

    happened: Sequence[Happened]
    begins: tuple[int, ...]
    at: tuple[float, ...]
    forms: Ints
    passed: Mask
    average: Floats
    section_of: Ints
    needed: int
    seed: int

    def chances(self, weights: Weights) -> Iterator[Floats]:
        """What these weights say of each item just before a mock: [draws, N], day by day and, in
        each, candidate by candidate.
        """
        people = self.passed.shape[1]
        cohort = Cohort(people, self.section_of, weights)
        fixed = [weights.aid * one.aided + weights.in_form * one.in_form for one in self.happened]
        places = {begin: number for number, begin in enumerate(self.begins)}
        for number, one in enumerate(self.happened):
            if number in places:
                mock = places[number]
                for who in range(people):
                    yield cohort.form_chances(
                        who, self.forms[mock, who], self.at[mock], FLOOR, self.seed
                    )
            cohort.told(one.turn.with_fixed(fixed[number]))


def study_with_mocks(minds: Minds, course: Course, forms: Forms) -> Mocks:
    """The course under Roadworthy's own policy, with the weights that ship."""
    sitter = _Sitter(minds, forms)
    study(minds, sitter, course)
    return sitter.mocks(course)


class _Sitter:
    """Our policy, with a mock before practice on ``MOCK_DAYS``."""

    def __init__(self, minds: Minds, forms: Forms) -> None:
        self._minds, self._forms = minds, forms
        self._inner = Recorded(Roadworthy())
        self.name = self._inner.name
        self._begins: list[int] = []
        self._asked: list[Ints] = []
        self._at: list[float] = []
        self._passed: list[Mask] = []
        self._average: list[Floats] = []
        self._recent = np.full((minds.people.count, LAST_ANSWERS), np.nan)

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self._seed = course.seed
        self._inner.begin(course)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        if day in MOCK_DAYS:
            self._sit(len(self._at), now - BEFORE_PRACTICE)
        return self._inner.order(day, now)

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        self._inner.told(rules, right, blamed, now, who)
        self._recent[who] = np.column_stack([self._recent[who, 1:], right[who]])

    def _sit(self, number: int, at: float) -> None:
        minds, people = self._minds, self._minds.people.count
        own = (number * (len(self._forms.rules) // len(MOCK_DAYS)) + np.arange(people)) % len(
            self._forms.rules
        )
        rules, shifts = self._forms.rules[own], self._forms.shift[own]
        self._asked.append(rules)
        rng = np.random.default_rng([self._seed, 7, number])
        everyone, now = np.ones(people, dtype=np.bool_), np.full(people, at)
        self._begins.append(len(self._inner.happened))
        self._at.append(at)
        answered = np.sum(~np.isnan(self._recent), axis=1)
        self._average.append((np.nansum(self._recent, axis=1) + 1.0) / (answered + 2.0))
        score = np.zeros(people)
        turns = []
        for item in range(rules.shape[1]):
            asked, shift = rules[:, item], shifts[:, item, None]
            known = np.clip(minds.recall(asked, now), CLOSE_TO_SURE, 1.0 - CLOSE_TO_SURE)
            known = logistic(np.log(known) - np.log1p(-known) + shift)
            most = asked.shape[1]
            luck = rng.random((people, 2 * most + 1))
            comes = (luck[:, :most] < known) | (asked < 0)
            right = luck[:, -1] < np.where(comes.all(axis=1), KNOWS, GUESS)
            every = comes.all(axis=1).reshape(-1, 1)
            suspects = np.where(every, asked >= 0, ~comes)
            order = np.where(suspects, luck[:, most:-1], 2.0)
            blamed = np.where(right, -1, asked[np.arange(people), order.argmin(axis=1)])
            turns.append((asked, right, blamed))
            score += right
        for asked, right, blamed in turns:  # told at its end, and then gone through
            self._inner.keep(turn_of(asked, right, blamed, now, everyone), in_form=True)
            minds.meet(asked, now, everyone, rng.random(asked.shape))
        self._passed.append(score >= self._forms.needed)

    def mocks(self, course: Course) -> Mocks:
        """What was kept, once the course is over."""
        return Mocks(
            happened=self._inner.happened,
            begins=tuple(self._begins),
            at=tuple(self._at),
            forms=np.array(self._asked),
            passed=np.array(self._passed),
            average=np.array(self._average),
            section_of=course.section_of,
            needed=self._forms.needed,
            seed=course.seed,
        )
