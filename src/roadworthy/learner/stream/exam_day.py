"""From what practice left to the day of the exam: fitted on exams of the population's learners.

An exam is not one more row of practice: nobody corrects in between, and a day is good or bad for
all of its items at once. So the logits of ``frozen`` are fitted anew with five weights, held near
those of practice, and each learner's day gets a variance of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner import regression
from roadworthy.learner.link import logistic
from roadworthy.learner.stream.history import Floats, Ints

NODES, _SHARES = np.polynomial.hermite_e.hermegauss(21)
SHARES = _SHARES / _SHARES.sum()
"""Gauss-Hermite points and weights for a standard normal."""
NEAR = np.array([0.01, 1.0, 3.0, 3.0, 3.0])
VARIANCES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
LEAST = 1e-9


@dataclass(frozen=True)
class Frozen:
    """Of n items: ``base`` logits with the effects at their means, the effects' ``means`` [n, 3],
    their ``slopes`` [n, 3] by the learner's effect and their variances ``rest`` [n, 3] given it;
    ``spread`` [learners]: variance of each learner's effect.
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


def fit_exam_day(known: Frozen, who: Ints, right: Floats, gains: Floats) -> ExamDay:
    """The exam day of exam answers ``right`` [n] of learners ``who`` [n], in order of learner."""
    if not len(right):
        return NO_EXAM
    weights = regression.fit(_columns(known), right, NEAR, centre=NO_EXAM.weights)

    def height(variance: float) -> float:
        p = node_chances(known, who, gains, ExamDay(weights, variance))
        log = np.where(right[:, None] > 0.5, np.log(p), np.log1p(-p))
        first = np.flatnonzero(np.r_[True, np.diff(who) != 0])
        sums = np.add.reduceat(log, first, axis=0)
        highest = sums.max(axis=1)
        return float((np.log(np.exp(sums - highest[:, None]) @ SHARES) + highest).sum())

    return ExamDay(weights, max(VARIANCES, key=height))


def node_chances(known: Frozen, who: Ints, gains: Floats, day: ExamDay) -> Floats:
    """The chance of each item at each of ``NODES`` of its learner's effect and day: [n, nodes].

    Weights were fitted to chances with everything unknown integrated out; a logit given the node
    is steeper by sqrt(1 + pi / 8 x variance), the inverse of ``link.flatness``. What is unknown of
    rules and items is taken as apart for each item.
    """
    mean = _columns(known) @ day.weights
    strength = day.weights[1] * gains + day.weights[2:]
    rest = known.rest @ strength**2
    slope = known.slopes @ strength
    count = np.bincount(who, minlength=len(known.spread))
    common = np.bincount(who, slope, len(known.spread)) / np.maximum(count, 1)
    variance = (common**2 * known.spread + day.variance)[who]
    steep = np.sqrt((1.0 + np.pi / 8.0 * (variance + rest)) / (1.0 + np.pi / 8.0 * rest))
    flat = 1.0 / np.sqrt(1.0 + np.pi / 8.0 * rest)
    logits = (mean * steep)[:, None] + (np.sqrt(variance) * flat)[:, None] * NODES
    return np.clip(logistic(logits), LEAST, 1.0 - LEAST)


def _columns(known: Frozen) -> Floats:
    return np.concatenate([np.ones((len(known.base), 1)), known.base[:, None], known.means], axis=1)
