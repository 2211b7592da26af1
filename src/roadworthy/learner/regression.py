"""Penalized logistic regression with a guess floor: the fit of everything that learners share.

Fisher scoring on sum of log likelihoods - 1/2 sum of penalty x (w - centre)^2; the penalties are
the precisions of Gaussian priors. Rows are taken in blocks, so memory stays small and the sums can
be added over partitions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import chance_over, slopes
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
STEPS = 25
CLOSE_ENOUGH = 1e-5
LONGEST_STEP = 3.0
BLOCK = 20_000


def fit(
    columns: Floats,
    right: Floats,
    penalty: Floats,
    *,
    centre: Floats | None = None,
    offset: Floats | None = None,
    floor: Floats | float = 0.0,
    slip: float = 0.0,
    variance: Floats | float = 0.0,
) -> Floats:
    """The coefficients [F] of ``columns`` [N, F] for outcomes ``right`` [N], 1 or 0.

    ``penalty`` [F], above 0: precision of each coefficient's prior around ``centre`` [F], 0 by
    default. ``offset`` [N] is added to the logit, around
    which ``variance`` [N] is integrated out. Raises ValueError when a penalty isn't positive.
    """
    if (penalty <= 0).any():
        raise ValueError("every penalty must be positive")
    middle = np.zeros(columns.shape[1]) if centre is None else np.asarray(centre, float)
    base = np.zeros(len(right)) if offset is None else offset
    floors = np.broadcast_to(np.asarray(floor, float), right.shape)
    within = np.broadcast_to(np.asarray(variance, float), right.shape)
    w = middle.copy()
    for _ in range(STEPS):
        gradient = -penalty * (w - middle)
        precision = np.diag(penalty)
        for start in range(0, len(right), BLOCK):
            rows = slice(start, start + BLOCK)
            x = columns[rows]
            slope, information = slopes(
                x @ w + base[rows], right[rows], floors[rows], slip, within[rows]
            )
            gradient = gradient + x.T @ slope
            precision = precision + (x * information[:, None]).T @ x
        step = np.linalg.solve(precision, gradient)
        longest = float(np.abs(step).max(initial=0.0))
        w = w + step * min(1.0, LONGEST_STEP / max(longest, CLOSE_ENOUGH))
        if longest < CLOSE_ENOUGH:
            break
    return w


def log_loss(
    logits: Floats, variance: Floats | float, right: Floats, floor: Floats | float, weights: Weights
) -> float:
    """Mean log loss of outcomes under ``link.chance_over``; chances clipped to 1e-4 of 0 and 1."""
    p = np.clip(chance_over(logits, variance, floor, weights), 1e-4, 1.0 - 1e-4)
    return float(-np.where(right > 0.5, np.log(p), np.log1p(-p)).mean())
