"""Share right of the item among train learners, drawn to the whole share by five answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PRIOR_ANSWERS = 5.0


def item_means(log: Log, train: Mask) -> Floats:
    """The drawn-in share right of each item [items], from answers of ``train`` learners."""
    rows = train[log.learner] & (log.outcome >= 0)
    right = np.bincount(log.item[rows], weights=log.outcome[rows], minlength=log.items)
    seen = np.bincount(log.item[rows], minlength=log.items)
    whole = right.sum() / max(seen.sum(), 1)
    means: Floats = (right + PRIOR_ANSWERS * whole) / (seen + PRIOR_ANSWERS)
    return means


def predict(log: Log, train: Mask) -> Floats:
    """The item's share for every row [rows]."""
    return item_means(log, train)[log.item]
