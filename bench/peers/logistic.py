"""L2-penalised logistic regression for the peers, by Newton's method on dense columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 25
CLOSE = 1e-5


def chance(x: Floats, weights: Floats) -> Floats:
    """1 / (1 + exp(-x @ weights)) for rows x [n, k] and weights [k]: shape [n]."""
    return 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))


def fit(x: Floats, y: Floats, penalty: Floats) -> Floats:
    """Weights [k] that maximise the log likelihood of y [n] less ``penalty @ weights**2 / 2``.

    ``x`` [n, k]; ``penalty`` [k] holds 0 for a column that is not shrunk, such as the intercept;
    the information gets 1e-9 on its diagonal so that empty columns stay at 0.
    """
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = chance(x, weights)
        gradient = x.T @ (y - p) - penalty * weights
        information = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(information, gradient)
        weights = weights + step
        if np.abs(step).max() < CLOSE:
            break
    return weights


def one_hot(values: NDArray[np.int64], size: int) -> Floats:
    """A column per value [n, size], 1 where the row has it."""
    columns = np.zeros((len(values), size))
    columns[np.arange(len(values)), values] = 1
    return columns
