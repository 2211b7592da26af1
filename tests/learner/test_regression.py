from __future__ import annotations

import numpy as np
import pytest

from roadworthy.learner.link import chance_over
from roadworthy.learner.regression import fit, log_loss
from roadworthy.learner.weights import Weights

TRUE = np.array([0.5, -1.0, 0.8])
NO_SLIP = Weights(slip=0.0, sd_item=0.0)


def drawn(floor: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """4,000 outcomes of a logistic with a guess floor."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(4_000), rng.standard_normal((4_000, 2))])
    p = chance_over(x @ TRUE, 0.0, floor, NO_SLIP)
    return x, (rng.random(4_000) < p).astype(float)


@pytest.mark.parametrize("floor", [0.0, 0.25])
def test_known_coefficients_come_back(floor: float) -> None:
    """What made the outcomes is found again within four standard errors."""
    x, right = drawn(floor)
    w = fit(x, right, np.full(3, 1e-3), floor=floor)

    assert w == pytest.approx(TRUE, abs=0.25)
    assert log_loss(x @ w, 0.0, right, floor, NO_SLIP) <= log_loss(
        x @ TRUE, 0.0, right, floor, NO_SLIP
    )


def test_penalty_draws_to_the_centre() -> None:
    """The heavier the penalty, the nearer the fit to where it began."""
    x, right = drawn(0.0)
    centre = np.array([0.0, 0.0, 2.0])
    far = fit(x, right, np.full(3, 1.0), centre=centre)
    near = fit(x, right, np.full(3, 1e5), centre=centre)

    assert np.abs(near - centre).max() < 0.1 < np.abs(far - centre).max()


def test_bounds_hold_and_the_rest_is_fitted_around_them() -> None:
    """A coefficient that would leave its bounds stays there; the others still fit."""
    x, right = drawn(0.0)
    least = np.array([-np.inf, 0.0, -np.inf])
    w = fit(x, right, np.full(3, 1e-3), least=least)

    assert w[1] == 0.0
    assert w[2] > 0.4


def test_all_right_stays_finite() -> None:
    """Outcomes that a plain fit would send to infinity give a finite answer."""
    w = fit(np.ones((50, 1)), np.ones(50), np.array([0.5]), floor=0.25)

    assert np.isfinite(w).all() and w[0] > 1.0


def test_a_penalty_of_nothing_is_refused() -> None:
    """Without a penalty a fit might not exist."""
    with pytest.raises(ValueError, match="positive"):
        fit(np.ones((2, 1)), np.ones(2), np.zeros(1))
