"""Elo (Pelánek 2016): a learner and an item meet; both ratings move by what surprised.

chance = 1 / (1 + exp(-(ability + skill of the rule - difficulty))). The steps are chosen on a part
of the train learners; on the others, difficulties stay as train learners left them.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

ABILITY_STEPS = (0.05, 0.1, 0.2, 0.4)
RULE_STEPS = (0.0, 0.2, 0.4, 0.8)
ITEM_STEP = 1.0
ITEM_SLOWING = 0.05  # the step after n answers is ITEM_STEP / (1 + ITEM_SLOWING n)


def predict(log: Log, train: Mask) -> Floats:
    """Elo's chance for every row [rows]; nan for train learners' rows."""
    tuned_on = train & (log.part == train_parts(log, train)[-1])
    fitted_on = train & ~tuned_on
    best = min(
        itertools.product(ABILITY_STEPS, RULE_STEPS),
        key=lambda steps: _loss(log, fitted_on, tuned_on, *steps),
    )
    return _run(log, train, ~train, *best)


def train_parts(log: Log, train: Mask) -> list[int]:
    """The fifths that have train learners, in order; the last one is where the steps are tuned."""
    return sorted(set(log.part[train].tolist()))


def _loss(log: Log, fitted_on: Mask, tuned_on: Mask, ability: float, rule: float) -> float:
    p = _run(log, fitted_on, tuned_on, ability, rule)
    rows = tuned_on[log.learner] & (log.outcome >= 0)
    told = np.clip(p[rows], 1e-4, 1 - 1e-4)
    return float(-np.log(np.where(log.outcome[rows] == 1, told, 1 - told)).mean())


def _run(log: Log, fitted_on: Mask, told: Mask, step: float, rule_step: float) -> Floats:
    """Ratings run through the fitted learners' answers, then through the told learners'."""
    difficulty = [0.0] * log.items
    met = [0] * log.items
    p = np.full(len(log.item), np.nan)
    for learners, moves_items in ((fitted_on, True), (told, False)):
        ability = dict.fromkeys(np.flatnonzero(learners).tolist(), 0.0)
        skill: dict[tuple[int, int], float] = {}
        rows = np.flatnonzero(learners[log.learner])
        order = rows[np.argsort(log.days[rows], kind="stable")] if moves_items else rows
        for row, one, item, rule, outcome in zip(
            order.tolist(),
            log.learner[order].tolist(),
            log.item[order].tolist(),
            log.rule[order].tolist(),
            log.outcome[order].tolist(),
            strict=True,
        ):
            known = skill.get((one, rule), 0.0)
            chance = 1 / (1 + math.exp(difficulty[item] - ability[one] - known))
            if not moves_items:
                p[row] = chance
            if outcome < 0:
                continue
            surprise = outcome - chance
            ability[one] += step * surprise
            skill[one, rule] = known + rule_step * surprise
            if moves_items:
                difficulty[item] -= ITEM_STEP / (1 + ITEM_SLOWING * met[item]) * surprise
                met[item] += 1
    return p
