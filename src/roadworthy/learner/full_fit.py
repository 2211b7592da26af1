"""One learner's posterior from all answers at once: Laplace's, mode and spread by Fisher scoring.

The mode is exact; the covariance is then told as common effects and rules given them, the form that
``posterior.py`` updates. What is left out there is the small correlation between rules of the same
item once common effects are known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import slopes
from roadworthy.learner.posterior import Posterior, prior
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STEPS = 12
CLOSE_ENOUGH = 1e-5
LONGEST_STEP = 2.0
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Evidence:
    """n answers of one learner.

    ``common`` [n, G], ``rules`` [n, M] with -1 beyond the last one and their ``shares`` [n, M]:
    which effects an answer speaks of; ``offset`` [n] what is added to its logit, ``floor`` [n] the
    chance to guess, ``right`` [n] 1 or 0.
    """

    common: Floats
    rules: Ints
    shares: Floats
    offset: Floats
    floor: Floats
    right: Floats


def full_fit(evidence: Evidence | None, sections: int, rules: int, weights: Weights) -> Posterior:
    """The posterior of one learner over 1 + ``sections`` common effects and ``rules`` rules."""
    sd_common = np.array([weights.sd_learner, *[weights.sd_section] * sections])
    belief = prior(1, rules, sd_common, weights.sd_rule)
    if evidence is None:
        return belief
    # Rules that no answer names stay at their prior and touch nothing else, so the posterior of
    # the others is the same without them; early in a course they are nearly all.
    named = np.unique(evidence.rules[evidence.rules >= 0])
    if not len(named):
        named = np.zeros(1, dtype=np.int64)
    evidence = _compact(evidence, named)
    count = len(sd_common)
    precision = np.r_[sd_common**-2.0, np.full(len(named), weights.sd_rule**-2.0)]
    mode = np.zeros(len(precision))
    for _ in range(STEPS):
        gradient, information = _slope(mode, evidence, precision, weights)
        step = np.linalg.solve(information, gradient)
        longest = float(np.abs(step).max())
        mode = mode + step * min(1.0, LONGEST_STEP / max(longest, LEAST_SPREAD))
        if longest < CLOSE_ENOUGH:
            break
    _, information = _slope(mode, evidence, precision, weights)
    covariance = np.linalg.inv(information)
    spread = covariance[:count, :count]
    pull = np.linalg.solve(spread, covariance[:count, count:]).T
    belief.mean[0], belief.spread[0] = mode[:count], spread
    belief.pull[0, named] = pull
    belief.start[0, named] = mode[count:] - pull @ mode[:count]
    belief.rest[0, named] = np.diag(covariance)[count:] - np.einsum(
        "kg,gh,kh->k", pull, spread, pull
    )
    return belief


def _compact(evidence: Evidence, named: Ints) -> Evidence:
    """The same answers with rules as places among the named ones; places beyond weigh nothing."""
    known = evidence.rules >= 0
    place = np.where(known, np.searchsorted(named, np.maximum(evidence.rules, 0)), 0)
    return replace(evidence, rules=place, shares=np.where(known, evidence.shares, 0.0))


def _slope(
    mode: Floats, evidence: Evidence, precision: Floats, weights: Weights
) -> tuple[Floats, Floats]:
    """Gradient of the log posterior and its expected information at ``mode``."""
    common, rules, shares = evidence.common, evidence.rules, evidence.shares
    count, size = common.shape[1], len(mode)
    logits = evidence.offset + common @ mode[:count]
    logits = logits + (shares * mode[count:][rules]).sum(axis=1)
    slope, weight = slopes(logits, evidence.right, evidence.floor, weights.slip, weights.sd_item**2)
    gradient = -precision * mode
    gradient[:count] += common.T @ slope
    gradient[count:] += _sum_by(rules, shares * slope[:, None], size - count)
    information = np.diag(precision)
    information[:count, :count] += (common * weight[:, None]).T @ common
    for one in range(count):
        across = _sum_by(rules, shares * (weight * common[:, one])[:, None], size - count)
        information[one, count:] += across
        information[count:, one] += across
    pairs = rules[:, :, None] * (size - count) + rules[:, None, :]
    amount = shares[:, :, None] * shares[:, None, :] * weight[:, None, None]
    within = _sum_by(pairs, amount, (size - count) ** 2)
    information[count:, count:] += within.reshape(size - count, size - count)
    return gradient, information


def _sum_by(places: Ints, amounts: Floats, size: int) -> Floats:
    summed = np.bincount(places.ravel(), weights=amounts.ravel(), minlength=size)
    return summed.astype(np.float64)
