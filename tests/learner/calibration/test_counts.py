from __future__ import annotations

import numpy as np
import pytest

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.counts import expected_counts
from roadworthy.learner.calibration.curves import Curves, Grid
from roadworthy.simulate.two_parameter import Drawn, draw_answers

GRID = Grid.of(31)


@pytest.fixture
def drawn() -> Drawn:
    """400 people, 30 items, half of the pairs answered, with a guess floor of 1/4."""
    return draw_answers(400, 30, share=0.5, floor=0.25, seed=1)


@pytest.fixture
def curves(drawn: Drawn) -> Curves:
    """The true curves."""
    return Curves(drawn.slope, -drawn.slope * drawn.difficulty, np.full(30, 0.25))


def test_halves_add_up_to_the_whole(drawn: Drawn, curves: Curves) -> None:
    """Counts of two halves of the people sum to those of all, within 1e-9 of them."""
    halves = (drawn.answers.people_between(0, 150), drawn.answers.people_between(150, 400))
    first, second = (expected_counts(half, curves, GRID) for half in halves)
    whole = expected_counts(drawn.answers, curves, GRID)
    both = first + second

    np.testing.assert_allclose(both.seen, whole.seen, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(both.right, whole.right, rtol=1e-9, atol=1e-9)
    assert both.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-9)
    assert both.people == 400


def test_counts_are_those_of_the_definition(drawn: Drawn, curves: Curves) -> None:
    """Posterior of each person by hand, summed over who saw the item, and who had it right."""
    answers = drawn.answers
    chance = curves.chances(GRID.ability)
    logs = np.tile(GRID.log_share, (answers.people, 1))
    of_answer = chance[answers.item]
    told = np.where(answers.right[:, None] > 0, of_answer, 1 - of_answer)
    np.add.at(logs, answers.person, np.log(told))
    posterior = np.exp(logs)
    likelihood = posterior.sum(axis=1, keepdims=True)
    posterior /= likelihood
    seen, had = np.zeros((30, 31)), np.zeros((30, 31))
    np.add.at(seen, answers.item, posterior[answers.person])
    np.add.at(had, answers.item, posterior[answers.person] * answers.right[:, None])

    found = expected_counts(answers, curves, GRID)

    assert found.seen == pytest.approx(seen)
    assert found.right == pytest.approx(had)
    assert found.log_likelihood == pytest.approx(np.log(likelihood).sum())
    rough = expected_counts(answers, curves, GRID, precision=np.float32)
    assert rough.seen == pytest.approx(seen, abs=1e-3)


def test_log_chances_agree_with_chances_without_overflow() -> None:
    """Log chances of far and near logits are finite, and those of the curve."""
    curves = Curves(np.array([1.0, 400.0, 1.0]), np.array([0.3, 0.0, 0.1]), np.array([0, 0, 0.2]))

    logs = curves.log_chances(GRID.ability)
    chances = curves.chances(GRID.ability)

    assert np.isfinite(logs).all()
    near = [0, 2]
    assert np.exp(logs[3:][near]) == pytest.approx(chances[near])
    assert np.exp(logs[:3][near]) == pytest.approx(1 - chances[near])


def test_answers_out_of_range_are_refused() -> None:
    """A number that names no person, no item or no result is bad input."""
    for person, item, right in ((5, 0, 1), (0, 3, 1), (0, 0, 2), (-1, 0, 0)):
        with pytest.raises(BadInput, match="not within"):
            Answers(np.array([person]), np.array([item]), np.array([right]), 5, 3)


def test_counts_of_other_items_do_not_add_up(drawn: Drawn, curves: Curves) -> None:
    """Counts over another grid are refused, with both shapes."""
    with pytest.raises(BadInput, match="do not add up"):
        expected_counts(drawn.answers, curves, GRID) + expected_counts(
            drawn.answers, curves, Grid.of(15)
        )
