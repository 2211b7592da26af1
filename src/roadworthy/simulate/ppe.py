"""A world after the Predictive Performance Equation: power laws of practice and forgetting.

Walsh, Gluck, Gunzelmann, Jastrzembski and Krusmark (2018), Evaluating the theoretic adequacy and
applied potential of computational models of the spacing effect, Cognitive Science 42. With N
meetings of ages t_i (seconds): M = N^0.1 x T^-d, T the mean of the ages weighted by t_i^-0.6,
d = b + 0.08 x mean(1 / ln(lag_i + e)), b = 0.04 x lognormal(.25) a candidate; the lag of the first
meeting counts as 0. Recall is logistic((M + gist - tau) / 0.08), tau = 0.37 - 0.035 x ability +
0.035 x difficulty, gist = 0.04 x (1 - e^(-practice of the section / 60)). The exponents 0.1 and 0.6
are PPE's usual ones; tau and the spreads are those of our references' simulation. Its text leaves
open in which unit ages and lags count and what the lag of a first meeting is: seconds and 0 give
what it reports (without study 2% pass and the mean score is 38.3%; here 1.8% and 38.8%, trial seed
101).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.minds import DAY, YOUNGEST, Minds, logistic

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PRACTICE, RECENCY = 0.1, 0.6
FADING, SPACING = 0.04, 0.08
TAU, BY_ABILITY, BY_DIFFICULTY, NOISE = 0.37, 0.035, 0.035, 0.08
GIST = 0.04


class PPE(Minds):
    """See the module."""

    name = "ppe"

    def chances(self, place: tuple[Ints, Ints] | None, now: Floats) -> Floats:
        """See ``Minds``."""
        times = self.kept(self.times, place)
        sums = _ages((now[:, None, None] - times) * DAY)
        return self._chance(place, *sums, _lags(times))

    def chances_once_met(self, at: float, now: float) -> Floats:
        """See ``Minds``."""
        times = self.kept(self.times, None)
        count, young, weighted = _ages((now - times) * DAY)
        age = max((now - at) * DAY, YOUNGEST)
        last = np.where(count > 0, times[..., -1], at)
        lags = _lags(times) + 1.0 / np.log((at - last) * DAY + np.e)
        return self._chance(
            None, count + 1, young + age**-RECENCY, weighted + age ** (1.0 - RECENCY), lags
        )

    def _chance(
        self, place: tuple[Ints, Ints] | None, count: Floats, young: Floats, weighted: Floats,
        lags: Floats,
    ) -> Floats:  # fmt: skip
        met = count > 0
        some = np.maximum(count, 1.0)
        fading = FADING * self.people.fading[:, None] + SPACING * lags / some
        age = np.where(met, weighted / np.where(met, young, 1.0), 1.0)
        strength = np.where(met, some**PRACTICE * age**-fading, 0.0) + GIST * self.gist(place)
        ability, difficulty = self.traits(place)
        tau = TAU - BY_ABILITY * ability + BY_DIFFICULTY * difficulty
        return logistic((strength - tau) / NOISE)


def _ages(ages: Floats) -> tuple[Floats, Floats, Floats]:
    """Number of meetings, sum of age^-0.6, and sum of age^0.4, over the last axis; NaN is none."""
    met = ~np.isnan(ages)
    safe = np.maximum(ages, YOUNGEST)
    young = np.power(safe, -RECENCY, out=np.zeros(ages.shape), where=met)
    weighted = np.multiply(young, safe, out=np.zeros(ages.shape), where=met)
    return met.sum(axis=-1).astype(np.float64), young.sum(axis=-1), weighted.sum(axis=-1)


def _lags(times: Floats) -> Floats:
    """Sum over meetings of 1 / ln(seconds since the one before + e); the first counts 1."""
    lags = np.diff(times, axis=-1) * DAY
    known = ~np.isnan(lags)
    logs = np.log(np.maximum(lags, 0.0) + np.e, out=np.full(lags.shape, np.inf), where=known)
    result: Floats = (1.0 / logs).sum(axis=-1) + ~np.isnan(times[..., -1])
    return result
