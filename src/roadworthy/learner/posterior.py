"""What is believed of L learners: common effects, and an effect for each of K rules.

Common effects g (the learner, its sections) are jointly Gaussian. Given them, rules are
independent: u_k = start_k + pull_k . g + noise of variance rest_k. One answer has the logit

    offset + common . g + sum over its rules of share_k x u_k

and changes this belief in closed form, by Laplace's approximation along that one direction: a
rank-one update. With one rule an answer it is exact but for Laplace's step; with several, what the
answer says about differences between its own rules is dropped (assumed-density filtering, Minka
2001), so that an update costs the same for 40 rules and for 4,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import slopes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STEPS = 8
LONGEST_STEP = 2.0
LEAST_VARIANCE = 1e-12


@dataclass(frozen=True)
class Posterior:
    """The belief about L learners; all in logits.

    ``mean`` [L, G] and ``spread`` [L, G, G]: mean and covariance of the common effects.
    ``start`` [L, K], ``pull`` [L, K, G], ``rest`` [L, K]: each rule's effect given them.
    """

    mean: Floats
    spread: Floats
    start: Floats
    pull: Floats
    rest: Floats

    def copy(self) -> Posterior:
        """The same belief in arrays of its own."""
        return Posterior(
            self.mean.copy(), self.spread.copy(), self.start.copy(), self.pull.copy(),
            self.rest.copy(),
        )  # fmt: skip

    def rules(self, common: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of every rule's logit: common [K, G] -> [L, K] twice.

        ``common`` says which common effects each rule takes part in.
        """
        along = common[None] + self.pull
        mean = self.start + np.einsum("lkg,lg->lk", along, self.mean)
        variance = self.rest + np.einsum("lkg,lgh,lkh->lk", along, self.spread, along)
        return mean, np.maximum(variance, 0.0)

    def draws(self, normals: Floats, common: Floats, one: int = 0) -> Floats:
        """Posterior draws of one learner's rule logits: normals [n, G + K] -> [n, K]."""
        count = self.mean.shape[1]
        root = _root(self.spread[one])
        g = self.mean[one] + normals[:, :count] @ root.T
        noise = normals[:, count:] * np.sqrt(self.rest[one])
        result: Floats = self.start[one] + g @ (common + self.pull[one]).T + noise
        return result


def prior(learners: int, rules: int, sd_common: Floats, sd_rule: Floats | float) -> Posterior:
    """The belief before any answer: effects around 0, ``sd_common`` [G], ``sd_rule`` one or [K]."""
    count = len(sd_common)
    return Posterior(
        mean=np.zeros((learners, count)),
        spread=np.tile(np.diag(np.asarray(sd_common, float) ** 2), (learners, 1, 1)),
        start=np.zeros((learners, rules)),
        pull=np.zeros((learners, rules, count)),
        rest=np.broadcast_to(np.asarray(sd_rule, float) ** 2, (learners, rules)).copy(),
    )


@dataclass(frozen=True)
class Asked:
    """n items, each put to a learner of its own: the direction in which an answer speaks.

    ``who`` [n] learners, no one twice; ``common`` [n, G]; ``rules`` [n, M] with -1 beyond the
    last one; ``shares`` [n, M].
    """

    who: Ints
    common: Floats
    rules: Ints
    shares: Floats

    def where(self, kept: NDArray[np.bool_]) -> Asked:
        """Only these items, [n] of bool."""
        return Asked(self.who[kept], self.common[kept], self.rules[kept], self.shares[kept])


def padded(rules: Sequence[Sequence[int]]) -> Ints:
    """Rules of n items as an array [n, M], -1 beyond the last of each; M is at least 1."""
    result = np.full((len(rules), max([1, *map(len, rules)])), -1)
    for number, one in enumerate(rules):
        result[number, : len(one)] = one
    return result


def even_shares(rules: Ints) -> Floats:
    """Each rule's share in its item: equal ones, 0 beyond the last."""
    known = rules >= 0
    result: Floats = known / np.maximum(known.sum(axis=1, keepdims=True), 1)
    return result


