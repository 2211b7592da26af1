from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.learner.stream.logs import Floats, course, dense_test, exam_of

from roadworthy.learner.stream import Population, chance_to_pass, fit_population
from roadworthy.learner.stream.exam_day import NO_EXAM, nodes

LOG = course(60, evenings=2)
TOLD = np.arange(60) >= 45
ITEMS, DAYS = exam_of(LOG)
PRACTICE = LOG.keep(~LOG.post)


@pytest.fixture(scope="module")
def population() -> Population:
    """What 45 learners of the course share."""
    return fit_population(LOG, ~TOLD)


def chances(population: Population, threshold: float = 0.6, later: float = 0.0) -> Floats:
    """Chances on the learners' own exams, held ``later`` days later."""
    p = chance_to_pass(PRACTICE, TOLD, population, ITEMS, threshold, exam_days=DAYS + later)
    return np.asarray(p)


def test_only_learners_in_the_mask_are_told(population: Population) -> None:
    """Those in the mask get a chance between 0 and 1, the others nan."""
    p = chances(population)

    assert ((p[TOLD] > 0) & (p[TOLD] < 1)).all()
    assert np.isnan(p[~TOLD]).all()


def test_higher_thresholds_are_passed_less_often(population: Population) -> None:
    """The chance falls with the threshold, from 1 at nothing to the chance of all right."""
    p = [chances(population, threshold)[TOLD] for threshold in (0.0, 0.3, 0.5, 0.8, 1.0)]

    assert p[0] == pytest.approx(1.0)
    assert (np.diff(p, axis=0) < 0).all()


def test_waiting_lowers_the_chance(population: Population) -> None:
    """Where learners forget, three weeks more until the exam lower the mean chance to pass."""
    assert chances(population, later=21.0)[TOLD].mean() < chances(population)[TOLD].mean() - 0.02


def test_unknown_day_is_the_last_day_of_practice(population: Population) -> None:
    """Without a day the exam is taken when practice ended."""
    last = np.array([PRACTICE.days[PRACTICE.learner == one].max() for one in range(60)])
    p = chance_to_pass(PRACTICE, TOLD, population, ITEMS, 0.6, exam_days=np.full(60, np.nan))
    q = chance_to_pass(PRACTICE, TOLD, population, ITEMS, 0.6, exam_days=last)

    assert np.array_equal(p, q, equal_nan=True)


def test_order_of_learners_does_not_matter(population: Population) -> None:
    """With learners numbered otherwise, each has the same chance."""
    place = np.random.default_rng(1).permutation(60)
    moved, told = PRACTICE.renumbered(place), np.zeros(60, bool)
    told[place[TOLD]] = True
    origin = np.argsort(place)
    p = chance_to_pass(
        moved, told, population, [ITEMS[one] for one in origin], 0.6, exam_days=DAYS[origin]
    )

    assert p[place[TOLD]] == pytest.approx(chances(population)[TOLD], abs=1e-9)


def test_one_item_passes_as_often_as_it_is_right() -> None:
    """On a test of one item without an exam to fit, the chance is that of the item."""
    log, _, _ = dense_test(500, 15, 1, seed=7)
    told = np.arange(500) >= 400
    everybody = np.ones(500, bool)
    population = replace(fit_population(log, everybody), exam_day=NO_EXAM)
    items, days = exam_of(log)
    p = chance_to_pass(log.keep(~log.post), told, population, items, 1.0, exam_days=days)

    right = log.outcome[log.post][told]
    assert p[told].mean() == pytest.approx(right.mean(), abs=0.1)
    assert np.corrcoef(p[told], right)[0, 1] > 0.2


def test_a_day_of_its_own_is_found() -> None:
    """The exam day varies in the fit where it does in the world, and hardly where it does not."""
    same, _, _ = dense_test(400, 15, 20, seed=8)
    moved, _, _ = dense_test(400, 15, 20, seed=8, day_sd=1.0)
    everybody = np.ones(400, bool)

    assert fit_population(same, everybody).exam_day.variance <= 0.1
    assert fit_population(moved, everybody).exam_day.variance >= 0.2


@pytest.mark.parametrize("common", [1, 2])
def test_nodes_are_a_standard_normal(common: int) -> None:
    """Their weights add up to 1, and mean and covariance are those of a standard normal."""
    points, weights = nodes(common)

    assert weights.sum() == pytest.approx(1)
    assert weights @ points == pytest.approx(np.zeros(common), abs=1e-9)
    assert (points.T * weights) @ points == pytest.approx(np.eye(common), abs=1e-9)
