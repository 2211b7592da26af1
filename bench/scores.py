"""How good a probability was: log loss, Brier, calibration, ranking, with clustered errors.

Probabilities are clipped to [1e-4, 1 - 1e-4] first, so that one sure mistake costs 9.2 and not the
whole table. Standard errors treat a learner's answers as one draw: answers of one person hang
together, and counting them apart would make every difference look certain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.rows import Row

CLIP = 1e-4
BINS = 10

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def score(
    case: str, model: str, p: Floats, came: NDArray[np.generic], who: Ints, *, bins: int = BINS
) -> list[Row]:
    """The four figures of a model in a case: log_loss, brier (each with se), ece, auc.

    ``p`` probabilities [n], ``came`` 0/1 or bool [n], ``who`` the learner of each [n]. Raises
    ValueError for a probability that is missing or outside [0, 1].
    """
    if len(p) == 0 or not (np.isfinite(p).all() and p.min() >= 0 and p.max() <= 1):
        raise ValueError(f"{model} gave no probability for some rows of {case}")
    clipped = np.clip(p, CLIP, 1 - CLIP)
    y = came.astype(float)
    losses = -(y * np.log(clipped) + (1 - y) * np.log1p(-clipped))
    squares = (clipped - y) ** 2
    return [
        Row(case, model, "log_loss", float(losses.mean()), clustered_se(losses, who)),
        Row(case, model, "brier", float(squares.mean()), clustered_se(squares, who)),
        Row(case, model, "ece", ece(clipped, y, bins)),
        Row(case, model, "auc", auc(clipped, y)),
    ]


def clustered_se(values: Floats, who: Ints) -> float | None:
    """Standard error of the mean of ``values`` [n] when rows of one learner hang together.

    sqrt(G / (G - 1) * sum over learners of (sum of deviations)^2) / n, with G learners: the
    linearised error of a ratio mean (Cochran 1977, section 6.3). None for fewer than two learners.
    """
    _, place = np.unique(who, return_inverse=True)
    groups = int(place.max()) + 1
    if groups < 2:
        return None
    sums = np.bincount(place, weights=values - values.mean())
    return float(np.sqrt(groups / (groups - 1) * (sums**2).sum()) / len(values))


def ece(p: Floats, came: NDArray[np.generic], bins: int = BINS) -> float:
    """Expected calibration error: mean over rows of |mean said - share come| of the row's bin.

    Bins have equal width over [0, 1]; 1 belongs to the last.
    """
    place = np.minimum((p * bins).astype(int), bins - 1)
    said = np.bincount(place, weights=p, minlength=bins)
    came_right = np.bincount(place, weights=came.astype(float), minlength=bins)
    return float(np.abs(said - came_right).sum() / len(p))


def auc(p: Floats, came: NDArray[np.generic]) -> float | None:
    """Chance that a row that came has the higher p than one that did not; ties count half.

    None when all rows came or none did.
    """
    y = came.astype(bool)
    ones, zeros = int(y.sum()), int((~y).sum())
    if not ones or not zeros:
        return None
    _, place, counts = np.unique(p, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    return float((mean_rank[place][y].sum() - ones * (ones + 1) / 2) / (ones * zeros))
