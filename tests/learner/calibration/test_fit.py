from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.counts import expected_counts
from roadworthy.learner.calibration.curves import Curves, Grid
from roadworthy.learner.calibration.fit import Fit, fit
from roadworthy.learner.calibration.maximize import Priors, maximized
from roadworthy.learner.calibration.precision import standard_errors
from roadworthy.simulate.two_parameter import Drawn, draw_answers


def errors_of(found: Fit, drawn: Drawn) -> tuple[float, float]:
    """Root mean square error of slope and difficulty."""
    off = found.curves.slope - drawn.slope, found.curves.difficulty - drawn.difficulty
    return tuple(float(np.sqrt((one**2).mean())) for one in off)  # type: ignore[return-value]


@pytest.mark.parametrize(("floor", "slope", "difficulty"), [(0.0, 0.13, 0.18), (0.25, 0.2, 0.33)])
def test_true_curves_are_recovered(floor: float, slope: float, difficulty: float) -> None:
    """With and without guessing, 2,000 people bring the curves back as near as chance lets them."""
    drawn = draw_answers(2_000, 40, share=0.6, floor=floor, seed=2)

    found = fit([drawn.answers], floor=floor)

    assert found.converged
    off_slope, off_difficulty = errors_of(found, drawn)
    assert off_slope < slope
    assert off_difficulty < difficulty


def test_the_floor_matters_where_people_guess() -> None:
    """Fitted as if nobody guessed, guessed answers give slopes much further off."""
    drawn = draw_answers(2_000, 40, share=0.6, floor=0.25, seed=2)

    with_floor, without = (errors_of(fit([drawn.answers], floor=c), drawn) for c in (0.25, 0.0))

    assert with_floor[0] < 0.6 * without[0]


def test_mixing_ends_where_plain_em_ends() -> None:
    """Accelerated rounds reach what many hundred plain rounds reach, in a fraction of them."""
    drawn = draw_answers(300, 15, share=0.8, seed=3)
    grid, priors = Grid.of(31), Priors()
    plain = Curves(np.ones(15), np.zeros(15), np.zeros(15))
    for _ in range(150):
        plain = maximized(expected_counts(drawn.answers, plain, grid), plain, grid, priors)

    found = fit([drawn.answers], tolerance=1e-5)

    assert found.curves.slope == pytest.approx(plain.slope, abs=2e-4)
    assert found.curves.easiness == pytest.approx(plain.easiness, abs=2e-4)
    assert found.rounds < 25


def test_partitions_fit_as_the_whole_does() -> None:
    """Two partitions of the people give the curves of all people together."""
    answers = draw_answers(400, 20, share=0.5, seed=4).answers
    halves = [answers.people_between(0, 100), answers.people_between(100, 400)]

    apart, together = fit(halves, precision=np.float64), fit([answers], precision=np.float64)

    assert apart.curves.slope == pytest.approx(together.curves.slope, abs=1e-8)


def of(*answers: tuple[int, int, int], people: int = 3, items: int = 2) -> Answers:
    """Answers as (person, item, right)."""
    columns = np.array(answers, int).reshape(-1, 3).T
    return Answers(columns[0], columns[1], columns[2], people, items)


EXTREMES = {
    "none": of(),
    "one": of((0, 0, 1)),
    "all right": of(*((p, i, 1) for p in range(3) for i in range(2))),
    "all wrong": of(*((p, i, 0) for p in range(3) for i in range(2))),
    "nobody": of(people=0),
    "no items": of(items=0),
}


@pytest.mark.parametrize("priors", [Priors(), Priors.flat()], ids=["weak", "flat"])
@pytest.mark.parametrize("floor", [0.0, 0.25])
@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_answers_give_finite_curves(name: str, floor: float, priors: Priors) -> None:
    """No answers, one, all right, all wrong, nobody, no items: finite, and it ends."""
    found = fit([EXTREMES[name]], floor=floor, priors=priors)
    errors = standard_errors([EXTREMES[name]], found.curves, priors=priors)

    assert found.converged
    for part in (found.curves, errors):
        for values in (part.slope, part.easiness, part.difficulty):
            assert np.isfinite(values).all()


def test_flat_priors_end_where_the_likelihood_is_highest() -> None:
    """Without priors the curves have a higher likelihood than with them, and wider slopes."""
    answers = draw_answers(400, 30, share=0.5, seed=9).answers
    weak, flat = (fit([answers], tolerance=1e-5, priors=one) for one in (None, Priors.flat()))

    assert flat.log_likelihood > weak.log_likelihood + 1
    assert np.log(flat.curves.slope).std() > np.log(weak.curves.slope).std()


def test_the_default_tolerance_ends_near_the_mode() -> None:
    """No slope and no easiness is a hundredth off what a hundred times finer steps reach."""
    answers = draw_answers(2_000, 60, share=0.3, seed=10).answers
    rough, fine = fit([answers]).curves, fit([answers], tolerance=1e-5).curves

    assert rough.slope == pytest.approx(fine.slope, abs=0.01)
    assert rough.easiness == pytest.approx(fine.easiness, abs=0.01)


def test_right_answers_make_an_item_easier_than_wrong_ones() -> None:
    """All right and all wrong end on their own side of nothing known."""
    easy, hard = (fit([EXTREMES[name]]).curves.easiness for name in ("all right", "all wrong"))

    assert (easy > 0.5).all()
    assert (hard < -0.5).all()


def test_a_flipped_key_does_not_slow_the_fit() -> None:
    """An item that the able get wrong goes to slope 0 in few rounds."""
    answers = draw_answers(2_000, 40, share=0.6, seed=5).answers
    flipped = np.where(answers.item == 7, 1 - answers.right, answers.right)

    found = fit([replace(answers, right=flipped)])

    assert found.rounds <= 12
    assert found.curves.slope[7] < 0.3


def test_an_item_below_its_guess_floor_does_not_slow_the_fit() -> None:
    """An item that fewer get right than guess it has its mode, and the fit finds it."""
    answers = draw_answers(500, 30, share=0.5, floor=0.25, seed=12).answers
    missed = np.where(answers.item == 7, answers.person % 8 == 0, answers.right).astype(int)

    found = fit([replace(answers, right=missed)], floor=0.25)

    assert found.converged
    assert found.rounds <= 12
    assert found.curves.easiness[7] < -3


def test_partitions_of_other_items_are_refused() -> None:
    """Nothing, or partitions that number different items, is bad input; so is a floor of 1."""
    with pytest.raises(BadInput, match="nothing to calibrate"):
        fit([])
    with pytest.raises(BadInput, match="differ in items"):
        fit([of(), of(items=3)])
    with pytest.raises(BadInput, match="guess floor"):
        fit([of()], floor=1.0)
