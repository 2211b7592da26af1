"""Logistic regression with differential privacy: DP-SGD and its account."""

import numpy as np
from dp_accounting import GaussianDpEvent, PoissonSampledDpEvent
from dp_accounting.rdp import RdpAccountant

DELTA = 1e-5
PACE = 1.0


def clipped_sum(weights, x, y, clip):
    """The sum of the gradients of some rows, limited by `clip` for each row.

    Adding or removing one row must not change it by more than `clip`: the noise rests on that.
    """
    chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
    total = x.T @ (chance - y)
    longest = clip * len(x)
    return total * min(1.0, longest / max(np.linalg.norm(total), 1e-12))


def epsilon(noise, rate, steps):
    """What `steps` steps spend, at DELTA."""
    account = RdpAccountant()
    account.compose(PoissonSampledDpEvent(rate, GaussianDpEvent(noise)), steps)
    return account.get_epsilon(DELTA)


def train(x, y, clip, noise, rate, steps, seed):
    """(weights, epsilon) after `steps` steps from zero; the same seed gives the same weights.

    Each step takes each row with the chance `rate`. `noise`: how many times `clip` its standard
    deviation is.
    """
    draw = np.random.default_rng(seed)
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        taken = draw.random(len(x)) < rate
        total = clipped_sum(weights, x[taken], y[taken], clip)
        total = total + draw.normal(0, noise * clip, len(weights))
        weights = weights - PACE * total / (rate * len(x))
    return weights, epsilon(noise, rate, steps)
