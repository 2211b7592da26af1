"""What a learner had done before each row: the counts that the logistic peers are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def before(log: Log, key: Ints) -> tuple[Floats, Floats, Floats]:
    """Earlier rows of the same learner and ``key`` [rows]: right, wrong, studied, each [rows]."""
    group = log.learner * (int(key.max(initial=0)) + 1) + key
    order = np.argsort(group, kind="stable")
    first = np.concatenate([[True], np.diff(group[order]) != 0])[: len(order)]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    counts = []
    for outcome in (1, 0, -1):
        flag = (log.outcome[order] == outcome).astype(float)
        seen = np.cumsum(flag) - flag
        count = np.empty(len(order))
        count[order] = seen - seen[start]
        counts.append(count)
    return counts[0], counts[1], counts[2]
