from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from roadworthy.learner.link import slopes
from roadworthy.learner.posterior import Asked, Posterior, expected, observe, prior

Floats = NDArray[np.float64]
SD_COMMON, SD_RULE = np.array([0.8, 0.4, 0.3]), 0.6
SECTION_OF = np.array([0, 0, 1, 1])
COMMON = np.column_stack([np.ones(4), np.eye(2)[SECTION_OF]])
answers = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=25)


def asked(rules: list[list[int]], who: list[int] | None = None) -> Asked:
    """One item for each learner, equal shares for its rules."""
    places = np.array(rules)
    known = places >= 0
    return Asked(
        np.arange(len(rules)) if who is None else np.array(who),
        COMMON[np.maximum(places[:, 0], 0)],
        places,
        known / known.sum(axis=1, keepdims=True),
    )


def tell(belief: Posterior, items: Asked, right: list[bool], offset: float = -0.3) -> None:
    """One answer of each learner, with a guess floor."""
    count = len(right)
    observe(
        belief, items, offset=np.full(count, offset), right=np.array(right, float),
        floor=np.full(count, 0.25), slip=0.05, within=0.25,
    )  # fmt: skip


def dense(history: list[tuple[int, bool]]) -> tuple[Floats, Floats]:
    """Mean and covariance of the rules' logits by updates of the whole covariance."""
    mean, spread = np.zeros(7), np.diag(np.r_[SD_COMMON**2, np.full(4, SD_RULE**2)])
    for rule, right in history:
        a = np.r_[COMMON[rule], np.eye(4)[rule]]
        toward = spread @ a
        variance, centre = float(toward @ a), np.array([-0.3 + mean @ a])
        peak = centre.copy()
        for _ in range(40):
            slope, info = slopes(peak, np.array([float(right)]), 0.25, 0.05, 0.25)
            step = (slope - (peak - centre) / variance) / (info + 1 / variance)
            peak = peak + np.clip(step, -2, 2)
        _, info = slopes(peak, np.array([float(right)]), 0.25, 0.05, 0.25)
        mean = mean + toward * ((peak - centre) / variance)[0]
        spread = spread - np.outer(toward, toward) * (info / (1 + variance * info))[0]
    both = np.concatenate([COMMON, np.eye(4)], axis=1)
    return both @ mean, both @ spread @ both.T


@given(history=answers)
def test_one_rule_an_item_is_exact(history: list[tuple[int, bool]]) -> None:
    """With one rule an item the compact form is the whole covariance's rank-one update."""
    belief = prior(1, 4, SD_COMMON, SD_RULE)
    for rule, right in history:
        tell(belief, asked([[rule]]), [right])
    mean, variance = belief.rules(COMMON)
    other_mean, other_spread = dense(history)

    assert mean[0] == pytest.approx(other_mean, abs=1e-6)
    assert variance[0] == pytest.approx(np.diag(other_spread), abs=1e-6)


@given(history=st.lists(st.tuples(st.permutations(range(4)), st.booleans()), max_size=40))
def test_doubt_never_grows_and_never_vanishes(
    history: list[tuple[list[int], bool]],
) -> None:
    """Whatever is answered, variances fall and stay positive, also with three rules an item."""
    belief = prior(1, 4, SD_COMMON, SD_RULE)
    before = belief.rules(COMMON)[1][0]
    for rules, right in history:
        tell(belief, asked([rules[:3]]), [right])
        after = belief.rules(COMMON)[1][0]
        assert (after > 0).all()
        assert (after <= before + 1e-9).all()
        assert (belief.rest > 0).all()
        before = after


def test_learners_do_not_touch_each_other() -> None:
    """What one learner answers leaves the others as they were."""
    belief = prior(3, 4, SD_COMMON, SD_RULE)
    tell(belief, asked([[0, 1]], who=[1]), [True])

    assert belief.mean[1, 0] > 0
    assert belief.mean[[0, 2]].tolist() == np.zeros((2, 3)).tolist()
    assert belief.rest[0].tolist() == belief.rest[2].tolist() == [SD_RULE**2] * 4


def test_right_answers_raise_the_section_and_less_the_others() -> None:
    """A rule never asked gains from its own section most, from another section less."""
    belief = prior(1, 4, SD_COMMON, SD_RULE)
    for _ in range(6):
        tell(belief, asked([[0]]), [True])
    mean, _ = belief.rules(COMMON)

    assert mean[0, 0] > mean[0, 1] > mean[0, 2] > 0


def test_order_matters_little() -> None:
    """The same answers backwards leave nearly the same belief."""
    one, other = prior(1, 4, SD_COMMON, SD_RULE), prior(1, 4, SD_COMMON, SD_RULE)
    history = [([0, 1], True), ([1, 2], False), ([3], True), ([0], False), ([2, 3], True)] * 3
    for rules, right in history:
        tell(one, asked([rules]), [right])
    for rules, right in reversed(history):
        tell(other, asked([rules]), [right])

    assert one.rules(COMMON)[0] == pytest.approx(other.rules(COMMON)[0], abs=0.06)


def test_expected_is_what_the_rules_say() -> None:
    """An item on one rule has that rule's mean and variance."""
    belief = prior(1, 4, SD_COMMON, SD_RULE)
    tell(belief, asked([[0, 1, 2]]), [True])
    mean, variance = expected(belief, asked([[1]]))
    means, variances = belief.rules(COMMON)

    assert mean[0] == pytest.approx(means[0, 1])
    assert variance[0] == pytest.approx(variances[0, 1])


def test_draws_have_the_moments_of_the_belief() -> None:
    """Many draws have the mean and the variance that are told."""
    belief = prior(1, 4, SD_COMMON, SD_RULE)
    for right in (True, True, False, True):
        tell(belief, asked([[0, 2]]), [right])
    drawn = belief.draws(np.random.default_rng(1).standard_normal((40_000, 7)), COMMON)
    mean, variance = belief.rules(COMMON)

    assert drawn.mean(axis=0) == pytest.approx(mean[0], abs=0.02)
    assert drawn.var(axis=0) == pytest.approx(variance[0], rel=0.03)
