from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.learner.poisson_binomial import poisson_binomial


@given(p=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=7))
def test_poisson_binomial_equals_adding_up_all_outcomes(p: list[float]) -> None:
    """The distribution of right items is that of listing every outcome."""
    expected = np.zeros(len(p) + 1)
    for outcome in product((0, 1), repeat=len(p)):
        expected[sum(outcome)] += np.prod(
            [one if right else 1 - one for one, right in zip(p, outcome, strict=True)]
        )

    assert poisson_binomial(np.array([p]))[0] == pytest.approx(expected, abs=1e-12)