def expected(belief: Posterior, asked: Asked) -> tuple[Floats, Floats]:
    """Mean and variance of the logit of each item, without its offset: [n] twice."""
    mean, variance, *_ = _direction(belief, asked)
    return mean, variance


def observe(
    belief: Posterior,
    asked: Asked,
    *,
    offset: Floats,
    right: Floats,
    floor: Floats,
    slip: float,
    within: float,
) -> None:
    """Change ``belief``, in place, by one answer of each of n learners.

    ``offset`` [n]: what memory and fixed effects add to the logit; ``right`` [n]: 1 or 0;
    ``floor`` [n]: chance to guess; ``within``: variance of the items of a rule around it.
    """
    if not len(asked.who):
        return
    mean, variance, along, toward, kept, place = _direction(belief, asked)
    centre = offset + mean
    peak = _peak(centre, variance, right, floor, slip, within)
    _, information = slopes(peak, right, floor, slip, within)
    lift = (peak - centre) / np.maximum(variance, LEAST_VARIANCE)
    who = asked.who
    shrink = information / (1.0 + variance * information)
    # Common effects: Kalman's update with the answer as a measurement of the logit.
    belief.mean[who] += toward * lift[:, None]
    belief.spread[who] -= toward[:, :, None] * toward[:, None, :] * shrink[:, None, None]
    # Rules given the common effects: the same measurement, what is left of it.
    rest = np.where(kept, belief.rest[who[:, None], place], 0.0)
    own = (asked.shares**2 * rest).sum(axis=1)
    scale = 1.0 / (1.0 + information * own)
    seen = (peak - offset) * information + lift  # information x pseudo-measurement
    known = (asked.shares * np.where(kept, belief.start[who[:, None], place], 0.0)).sum(axis=1)
    surprise = (seen - information * known) * scale
    gain = asked.shares * rest
    rows, columns = np.nonzero(kept)
    learners, rules = who[rows], place[rows, columns]
    amount = gain[rows, columns]
    belief.start[learners, rules] += amount * surprise[rows]
    belief.pull[learners, rules] -= (amount * (information * scale)[rows])[:, None] * along[rows]
    belief.rest[learners, rules] -= amount**2 * (information * scale)[rows]


def _direction(
    belief: Posterior, asked: Asked
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.bool_], Ints]:
    """Mean, variance, the common part ``along``, spread @ along, which rules are real, places."""
    kept = asked.rules >= 0
    place = np.maximum(asked.rules, 0)
    who = asked.who[:, None]
    shares = np.where(kept, asked.shares, 0.0)
    along = asked.common + (shares[:, :, None] * belief.pull[who, place]).sum(axis=1)
    toward = np.einsum("ngh,nh->ng", belief.spread[asked.who], along)
    mean = (along * belief.mean[asked.who]).sum(axis=1)
    mean = mean + (shares * belief.start[who, place]).sum(axis=1)
    variance = (along * toward).sum(axis=1) + (shares**2 * belief.rest[who, place]).sum(axis=1)
    return mean, variance, along, toward, kept, place


def _peak(
    centre: Floats,
    variance: Floats,
    right: Floats,
    floor: Floats,
    slip: float,
    within: float,
) -> Floats:
    """The most likely logit of each answer, by Fisher scoring on the line: [n]."""
    precision = 1.0 / np.maximum(variance, LEAST_VARIANCE)
    peak = centre.copy()
    for _ in range(STEPS):
        slope, information = slopes(peak, right, floor, slip, within)
        step = (slope - (peak - centre) * precision) / (information + precision)
        peak = peak + np.clip(step, -LONGEST_STEP, LONGEST_STEP)
    return peak


def _root(spread: Floats) -> Floats:
    """A matrix R with R @ R.T = spread, for a covariance that may be singular."""
    values, vectors = np.linalg.eigh(spread)
    result: Floats = vectors * np.sqrt(np.maximum(values, 0.0))
    return result
