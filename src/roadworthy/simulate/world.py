"""What a world of simulated candidates offers: to recall rules, and to learn from meeting them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class World(Protocol):
    """What L candidates really know of K rules. ``now`` is in days from the start of the course."""

    @property
    def name(self) -> str:
        """The name that results carry."""

    def recall(self, rules: Ints, now: Floats) -> Floats:
        """The chance that each candidate recalls its rules at ``now`` [L]: [L, n] -> [L, n].

        ``rules`` are positions, -1 where there is none (recalled for certain).
        """

    def meet(self, rules: Ints, now: Floats, who: NDArray[np.bool_]) -> None:
        """Candidates ``who`` [L] meet rules [L, n]: an explanation that may or may not stick."""
