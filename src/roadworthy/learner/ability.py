"""Ability by learner, section and rule: a Gaussian posterior around what memory adds.

The logit of a response is start(section) + learner + section + mean(rules) + memory, where start
comes from the self-rating and the three effects have Gaussian priors. So a rule that was never
asked takes the posterior of its section, and a section that of the learner: that is the shrinkage.
A right answer speaks for all rules of the item, a wrong one against those of the chosen option.
The posterior is Laplace's: its mode by Fisher scoring, its spread by the information there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState, Response
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STEPS = 12
CLOSE_ENOUGH = 1e-5
LONGEST_STEP = 2.0
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Ability:
    """The posterior over x = (learner, S sections, K rules), in logits.

    ``mode`` is [1+S+K]; ``root`` is square with root.T @ root the covariance.
    """

    sections: tuple[str, ...]
    rules: tuple[str, ...]
    starts: Floats  # [S] prior logit of each section
    mode: Floats
    root: Floats

    def rule_means(self, section_of: Ints) -> Floats:
        """Posterior mean logit of each rule without memory, [K], for rules in these sections."""
        count = len(self.sections)
        result: Floats = (
            self.starts[section_of]
            + self.mode[0]
            + self.mode[1 + section_of]
            + self.mode[1 + count :]
        )
        return result

    def rule_spreads(self, section_of: Ints) -> Floats:
        """Posterior standard deviation of each rule's logit, [K]."""
        root, count = self.root, len(self.sections)
        columns = root[:, :1] + root[:, 1 + section_of] + root[:, 1 + count :]
        result: Floats = np.sqrt((columns**2).sum(axis=0))
        return result

    def draws(self, normals: Floats, section_of: Ints) -> Floats:
        """Posterior draws of the rules' logits without memory: normals [n, 1+S+K] -> [n, K]."""
        count = len(self.sections)
        x = self.mode + normals @ self.root
        result: Floats = (
            self.starts[section_of] + x[:, :1] + x[:, 1 + section_of] + x[:, 1 + count :]
        )
        return result


def chance(logits: Floats, floor: Floats | float, weights: Weights) -> Floats:
    """The chance of a right answer: from ``floor`` (the guess) to 1 - slip, logistic between.

    The spread of items of one rule flattens the curve (MacKay's approximation of the integral).
    """
    flat = 1.0 / np.sqrt(1.0 + np.pi * weights.sd_item**2 / 8.0)
    result: Floats = floor + (1.0 - floor - weights.slip) * _logistic(flat * logits)
    return result


def _logistic(x: Floats) -> Floats:
    result: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))
    return result


_KNOWN: Recent[LearnerState, Ability] = Recent(16)


def ability_of(
    state: LearnerState, rules: tuple[str, ...], sections: tuple[str, ...], weights: Weights
) -> Ability:
    """The posterior after all responses of a state, for these rules and sections in this order."""
    key = (rules, sections, weights.hash)
    return _KNOWN.get_or_make(state, key, lambda: _fit(state, rules, sections, weights))


@dataclass(frozen=True)
class _Evidence:
    """n responses as arrays; ``rows`` and ``columns`` list the effects of each, with ``shares``."""

    rows: Ints
    columns: Ints
    shares: Floats
    offset: Floats
    floor: Floats
    right: Floats
    weight: Floats


def _fit(
    state: LearnerState, rules: tuple[str, ...], sections: tuple[str, ...], weights: Weights
) -> Ability:
    felt_weak = state.weak_sections
    starts = np.array(
        [
            weights.start(state.settings.experience.get(one))
            + weights.felt_weak * (one in felt_weak)
            for one in sections
        ]
    )
    count = len(sections)
    size = 1 + count + len(rules)
    prior = np.concatenate(
        [
            [weights.sd_learner**-2],
            np.full(count, weights.sd_section**-2),
            np.full(len(rules), weights.sd_rule**-2),
        ]
    )
    evidence = _evidence(state.responses, rules, sections, starts, weights)
    mode = np.zeros(size)
    if evidence is None:
        return Ability(sections, rules, starts, mode, np.diag(prior**-0.5))
    # Effects that no response names stay at their prior and touch no other one, so the posterior of
    # the others is the same without them; early in a course they are nearly all.
    named = np.unique(np.r_[np.arange(1 + count), evidence.columns])
    evidence = replace(evidence, columns=np.searchsorted(named, evidence.columns))
    pairs = _pairs(evidence, len(named))
    inner = np.zeros(len(named))
    for _ in range(STEPS):
        gradient, precision = _slope(inner, evidence, pairs, prior[named], weights)
        step = np.linalg.solve(precision, gradient)
        longest = float(np.abs(step).max())
        inner = inner + step * min(1.0, LONGEST_STEP / max(longest, LEAST_SPREAD))
        if longest < CLOSE_ENOUGH:
            break
    _, precision = _slope(inner, evidence, pairs, prior[named], weights)
    mode[named] = inner
    root = np.diag(prior**-0.5)
    root[np.ix_(named, named)] = np.linalg.inv(np.linalg.cholesky(precision))
    return Ability(sections, rules, starts, mode, root)


