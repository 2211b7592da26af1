from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.learner.cohort import Cohort, Turn
from roadworthy.learner.population import Happened, before_each, fit_weights, loss
from roadworthy.learner.weights import WEIGHTS, Weights

SECTION_OF = np.repeat([0, 1], 6)
LEARNERS, TURNS = 50, 30


def course(weights: Weights, seed: int = 3, *, in_form: bool = False) -> list[Happened]:
    """Answers drawn from the model itself with these weights."""
    rng = np.random.default_rng(seed)
    cohort = Cohort(LEARNERS, SECTION_OF, weights)
    theta = weights.sd_learner * rng.standard_normal(LEARNERS)
    who, zeros = np.arange(LEARNERS), np.zeros(LEARNERS)
    happened = []
    for number in range(TURNS):
        rules = rng.integers(0, len(SECTION_OF), (LEARNERS, 1))
        day = np.full(LEARNERS, number / 4)
        form = np.full(LEARNERS, float(in_form and number % 2))
        memory = cohort.columns(who, rules, day) @ weights.memory_columns
        logits = weights.start_unsaid + theta + memory + weights.in_form * form
        p = 0.25 + (0.75 - weights.slip) / (1 + np.exp(-logits))
        right = rng.random(LEARNERS) < p
        blamed = np.where(right[:, None], -1, rules)
        turn = Turn(who, rules, blamed, right, day, np.full(LEARNERS, 0.25), zeros)
        cohort.told(turn)
        happened.append(Happened(turn, zeros, form))
    return happened


def test_fit_foretells_better_than_where_it_began() -> None:
    """Weights far from the truth come nearer, judged on other learners of the same kind."""
    truth = replace(WEIGHTS, start_unsaid=0.3, memory=tuple(0.3 * w for w in WEIGHTS.memory))
    fitted = fit_weights(course(truth), LEARNERS, SECTION_OF, WEIGHTS)
    others = course(truth, seed=4)

    def told(weights: Weights) -> float:
        return loss(before_each(others, LEARNERS, SECTION_OF, weights), weights)

    assert told(fitted) < told(WEIGHTS) - 0.01
    assert told(fitted) < told(truth) + 0.01


def test_mock_exams_get_an_intercept_of_their_own() -> None:
    """Where items of mocks are harder, the fit says so."""
    truth = replace(WEIGHTS, start_unsaid=1.0, in_form=-1.2)
    fitted = fit_weights(course(truth, in_form=True), LEARNERS, SECTION_OF, truth)
    level = replace(truth, in_form=0.0)
    found = fit_weights(course(truth, in_form=True), LEARNERS, SECTION_OF, level)

    assert found.in_form < -0.4
    assert fitted.in_form < -0.4


def test_an_answer_is_never_foretold_from_itself() -> None:
    """Changing the last answer changes nothing that was said before it."""
    happened = course(WEIGHTS)
    last = happened[-1].turn
    other = replace(happened[-1], turn=replace(last, right=~last.right, blamed=last.rules))
    one = before_each(happened, LEARNERS, SECTION_OF, WEIGHTS)
    two = before_each([*happened[:-1], other], LEARNERS, SECTION_OF, WEIGHTS)

    assert one.mean.tolist() == two.mean.tolist()
    assert one.columns.tolist() == two.columns.tolist()


def test_nothing_to_fit_on_is_refused() -> None:
    """Without a turn there is no fit."""
    with pytest.raises(ValueError, match="nothing"):
        fit_weights([], 1, SECTION_OF, WEIGHTS)


def test_weights_stay_where_an_event_cannot_weaken() -> None:
    """Even answers without any pattern give no weight by which practice would hurt."""
    rng = np.random.default_rng(1)
    happened = [
        replace(one, turn=replace(one.turn, right=rng.random(LEARNERS) < 0.5))
        for one in course(WEIGHTS)
    ]
    fitted = fit_weights(happened, LEARNERS, SECTION_OF, WEIGHTS)

    assert min(fitted.memory) >= 0.0
    assert fitted.memory_gap <= 0.0
