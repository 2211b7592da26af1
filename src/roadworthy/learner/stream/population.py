"""What learners share: weights of memory, items and rules, and how far learners spread.

logit P(right) = shared . w + (1, own) . w_item + w_rule + gains . effects(learner, rule, item)

with columns of ``columns`` and effects of ``effects``; ``fitting`` says where they come from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner.link import chance_over
from roadworthy.learner.stream.columns import Columns, Recollection, walk
from roadworthy.learner.stream.effects import Spreads
from roadworthy.learner.stream.exam_day import NO_EXAM, ExamDay
from roadworthy.learner.stream.history import Floats, Ints, Log, asked_days
from roadworthy.learner.weights import Weights


@dataclass(frozen=True)
class Population:
    """What is known before a learner's first answer; logits.

    ``shared`` [SHARED]; ``own`` [items, 1 + OWN], the item's intercept first; ``of_rule`` [rules];
    ``rule`` [items]: each item's rule, -1 where no row told it. ``loading`` [items, G]: how an item
    takes part in the learner's effects, its discrimination; ``gains`` [3] of the effects.
    ``doubt``: share of the effects' variance that a chance is integrated over, 0 where the gains
    were fitted without. ``timed``: whether memory counts at all. ``exam_day``: from practice to an
    exam.
    """

    weights: Weights
    timed: bool
    shared: Floats
    own: Floats
    of_rule: Floats
    rule: Ints
    loading: Floats
    spreads: Spreads
    gains: Floats
    doubt: float
    exam_day: ExamDay = NO_EXAM

    def rules_of(self, item: Ints, log: Log) -> Ints:
        """The rule of each ``item`` [n]: as the rows here or those fitted on have it, or -1."""
        found = self.rule.copy()
        found[log.item] = log.rule
        return found[item]

    def offset(self, columns: Columns | None, item: Ints, rule: Ints) -> Floats:
        """The logit of items without the effects, [n]."""
        own = self.own[item]
        fixed = own[:, 0] + np.where(rule >= 0, self.of_rule[np.maximum(rule, 0)], 0.0)
        if columns is None:
            return fixed
        result: Floats = fixed + columns.shared @ self.shared + (columns.own * own[:, 1:]).sum(1)
        return result

    def chance(self, offset: Floats, means: Floats, variance: Floats) -> Floats:
        """The chance of a right answer from an offset [n], and effects [n, 3] with variance [n]."""
        return chance_over(offset + means @ self.gains, self.doubt * variance, 0.0, self.weights)


def walked(log: Log, population: Population) -> tuple[Columns | None, Recollection | None]:
    """``columns.walk`` over ``log``, or nothing where the population knows of no memory."""
    if not population.timed:
        return None, None
    return walk(log, asked_days(log), population.weights)
