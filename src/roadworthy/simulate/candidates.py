"""Who the candidates are and how hard the rules are to them: the same draws for every world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SECTION_SPREAD = 0.6
OF_ABILITY = 0.8
"""Section ability = 0.8 x ability + N(0, 0.6), as in the worlds of our references."""
ATTENDANCE = (8.0, 1.6)
MINUTES = (45.0, 12.0)


@dataclass(frozen=True)
class Candidates:
    """L candidates over K rules. ``ability`` [L, K] is that of each rule's section, ``difficulty``
    [K] the rule's own, both about N(0, 1). ``attendance`` [L]: chance to study on a day.
    ``minutes`` [L] a day. ``misreads`` [L]: chance to overlook what decides. ``pace`` [L]: factor
    on reading time.
    """

    ability: Floats
    difficulty: Floats
    attendance: Floats
    minutes: Floats
    misreads: Floats
    pace: Floats

    @property
    def count(self) -> int:
        return len(self.attendance)


def draw_candidates(count: int, section_of: Ints, rng: np.random.Generator) -> Candidates:
    """``count`` candidates over rules in these sections, [K]."""
    sections = int(section_of.max()) + 1
    general = rng.standard_normal((count, 1))
    by_section = OF_ABILITY * general + SECTION_SPREAD * rng.standard_normal((count, sections))
    return Candidates(
        ability=by_section[:, section_of],
        difficulty=rng.standard_normal(len(section_of)),
        attendance=rng.beta(*ATTENDANCE, count),
        minutes=np.clip(rng.normal(*MINUTES, count), 15, 90),
        misreads=rng.beta(2, 40, count),
        pace=rng.lognormal(0.0, 0.25, count),
    )
