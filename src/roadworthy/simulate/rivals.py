"""Policies that the benchmark sets beside ours: random, linear, weakest first, FSRS-6 cards."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.evenings import Course
from roadworthy.simulate.fsrs6 import Fsrs6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
RULE_SHRINKAGE, SECTION_SHRINKAGE = 3.0, 10.0
"""Answers after which a rule's own share right weighs as much as its section's, and so on up."""
START_SHARE = 0.5
RETENTION = 0.9


class Nothing:
    """A base for policies that learn nothing from answers."""

    course: Course

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        self.course = course

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""

    def luck(self, day: int) -> Floats:
        """Even random numbers [L, K] of a day; the same for all policies of a run."""
        shape = self.course.people, len(self.course.section_of)
        return np.random.default_rng([self.course.seed, 6, day]).random(shape)


class Random(Nothing):
    """Any rule, each evening anew."""

    name = "random"

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        return self.luck(day)


class Linear(Nothing):
    """Section after section in the order of the syllabus, then from the start again."""

    name = "linear"

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        super().begin(course)
        self._next = np.zeros(course.people, dtype=np.int64)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        count = len(self.course.section_of)
        ahead = (np.arange(count) - self._next[:, None]) % count
        return -ahead.astype(np.float64)

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        self._next[who] = rules[who, 0] + 1


class Weakest(Nothing):
    """The rules with the lowest share of right answers, shrunk to that of their section."""

    name = "weakest"

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        super().begin(course)
        self._asked = np.zeros((course.people, len(course.section_of)))
        self._right = np.zeros_like(self._asked)

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``."""
        of = self.course.section_of
        starts = np.flatnonzero(np.r_[True, np.diff(of) > 0])
        asked = np.add.reduceat(self._asked, starts, axis=1)
        right = np.add.reduceat(self._right, starts, axis=1)
        section = (right + SECTION_SHRINKAGE * START_SHARE) / (asked + SECTION_SHRINKAGE)
        share = (self._right + RULE_SHRINKAGE * section[:, of]) / (self._asked + RULE_SHRINKAGE)
        result: Floats = -share + 1e-6 * self.luck(day)
        return result

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``: right for all rules, wrong for the blamed one."""
        for column in rules.T:
            one = np.flatnonzero(who & (column >= 0) & (right | (column == blamed)))
            self._asked[one, column[one]] += 1
            self._right[one, column[one]] += right[one]


class FsrsDeck(Nothing):
    """FSRS-6 with a card a rule: what is due by desired retention .9, least retrievable first.

    Then new ones in the order of the syllabus, then what is not due. Right is Good for all rules of
    the item, wrong is Again for the blamed one: of four ways to rate, the one that served this
    policy best on trial seeds.
    """

    name = "fsrs-cards"

    def begin(self, course: Course) -> None:
        """See ``Policy``."""
        super().begin(course)
        self.memory = Fsrs6((course.people, len(course.section_of)))

    def order(self, day: int, now: float) -> Floats:
        """See ``Policy``: due 2 to 3, new 1 to 2, not due 0 to 1."""
        count = len(self.course.section_of)
        new = np.isnan(self.memory.last)
        forgotten = 1.0 - np.nan_to_num(self.memory.retrievability(np.floor(now)))
        due = self.memory.last + self.memory.interval(RETENTION) <= np.floor(now)
        in_order = 1.0 - np.arange(count) / count
        result: Floats = np.where(new, 1.0 + in_order, np.where(due, 2.0 + forgotten, forgotten))
        return result

    def told(self, rules: Ints, right: Mask, blamed: Ints, now: Floats, who: Mask) -> None:
        """See ``Policy``."""
        for column in rules.T:
            one = np.flatnonzero(who & (column >= 0) & (right | (column == blamed)))
            # Days are counted as Anki does: the next evening is a day later, be it 23 hours.
            self.memory.review(one, column[one], right[one], np.floor(now[one]))
