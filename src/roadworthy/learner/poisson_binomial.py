"""How many of some items come out right, when each has its own chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def poisson_binomial(p: Floats) -> Floats:
    """Distribution of the number of successes: p [r, n] -> [r, n+1], one row a set of n trials.

    Exact, by adding one trial after the other; O(r n^2).
    """
    rows, trials = p.shape
    counts = np.zeros((trials + 1, rows))
    counts[0] = 1.0
    right = np.ascontiguousarray(p.T)
    for trial in range(trials):
        moved = counts[: trial + 1] * right[trial]
        counts[: trial + 1] -= moved
        counts[1 : trial + 2] += moved
    result: Floats = counts.T
    return result
