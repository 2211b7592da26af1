"""Logistic regressions on counts: PFA, and Best-LR, the strongest simple peer.

PFA (Pavlik, Cen & Koedinger 2009): a rule's intercept and its own slopes on earlier right and wrong
answers, here on log(1 + count), which serves it better than the paper's plain counts (log loss
0.612 against 0.622). Best-LR (Gervet et al. 2020): intercepts of item and rule, and log(1 + count)
of earlier right and wrong answers in all, on the rule (own slopes) and on the item.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log
from bench.peers import logistic
from bench.peers.counts import before

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PENALTY = 1.0  # on every weight but the intercept, as in liblinear's C = 1


def pfa(log: Log, train: Mask) -> Floats:
    """PFA's chance for every row [rows], fitted on answers of ``train`` learners."""
    right, wrong, _ = before(log, log.rule)
    rule = logistic.one_hot(log.rule, log.rules)
    slopes = [rule * np.log1p(count)[:, None] for count in (right, wrong)]
    return _fitted(log, train, [rule, *slopes])


def best_lr(log: Log, train: Mask) -> Floats:
    """Best-LR's chance for every row [rows], fitted on answers of ``train`` learners."""
    rule = logistic.one_hot(log.rule, log.rules)
    parts = [logistic.one_hot(log.item, log.items), rule]
    for key in (np.zeros_like(log.rule), log.item):
        right, wrong, _ = before(log, key)
        parts += [np.log1p(right)[:, None], np.log1p(wrong)[:, None]]
    right, wrong, _ = before(log, log.rule)
    parts += [rule * np.log1p(right)[:, None], rule * np.log1p(wrong)[:, None]]
    return _fitted(log, train, parts)


def _fitted(log: Log, train: Mask, parts: list[Floats]) -> Floats:
    x = np.concatenate([np.ones((len(log.rule), 1)), *parts], axis=1)
    rows = train[log.learner] & (log.outcome >= 0)
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 0
    weights = logistic.fit(x[rows], log.outcome[rows].astype(float), penalty)
    return logistic.chance(x, weights)
