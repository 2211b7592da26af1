"""Answers in sparse form: who, which item, right or wrong. One partition of a calibration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.sums import Sums

Integers = NDArray[np.integer]


@dataclass(frozen=True)
class Answers:
    """``person[n]``, ``item[n]`` (both from 0) and ``right[n]`` (0 or 1), in any order.

    A pair of person and item may come once; readers of files see to that. ``people`` and ``items``
    are how many there are, with those who have no answer. Raises BadInput for numbers out of
    range or arrays of different length.
    """

    person: Integers
    item: Integers
    right: Integers
    people: int
    items: int

    def __post_init__(self) -> None:
        if not len(self.person) == len(self.item) == len(self.right):
            raise _unusable("Person, item and right differ in length.")
        for name, values, limit in (
            ("person", self.person, self.people),
            ("item", self.item, self.items),
            ("right", self.right, 2),
        ):
            if len(values) and not 0 <= int(values.min()) <= int(values.max()) < limit:
                raise _unusable(f"A value of {name} is not within 0 to {limit - 1}.")

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def outcome(self) -> Integers:
        """Item and result in one number: the item where it was wrong, ``items`` more if right."""
        return self.item.astype(np.int32) + np.int32(self.items) * self.right.astype(np.int32)

    @cached_property
    def by_person(self) -> Sums:
        """For each person, sums over the outcomes that they had."""
        return Sums(self.person, self.outcome, self.people, 2 * self.items)

    @cached_property
    def by_outcome(self) -> Sums:
        """For each outcome, sums over the people who had it."""
        return Sums(self.outcome, self.person, 2 * self.items, self.people)

    def seen_of_items(self) -> Integers:
        """Number of answers of each item, ``[items]``."""
        return np.bincount(self.item, minlength=self.items)

    def right_of_items(self) -> Integers:
        """Number of right answers of each item, ``[items]``."""
        return np.bincount(self.item[self.right > 0], minlength=self.items)

    def people_between(self, start: int, end: int) -> Answers:
        """The answers of the people ``start`` to ``end - 1``, as a partition of its own."""
        mine = (self.person >= start) & (self.person < end)
        return Answers(
            self.person[mine] - start, self.item[mine], self.right[mine], end - start, self.items
        )


def _unusable(what: str) -> BadInput:
    return BadInput(what, where="answers to calibrate from", mend="Check how they were read.")
