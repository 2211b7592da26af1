"""From what practice left to the day of the exam: fitted on exams of the population's learners.

An exam is not one more row of practice: nobody corrects in between, and a day is good or bad for
all of its items at once. So the logits of ``frozen`` are fitted anew with five weights, held near
those of practice, and each learner's day gets a variance of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner import regression
from roadworthy.learner.link import flatness, logistic
from roadworthy.learner.stream.history import Floats, Ints

FINE, COARSE = 21, 7
"""Nodes of a line for one common effect, and for each of two."""
NEAR = np.array([0.01, 1.0, 3.0, 3.0, 3.0])
VARIANCES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
LEAST = 1e-9


@dataclass(frozen=True)
class Frozen:
    """Of n items: ``base`` logits with the effects at their means, the effects' ``means`` [n, 3],
    their ``slopes`` [n, 3, G] by the learner's G common effects, and their variances ``rest``
    [n, 3] given those; ``spread`` [learners, G, G]: covariance of each learner's common effects.
    """

    base: Floats
    means: Floats
    slopes: Floats
    rest: Floats
    spread: Floats


@dataclass(frozen=True)
class ExamDay:
    """``weights`` [5] of 1, the logit by practice, and the effects of learner, rule and item;
    ``variance`` of a learner's day, in logits squared.
    """

    weights: Floats
    variance: float


NO_EXAM = ExamDay(np.array([0.0, 1.0, 0.0, 0.0, 0.0]), 0.0)


def nodes(common: int) -> tuple[Floats, Floats]:
    """Points [Q, G] and weights [Q] for G independent standard normals (Gauss-Hermite)."""
    line, share = np.polynomial.hermite_e.hermegauss(FINE if common == 1 else COARSE)
    grid = np.stack(np.meshgrid(*[line] * common, indexing="ij"), axis=-1).reshape(-1, common)
    shares = np.stack(np.meshgrid(*[share] * common, indexing="ij"), axis=-1)
    weights = shares.reshape(-1, common).prod(axis=1)
    return grid, weights / weights.sum()


def fit_exam_day(known: Frozen, who: Ints, right: Floats, gains: Floats) -> ExamDay:
    """The exam day of exam answers ``right`` [n] of learners ``who`` [n], in order of learner."""
    if not len(right):
        return NO_EXAM
    weights = regression.fit(_columns(known), right, NEAR, centre=NO_EXAM.weights)
    first = np.flatnonzero(np.r_[True, np.diff(who) != 0])
    shares = nodes(known.spread.shape[1])[1]
    best, most = ExamDay(weights, 0.0), -np.inf
    for variance in VARIANCES:  # from small to large: the height rises to one top, then falls
        day = ExamDay(weights, variance)
        p = node_chances(known, who, gains, day)
        sums = np.add.reduceat(np.log(np.where(right[:, None] > 0.5, p, 1.0 - p)), first, axis=0)
        highest = sums.max(axis=1)
        height = float((np.log(np.exp(sums - highest[:, None]) @ shares) + highest).sum())
        if height <= most:
            break
        best, most = day, height
    return best


def node_chances(known: Frozen, who: Ints, gains: Floats, day: ExamDay) -> Floats:
    """The chance of each item at each of ``nodes`` of its learner's effects and day: [n, Q].

    The day moves the first common effect. Weights were fitted to chances with everything unknown
    integrated out; a logit given the node is steeper by sqrt(1 + pi / 8 x variance), the inverse of
    ``link.flatness``. What is unknown of rules and items is taken as apart for each item.
    """
    points, _ = nodes(known.spread.shape[1])
    strength = day.weights[1] * gains + day.weights[2:]
    rest = known.rest @ strength**2
    slope = np.einsum("nkg,k->ng", known.slopes, strength)
    spread = known.spread + LEAST * np.eye(known.spread.shape[1])
    spread[:, 0, 0] += day.variance
    along = np.einsum("ng,ngh->nh", slope, np.linalg.cholesky(spread)[who])
    flat = flatness(rest)
    mean = (_columns(known) @ day.weights) * flat / flatness((along**2).sum(axis=1) + rest)
    chances = logistic(mean[:, None] + (along * flat[:, None]) @ points.T)
    return np.clip(chances, LEAST, 1.0 - LEAST)


def _columns(known: Frozen) -> Floats:
    return np.concatenate([np.ones((len(known.base), 1)), known.base[:, None], known.means], axis=1)
