"""The adaptive diagnostic: ask next what narrows the doubt about the sections' scores most.

Every candidate item is judged by one number: by how much its answer, right or wrong, lowers the
variances of the six sections' expected scores, each weighed by its exam share (A-optimality), by
the posterior's own rank-one update (``learner/posterior.py``):

    sum over sections of share x (covariance of its score with the item's logit)^2
        x I / (1 + variance of the logit x I)

I is Fisher's information of the answer at the present mean (van der Linden and Pashley 2010,
Item selection and ability estimation in adaptive testing). A section that was just asked has less
doubt left, so the next item goes elsewhere without a rule that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.ability import Ability, ability_of
from roadworthy.learner.link import chance, slopes
from roadworthy.learner.predict import remembered_logits
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.pack.model import Pack
from roadworthy.study.policy import GUESS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def narrowing(
    ability: Ability, section_of: Ints, shares: Floats, memory: Floats, weights: Weights
) -> Floats:
    """By how much an answer on each rule lowers the doubt about the sections' scores: [K].

    ``shares`` [K]: exam share of each rule, ``memory`` [K] what memory adds to its logit.
    """
    belief = ability.belief
    along = ability.common(section_of) + belief.pull[0]
    mean = ability.rule_means(section_of) + memory
    _, information = slopes(mean, np.ones(len(mean)), GUESS, weights.slip, weights.sd_item**2)
    step = 1e-3
    steep = (_p(mean + step, weights) - _p(mean - step, weights)) / (2.0 * step)
    toward = along @ belief.spread[0]
    within = np.eye(len(ability.sections))[section_of] * shares[:, None]  # [K, S]
    total = within.sum(axis=0)
    score = within / np.maximum(total, 1e-12) * steep[:, None]
    covariance = toward @ (score.T @ along).T + score * belief.rest[0][:, None]
    variance = (toward * along).sum(axis=1) + belief.rest[0]
    told = information / (1.0 + variance * information)
    result: Floats = (covariance**2 @ total) * told
    return result


def order_by_narrowing(
    state: LearnerState, pack: Pack, rules: Sequence[str], *, now: datetime
) -> list[str]:
    """The rules, those first whose answer tells most about the exam; unknown ones come last."""
    syllabus = syllabus_of(pack)
    value = narrowing(
        ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS),
        syllabus.section_of,
        syllabus.rule_shares,
        remembered_logits(state, syllabus.rules, now),
        WEIGHTS,
    )
    worth = dict(zip(syllabus.rules, value.tolist(), strict=True))
    return sorted(rules, key=lambda rule: -worth.get(rule, -1.0))


def _p(logits: Floats, weights: Weights) -> Floats:
    return chance(logits, GUESS, weights)
