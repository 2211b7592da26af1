"""Item response models for the peers of pass: 1PL and 2PL, posterior and Poisson-binomial.

logit P(right) = slope * ability + ease, ability ~ N(0, 1), by marginal maximum likelihood (Bock &
Aitkin 1981): 1PL shares one slope, 2PL has one per item with weak priors. A learner's chance to
pass is the mean, over the posterior of ability given practice, of the chance to get enough right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NODES = np.linspace(-4.5, 4.5, 31)
ROUNDS = 60
CLOSE = 1e-3
SLOPE_SD = 0.5  # of log-free slopes around 1: keeps rarely met items from running away
EASE_SD = 2.5


@dataclass(frozen=True, slots=True)
class Items:
    """Slope and ease of each item [items]."""

    slope: Floats
    ease: Floats

    def chance(self) -> Floats:
        """P(right) of each item at each node of ability [items, nodes]."""
        logit = self.slope[:, None] * NODES[None, :] + self.ease[:, None]
        return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def prior() -> Floats:
    """The weight of each node under N(0, 1) [nodes]."""
    weight = np.exp(-(NODES**2) / 2)
    return np.asarray(weight / weight.sum())


def posterior(items: Items, right: Floats, seen: Floats) -> Floats:
    """The posterior over the nodes [learners, nodes] from counts [learners, items]."""
    p = items.chance()
    log = right @ np.log(p) + (seen - right) @ np.log1p(-p) + np.log(prior())
    log -= log.max(axis=1, keepdims=True)
    weight = np.exp(log)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def fit(right: Floats, seen: Floats, *, own_slopes: bool) -> Items:
    """Items that best explain counts ``right`` of ``seen`` [learners, items], by EM."""
    share = (right.sum(axis=0) + 0.5) / (seen.sum(axis=0) + 1)
    items = Items(np.ones(right.shape[1]), np.log(share / (1 - share)))
    for _ in range(ROUNDS):
        weight = posterior(items, right, seen)
        better = _maximise(items, right.T @ weight, seen.T @ weight, own_slopes)
        moved = max(
            np.abs(better.slope - items.slope).max(), np.abs(better.ease - items.ease).max()
        )
        items = better
        if moved < CLOSE:
            break
    return items


def _maximise(items: Items, right: Floats, seen: Floats, own_slopes: bool) -> Items:
    """Two Newton steps on expected counts [items, nodes]; damped where information is poor."""
    slope, ease = items.slope, items.ease
    for _ in range(2):
        p = Items(slope, ease).chance()
        miss, spread = right - seen * p, seen * p * (1 - p)
        g_ease = miss.sum(axis=1) - ease / EASE_SD**2
        h_ease = spread.sum(axis=1) + 1 / EASE_SD**2
        g_slope, h_slope = miss @ NODES, spread @ NODES**2
        if own_slopes:
            g_slope = g_slope - (slope - 1) / SLOPE_SD**2
            h_slope = h_slope + 1 / SLOPE_SD**2
            both = spread @ NODES
            determinant = h_ease * h_slope - both**2
            up = (h_slope * g_ease - both * g_slope) / determinant
            steeper = (h_ease * g_slope - both * g_ease) / determinant
        else:
            up = g_ease / h_ease
            steeper = np.full_like(slope, g_slope.sum() / max(h_slope.sum(), 1e-9))
        ease = ease + np.clip(up, -1, 1)
        slope = np.clip(slope + np.clip(steeper, -0.5, 0.5), 0.05, 5)
    return Items(slope, ease)


def enough_right(chance: Floats, needed: int) -> Floats:
    """P(at least ``needed`` right) at each node, from P(right) [exam items, nodes]: [nodes].

    The count is Poisson-binomial; its distribution is built item by item.
    """
    count = np.zeros((len(chance) + 1, chance.shape[1]))
    count[0] = 1
    for one in chance:
        count[1:] = count[1:] * (1 - one) + count[:-1] * one
        count[0] *= 1 - one
    return np.asarray(count[needed:].sum(axis=0))
