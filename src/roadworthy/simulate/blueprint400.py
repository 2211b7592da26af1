"""The syllabus of the policy worlds: 400 rules in six sections, and how often an exam asks each.

The constants are those of our references' simulation: sections of 90, 80, 70, 60, 60 and 40 rules,
exam weights .21, .14, .18, .20, .15 and .12, difficulty N(0, 1), frequency within a section
lognormal(.8), all from one seed that no run changes. It is no product's blueprint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WORLD_SEED = 99
SIZES = (90, 80, 70, 60, 60, 40)
SHARES = (0.21, 0.14, 0.18, 0.20, 0.15, 0.12)
FREQUENCY_SPREAD = 0.8
MISESTIMATED = 0.5
"""Spread of the lognormal error of the weights that policies are told."""


@dataclass(frozen=True)
class Blueprint:
    """K rules: ``section_of`` [K], ``difficulty`` [K] about N(0, 1), ``weight`` [K] summing to 1.

    ``shares`` [S] are the exam's section weights.
    """

    section_of: Ints
    difficulty: Floats
    weight: Floats
    shares: Floats

    @property
    def count(self) -> int:
        return len(self.section_of)

    def estimated(self, seed: int) -> Floats:
        """The weights with an error of lognormal(.5) a rule, summing to 1 again: [K]."""
        error = np.random.default_rng([seed, 5]).lognormal(0.0, MISESTIMATED, self.count)
        wrong = self.weight * error
        result: Floats = wrong / wrong.sum()
        return result


def blueprint400(sizes: tuple[int, ...] = SIZES) -> Blueprint:
    """The syllabus of all policy worlds; six other ``sizes`` make a small one for tests."""
    rng = np.random.default_rng(WORLD_SEED)
    section_of = np.repeat(np.arange(len(sizes)), sizes)
    difficulty = rng.standard_normal(len(section_of))
    frequency = rng.lognormal(0.0, FREQUENCY_SPREAD, len(section_of))
    total = np.bincount(section_of, frequency)
    shares = np.asarray(SHARES)
    weight = shares[section_of] * frequency / total[section_of]
    return Blueprint(section_of, difficulty, weight, shares)
