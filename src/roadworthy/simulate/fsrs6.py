"""FSRS-6 for arrays: stability and difficulty of L x K memories, as py-fsrs 6.3 computes them.

The free spaced repetition scheduler, version 6, with its default parameters and no learning steps;
formulas as in open-spaced-repetition/py-fsrs (MIT), ``fsrs/scheduler.py``, written anew for numpy.
A rating is Good or Again. Whole days count, as there: a repeat within 24 hours is "short term".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
DEFAULT = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
AGAIN, GOOD, EASY = 1, 3, 4
LEAST_STABILITY = 0.001
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0


class Fsrs6:
    """Memories [L, K]: ``stability`` in days, ``difficulty`` 1 to 10, ``last`` day (NaN: new)."""

    def __init__(self, shape: tuple[int, int], parameters: tuple[float, ...] = DEFAULT) -> None:
        self.w = parameters
        self.stability: Floats = np.full(shape, np.nan)
        self.difficulty: Floats = np.full(shape, np.nan)
        self.last: Floats = np.full(shape, np.nan)

    def retrievability(self, now: float) -> Floats:
        """Chance of recall at ``now`` (days), NaN where new: [L, K]."""
        return self._retrievability(self.stability, np.floor(now - self.last))

    def interval(self, retention: float) -> Floats:
        """Whole days until recall falls to ``retention``, at least 1; NaN where new: [L, K]."""
        decay = -self.w[20]
        days = self.stability / _factor(decay) * (retention ** (1.0 / decay) - 1.0)
        result: Floats = np.maximum(np.round(days), 1.0)
        return result

    def review(self, rows: Ints, columns: Ints, good: Mask, now: Floats) -> None:
        """Memories at (rows, columns) [n], each once, were reviewed at ``now`` [n]."""
        where = rows, columns
        stability, difficulty = self.stability[where], self.difficulty[where]
        new = np.isnan(stability)
        days = np.floor(now - self.last[where])
        rating = np.where(good, GOOD, AGAIN)
        s = np.where(new, 1.0, stability)
        d = np.where(new, 5.0, difficulty)
        days = np.where(new, 0.0, np.maximum(days, 0.0))
        later = np.where(days < 1, self._soon(s, good), self._late(s, d, days, good))
        first = np.where(good, self.w[GOOD - 1], self.w[AGAIN - 1])
        self.stability[where] = np.maximum(np.where(new, first, later), LEAST_STABILITY)
        start = self.w[4] - np.exp(self.w[5] * (rating - 1)) + 1
        self.difficulty[where] = np.clip(
            np.where(new, start, self._harder(d, rating)), LEAST_DIFFICULTY, MOST_DIFFICULTY
        )
        self.last[where] = now

    def _retrievability(self, stability: Floats, days: Floats) -> Floats:
        decay = -self.w[20]
        result: Floats = (1.0 + _factor(decay) * np.maximum(days, 0.0) / stability) ** decay
        return result

    def _soon(self, s: Floats, good: Mask) -> Floats:
        w = self.w
        rating = np.where(good, GOOD, AGAIN)
        growth = np.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19]
        result: Floats = s * np.where(good, np.maximum(growth, 1.0), growth)
        return result

    def _late(self, s: Floats, d: Floats, days: Floats, good: Mask) -> Floats:
        w = self.w
        r = self._retrievability(s, days)
        recalled = s * (
            1.0 + np.exp(w[8]) * (11.0 - d) * s ** -w[9] * (np.exp((1.0 - r) * w[10]) - 1.0)
        )
        forgot = w[11] * d ** -w[12] * ((s + 1.0) ** w[13] - 1.0) * np.exp((1.0 - r) * w[14])
        forgot = np.minimum(forgot, s / np.exp(w[17] * w[18]))
        result: Floats = np.where(good, recalled, forgot)
        return result

    def _harder(self, d: Floats, rating: Ints) -> Floats:
        w = self.w
        easy = w[4] - np.exp(w[5] * (EASY - 1)) + 1
        moved = d + (10.0 - d) * (-w[6] * (rating - 3)) / 9.0
        result: Floats = w[7] * easy + (1.0 - w[7]) * moved
        return result


def _factor(decay: float) -> float:
    return float(0.9 ** (1.0 / decay) - 1.0)
