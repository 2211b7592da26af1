"""The exam of the policy worlds: 55 items by the exact blueprint, sat 200 times by everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.minds import Minds, logistic
from roadworthy.simulate.practice import CUMULATED, GUESS, KNOWS, MOST_RULES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SIZE, FORMS, MARK = 55, 200, 0.7
NOVELTY, ITEM_SPREAD = -0.25, 0.5
CLOSE_TO_SURE = 1e-9


@dataclass(frozen=True)
class Forms:
    """``rules`` [forms, 55, 3], -1 beyond; ``shift`` [forms, 55]: logits added to each recall."""

    rules: Ints
    shift: Floats

    @property
    def needed(self) -> int:
        """How many right answers pass a form."""
        return int(np.ceil(MARK * self.rules.shape[1]))


@dataclass(frozen=True)
class Sat:
    """``passes`` [L]: share of forms passed; ``score`` [L]: expected share of right answers."""

    passes: Floats
    score: Floats


def counts_by_section(shares: Floats, size: int = SIZE) -> Ints:
    """Items of each section by largest remainder: [S]."""
    exact = shares * size
    counts = np.floor(exact).astype(np.int64)
    rest = np.argsort(counts - exact, kind="stable")[: size - counts.sum()]
    counts[rest] += 1
    return counts


def draw_forms(blueprint: Blueprint, seed: int, forms: int = FORMS) -> Forms:
    """Forms whose items take their rules, by frequency, from one section each."""
    rng = np.random.default_rng([seed, 3])
    parts = []
    for section, size in enumerate(counts_by_section(blueprint.shares)):
        rules = np.flatnonzero(blueprint.section_of == section)
        # Exponential waiting times: the first three are a draw by frequency without repeats.
        waits = rng.exponential(size=(forms, size, len(rules))) / blueprint.weight[rules]
        parts.append(rules[np.argsort(waits, axis=2)[..., :MOST_RULES]])
    drawn = np.concatenate(parts, axis=1)
    need = 1 + np.searchsorted(CUMULATED, rng.random(drawn.shape[:2]), side="right")
    shift = NOVELTY + ITEM_SPREAD * rng.standard_normal(drawn.shape[:2])
    return Forms(np.where(np.arange(MOST_RULES) < need[..., None], drawn, -1), shift)


def sit(minds: Minds, forms: Forms, now: float, seed: int) -> Sat:
    """Every candidate sits every form at ``now`` (days); the same luck for every policy."""
    known = np.clip(minds.recall_all(now), CLOSE_TO_SURE, 1.0 - CLOSE_TO_SURE)
    logits = np.log(known) - np.log1p(-known)
    rng = np.random.default_rng([seed, 4])
    reads = 1.0 - minds.people.misreads[:, None]
    passes = np.zeros(len(known))
    score = np.zeros(len(known))
    needed = forms.needed
    for rules, shift in zip(forms.rules, forms.shift, strict=True):
        knows = np.ones((len(known), len(rules)))
        for column in range(rules.shape[1]):
            here = rules[:, column] >= 0
            knows[:, here] *= logistic(logits[:, rules[here, column]] + shift[here])
        p = GUESS + (KNOWS - GUESS) * knows * reads
        score += p.mean(axis=1)
        passes += (rng.random(p.shape) < p).sum(axis=1) >= needed
    return Sat(passes / len(forms.rules), score / len(forms.rules))
