"""Weights of the model fitted on the answers of many learners, each told before it was seen.

In turn: every learner is replayed with the present weights, and what ability said before each
answer becomes its offset; then all that learners share (memory, the start, help, mock exams) is
fitted by penalized regression around the weights we began with. The spreads of learners, sections
and rules are chosen by the log loss of those same forecasts: the prequential likelihood (Dawid
1984), which no answer can improve by having been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.cohort import Cohort, Turn
from roadworthy.learner.memory import COLUMNS
from roadworthy.learner.regression import fit, log_loss
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 3
PENALTY = 2.0
"""Precision of each memory weight around the one that we began with."""
FACTORS = (0.7, 1.4)
LEAST_SPREAD, MOST_SPREAD = 0.05, 3.0
# No event of a kind weakens, and waiting never strengthens: else a policy would chase noise.
LEAST = np.r_[np.zeros(COLUMNS - 2), 0.0, -np.inf, np.full(3, -np.inf)]
MOST = np.r_[np.full(COLUMNS - 1, np.inf), 0.0, np.full(3, np.inf)]
SPREADS = ("sd_learner", "sd_section", "sd_rule")


@dataclass(frozen=True)
class Answers:
    """What was known just before each of N answers, and the answer.

    ``columns`` [N, 17] of memory, ``mean`` and ``variance`` [N] of ability, ``aided`` and
    ``in_form`` [N] of 0 and 1, ``floor`` [N], ``right`` [N].
    """

    columns: Floats
    mean: Floats
    variance: Floats
    aided: Floats
    in_form: Floats
    floor: Floats
    right: Floats


@dataclass(frozen=True)
class Happened:
    """A turn of a course: its answers, and whether they were aided or part of a mock exam [n]."""

    turn: Turn
    aided: Floats
    in_form: Floats


def fit_weights(
    course: Sequence[Happened], learners: int, section_of: Ints, weights: Weights
) -> Weights:
    """The weights that fit what these learners did, turn by turn in order of time.

    ``weights`` are where the fit begins and what it is drawn to. Raises ValueError without turns.
    """
    if not course:
        raise ValueError("there is nothing to fit on")
    fitted = weights
    for number in range(ROUNDS):
        fitted = _regressed(before_each(course, learners, section_of, fitted), fitted, weights)
        if number < ROUNDS - 1:
            fitted = _spread(course, learners, section_of, fitted)
    return fitted


def before_each(
    course: Sequence[Happened], learners: int, section_of: Ints, weights: Weights
) -> Answers:
    """What the model with these weights knew before each answer, all turns one after the other."""
    cohort = Cohort(learners, section_of, weights)
    parts = []
    for one in course:
        turn = one.turn
        columns = cohort.columns(turn.who, turn.rules, turn.day)
        mean, variance = cohort.ability(turn.who, turn.rules)
        parts.append((columns, mean, variance))
        fixed = weights.aid * one.aided + weights.in_form * one.in_form
        cohort.told(turn.with_fixed(fixed))
    columns, mean, variance = (
        np.concatenate([part[place] for part in parts]) for place in range(3)
    )
    return Answers(
        columns=columns,
        mean=mean,
        variance=variance,
        aided=np.concatenate([one.aided for one in course]),
        in_form=np.concatenate([one.in_form for one in course]),
        floor=np.concatenate([one.turn.floor for one in course]),
        right=np.concatenate([one.turn.right for one in course]).astype(float),
    )


def loss(answers: Answers, weights: Weights) -> float:
    """Mean log loss of what the model said before each answer."""
    logits = (
        weights.start_unsaid
        + answers.mean
        + answers.columns @ weights.memory_columns
        + weights.aid * answers.aided
        + weights.in_form * answers.in_form
    )
    return log_loss(logits, answers.variance, answers.right, answers.floor, weights)


def _regressed(answers: Answers, weights: Weights, began: Weights) -> Weights:
    """The shared weights that fit best around what ability said."""
    ones = np.ones(len(answers.right))
    x = np.column_stack([answers.columns, ones, answers.aided, answers.in_form])
    centre = np.array([*began.memory_columns, began.start_unsaid, began.aid, began.in_form])
    w = fit(
        x,
        answers.right,
        np.full(len(centre), PENALTY),
        centre=centre,
        offset=answers.mean,
        floor=answers.floor,
        slip=weights.slip,
        variance=weights.sd_item**2 + answers.variance,
        least=LEAST,
        most=MOST,
    )
    moved = float(w[COLUMNS]) - weights.start_unsaid
    return replace(
        weights,
        memory=tuple(w[: COLUMNS - 2].tolist()),
        memory_met=float(w[COLUMNS - 2]),
        memory_gap=float(w[COLUMNS - 1]),
        start_new=weights.start_new + moved,
        start_some=weights.start_some + moved,
        start_work=weights.start_work + moved,
        start_unsaid=float(w[COLUMNS]),
        aid=float(w[COLUMNS + 1]),
        in_form=float(w[COLUMNS + 2]),
    )


def _spread(
    course: Sequence[Happened], learners: int, section_of: Ints, weights: Weights
) -> Weights:
    """The same weights with spreads that foretell better, each tried a step up and down."""
    best, lowest = weights, loss(before_each(course, learners, section_of, weights), weights)
    for name in SPREADS:
        for factor in FACTORS:
            sd = float(np.clip(getattr(best, name) * factor, LEAST_SPREAD, MOST_SPREAD))
            changed: dict[str, Any] = {name: sd}
            tried = replace(best, **changed)
            told = loss(before_each(course, learners, section_of, tried), tried)
            if told < lowest:
                best, lowest = tried, told
                break
    return best
