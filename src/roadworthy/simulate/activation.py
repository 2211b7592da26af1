"""A world after ACT-R's activation: each meeting decays by how active the rule was when met.

Pavlik and Anderson (2005), Practice and forgetting effects on vocabulary memory: an
activation-based model of the spacing effect, Cognitive Science 29. m = ln(sum of age^-d_i),
d_i = c x exp(m before) + a, recall = logistic((m - threshold) / s), with c = 0.217, a = 0.177,
s = 0.255 and time scaled by 0.025. The threshold and its shifts by ability and difficulty are ours.
Values are from memory of the paper; the world is not the scheduler's model whatever they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.candidates import Candidates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TRACES = 12
C, A, THRESHOLD, S = 0.217, 0.177, -2.0, 0.255
SECONDS_A_DAY, SCALED = 86_400.0, 0.025
BY_ABILITY, BY_DIFFICULTY = 0.28, 0.25
LEAST = 1.0


class ActivationWorld:
    """L candidates; for each rule up to 12 meetings: [L, K, 12] days and decays, NaN where none."""

    name = "activation"

    def __init__(self, candidates: Candidates, section_of: Ints, rng: np.random.Generator) -> None:
        self._who, self._rng = candidates, rng
        shape = candidates.ability.shape
        self._times = np.full((*shape, TRACES), np.nan)
        self._decays = np.full((*shape, TRACES), np.nan)
        knows = rng.random(shape) < 1.0 / (
            1.0 + np.exp(-(-0.8 + 0.9 * candidates.ability - 0.7 * candidates.difficulty))
        )
        for number in range(4):
            self._times[..., number] = np.where(
                knows, -rng.uniform(2, 60, shape) - 10.0 * number, np.nan
            )
            self._decays[..., number] = np.where(knows, A + 0.03 * number, np.nan)

    def recall(self, rules: Ints, now: Floats) -> Floats:
        """See ``World``."""
        place = np.maximum(rules, 0)
        rows = np.arange(len(rules))[:, None] + np.zeros_like(rules)
        active = self._active(rows, place, now[:, None])
        ability = self._who.ability[rows, place]
        level = THRESHOLD - BY_ABILITY * ability + BY_DIFFICULTY * self._who.difficulty[place]
        chance = 1.0 / (1.0 + np.exp(-(active - level) / S))
        result: Floats = np.where(rules < 0, 1.0, chance)
        return result

    def _active(self, rows: Ints, place: Ints, now: Floats) -> Floats:
        times, decays = self._times[rows, place], self._decays[rows, place]
        ages = np.maximum((now[..., None] - times) * SECONDS_A_DAY * SCALED, LEAST)
        parts = np.where(np.isnan(times), 0.0, np.nan_to_num(ages, nan=1.0) ** -decays)
        total = np.nan_to_num(parts).sum(axis=-1)
        result: Floats = np.log(np.maximum(total, 1e-6))
        return result

    def meet(self, rules: Ints, now: Floats, who: NDArray[np.bool_]) -> None:
        """See ``World``: one explanation in four is not taken in."""
        place = np.maximum(rules, 0)
        rows = np.arange(len(rules))[:, None] + np.zeros_like(rules)
        before = self._active(rows, place, now[:, None])
        here = (rules >= 0) & who[:, None] & (self._rng.random(rules.shape) < 0.75)
        for column in range(rules.shape[1]):
            one = here[:, column]
            row, rule = np.flatnonzero(one), place[one, column]
            self._times[row, rule] = np.roll(self._times[row, rule], 1, axis=1)
            self._decays[row, rule] = np.roll(self._decays[row, rule], 1, axis=1)
            self._times[row, rule, 0] = now[one]
            self._decays[row, rule, 0] = C * np.exp(before[one, column]) + A
