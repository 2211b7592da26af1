"""The M step: the item curves that suit expected counts best, for all items at once.

Weak priors keep curves finite where all answers are right, all wrong, or few: log slope N(0, 0.5²),
easiness N(0, 2.5²), both our own choice. On 1,000 answers they move half of the slopes by less than
a tenth of their standard error, and those of very easy and very hard items by up to twice it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from roadworthy.learner.calibration.counts import ExpectedCounts
from roadworthy.learner.calibration.curves import Curves, Floats, Grid, logistic

# One scoring step moves log slope and easiness by this much at most, in logits.
LONGEST_STEP = 1.0
SMALL = 1e-12


@dataclass(frozen=True)
class Priors:
    """Standard deviations of log slope (mean 0) and of easiness in logits (mean 0)."""

    sd_log_slope: float = 0.5
    sd_easiness: float = 2.5

    @classmethod
    def flat(cls) -> Priors:
        """No priors: plain maximum likelihood, whose curves of few answers may run far out."""
        return cls(math.inf, math.inf)

    def log_density(self, curves: Curves) -> float:
        """Log prior density of all curves, up to a constant, in nats."""
        return float(
            -0.5 * (np.log(curves.slope) ** 2).sum() / self.sd_log_slope**2
            - 0.5 * (curves.easiness**2).sum() / self.sd_easiness**2
        )


def maximized(
    counts: ExpectedCounts, curves: Curves, grid: Grid, priors: Priors, *, rounds: int = 3
) -> Curves:
    """``curves`` after ``rounds`` steps toward the mode given ``counts``.

    The unknowns of an item are log slope and easiness; its floor stays as it is.
    """
    log_slope, easiness = np.log(curves.slope), curves.easiness
    powers = np.stack([np.ones_like(grid.ability), grid.ability, grid.ability**2], axis=1)
    for _ in range(rounds):
        now = Curves(np.exp(log_slope), easiness, curves.floor)
        gradient, information = _slopes_and_bends(counts, now, grid.ability, powers)
        # The bend that comes from the unknown being log slope; without it, steps toward slope 0
        # overshoot.
        information[:, 0] += np.maximum(0, -gradient[:, 0])
        gradient[:, 0] -= log_slope / priors.sd_log_slope**2
        gradient[:, 1] -= easiness / priors.sd_easiness**2
        information[:, 0] += 1 / priors.sd_log_slope**2
        information[:, 2] += 1 / priors.sd_easiness**2
        step = solve_pairs(information, gradient)
        np.clip(step, -LONGEST_STEP, LONGEST_STEP, out=step)
        log_slope, easiness = log_slope + step[:, 0], easiness + step[:, 1]
    return Curves(np.exp(log_slope), easiness, curves.floor)


def _slopes_and_bends(
    counts: ExpectedCounts, curves: Curves, ability: Floats, powers: Floats
) -> tuple[Floats, Floats]:
    """Gradient ``[I, 2]`` and information ``[I, 3]``: (1,1), (1,2), (2,2)."""
    slope = curves.slope
    inner = logistic(curves.logits(ability))
    if curves.floor.any():
        room = 1 - curves.floor[:, None]
        chance = curves.floor[:, None] + room * inner
        rise = room * inner * (1 - inner)
        scale = rise / np.maximum(chance * (1 - chance), SMALL)
        residual = (counts.right - counts.seen * chance) * scale
        # Where fewer are right than guess, expected information vanishes and its steps overshoot
        # for ever: there the observed one is larger.
        known = inner / np.maximum(chance, SMALL)
        observed = counts.seen * inner * (1 - inner) - counts.right * known * (1 - known)
        weight = np.maximum(counts.seen * rise * scale, observed)
    else:
        expected = counts.seen * inner
        residual = counts.right - expected
        weight = expected * (1 - inner)
    gradient = (residual @ powers[:, 1::-1]) * np.stack([slope, np.ones_like(slope)], axis=1)
    bends = weight @ powers
    information = np.stack([slope**2 * bends[:, 2], slope * bends[:, 1], bends[:, 0]], axis=1)
    return gradient, information


def solve_pairs(symmetric: Floats, right: Floats) -> Floats:
    """The solutions ``[I, 2]`` of I systems, each 2 by 2 given as (1,1), (1,2), (2,2)."""
    first, mixed, second = symmetric.T
    determinant = np.maximum(first * second - mixed**2, SMALL)
    return np.stack(
        [
            (second * right[:, 0] - mixed * right[:, 1]) / determinant,
            (first * right[:, 1] - mixed * right[:, 0]) / determinant,
        ],
        axis=1,
    )