def _evidence(
    responses: Sequence[Response],
    rules: tuple[str, ...],
    sections: tuple[str, ...],
    starts: Floats,
    weights: Weights,
) -> _Evidence | None:
    place = {rule: 1 + len(sections) + number for number, rule in enumerate(rules)}
    section_place = {section: number for number, section in enumerate(sections)}
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    offset: list[float] = []
    floor: list[float] = []
    right: list[float] = []
    weight: list[float] = []
    for response in responses:
        section = section_place.get(response.section)
        # A situation that was seen before shows what is remembered of it, not what is known.
        if response.weight <= 0 or response.repeated or section is None:
            continue
        number = len(offset)
        offset.append(starts[section] + response.memory + weights.aid * response.aided)
        floor.append(1.0 / max(response.options, 2))
        right.append(float(response.right))
        weight.append(response.weight)
        named = response.rules if response.right else response.blamed or response.rules
        known = [place[rule] for rule in named if rule in place]
        rows += [number] * (2 + len(known))
        columns += [0, 1 + section, *known]
        shares += [1.0, 1.0, *[1.0 / len(named)] * len(known)]
    if not offset:
        return None
    return _Evidence(
        np.array(rows), np.array(columns), np.array(shares), np.array(offset), np.array(floor),
        np.array(right), np.array(weight),
    )  # fmt: skip


def _pairs(evidence: _Evidence, size: int) -> tuple[Ints, Ints, Floats]:
    """Each pair of effects of a row, to sum outer products: row, flat cell, product of shares."""
    starts = np.flatnonzero(np.r_[True, np.diff(evidence.rows) > 0])
    lengths = np.diff(np.r_[starts, len(evidence.rows)])
    # Each entry meets all entries of its row.
    repeats = lengths[evidence.rows]
    left = np.repeat(np.arange(len(evidence.rows)), repeats)
    within = np.arange(len(left)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    right = starts[evidence.rows[left]] + within
    cells = evidence.columns[left] * size + evidence.columns[right]
    return evidence.rows[left], cells, evidence.shares[left] * evidence.shares[right]


def _slope(
    mode: Floats,
    evidence: _Evidence,
    pairs: tuple[Ints, Ints, Floats],
    prior: Floats,
    weights: Weights,
) -> tuple[Floats, Floats]:
    """Gradient of the log posterior and its expected information at ``mode``."""
    count = len(evidence.offset)
    terms = evidence.shares * mode[evidence.columns]
    logits = evidence.offset + np.bincount(evidence.rows, terms, minlength=count)
    p = chance(logits, evidence.floor, weights)
    flat = 1.0 / np.sqrt(1.0 + np.pi * weights.sd_item**2 / 8.0)
    rising = (p - evidence.floor) / (1.0 - evidence.floor - weights.slip)
    steep = (1.0 - evidence.floor - weights.slip) * flat * rising * (1.0 - rising)
    spread = p * (1.0 - p)
    pull = evidence.weight * (evidence.right - p) * steep / spread
    size = len(mode)
    pulls = evidence.shares * pull[evidence.rows]
    gradient = np.bincount(evidence.columns, pulls, minlength=size) - prior * mode
    information = evidence.weight * steep**2 / spread
    row, cell, share = pairs
    total = np.bincount(cell, share * information[row], minlength=size * size)
    precision: Floats = total.reshape(size, size).astype(np.float64)
    precision[np.arange(size), np.arange(size)] += prior
    return gradient.astype(np.float64), precision
