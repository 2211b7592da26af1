"""Items of a test without time, on two traits: what they share, and what sets them apart.

logit P(right) = easiness + loading . (t1, t2), traits N(0, 1) and independent: the compensatory
two-dimensional model (Reckase 2009, Multidimensional Item Response Theory, chapter 4) by marginal
maximum likelihood (Bock & Aitkin 1981) on a square grid. It starts from the curves of
``calibration``, with a second loading from how residuals hang together; a prior holds second
loadings near 0, so that a small log comes out with one trait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.curves import Curves
from roadworthy.learner.link import logistic
from roadworthy.learner.stream.history import Floats

NODES = 13
WIDEST = 4.0
ROUNDS = 20
CLOSE_ENOUGH = 5e-3
CENTRE = np.array([0.0, 1.0, 0.0])
PENALTY = np.array([0.16, 1.0, 1.0])
"""Precisions of easiness, first and second loading around ``CENTRE``."""
LONGEST_STEP = 1.0
START = 0.3
POWER_ROUNDS = 30
LEAST = 1e-9


@dataclass(frozen=True)
class Traits:
    """``easiness`` [items] and ``loading`` [items, 2], in logits."""

    easiness: Floats
    loading: Floats


def fit_traits(answers: Answers, curves: Curves) -> Traits:
    """The items of ``answers`` on two traits, from ``curves`` with one."""
    grid, log_share = _grid()
    z = np.concatenate([np.ones((len(grid), 1)), grid], axis=1)
    products = (z[:, :, None] * z[:, None, :]).reshape(len(z), -1)
    now = np.stack([curves.easiness, curves.slope, START * _second(answers)], axis=1)
    for _ in range(ROUNDS):
        seen, right = _expected(answers, now @ z.T, log_share)
        before = now
        for _ in range(2):
            p = logistic(now @ z.T)
            slope = (right - seen * p) @ z - PENALTY * (now - CENTRE)
            bend = ((seen * p * (1.0 - p)) @ products).reshape(-1, 3, 3) + np.diag(PENALTY)
            step = np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
            now = now + np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        if np.abs(now - before).max(initial=0.0) < CLOSE_ENOUGH:
            break
    return Traits(now[:, 0], now[:, 1:])


def _grid() -> tuple[Floats, Floats]:
    line = np.linspace(-WIDEST, WIDEST, NODES)
    grid = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
    log_share = -0.5 * (grid**2).sum(axis=1)
    return grid, log_share - np.log(np.exp(log_share).sum())


def _expected(answers: Answers, logits: Floats, log_share: Floats) -> tuple[Floats, Floats]:
    """People expected at each node among those who saw an item, and had it right: [items, Q]."""
    above = np.maximum(logits, 0.0) + np.log1p(np.exp(-np.abs(logits)))
    table = np.zeros((2 * answers.items + 1, len(log_share)), np.float32)
    table[:-1] = np.concatenate([-above, logits - above])
    shares = np.zeros((answers.people + 1, len(log_share)), np.float32)
    logs = answers.by_person.of(table, out=shares[:-1])
    logs += log_share.astype(np.float32)
    logs -= logs.max(axis=1, keepdims=True)
    np.exp(logs, out=logs)
    logs /= logs.sum(axis=1, keepdims=True)
    outcomes = answers.by_outcome.of(shares).astype(np.float64)
    right: NDArray[np.float64] = outcomes[answers.items :]
    return outcomes[: answers.items] + right, right


def _second(answers: Answers) -> Floats:
    """The leading direction of residual products between items, [items], of length sqrt(items).

    A residual is an answer less what the person's share right and the item's make likely. Found by
    power iteration, so that no matrix of items by items is made.
    """
    person, item, right = answers.person, answers.item, answers.right.astype(float)
    many = np.maximum(np.bincount(person, minlength=answers.people), 1)
    share = np.bincount(person, right, answers.people) / many
    seen = np.maximum(answers.seen_of_items(), 1)
    ease = answers.right_of_items() / seen
    left = right - share[person] * ease[item] / max(float(right.mean()), LEAST)
    left = left - (np.bincount(item, left, answers.items) / seen)[item]
    direction: Floats = np.random.default_rng(0).standard_normal(answers.items)
    for _ in range(POWER_ROUNDS):
        people = np.bincount(person, left * direction[item], answers.people)
        direction = np.bincount(item, left * people[person], answers.items).astype(float)
        direction /= max(float(np.sqrt((direction**2).mean())), LEAST)
    return direction
