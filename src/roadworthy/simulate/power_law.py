"""A world after the Predictive Performance Equation: power laws of practice and forgetting.

Walsh, Gluck, Gunzelmann, Jastrzembski and Krusmark (2018), Evaluating the theoretic adequacy and
applied potential of computational models of the spacing effect, Cognitive Science 42. Strength of a
rule: M = N^0.1 x T^-d + gist, with N meetings, T the ages of the meetings weighted by age^-0.6, and
d = 0.08 x mean(1 / ln(lag + e)) + b for each candidate, so that spaced practice fades more slowly.
Recall is logistic in M. The constants but the exponents are ours; the model is not the scheduler's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.candidates import Candidates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TRACES = 12
"""Meetings that are kept of a rule, the newest."""
PRACTICE, DECAY, SPACING_GAIN, NOISE = 0.1, 0.6, 0.08, 0.08
THRESHOLD, BY_ABILITY, BY_DIFFICULTY = 0.37, 0.035, 0.035
GIST, GIST_MEETINGS = 0.04, 60.0
OLD = 6
"""Most meetings of a rule before the course."""
YOUNGEST = 1.0 / (24 * 60)


class PowerLawWorld:
    """L candidates; [L, K, 12] days on which they met each rule, NaN where they did not."""

    name = "power law"

    def __init__(self, candidates: Candidates, section_of: Ints, rng: np.random.Generator) -> None:
        self._who, self._section_of, self._rng = candidates, section_of, rng
        shape = candidates.ability.shape
        self._times = np.full((*shape, TRACES), np.nan)
        self._count = np.zeros(shape)
        self._in_section = np.zeros((shape[0], int(section_of.max()) + 1))
        self._fades: Floats = np.asarray(0.04 * rng.lognormal(0.0, 0.25, shape[0]))
        hope = np.exp(-0.1 + 0.6 * candidates.ability - 0.5 * candidates.difficulty)
        old = np.minimum(rng.poisson(hope), OLD)
        first = -rng.uniform(3, 100, shape)
        for number in range(int(old.max())):
            here = old > number
            self._times[..., number] = np.where(
                here, first - number * rng.uniform(3, 40, shape), np.nan
            )
        self._count += old

    def recall(self, rules: Ints, now: Floats) -> Floats:
        """See ``World``."""
        who, place = np.arange(len(rules))[:, None], np.maximum(rules, 0)
        times = self._times[who, place]
        ages = np.maximum(now[:, None, None] - times, YOUNGEST)
        weights = np.where(np.isnan(times), 0.0, np.nan_to_num(ages, nan=1.0) ** -DECAY)
        total = weights.sum(axis=2)
        met = total > 0
        safe = np.where(met, total, 1.0)
        age = np.where(met, (weights * np.nan_to_num(ages)).sum(axis=2) / safe, 1.0)
        lags = -np.diff(-np.sort(-np.nan_to_num(times, nan=-1e6), axis=2), axis=2)
        known = lags < 1e5
        lag = np.where(known, 1.0 / np.log(np.maximum(lags, 0.0) + np.e), 0.0).sum(axis=2)
        lag = np.where(known.any(axis=2), lag / np.maximum(known.sum(axis=2), 1), 0.0)
        fades = self._fades[:, None] + SPACING_GAIN * lag
        strength = np.where(met, self._count[who, place] ** PRACTICE * age**-fades, 0.0)
        practiced = self._in_section[who, self._section_of[place]]
        strength = strength + GIST * (1.0 - np.exp(-practiced / GIST_MEETINGS))
        ability = self._who.ability[who, place]
        level = THRESHOLD - BY_ABILITY * ability + BY_DIFFICULTY * self._who.difficulty[place]
        # An age of one day keeps 1; the threshold is set for strengths of about half of that.
        chance = 1.0 / (1.0 + np.exp(-(strength - level - 0.3) / NOISE))
        result: Floats = np.where(rules < 0, 1.0, chance)
        return result

    def meet(self, rules: Ints, now: Floats, who: NDArray[np.bool_]) -> None:
        """See ``World``: an explanation sticks by ability against difficulty."""
        place = np.maximum(rules, 0)
        rows = np.arange(len(rules))[:, None] + np.zeros_like(rules)
        ability = self._who.ability[rows, place]
        sticks = 1.0 / (1.0 + np.exp(-(1.3 + 0.6 * ability - 0.5 * self._who.difficulty[place])))
        here = (rules >= 0) & who[:, None] & (self._rng.random(rules.shape) < sticks)
        for column in range(rules.shape[1]):
            one = here[:, column]
            row, rule = np.flatnonzero(one), place[one, column]
            self._times[row, rule] = np.roll(self._times[row, rule], 1, axis=1)
            self._times[row, rule, 0] = now[one]
            self._count[row, rule] += 1
            self._in_section[row, self._section_of[rule]] += 1
