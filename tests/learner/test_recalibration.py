from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.learner.recalibration import fit_recalibration, recalibrated
from roadworthy.learner.weights import WEIGHTS


def outcomes(shift: float, scale: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """What was said, and what came of it where the truth is shifted and scaled in logits."""
    rng = np.random.default_rng(2)
    logits = rng.normal(0.0, 1.5, count)
    true = 1 / (1 + np.exp(-(shift + scale * logits)))
    return 1 / (1 + np.exp(-logits)), rng.random(count) < true


def test_a_known_error_is_taken_off() -> None:
    """Chances that were too low and too timid come back right, on other outcomes too."""
    said, passed = outcomes(0.5, 1.4)
    fitted = fit_recalibration(said[:2000], passed[:2000], WEIGHTS)

    assert (fitted.pass_shift, fitted.pass_scale) == pytest.approx((0.5, 1.4), abs=0.2)
    told = recalibrated(said[2000:], fitted)
    assert abs(told.mean() - passed[2000:].mean()) < 0.02


def test_shipped_weights_change_nothing() -> None:
    """Without a fit a chance stays the very number that it was."""
    p = np.array([0.0, 0.3, 1.0])

    assert recalibrated(p, WEIGHTS) is p


def test_few_outcomes_change_nothing() -> None:
    """Under 200 outcomes, or with one kind of outcome only, nothing is corrected."""
    said, passed = outcomes(0.5, 1.4)

    assert fit_recalibration(said[:199], passed[:199], WEIGHTS) == WEIGHTS
    assert fit_recalibration(said, np.ones(len(said), bool), WEIGHTS) == WEIGHTS


def test_order_is_kept() -> None:
    """A correction never turns two chances around, and stays between 0 and 1."""
    weights = replace(WEIGHTS, pass_shift=-0.4, pass_scale=0.7)
    p = recalibrated(np.linspace(0.0, 1.0, 50), weights)

    assert (np.diff(p) >= 0).all() and p.min() >= 0.0 and p.max() <= 1.0
