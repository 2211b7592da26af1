"""The chance to pass one form, made from what is known before its first item is shown.

Unlike the forecast of the exam it knows the items, so it needs no exam weights, no share of
considerations outside the pack, no allowance for another examiner and no cap. It is held against
what the form then shows, which is why it is never made again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner import form_draws
from roadworthy.learner.ability import ability_of
from roadworthy.learner.exam_draws import antithetic
from roadworthy.learner.poisson_binomial import poisson_binomial
from roadworthy.learner.posterior import padded
from roadworthy.learner.predict import ItemLike, remembered_logits
from roadworthy.learner.readiness import HIGH, LOW
from roadworthy.learner.recalibration import recalibrated
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import MODEL_VERSION, WEIGHTS, Weights
from roadworthy.pack.model import Pack

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FormForecast:
    """The forecast of one form. Chances and shares are 0 to 1.

    ``low`` and ``high`` hold 8 of 10 posterior draws of the chance to pass; ``score`` is the
    expected share of right items with the range that holds 8 of 10 outcomes. ``needed``: how many
    right items pass.
    """

    p: float
    low: float
    high: float
    score: tuple[float, float, float]
    needed: int
    pass_mark: float
    pack: str
    weights: str
    model: str = MODEL_VERSION

    def as_payload(self, form: str) -> dict[str, Any]:
        """The payload of a ``forecast`` event about this form."""
        return {
            "about": "form", "form": form, "p": self.p, "low": self.low,
            "high": self.high, "pass_mark": self.pass_mark, "model": self.model,
            "weights": self.weights, "pack": self.pack, "score": list(self.score),
        }  # fmt: skip


def needed_to_pass(size: int, pass_mark: float) -> int:
    """The least number of right items of ``size`` that reaches the share ``pass_mark``."""
    return math.ceil(pass_mark * size - 1e-9)


def form_forecast(
    state: LearnerState,
    pack: Pack,
    items: Sequence[ItemLike],
    now: datetime,
    seed: int,
    weights: Weights = WEIGHTS,
) -> FormForecast:
    """The forecast of a form of these items that is taken at ``now``, an aware time.

    Rules that the pack does not hold any more take the mean of their section. Raises ValueError
    without items.
    """
    if not items:
        raise ValueError("a form has items")
    needed = needed_to_pass(len(items), state.settings.pass_mark)
    counts = poisson_binomial(item_chances(state, pack, items, now, seed, weights))
    drawn = counts[:, needed:].sum(axis=1)
    p = float(recalibrated(np.array([drawn.mean()]), weights)[0])
    passes = recalibrated(drawn, weights)
    right = counts.mean(axis=0).cumsum()
    shares = np.arange(len(items) + 1) / len(items)
    return FormForecast(
        p=p,
        low=float(np.quantile(passes, LOW)),
        high=float(np.quantile(passes, HIGH)),
        score=(
            float((np.diff(right, prepend=0.0) * shares).sum()),
            float(shares[np.searchsorted(right, LOW)]),
            float(shares[min(int(np.searchsorted(right, HIGH)), len(items))]),
        ),
        needed=needed,
        pass_mark=state.settings.pass_mark,
        pack=pack.hash,
        weights=weights.hash,
    )


def item_chances(
    state: LearnerState,
    pack: Pack,
    items: Sequence[ItemLike],
    now: datetime,
    seed: int,
    weights: Weights = WEIGHTS,
) -> Floats:
    """The chance of a right answer to each item in each posterior draw: [draws, items]."""
    syllabus = syllabus_of(pack)
    ability = ability_of(state, syllabus.rules, syllabus.sections, weights)
    drawn = ability.draws(
        antithetic(np.random.default_rng(seed), ability.size), syllabus.section_of
    )
    logits = drawn + remembered_logits(state, syllabus.rules, now, weights)
    places = [_places(item, pack) for item in items]
    floors = np.array([1.0 / max(item.answers, 2) for item in items])
    return form_draws.item_chances(logits, padded(places), floors, weights)


def _places(item: ItemLike, pack: Pack) -> list[int]:
    syllabus = syllabus_of(pack)
    known = [syllabus.place[rule] for rule in item.rules if rule in syllabus.place]
    if known:
        return known
    section = syllabus.sections.index(item.section)
    here = np.flatnonzero(syllabus.section_of == section)
    return list(here) if len(here) else list(range(len(syllabus.rules)))
