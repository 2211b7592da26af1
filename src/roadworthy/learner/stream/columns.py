"""The numbers that a prediction starts from: what rule, item and learner went through before.

``shared`` columns carry one weight for everybody; ``own`` columns carry a weight of each item, a
small correction of the shared one. Logs of items that repeat need both: items differ in how well
they are remembered, not only in how hard they are (LKT, Pavlik and Eglington).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner import memory
from roadworthy.learner.stream.history import Floats, History, Ints, Log, kinds, steps
from roadworthy.learner.weights import Weights

PACES = np.array([0.05, 0.15, 0.4])
"""How fast three averages of the learner's recent answers forget, per answer."""
LEAST = 0.02
OWN = 4 + 2 * memory.CONSTANTS
SHARED = 1 + 2 * memory.COLUMNS + 10 + len(PACES)


@dataclass(frozen=True)
class Columns:
    """``shared`` [n, SHARED] and ``own`` [n, OWN] columns of n items about to be asked."""

    shared: Floats
    own: Floats


class Recollection:
    """The rows of L learners so far: histories of rules and items, and how each did lately."""

    def __init__(self, learners: int, items: int, rules: int, weights: Weights) -> None:
        self._weights = weights
        self._rules = History(learners, rules + 1, weights)  # the last: an unknown one
        self._items = History(learners, items, weights)
        self._answers = np.zeros((learners, 2))
        self._recent = np.full((learners, len(PACES)), 0.5)

    def columns(self, who: Ints, item: Ints, rule: Ints, days: Floats) -> Columns:
        """What learners ``who`` [n] bring to ``item`` [n] on ``rule`` [n], asked on ``days`` [n].

        A rule of -1 is one that nobody met.
        """
        of_rule, of_item = self._rules.sight(who, rule, days), self._items.sight(who, item, days)
        item_memory = memory.columns(of_item.traces, of_item.gap, self._weights)
        item_counts = np.log1p(of_item.counts[:, :2])
        item_last = _last(of_item.last)
        recent = self._recent[who]
        shared = np.concatenate(
            [
                np.ones((len(who), 1)),
                memory.columns(of_rule.traces, of_rule.gap, self._weights),
                item_memory,
                np.log1p(of_rule.counts[:, :2]),
                item_counts,
                np.log1p(self._answers[who]),
                _last(of_rule.last),
                item_last,
                np.log((recent + LEAST) / (1.0 + LEAST - recent)),
            ],
            axis=1,
        )
        right_and_wrong = item_memory[:, : 2 * memory.CONSTANTS]
        return Columns(shared, np.concatenate([item_counts, item_last, right_and_wrong], axis=1))

    def note(self, who: Ints, item: Ints, rule: Ints, days: Floats, outcome: Ints) -> None:
        """Take in one row of each learner in ``who`` [n], no one twice."""
        kind = kinds(outcome)
        self._rules.note(who, rule, days, kind)
        self._items.note(who, item, days, kind)
        answered = outcome >= 0
        mine, right = who[answered], outcome[answered]
        self._answers[mine, np.where(right == 1, 0, 1)] += 1.0
        self._recent[mine] += PACES * (right[:, None] - self._recent[mine])


def walk(log: Log, asked: Floats, weights: Weights) -> tuple[Columns, Recollection]:
    """The columns before each row of ``log`` [rows], and what there is after the last row."""
    learners = len(log.names)
    known = Recollection(learners, log.items, log.rules, weights)
    shared, own = np.zeros((len(log.learner), SHARED)), np.zeros((len(log.learner), OWN))
    for rows in steps(log.learner, learners):
        who, item, rule = log.learner[rows], log.item[rows], log.rule[rows]
        found = known.columns(who, item, rule, asked[rows])
        shared[rows], own[rows] = found.shared, found.own
        known.note(who, item, rule, log.days[rows], log.outcome[rows])
    return Columns(shared, own), known


def _last(kind: Ints) -> Floats:
    """Whether the last event was a wrong answer, and whether a right one: [n, 2]."""
    return np.stack([kind == memory.FAILURE, kind == memory.SUCCESS], axis=1).astype(float)
