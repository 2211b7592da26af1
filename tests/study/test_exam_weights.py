from __future__ import annotations

import numpy as np
import pytest

from roadworthy.study.exam_weights import expected_shares

SECTION_OF = np.repeat([0, 1], 60)


def drawn(error: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """True shares and what is told of them; sections hold 0.3 and 0.7 of what is told."""
    rng = np.random.default_rng(seed)
    true = rng.lognormal(0.0, 0.8, 120)
    told = true * rng.lognormal(0.0, error, 120)
    for weights in (true, told):
        weights *= (np.array([0.3, 0.7]) / np.bincount(SECTION_OF, weights))[SECTION_OF]
    return true, told


@pytest.mark.parametrize("seed", range(5))
def test_expected_shares_are_nearer_to_the_truth(seed: int) -> None:
    """Drawn together, rough shares lie nearer to the true ones than as told."""
    true, told = drawn(0.6, seed)
    expected = expected_shares(told, SECTION_OF, 0.6)

    assert ((expected - true) ** 2).sum() < ((told - true) ** 2).sum()


def test_totals_of_sections_stay() -> None:
    """What a section weighs is published; only its inside is drawn together."""
    _, told = drawn(0.5)
    expected = expected_shares(told, SECTION_OF, 0.5)

    assert np.bincount(SECTION_OF, expected) == pytest.approx(np.bincount(SECTION_OF, told))


def test_exact_shares_stay_and_noise_becomes_even() -> None:
    """Without error nothing changes; where error explains all of the spread, shares are even."""
    _, told = drawn(0.5)
    even = expected_shares(told, SECTION_OF, 5.0)

    assert expected_shares(told, SECTION_OF, 0.0) is told
    assert even[:60] == pytest.approx(np.full(60, 0.3 / 60))
