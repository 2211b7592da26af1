"""From a logit to the chance of a right answer, and back: guess floor, slip, spread of items.

p = floor + (1 - floor - slip) x logistic(flat x logit), where ``flat`` integrates the spread of
items of one rule (MacKay 1992, The evidence framework applied to classification networks: the
logistic of a Gaussian is about a logistic with 1 / sqrt(1 + pi variance / 8)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
LEAST = 1e-6
"""No chance is closer to 0 or 1 than this where it divides."""


def logistic(x: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    result: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))
    return result


def flatness(variance: Floats | float) -> Floats:
    """The factor on a logit that stands for integrating a Gaussian of this variance around it."""
    return np.asarray(1.0 / np.sqrt(1.0 + np.pi * np.asarray(variance) / 8.0))


def chance(logits: Floats, floor: Floats | float, weights: Weights) -> Floats:
    """The chance of a right answer: from ``floor`` (the guess) to 1 - slip, logistic between."""
    return chance_over(logits, 0.0, floor, weights)


def chance_over(
    mean: Floats, variance: Floats | float, floor: Floats | float, weights: Weights
) -> Floats:
    """``chance`` with a Gaussian logit integrated out; all arguments broadcast."""
    flat = flatness(weights.sd_item**2 + np.asarray(variance))
    result: Floats = floor + (1.0 - floor - weights.slip) * logistic(flat * mean)
    return result


def slopes(
    logits: Floats, right: Floats, floor: Floats | float, slip: float, variance: Floats | float
) -> tuple[Floats, Floats]:
    """First derivative of each answer's log likelihood by its logit, and its information there.

    ``logits``, ``right`` (1 or 0), ``floor`` and ``variance`` (around the logit) broadcast. The
    information is the expected one (Fisher's), so that it is never negative.
    """
    flat = flatness(variance)
    height = 1.0 - floor - slip
    rising = logistic(flat * logits)
    p = np.clip(floor + height * rising, LEAST, 1.0 - LEAST)
    steep = height * flat * rising * (1.0 - rising)
    spread = p * (1.0 - p)
    return (right - p) * steep / spread, steep**2 / spread
