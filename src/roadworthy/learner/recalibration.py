"""Chances to pass a form, corrected by how earlier ones came out (Platt 1999).

p' = logistic(shift + scale x logit p): two numbers, fitted only where at least 200 outcomes are
known, of other candidates or of simulated ones. The weights that ship leave chances as they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import logistic
from roadworthy.learner.regression import fit
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
LEAST_OUTCOMES = 200
PENALTY = 5.0
CLIP = 1e-4


def recalibrated(p: Floats, weights: Weights) -> Floats:
    """Chances [...] as the weights' ``pass_scale`` and ``pass_shift`` correct them."""
    if weights.pass_scale == 1.0 and weights.pass_shift == 0.0:
        return p
    return logistic(weights.pass_shift + weights.pass_scale * _logit(p))


def fit_recalibration(said: Floats, passed: NDArray[np.bool_], weights: Weights) -> Weights:
    """The weights with a correction fitted on what was said of forms [n] and who passed [n].

    ``said`` was made with these weights before any correction. Under 200 outcomes, or where all
    came out alike, the weights come back as they are.
    """
    if len(said) < LEAST_OUTCOMES or passed.all() or not passed.any():
        return weights
    columns = np.column_stack([np.ones(len(said)), _logit(said)])
    shift, scale = fit(
        columns,
        passed.astype(float),
        np.full(2, PENALTY),
        centre=np.array([0.0, 1.0]),
        least=np.array([-np.inf, 0.0]),
    )
    return replace(weights, pass_shift=float(shift), pass_scale=float(scale))


def _logit(p: Floats) -> Floats:
    clipped = np.clip(p, CLIP, 1.0 - CLIP)
    result: Floats = np.log(clipped) - np.log1p(-clipped)
    return result
