"""A world after ACT-R's activation: each meeting fades by how active the rule was when it was met.

Pavlik and Anderson (2005), Practice and forgetting effects on vocabulary memory: an
activation-based model of the spacing effect, Cognitive Science 29, 559 to 586. Activation
m = ln(sum of age_i^-d_i), d_i = c x e^(m before meeting i) + a, recall = logistic((m - tau) / s).
Ages are seconds times h, since outside the laboratory less interferes in a second. c = 0.217 and
a = 0.177 are as other texts quote the paper; s = 0.255 and h = 0.025 are from memory of it; we
could not read its tables. ``TAU`` is ours, the one constant that was set, on trial seeds (101 to
103), so that 1 to 5% pass without study and 30 to 45% after random practice. The shifts by ability,
difficulty and gist are those of the PPE world in logits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.minds import DAY, TRACES, YOUNGEST, Minds, logistic
from roadworthy.simulate.people import OLD_MOST, People
from roadworthy.simulate.ppe import BY_ABILITY, BY_DIFFICULTY, GIST, NOISE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
C, A, S, H = 0.217, 0.177, 0.255, 0.025
TAU = -1.5
NEVER = -20.0
"""Activation of what was never met."""


class ActR(Minds):
    """See the module. ``decays`` [L, K, 20] belong to ``times``."""

    name = "actr"

    def __init__(self, blueprint: Blueprint, people: People) -> None:
        super().__init__(blueprint, people)
        self.decays: Floats = np.full(self.times.shape, np.nan)
        for column in range(TRACES - OLD_MOST, TRACES):
            before = self.times[..., :column], self.decays[..., :column]
            active = _activation(*before, self.times[..., column])
            self.decays[..., column] = C * np.exp(active) + A

    def chances(self, place: tuple[Ints, Ints] | None, now: Floats) -> Floats:
        """See ``Minds``."""
        times, decays = self.kept(self.times, place), self.kept(self.decays, place)
        return self._chance(place, _activation(times, decays, now[:, None]))

    def chances_once_met(self, at: float, now: float) -> Floats:
        """See ``Minds``."""
        every = self.kept(self.times, None), self.kept(self.decays, None)
        fading = C * np.exp(_activation(*every, np.asarray(at))) + A
        age = max((now - at) * DAY, YOUNGEST) * H
        both = np.exp(_activation(*every, np.asarray(now))) + age**-fading
        return self._chance(None, np.log(both))

    def _keep(self, row: Ints, rule: Ints, now: Floats) -> None:
        active = _activation(self.times[row, rule], self.decays[row, rule], now)
        super()._keep(row, rule, now)
        self.decays[row, rule, :-1] = self.decays[row, rule, 1:]
        self.decays[row, rule, -1] = C * np.exp(active) + A

    def _chance(self, place: tuple[Ints, Ints] | None, active: Floats) -> Floats:
        ability, difficulty = self.traits(place)
        shift = BY_ABILITY * ability - BY_DIFFICULTY * difficulty + GIST * self.gist(place)
        return logistic((active - TAU) / S + shift / NOISE)


def _activation(times: Floats, decays: Floats, now: Floats) -> Floats:
    """ln(sum of age^-decay) over the last axis, at ``now`` of the leading ones."""
    met = ~np.isnan(times)
    scaled = np.maximum((now[..., None] - times) * DAY, YOUNGEST) * H
    parts = np.power(scaled, -decays, out=np.zeros(times.shape), where=met)
    result: Floats = np.log(np.maximum(parts.sum(axis=-1), np.exp(NEVER)))
    return result
