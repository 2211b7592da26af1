"""L learners at once over K rules: the same memory and ability as the app's, held as arrays.

The app folds one learner's events; simulations and fits of weights need hundreds of learners in
step. Both call the same functions of ``memory.py`` and ``posterior.py``. Times are days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.exam_draws import antithetic
from roadworthy.learner.form_draws import item_chances
from roadworthy.learner.link import chance_over
from roadworthy.learner.memory import (
    CONSTANTS,
    FAILURE,
    KINDS,
    READING,
    SUCCESS,
    columns,
    memory_logits,
    strengthened_all,
)
from roadworthy.learner.posterior import Asked, even_shares, expected, observe, prior
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RuleStates:
    """What is known of K rules for each of L learners.

    ``mean`` and ``spread`` [L, K]: logit without memory and its standard deviation. ``traces``
    [L, K, 3, 5] as last noted, ``days`` [L, K] since then (infinite where nothing happened).
    """

    mean: Floats
    spread: Floats
    traces: Floats
    days: Floats


@dataclass(frozen=True)
class Turn:
    """One answer of each of n learners, no one twice.

    ``who`` [n]; ``rules`` [n, M] of the item, -1 beyond the last; ``blamed`` [n, M] those that a
    wrong choice speaks against, -1 for none; ``right`` [n]; ``day`` [n]; ``floor`` [n] chance to
    guess; ``fixed`` [n] what is added to the logit beside memory (help, a mock exam).
    """

    who: Ints
    rules: Ints
    blamed: Ints
    right: Mask
    day: Floats
    floor: Floats
    fixed: Floats

    def with_fixed(self, fixed: Floats) -> Turn:
        """The same answers with another fixed part [n]."""
        return replace(self, fixed=fixed)


class Cohort:
    """Memory and ability of L learners; ``section_of`` [K] gives each rule's section."""

    def __init__(self, learners: int, section_of: Ints, weights: Weights) -> None:
        sections = int(section_of.max()) + 1
        self.weights = weights
        self.section_of = section_of
        self.common = np.column_stack([np.ones(len(section_of)), np.eye(sections)[section_of]])
        sd_common = np.array([weights.sd_learner, *[weights.sd_section] * sections])
        self.belief = prior(learners, len(section_of), sd_common, weights.sd_rule)
        self.traces = np.zeros((learners, len(section_of), KINDS, CONSTANTS))
        self.noted = np.full((learners, len(section_of)), -np.inf)

    def columns(self, who: Ints, rules: Ints, day: Floats) -> Floats:
        """Memory columns of items, the mean over their rules: [n], [n, M], [n] -> [n, 17]."""
        shares = even_shares(rules)
        place = np.maximum(rules, 0)
        row = who[:, None]
        days = day[:, None] - self.noted[row, place]
        every = columns(self.traces[row, place], days, self.weights)
        result: Floats = (every * shares[:, :, None]).sum(axis=1)
        return result

    def ability(self, who: Ints, rules: Ints) -> tuple[Floats, Floats]:
        """Mean and variance of what ability adds to the logits of items, [n] twice."""
        return expected(self.belief, self._asked(who, rules))

    def predict(self, who: Ints, rules: Ints, day: Floats, floor: Floats | float) -> Floats:
        """The chance that each of these learners answers the item right on that day: [n]."""
        mean, variance = self.ability(who, rules)
        memory = self.columns(who, rules, day) @ self.weights.memory_columns
        return chance_over(self.weights.start_unsaid + mean + memory, variance, floor, self.weights)

    def told(self, turn: Turn) -> None:
        """Learn from one answer of each of n learners."""
        memory = self.columns(turn.who, turn.rules, turn.day) @ self.weights.memory_columns
        blames = (~turn.right & (turn.blamed >= 0).any(axis=1)).reshape(-1, 1)
        most = max(turn.rules.shape[1], turn.blamed.shape[1])
        named = np.where(blames, _wide(turn.blamed, most), _wide(turn.rules, most))
        asked = self._asked(turn.who, turn.rules)
        observe(
            self.belief,
            Asked(turn.who, asked.common, named, even_shares(named)),
            offset=self.weights.start_unsaid + memory + turn.fixed,
            right=turn.right.astype(float),
            floor=turn.floor,
            slip=self.weights.slip,
            within=self.weights.sd_item**2,
        )
        hit = turn.right
        self._strengthen(turn.who[hit], turn.rules[hit], turn.day[hit], SUCCESS)
        self._strengthen(turn.who[~hit], turn.blamed[~hit], turn.day[~hit], FAILURE)
        chosen = (turn.rules[:, :, None] == turn.blamed[:, None, :]).any(axis=2)
        shown = np.where(chosen, -1, turn.rules)  # the reasons of the other options
        self._strengthen(turn.who[~hit], shown[~hit], turn.day[~hit], READING)

    def states(self, day: Floats) -> RuleStates:
        """What is known of every rule on a day [L]."""
        mean, variance = self.belief.rules(self.common)
        return RuleStates(
            mean=self.weights.start_unsaid + mean,
            spread=np.sqrt(variance),
            traces=self.traces,
            days=day[:, None] - self.noted,
        )

    def form_chances(self, one: int, rules: Ints, day: float, floor: float, seed: int) -> Floats:
        """One learner's chance on each item of a form in each posterior draw: [N, M] -> [n, N]."""
        weights = self.weights
        normals = antithetic(
            np.random.default_rng(seed), self.common.shape[1] + len(self.section_of)
        )
        drawn = self.belief.draws(normals, self.common, one)
        memory = memory_logits(self.traces[one], day - self.noted[one], weights)
        return item_chances(weights.start_unsaid + drawn + memory, rules, floor, weights)

    def _asked(self, who: Ints, rules: Ints) -> Asked:
        return Asked(who, self.common[np.maximum(rules[:, 0], 0)], rules, even_shares(rules))

    def _strengthen(self, who: Ints, rules: Ints, day: Floats, kind: int) -> None:
        rows, places = np.nonzero(rules >= 0)
        learners, met = who[rows], rules[rows, places]
        days = day[rows] - self.noted[learners, met]
        before = self.traces[learners, met]
        self.traces[learners, met] = strengthened_all(before, days, kind, 1.0, self.weights)
        self.noted[learners, met] = day[rows]


def _wide(rules: Ints, most: int) -> Ints:
    lacking = most - rules.shape[1]
    return rules if lacking <= 0 else np.pad(rules, ((0, 0), (0, lacking)), constant_values=-1)
