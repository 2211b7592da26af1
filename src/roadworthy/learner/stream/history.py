"""What a learner's earlier rows say about an item, kept step by step for all learners at once.

There are two histories of the same form, one of rules and one of items. Each keeps the traces of
``memory``, plain counts of right answers, wrong answers and readings, and the last outcome. Nothing
is taken from the row that is asked about but its item, its rule and when it was asked.

When it was asked: logs stamp a row when it is answered, so the time since the row before holds the
time that the answer took, and slow answers are wrong answers. Within a sitting an item therefore
counts as asked when the row before was done; after a pause of ``SITTING`` or more, the pause tells
so much more than the answering time that the row's own stamp is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner import memory
from roadworthy.learner.weights import MINUTE, Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
SITTING = 30 * MINUTE
"""A longer pause than this, in days, begins a new sitting."""


class Log(Protocol):
    """Rows in order of learner, then time; arrays [rows] unless said.

    ``learner``, ``item``, ``rule`` count from 0; ``days`` from any day; ``outcome`` is 1 right, 0
    wrong, -1 read without an answer; ``post`` marks rows of the exam. ``names`` [learners].
    """

    @property
    def learner(self) -> Ints: ...
    @property
    def days(self) -> Floats: ...
    @property
    def item(self) -> Ints: ...
    @property
    def rule(self) -> Ints: ...
    @property
    def outcome(self) -> Ints: ...
    @property
    def post(self) -> Mask: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def items(self) -> int: ...
    @property
    def rules(self) -> int: ...
    def keep(self, rows: Mask) -> Self: ...


def steps(learner: Ints, learners: int) -> Iterator[Ints]:
    """Rows to take together: the first row of every learner, then the second, and so on."""
    first = np.searchsorted(learner, np.arange(learners))
    length = np.bincount(learner, minlength=learners)
    for number in range(int(length.max(initial=0))):
        yield first[length > number] + number


def asked_days(log: Log) -> Floats:
    """When each row's item was asked, in days, without the time that its answer took [rows]."""
    asked = np.array(log.days, float)
    if len(asked) > 1:
        pause = np.diff(log.days)
        same = (np.diff(log.learner) == 0) & (pause < SITTING)
        asked[1:][same] = log.days[:-1][same]
    return asked


@dataclass(frozen=True)
class Sight:
    """What was known of n pairs of learner and rule (or item) before they were asked.

    ``traces`` [n, 3, 5] as noted ``gap`` days ago (infinite: never met), ``counts`` [n, 3],
    ``last`` [n]: kind of the last event, -1 for none.
    """

    traces: Floats
    gap: Floats
    counts: Floats
    last: Ints

    def of(self, rows: Ints) -> Sight:
        """Only these pairs."""
        return Sight(self.traces[rows], self.gap[rows], self.counts[rows], self.last[rows])


class History:
    """Traces, counts and last outcomes of L learners and K rules (or items); changed by rows."""

    def __init__(self, learners: int, keys: int, weights: Weights) -> None:
        self._weights = weights
        self._traces = np.zeros((learners, keys, memory.KINDS, memory.CONSTANTS))
        self._counts = np.zeros((learners, keys, memory.KINDS))
        self._noted = np.full((learners, keys), -np.inf)
        self._last = np.full((learners, keys), -1)

    def sight(self, who: Ints, key: Ints, days: Floats) -> Sight:
        """What is known of learners ``who`` [n] about ``key`` [n] on ``days`` [n]."""
        return Sight(
            self._traces[who, key],
            np.maximum(days - self._noted[who, key], 0.0),
            self._counts[who, key],
            self._last[who, key],
        )

    def note(self, who: Ints, key: Ints, days: Floats, kind: Ints) -> None:
        """Take in one event of each learner in ``who`` [n], no one twice."""
        gap = np.maximum(days - self._noted[who, key], 0.0)
        for one in range(memory.KINDS):
            here = kind == one
            mine, at = who[here], key[here]
            self._traces[mine, at] = memory.strengthened_all(
                self._traces[mine, at], gap[here], one, 1.0, self._weights
            )
        self._counts[who, key, kind] += 1.0
        self._noted[who, key] = days
        self._last[who, key] = kind


def kinds(outcome: Ints) -> Ints:
    """Outcomes of a log as kinds of memory: right, wrong, read."""
    answered = np.where(outcome == 1, memory.SUCCESS, memory.FAILURE)
    return np.where(outcome < 0, memory.READING, answered)
