"""Peers that tell who will pass: base rate, calibrated practice average, 1PL and 2PL posterior.

Each takes the rows before the exam, the exam, whom to learn from and the threshold, and gives a
chance for every learner [learners]; outcomes of the exam are read of ``train`` learners only.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Exam, Log, needed
from bench.peers import item_response, logistic

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Peer = Callable[[Log, Exam, Mask, float], Floats]

PENALTY = 1e-3


def base_rate(practice: Log, exam: Exam, train: Mask, threshold: float) -> Floats:
    """The share of train learners who passed, for everyone."""
    share = float(exam.passed(threshold)[train].mean())
    return np.full(len(practice.names), share)


def practice_average(practice: Log, exam: Exam, train: Mask, threshold: float) -> Floats:
    """Logistic regression of passing on the share right in practice: the calibrated average."""
    answered = practice.outcome >= 0
    who, people = practice.learner[answered], len(practice.names)
    seen = np.bincount(who, minlength=people)
    share: Floats = np.bincount(who, practice.outcome[answered], people) / np.maximum(seen, 1)
    x: Floats = np.stack(
        [np.ones(people), (share - share[train].mean()) / share[train].std()], axis=1
    )
    passed = exam.passed(threshold)[train].astype(float)
    weights = logistic.fit(x[train], passed, np.array([0.0, PENALTY]))
    return logistic.chance(x, weights)


def calibrated_average(train: Floats, passed: Mask, told: Floats) -> Floats:
    """The same of shares right alone: fitted on ``train`` and ``passed`` [days, learners], all days
    together, and told of ``told`` [days, others].
    """
    mean, spread = train.mean(), train.std()
    x = np.stack([np.ones(train.size), (train.ravel() - mean) / spread], axis=1)
    weights = logistic.fit(x, passed.ravel().astype(float), np.array([0.0, PENALTY]))
    other = np.stack([np.ones(told.size), (told.ravel() - mean) / spread], axis=1)
    return logistic.chance(other, weights).reshape(told.shape)


def one_parameter(practice: Log, exam: Exam, train: Mask, threshold: float) -> Floats:
    """1PL fitted on train learners' practice and exam, posterior given practice."""
    return _posterior_chance(practice, exam, train, threshold, own_slopes=False)


def two_parameter(practice: Log, exam: Exam, train: Mask, threshold: float) -> Floats:
    """2PL, likewise."""
    return _posterior_chance(practice, exam, train, threshold, own_slopes=True)


def _posterior_chance(
    practice: Log, exam: Exam, train: Mask, threshold: float, *, own_slopes: bool
) -> Floats:
    """An item in practice and the same item in the exam count as two: between them one learns."""
    people, size = len(practice.names), practice.items
    right, seen = np.zeros((2, people, 2 * size))
    answered = practice.outcome >= 0
    where = (practice.learner[answered], practice.item[answered])
    np.add.at(seen, where, 1)
    np.add.at(right, where, practice.outcome[answered])
    with_exam, with_exam_seen = right.copy(), seen.copy()
    for one in np.flatnonzero(train):
        with_exam[one, size + exam.items[one]] = exam.right[one]
        with_exam_seen[one, size + exam.items[one]] = 1
    items = item_response.fit(with_exam[train], with_exam_seen[train], own_slopes=own_slopes)
    weight = item_response.posterior(items, right, seen)
    chance = items.chance()[size:]

    @functools.lru_cache(maxsize=256)
    def enough(kept: tuple[int, ...]) -> Floats:
        return item_response.enough_right(chance[list(kept)], needed(len(kept), threshold))

    p = np.full(people, np.nan)
    for one in np.flatnonzero(~train):
        p[one] = weight[one] @ enough(tuple(exam.items[one].tolist()))
    return np.asarray(np.clip(p, 0, 1))
