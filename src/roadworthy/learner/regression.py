"""Penalized logistic regression with a guess floor: the fit of everything that learners share.

Fisher scoring on sum of log likelihoods - 1/2 sum of penalty x (w - centre)^2; the penalties are
the precisions of Gaussian priors. Rows are taken in blocks, so memory stays small and the sums can
be added over partitions.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    least: Floats | None = None,
    most: Floats | None = None,
) -> Floats:
    """The coefficients [F] of ``columns`` [N, F] for outcomes ``right`` [N], 1 or 0.

    ``penalty`` [F], above 0: precision of each coefficient's prior around ``centre`` [F], 0 by
    default. ``offset`` [N] is added to the logit, around which ``variance`` [N] is integrated out.
    ``least`` and ``most`` [F] bound the coefficients: one that would leave its bounds is held
    there and the others are fitted around it. Raises ValueError when a penalty isn't positive.
    """
    if (penalty <= 0).any():
        raise ValueError("every penalty must be positive")
    middle = np.zeros(columns.shape[1]) if centre is None else np.asarray(centre, float)
    low = np.full(len(middle), -np.inf) if least is None else least
    high = np.full(len(middle), np.inf) if most is None else most
    data = _Data(
        columns,
        right,
        np.zeros(len(right)) if offset is None else offset,
        np.broadcast_to(np.asarray(floor, float), right.shape),
        np.broadcast_to(np.asarray(variance, float), right.shape),
        slip,
    )
    w = np.clip(middle, low, high)
    free = np.ones(len(w), dtype=np.bool_)
    while True:
        w = _fitted(data, w, free, penalty, middle)
        outside = free & ((w < low) | (w > high))
        if not outside.any():
            return w
        w = np.clip(w, low, high)
        free &= ~outside


@dataclass(frozen=True)
class _Data:
    columns: Floats
    right: Floats
    offset: Floats
    floor: Floats
    variance: Floats
    slip: float


def _fitted(
    data: _Data, w: Floats, free: NDArray[np.bool_], penalty: Floats, middle: Floats
) -> Floats:
    """``w`` with its free coefficients at the highest posterior, by Fisher scoring."""
    for _ in range(STEPS):
        gradient = -(penalty * (w - middle))[free]
        precision = np.diag(penalty[free])
        for start in range(0, len(data.right), BLOCK):
            rows = slice(start, start + BLOCK)
            x = data.columns[rows]
            slope, information = slopes(
                x @ w + data.offset[rows], data.right[rows], data.floor[rows], data.slip,
                data.variance[rows],
            )  # fmt: skip
            x = x[:, free]
            gradient = gradient + x.T @ slope
            precision = precision + (x * information[:, None]).T @ x
        step = np.linalg.solve(precision, gradient)
        longest = float(np.abs(step).max(initial=0.0))
        w = w.copy()
        w[free] += step * min(1.0, LONGEST_STEP / max(longest, CLOSE_ENOUGH))
        if longest < CLOSE_ENOUGH:
            break
    return w


def log_loss(
    logits: Floats, variance: Floats | float, right: Floats, floor: Floats | float, weights: Weights
) -> float:
    """Mean log loss of outcomes under ``link.chance_over``; chances clipped to 1e-4 of 0 and 1."""
    p = np.clip(chance_over(logits, variance, floor, weights), 1e-4, 1.0 - 1e-4)
    return float(-np.where(right > 0.5, np.log(p), np.log1p(-p)).mean())
