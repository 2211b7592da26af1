"""The next answer: told before each row from the learner's earlier rows alone."""

from __future__ import annotations

import numpy as np

from roadworthy.learner.stream.effects import effects
from roadworthy.learner.stream.history import Floats, Log, Mask
from roadworthy.learner.stream.population import Population, walked


def predict_online(log: Log, learners: Mask, population: Population) -> Floats:
    """The chance of a right answer before each row [rows]; nan for learners not in the mask.

    Rows are taken in their order, and what is told of one stays the same whatever later rows say.
    Of the row itself only item and rule count, and when it was asked (``history``).
    """
    told = learners[log.learner]
    mine = log.keep(told)
    columns, _ = walked(mine, population)
    offset = population.offset(columns, mine.item, mine.rule)
    found, _ = effects(mine, mine.rule, offset, population.loading, population.spreads)
    p = np.full(len(log.learner), np.nan)
    p[told] = population.chance(offset, found.means, found.variance)
    return p
