from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.learner.stream.logs import Ints, Rows, course, dense_test

from roadworthy.learner.stream import Population, fit_population, predict_online

LOG = course()
TOLD = np.arange(40) >= 30


@pytest.fixture(scope="module")
def population() -> Population:
    """What 30 learners of the course share."""
    return fit_population(LOG, ~TOLD)


def place_in_time(log: Rows) -> Ints:
    """How many earlier rows the learner of each row has."""
    first = np.searchsorted(log.learner, log.learner)
    return np.arange(len(first)) - first


@pytest.mark.parametrize("step", [0, 3, 11, 25])
def test_later_outcomes_leave_what_was_told_to_the_bit(population: Population, step: int) -> None:
    """Other outcomes from a step on change nothing before it or at it, and something after it."""
    late = place_in_time(LOG) >= step
    other = replace(LOG, outcome=np.where(late, 1 - np.abs(LOG.outcome), LOG.outcome))
    p, q = predict_online(LOG, TOLD, population), predict_online(other, TOLD, population)
    told = TOLD[LOG.learner]
    until = told & (place_in_time(LOG) <= step)

    assert np.array_equal(p[until], q[until])
    assert not np.allclose(p[told & ~until], q[told & ~until])


def test_the_time_that_an_answer_took_tells_nothing(population: Population) -> None:
    """A row that is stamped some seconds later within a sitting gets the same chance."""
    row = int(np.flatnonzero(TOLD[LOG.learner] & (place_in_time(LOG) == 4))[0])
    days = LOG.days.copy()
    days[row] += 20 / 86_400
    p = predict_online(LOG, TOLD, population)
    q = predict_online(replace(LOG, days=days), TOLD, population)

    assert p[row] == q[row]
    assert not np.array_equal(p[row:], q[row:], equal_nan=True)


def test_only_learners_in_the_mask_are_told(population: Population) -> None:
    """Rows of the others are nan, and what they hold changes nothing."""
    p = predict_online(LOG, TOLD, population)
    alone = LOG.keep(TOLD[LOG.learner])

    assert np.isnan(p[~TOLD[LOG.learner]]).all()
    assert np.array_equal(p[TOLD[LOG.learner]], predict_online(alone, TOLD, population))


def test_order_of_learners_does_not_matter() -> None:
    """With the learners numbered otherwise, each is told the same."""
    place = np.random.default_rng(1).permutation(40)
    moved = LOG.renumbered(place)
    told = np.zeros(40, bool)
    told[place[TOLD]] = True
    p = predict_online(LOG, TOLD, fit_population(LOG, ~TOLD))
    q = predict_online(moved, told, fit_population(moved, ~told))

    for one in np.flatnonzero(TOLD):
        assert q[moved.learner == place[one]] == pytest.approx(p[LOG.learner == one], abs=1e-6)


def test_memory_is_worth_more_than_the_share_right(population: Population) -> None:
    """On learners who were not fitted, the log loss is below that of the item's share right."""
    rows = TOLD[LOG.learner] & (LOG.outcome >= 0)
    fitted = ~TOLD[LOG.learner] & (LOG.outcome >= 0)
    seen = np.bincount(LOG.item[fitted], minlength=LOG.items)
    share = (np.bincount(LOG.item[fitted], LOG.outcome[fitted], LOG.items) + 1) / (seen + 2)
    right = LOG.outcome[rows] == 1

    def loss(p: np.ndarray) -> float:
        return float(-np.log(np.where(right, p, 1 - p)).mean())

    assert loss(predict_online(LOG, TOLD, population)[rows]) < loss(share[LOG.item[rows]]) - 0.03


def test_a_test_without_time_is_told_too() -> None:
    """Without time or repeats the items' curves tell, better than the items' shares right."""
    log, _, _ = dense_test(300, 15, 5, seed=2)
    told = np.arange(300) >= 200
    population = fit_population(log, ~told)
    p = predict_online(log, told, population)[told[log.learner]]
    right = log.outcome[told[log.learner]] == 1
    share = np.bincount(log.item, log.outcome)[log.item[told[log.learner]]] / 300
    said, plain = (np.where(right, one, 1 - one) for one in (p, share))

    assert not population.timed
    assert -np.log(said).mean() < -np.log(plain).mean() - 0.03
