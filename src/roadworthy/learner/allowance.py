"""The transfer allowance: how much harder the real exam is than our items, learned from outcomes.

A logit offset on every item of the exam, Gaussian: N(-0.4, 0.3) before anything is known. An
official sample sitting (k of n right) or a real exam (passed or failed) updates it by Bayes' rule
on a grid, the doubt about the candidate integrated over the posterior draws. The result is kept in
the event, so it is never computed again from what was learned later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.readiness import Sitting, sitting
from roadworthy.learner.state import Allowance, LearnerState
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.pack.model import Pack

Floats = NDArray[np.float64]
GRID = np.linspace(-2.5, 1.5, 81)
SEEN_BEFORE = 0.5
"""A second sitting of the same samples counts half: their answers are remembered in part."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The allowance before and after an outcome, and the chance or share that was expected.

    ``expected``: mean with the range that holds 8 of 10, of the share right (samples) or the chance
    to pass (exam). ``within``: whether the share right lay inside; None for an exam.
    """

    before: Allowance
    after: Allowance
    expected: tuple[float, float, float]
    within: bool | None


def allowance_of(state: LearnerState, weights: Weights = WEIGHTS) -> Allowance:
    """What the allowance is now: learned, or the prior."""
    return state.allowance or Allowance(weights.transfer_mean, weights.transfer_sd)


def after_samples(
    state: LearnerState, pack: Pack, *, right: int, of: int, again: bool, at: datetime, seed: int
) -> Learned:
    """After ``right`` of ``of`` official samples; ``again``: they were sat before."""
    sat = sitting(state, pack, at, seed)
    shares = _at_each(sat, _right_share)
    counts = np.random.default_rng(seed).binomial(of, _at_prior(state, shares)) / of
    low, high = float(np.quantile(counts, 0.1)), float(np.quantile(counts, 0.9))
    log = right * np.log(shares) + (of - right) * np.log1p(-shares)
    log += lgamma(of + 1) - lgamma(right + 1) - lgamma(of - right + 1)
    likelihood = np.exp(log).mean(axis=1) ** (SEEN_BEFORE if again else 1.0)
    return Learned(
        before=allowance_of(state),
        after=_updated(state, likelihood),
        expected=(float(counts.mean()), low, high),
        within=low <= right / of <= high,
    )


def after_exam(
    state: LearnerState, pack: Pack, *, passed: bool, at: datetime, seed: int
) -> Learned:
    """After a real exam that was passed or failed."""
    sat = sitting(state, pack, at, seed)
    chances = _at_each(sat, _pass_chance)
    likelihood = chances.mean(axis=1)
    there = _at_prior(state, chances)
    return Learned(
        before=allowance_of(state),
        after=_updated(state, likelihood if passed else 1.0 - likelihood),
        expected=(
            float(there.mean()),
            float(np.quantile(there, 0.1)),
            float(np.quantile(there, 0.9)),
        ),
        within=None,
    )


def _at_each(sat: Sitting, of: Callable[[Sitting, Floats, float], Floats]) -> Floats:
    """A quantity at each point of the grid for each draw: [81, n], away from 0 and 1."""
    logits = sat.draws.item_logits(sat.rule_logits + sat.memory, sat.starts)
    rows = np.stack([of(sat, logits, float(shift)) for shift in GRID])
    result: Floats = np.clip(rows, 1e-6, 1 - 1e-6)
    return result


def _right_share(sat: Sitting, logits: Floats, shift: float) -> Floats:
    return sat.draws.right_shares(logits, replace(sat.weights, transfer_mean=shift))


def _pass_chance(sat: Sitting, logits: Floats, shift: float) -> Floats:
    return sat.draws.pass_chances(logits + shift, sat.weights, transfer=False)


def _prior(state: LearnerState) -> Floats:
    now = allowance_of(state)
    density = np.exp(-0.5 * ((GRID - now.mean) / now.sd) ** 2)
    result: Floats = density / density.sum()
    return result


def _at_prior(state: LearnerState, values: Floats) -> Floats:
    """One value a draw, the allowance drawn from what is known of it: [n]."""
    count = values.shape[1]
    points = (np.arange(count) + 0.5) / count
    places = np.searchsorted(np.cumsum(_prior(state)), points)
    order = np.random.default_rng(0).permutation(count)
    result: Floats = values[np.minimum(places, len(GRID) - 1)[order], np.arange(count)]
    return result


def _updated(state: LearnerState, likelihood: Floats) -> Allowance:
    posterior = _prior(state) * likelihood
    posterior /= posterior.sum()
    mean = float((posterior * GRID).sum())
    sd = float(np.sqrt((posterior * (GRID - mean) ** 2).sum()))
    return Allowance(round(mean, 6), round(sd, 6))
