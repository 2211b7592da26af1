"""Item curves, and the grid of abilities that they are looked at on.

The chance to answer item i right at ability t is

    P_i(t) = c_i + (1 - c_i) / (1 + exp(-(a_i t + d_i)))

with slope a > 0 (logits per standard deviation of ability), easiness d (logits) and guess floor c
in [0, 1); difficulty b = -d / a. With c = 0 it is the two-parameter logistic model. (Birnbaum 1968,
in Lord & Novick, Statistical Theories of Mental Test Scores.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.errors import BadInput

Floats = NDArray[np.float64]

# Abilities beyond four standard deviations hold 0.006% of all people.
WIDEST = 4.0
FEWEST_NODES = 5


@dataclass(frozen=True)
class Grid:
    """``ability[Q]``: equally spaced from -4 to 4; ``log_share[Q]``: log weights of N(0, 1).

    Equal steps rather than Gauss-Hermite's: with 31 nodes these are 0.56 apart in the middle,
    wider than what 50 answers leave uncertain about a person.
    """

    ability: Floats
    log_share: Floats

    @classmethod
    def of(cls, nodes: int = 31) -> Grid:
        """A grid with this many nodes; BadInput below five."""
        if nodes < FEWEST_NODES:
            raise BadInput(
                f"{nodes} nodes are too few.", where="calibration", mend="Use 31, or 5 at least."
            )
        ability = np.linspace(-WIDEST, WIDEST, nodes)
        log_share = -0.5 * ability**2
        return cls(ability, log_share - np.log(np.exp(log_share).sum()))


@dataclass(frozen=True)
class Curves:
    """Parameters of I items: ``slope`` a > 0, ``easiness`` d, guess ``floor`` c, each ``[I]``."""

    slope: Floats
    easiness: Floats
    floor: Floats

    @property
    def difficulty(self) -> Floats:
        """b = -d / a: the ability at which an item without guess floor is right half the time."""
        return -self.easiness / self.slope

    def logits(self, ability: Floats) -> Floats:
        """``a t + d``, ``[I, Q]``."""
        return self.slope[:, None] * ability + self.easiness[:, None]

    def chances(self, ability: Floats) -> Floats:
        """``P_i(t)``, ``[I, Q]``."""
        floor = self.floor[:, None]
        return floor + (1 - floor) * logistic(self.logits(ability))

    def log_chances(self, ability: Floats) -> Floats:
        """Log chances of the outcomes, ``[2 I, Q]``: wrong for all items, then right for all."""
        logits = self.logits(ability)
        above_zero = np.maximum(logits, 0)
        decay = np.exp(-np.abs(logits))
        softplus = above_zero + np.log1p(decay)
        right = logits - softplus
        if self.floor.any():
            # log(c + exp z) - log(1 + exp z), with the larger of 1 and exp z divided out
            floor = self.floor[:, None]
            low, high = floor + np.minimum(decay, 1), 1 + floor * decay
            right = np.where(logits < 0, np.log(np.maximum(low, 1e-300)), np.log(high))
            right = right - np.log1p(decay)
        return np.concatenate([np.log1p(-self.floor)[:, None] - softplus, right])


def logistic(logits: Floats) -> Floats:
    """1 / (1 + exp(-z)) without overflow, any shape."""
    return 0.5 * (1 + np.tanh(0.5 * logits))
