from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.learner.calibration.counts import expected_counts
from roadworthy.learner.calibration.curves import Curves, Grid
from roadworthy.learner.calibration.fit import fit
from roadworthy.learner.calibration.precision import information_of, standard_errors
from roadworthy.simulate.two_parameter import draw_answers

GRID = Grid.of(31)
STEP = 1e-3


@pytest.mark.parametrize("floor", [0.0, 0.25])
def test_information_is_the_bend_of_the_log_likelihood(floor: float) -> None:
    """Each item's 2 by 2 block is minus the second differences of the marginal log likelihood."""
    drawn = draw_answers(200, 4, share=0.8, floor=floor, seed=3)
    curves = Curves(drawn.slope, -drawn.slope * drawn.difficulty, np.full(4, floor))

    def height(first: float, second: float) -> float:
        slope, easiness = np.log(curves.slope), curves.easiness.copy()
        slope[1] += first
        easiness[1] += second
        moved = replace(curves, slope=np.exp(slope), easiness=easiness)
        return expected_counts(drawn.answers, moved, GRID).log_likelihood

    h, middle = STEP, height(0, 0)
    bends = [
        2 * middle - height(h, 0) - height(-h, 0),
        (height(h, -h) + height(-h, h) - height(h, h) - height(-h, -h)) / 4,
        2 * middle - height(0, h) - height(0, -h),
    ]

    assert information_of(drawn.answers, curves, GRID)[1] == pytest.approx(
        np.array(bends) / h**2, rel=1e-4
    )


def test_errors_are_as_large_as_they_are_said_to_be() -> None:
    """Over 150 items the found slopes and difficulties lie one standard error off on average."""
    drawn = draw_answers(1_500, 150, share=0.3, seed=6)
    curves = fit([drawn.answers]).curves

    said = standard_errors([drawn.answers], curves)

    slope = (curves.slope - drawn.slope) / said.slope
    difficulty = (curves.difficulty - drawn.difficulty) / said.difficulty
    assert 0.75 < float(np.sqrt((slope**2).mean())) < 1.25
    assert 0.75 < float(np.sqrt((difficulty**2).mean())) < 1.25


def test_partitions_give_the_errors_of_the_whole() -> None:
    """Information adds up over partitions; an item nobody saw keeps the spread of the priors."""
    answers = replace(draw_answers(200, 6, share=0.5, seed=7).answers, items=7)
    curves = fit([answers]).curves

    whole = standard_errors([answers], curves)
    halves = [answers.people_between(0, 90), answers.people_between(90, 200)]

    assert standard_errors(halves, curves).slope == pytest.approx(whole.slope, rel=1e-9)
    assert whole.slope[6] == pytest.approx(0.5)
    assert whole.easiness[6] == pytest.approx(2.5)
