"""Random exams: which items come, how the pass mark may lie, and the chance to pass each.

All draws are made once for a syllabus and a seed and kept, so two forecasts differ by what the
candidate did and not by luck of the draw.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.link import chance
from roadworthy.learner.poisson_binomial import poisson_binomial
from roadworthy.learner.recent import Recent
from roadworthy.learner.syllabus import Syllabus
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DRAWS = 200
RULES_AN_ITEM = 3
"""An item weighs about three rules: those of its three distractors."""
EXAM_OPTIONS = 4
# Gauss-Hermite points and weights for a standard normal: exact for polynomials to degree 5.
POINTS = np.array([-math.sqrt(3.0), 0.0, math.sqrt(3.0)])
POINT_WEIGHTS = np.array([1 / 6, 2 / 3, 1 / 6])


@dataclass(frozen=True)
class ExamDraws:
    """``DRAWS`` exams of up to N items for a syllabus of K rules, D decisions, S sections.

    ``normals`` [n, 1+S+K] draw the posterior. ``rules`` [n, N, 3] are the rules of each item, -1
    where the item is on something outside the pack; ``outside`` [n, N] is the prior logit of such
    an item, around its section's start, and ``section`` [n, N] its section. ``asked`` [n, N] is
    False beyond the end of a shorter exam. ``passes`` [n, N+1] is the chance that so many right
    pass. ``outside_share`` is the mean share of outside items.
    """

    normals: Floats
    rules: Ints
    outside: Floats
    section: Ints
    asked: NDArray[np.bool_]
    passes: Floats
    outside_share: float
    pass_mark: float

    def item_logits(self, rule_logits: Floats, starts: Floats) -> Floats:
        """Logit of each item, [n, N], from rule logits [n, K] and section starts [S]."""
        draws = np.arange(len(rule_logits))[:, None, None]
        known = rule_logits[draws, np.maximum(self.rules, 0)].mean(axis=2)
        return np.where(self.rules[:, :, 0] >= 0, known, starts[self.section] + self.outside)

    def pass_chances(self, logits: Floats, weights: Weights, *, transfer: bool) -> Floats:
        """Chance to pass in each draw, [n], from item logits [n, N].

        With ``transfer`` the allowance is integrated out over three points.
        """
        if transfer:
            shifts, shares = weights.transfer_mean + weights.transfer_sd * POINTS, POINT_WEIGHTS
        else:
            shifts, shares = np.zeros(1), np.ones(1)
        p = chance(logits[:, None, :] + shifts[:, None], 1.0 / EXAM_OPTIONS, weights)
        p = np.where(self.asked[:, None, :], p, 0.0)
        counts = poisson_binomial(p.reshape(-1, p.shape[2]))
        counts = counts.reshape(len(logits), len(shifts), -1)
        result: Floats = np.einsum("nsk,nk,s->n", counts, self.passes, shares)
        return result

    def right_shares(self, logits: Floats, weights: Weights) -> Floats:
        """Expected share of right items in each draw, [n], allowance included at its mean."""
        p = chance(logits + weights.transfer_mean, 1.0 / EXAM_OPTIONS, weights)
        result: Floats = np.where(self.asked, p, 0.0).sum(axis=1) / self.asked.sum(axis=1)
        return result


_KNOWN: Recent[Syllabus, ExamDraws] = Recent(16)


def exam_draws(
    syllabus: Syllabus,
    *,
    seed: int,
    pass_mark: float,
    outside_floor: float,
    disputed: frozenset[str],
    weights: Weights,
) -> ExamDraws:
    """The draws for these settings, kept while the syllabus is in use.

    ``outside_floor``: least share of items that the pack does not cover. ``disputed`` rules do not
    come up; a decision of which all rules are disputed counts as not covered.
    """
    key = (seed, pass_mark, outside_floor, disputed, weights.hash)

    def make() -> ExamDraws:
        return _make(syllabus, seed, pass_mark, outside_floor, disputed, weights)

    return _KNOWN.get_or_make(syllabus, key, make)


def _make(
    syllabus: Syllabus,
    seed: int,
    pass_mark: float,
    outside_floor: float,
    disputed: frozenset[str],
    weights: Weights,
) -> ExamDraws:
    generator = np.random.default_rng(seed)
    sections, most = len(syllabus.sections), syllabus.items_max
    # Antithetic pairs: half of the draws mirror the others, which steadies the mean.
    normals = antithetic(generator, 1 + sections + len(syllabus.rules))
    sizes = generator.integers(syllabus.items_min, most + 1, DRAWS)
    in_doubt = np.array([rule in disputed for rule in syllabus.rules], dtype=bool)
    open_rules = [places[~in_doubt[places]] for places in syllabus.rules_of]
    shares, kinds = _share_draws(syllabus, open_rules, outside_floor, generator)
    kind = _systematic(shares, kinds, sizes, most, generator)
    rules = np.full((DRAWS, most, RULES_AN_ITEM), -1, dtype=np.int64)
    luck = generator.random((DRAWS, most, RULES_AN_ITEM))
    section = np.zeros((DRAWS, most), dtype=np.int64)
    for number, places in enumerate(open_rules):
        here = kind == number
        section[here] = syllabus.section_of_decision[number]
        if len(places):
            rules[here] = places[(luck[here] * len(places)).astype(np.int64)]
    for number in range(sections):
        section[kind == len(open_rules) + number] = number
    prior = weights.sd_learner * generator.standard_normal((DRAWS, 1))
    prior_section = weights.sd_section * generator.standard_normal((DRAWS, sections))
    outside = prior + np.take_along_axis(prior_section, section, axis=1)
    outside = outside + weights.sd_rule * generator.standard_normal((DRAWS, most))
    asked = np.arange(most) < sizes[:, None]
    return ExamDraws(
        normals=normals,
        rules=rules,
        outside=outside,
        section=section,
        asked=asked,
        passes=_passes(sizes, most, pass_mark, weights.pass_mark_sd),
        pass_mark=pass_mark,
        outside_share=float((asked & (rules[:, :, 0] < 0)).sum() / asked.sum()),
    )


def antithetic(generator: np.random.Generator, effects: int) -> Floats:
    """``DRAWS`` rows of standard normals [n, effects]; one half mirrors the other."""
    half = generator.standard_normal((DRAWS // 2, effects))
    return np.concatenate([half, -half])


def _share_draws(
    syllabus: Syllabus,
    open_rules: list[Ints],
    outside_floor: float,
    generator: np.random.Generator,
) -> tuple[Floats, Ints]:
    """Dirichlet draws of exam shares, [n, kinds], and the kinds in the order of sections.

    A kind is a decision (its position) or what the pack lacks of a section (D + its position).
    """
    count = len(open_rules)
    covered = np.array([len(places) > 0 for places in open_rules], dtype=bool)
    inside = np.where(covered, syllabus.counts, 0.0)
    total = syllabus.counts.sum() + syllabus.weights.outside
    lacking = syllabus.uncovered_by_section * total
    np.add.at(lacking, syllabus.section_of_decision, np.where(covered, 0.0, syllabus.counts))
    drawn = generator.gamma(
        np.maximum(np.concatenate([inside, lacking]), 1e-12), size=(DRAWS, count + len(lacking))
    )
    drawn /= drawn.sum(axis=1, keepdims=True)
    missing = np.maximum(outside_floor - drawn[:, count:].sum(axis=1, keepdims=True), 0.0)
    covered_now = np.maximum(drawn[:, :count].sum(axis=1, keepdims=True), 1e-12)
    drawn[:, :count] *= np.maximum(1.0 - missing / covered_now, 0.0)
    drawn[:, count:] += missing * syllabus.section_shares
    section_of = np.concatenate([syllabus.section_of_decision, np.arange(len(lacking))])
    kinds = np.argsort(section_of, kind="stable")
    return drawn[:, kinds], kinds


def _systematic(
    shares: Floats, kinds: Ints, sizes: Ints, most: int, generator: np.random.Generator
) -> Ints:
    """The kind of each item, [n, most]: evenly spaced points on the shares, as by a blueprint."""
    points = (np.arange(most) + generator.random((DRAWS, 1))) / sizes[:, None]
    edges = np.cumsum(shares, axis=1)
    edges[:, -1] = 1.0
    chosen = np.empty((DRAWS, most), dtype=np.int64)
    for draw in range(DRAWS):
        chosen[draw] = np.searchsorted(edges[draw], np.minimum(points[draw], 1.0))
    return kinds[np.minimum(chosen, len(kinds) - 1)]


def _passes(sizes: Ints, most: int, mark: float, spread: float) -> Floats:
    """Chance that k right of an exam of some size pass, [n, most+1], for an uncertain mark."""
    share = np.arange(most + 1) / sizes[:, None]
    z = (share - mark) / (spread * math.sqrt(2.0))
    erf = np.vectorize(math.erf, otypes=[float])
    result: Floats = 0.5 * (1.0 + erf(z))
    return result
