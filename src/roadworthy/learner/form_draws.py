"""What a form of known items would bring: chances in each posterior draw, and of passing it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import chance
from roadworthy.learner.poisson_binomial import poisson_binomial
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def item_chances(
    rule_logits: Floats, rules: Ints, floor: Floats | float, weights: Weights
) -> Floats:
    """The chance of each item in each draw: rule logits [n, K], rules [N, M] -> [n, N].

    The logit of an item is the mean over its rules (-1 beyond the last), plus what a form adds.
    Memory is part of ``rule_logits``.
    """
    known = rules >= 0
    picked = np.where(known, rule_logits[:, np.maximum(rules, 0)], 0.0).sum(axis=2)
    logits = picked / np.maximum(known.sum(axis=1), 1)
    return chance(logits + weights.in_form, floor, weights)


def pass_chances(chances: Floats, needed: int) -> Floats:
    """The chance that at least ``needed`` items come right in each draw: [n, N] -> [n]."""
    result: Floats = poisson_binomial(chances)[:, needed:].sum(axis=1)
    return result
