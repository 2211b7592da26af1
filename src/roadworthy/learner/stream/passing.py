"""The chance to pass an exam on a later day, told at the end of practice."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from roadworthy.learner.poisson_binomial import poisson_binomial
from roadworthy.learner.stream.exam_day import node_chances, nodes
from roadworthy.learner.stream.frozen import ExamItems, frozen
from roadworthy.learner.stream.history import Floats, Ints, Log, Mask
from roadworthy.learner.stream.population import Population


def chance_to_pass(
    practice: Log,
    learners: Mask,
    population: Population,
    exam_items: Sequence[Ints],
    threshold: float,
    *,
    exam_days: Floats,
) -> Floats:
    """Each learner's chance to have at least ``threshold`` of the items right [learners].

    ``exam_items``: the items of each learner's exam; ``exam_days`` [learners], on the clock of the
    log, nan where unknown. The learner's effects and day are integrated out over
    ``exam_day.nodes``; given them the number right is Poisson-binomial. nan for learners not in the
    mask or without items.
    """
    mine = practice.keep(learners[practice.learner])
    sizes = np.array([len(items) for items in exam_items])
    sizes[~learners] = 0
    who = np.repeat(np.arange(len(sizes)), sizes)
    item = np.concatenate([exam_items[one] for one in np.flatnonzero(sizes).tolist()] or [who])
    asked = ExamItems(who, item, np.asarray(exam_days, float)[who])
    p = node_chances(frozen(mine, population, asked), who, population.gains, population.exam_day)
    shares = nodes(population.loading.shape[1])[1]
    chance = np.full(len(sizes), np.nan)
    for size in np.unique(sizes[sizes > 0]):
        these = sizes == size
        each = p[these[who]].reshape(int(these.sum()), size, len(shares))
        counts = poisson_binomial(each.transpose(0, 2, 1).reshape(-1, size))
        enough = counts[:, math.ceil(threshold * size - 1e-9) :].sum(axis=1)
        chance[these] = np.clip(enough.reshape(-1, len(shares)) @ shares, 0.0, 1.0)
    return chance
