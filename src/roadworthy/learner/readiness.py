"""Readiness: the chance to pass the exam on a date, with its interval and its doubts.

200 draws from what is known of the candidate at that date, each with an exam of its own: weights
of the decisions (Dirichlet), items (by section), pass mark, and the allowance for the real exam
being harder. In each the number of right items is Poisson-binomial. The chance is the mean over
the draws. The interval holds 8 of 10 of them: where the chance would lie if we knew the candidate
exactly. ``docs/how-it-works.md`` says the same in plain words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.ability import ability_of
from roadworthy.learner.exam_draws import ExamDraws, exam_draws
from roadworthy.learner.link import logistic
from roadworthy.learner.predict import remembered_logits
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import Syllabus, syllabus_of
from roadworthy.learner.weights import MODEL_VERSION, WEIGHTS, Weights
from roadworthy.pack.model import Pack

Floats = NDArray[np.float64]
LEAST_ANSWERS = 8
"""Answers that count, before which there is no forecast."""
CAP = 0.85
ANSWERS_ABOVE_CAP = 400
SEEN_ABOVE_CAP = 0.80
MOCKS_ABOVE_CAP = 2
WEIGHED_OF_A_MOCK = 0.8
"""A mock counts if so many of its answers took long enough to have been read."""
LEAST_OUTSIDE = 0.10
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Standing:
    """The chance to hold a rule of a section on the day, guessing apart: mean and 8-of-10 range.

    ``covered`` is False where the pack has nothing of the section, so this is only the prior.
    """

    mean: float
    low: float
    high: float
    covered: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast of the exam. All chances are 0 to 1.

    ``p``, ``low``, ``high`` are None before eight answers that count. ``uncapped`` is p before the
    cap. ``lacking``: what a forecast, or one above 85 in 100, still needs, in sentences.
    ``score`` is the expected share of right items with its range. ``outside_share``: share of the
    exam that the pack does not cover and that is answered at the prior; ``outside`` names the
    largest such considerations. ``seen``: share of the exam on which something was answered.
    """

    p: float | None
    low: float | None
    high: float | None
    uncapped: float | None
    lacking: tuple[str, ...]
    score: tuple[float, float, float] | None
    sections: dict[str, Standing]
    answers: int
    seen: float
    outside_share: float
    outside: tuple[str, ...]
    exam_at: datetime
    pass_mark: float
    pack: str
    weights: str
    model: str = MODEL_VERSION
    chances: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def capped(self) -> bool:
        """Whether the cap holds the number down."""
        return self.p is not None and self.uncapped is not None and self.p < self.uncapped

    def as_payload(self) -> dict[str, Any]:
        """The payload of a ``forecast`` event; ValueError before there is a forecast."""
        if self.p is None or self.low is None or self.high is None:
            raise ValueError("there is no forecast yet")
        return {
            "about": "exam", "form": None, "p": self.p, "low": self.low, "high": self.high,
            "pass_mark": self.pass_mark, "model": self.model, "weights": self.weights,
            "pack": self.pack, "exam_date": self.exam_at.date().isoformat(),
            "lacking": list(self.lacking),
        }  # fmt: skip


_KNOWN: Recent[LearnerState, Forecast] = Recent(32)
_ANSWERED: Recent[LearnerState, tuple[int, frozenset[str]]] = Recent(32)


def readiness(
    state: LearnerState,
    pack: Pack,
    exam_at: datetime,
    now: datetime,
    seed: int,
    weights: Weights = WEIGHTS,
) -> Forecast:
    """The forecast of an exam at ``exam_at`` (not before ``now``) if nothing is done until then.

    Times are aware UTC; the exam is taken at the full hour, so that a page asked for twice finds
    the forecast made. Deterministic for a state, a pack, an hour and a seed.
    """
    sit_at = max(exam_at, now).replace(minute=0, second=0, microsecond=0)
    key = (pack.hash, id(pack), sit_at, seed, weights.hash)
    return _KNOWN.get_or_make(state, key, lambda: _forecast(state, pack, sit_at, seed, weights))


@dataclass(frozen=True)
class Sitting:
    """One candidate, one exam date: the parts that a forecast is made of."""

    syllabus: Syllabus
    draws: ExamDraws
    rule_logits: Floats  # [n, K] ability without memory
    memory: Floats  # [K] what memory adds on the day
    starts: Floats  # [S]
    weights: Weights

    def chances(self, rule_logits: Floats | None = None) -> Floats:
        """Chance to pass in each draw, [n], for other rule logits (memory included) if given."""
        logits = self.rule_logits + self.memory if rule_logits is None else rule_logits
        items = self.draws.item_logits(logits, self.starts)
        return self.draws.pass_chances(items, self.weights, transfer=True)


def sitting(
    state: LearnerState, pack: Pack, sit_at: datetime, seed: int, weights: Weights = WEIGHTS
) -> Sitting:
    """What is known and drawn for an exam at ``sit_at``."""
    syllabus = syllabus_of(pack)
    draws = exam_draws(
        syllabus,
        seed=seed,
        pass_mark=state.settings.pass_mark,
        outside_floor=max(LEAST_OUTSIDE, state.settings.outside_share or 0.0),
        disputed=state.disputed_rules,
        weights=weights,
    )
    ability = ability_of(state, syllabus.rules, syllabus.sections, weights)
    if state.allowance is not None:  # what samples and exams taught stands in for the prior
        learned = state.allowance
        weights = replace(weights, transfer_mean=learned.mean, transfer_sd=learned.sd)
    return Sitting(
        syllabus=syllabus,
        draws=draws,
        rule_logits=ability.draws(draws.normals, syllabus.section_of),
        memory=remembered_logits(state, syllabus.rules, sit_at, weights),
        starts=ability.starts,
        weights=weights,
    )


def _forecast(
    state: LearnerState, pack: Pack, sit_at: datetime, seed: int, weights: Weights
) -> Forecast:
    answers = sum(1 for one in state.responses if one.weight > 0)
    sat = sitting(state, pack, sit_at, seed, weights)
    seen = _seen(state, sat.syllabus)
    p = low = high = uncapped = None
    score = chances = None
    lacking: tuple[str, ...]
    if answers < LEAST_ANSWERS:
        lacking = (_more_for_a_first_forecast(answers),)
    else:
        chances = sat.chances()
        uncapped = float(chances.mean())
        lacking = _lacking_above_cap(answers, seen, mocks_that_count(state, pack))
        top = CAP if lacking else 1.0
        p = min(uncapped, top)
        low = min(float(np.quantile(chances, LOW)), p)
        high = min(max(float(np.quantile(chances, HIGH)), p), top)
        items = sat.draws.item_logits(sat.rule_logits + sat.memory, sat.starts)
        score = _range(sat.draws.right_shares(items, sat.weights))
    return Forecast(
        p=p,
        low=low,
        high=high,
        uncapped=uncapped,
        lacking=lacking,
        score=score,
        sections=_standings(sat),
        answers=answers,
        seen=seen,
        outside_share=sat.draws.outside_share,
        outside=_largest_outside(sat.syllabus),
        exam_at=sit_at,
        pass_mark=state.settings.pass_mark,
        pack=pack.hash,
        weights=weights.hash,
        chances=chances,
    )


def _range(values: Floats) -> tuple[float, float, float]:
    return float(values.mean()), float(np.quantile(values, LOW)), float(np.quantile(values, HIGH))


def _standings(sat: Sitting) -> dict[str, Standing]:
    held = logistic(sat.rule_logits + sat.memory)
    result = {}
    for number, section in enumerate(sat.syllabus.sections):
        here = sat.syllabus.section_of == number
        if here.any():
            result[section] = Standing(*_range(held[:, here].mean(axis=1)), covered=True)
        else:
            spread = sat.draws.normals[:, 0] * sat.weights.sd_learner
            prior = logistic(sat.starts[number] + spread)
            result[section] = Standing(*_range(prior), covered=False)
    return result


def _seen(state: LearnerState, syllabus: Syllabus, more: Collection[str | None] = ()) -> float:
    """Share of the exam whose decisions were answered on, or are among ``more``."""
    seen = _answered(state)[1].union(more)
    return sum(syllabus.weights.share(name) for name in syllabus.decisions if name in seen)


def _answered(state: LearnerState) -> tuple[int, frozenset[str]]:
    """How many answers count, and on which decisions they are."""

    def walk() -> tuple[int, frozenset[str]]:
        found = [one.decision for one in state.responses if one.weight > 0]
        return len(found), frozenset(found)

    return _ANSWERED.get_or_make(state, "", walk)


def may_exceed_cap(
    state: LearnerState, pack: Pack, *, more_answers: int, more_decisions: Collection[str | None]
) -> bool:
    """Whether nothing would be lacking after so many more answers, also on these decisions."""
    answers = _answered(state)[0] + more_answers
    seen = _seen(state, syllabus_of(pack), more_decisions)
    return not _lacking_above_cap(answers, seen, mocks_that_count(state, pack))


def mocks_that_count(state: LearnerState, pack: Pack) -> int:
    """Finished forms of the exam's length whose answers were read before they were given."""
    return sum(
        one.size >= pack.head.exam_items_min and one.weighed >= WEIGHED_OF_A_MOCK * one.size
        for one in state.forms
    )


def _largest_outside(syllabus: Syllabus) -> tuple[str, ...]:
    """Ids of the considerations without served items, the weightiest first."""
    uncovered = syllabus.weights.uncovered
    return tuple(sorted(uncovered, key=lambda name: (-uncovered[name], name)))


def _more_for_a_first_forecast(answers: int) -> str:
    more = LEAST_ANSWERS - answers
    noun = "answer that counts" if more == 1 else "answers that count"
    return f"{more} more {noun}: the first forecast needs {LEAST_ANSWERS}."


def _lacking_above_cap(answers: int, seen: float, mocks: int) -> tuple[str, ...]:
    """What a forecast above the cap still needs; empty when nothing is lacking."""
    above = f"above {CAP * 100:.0f} in 100"
    sentences = []
    if answers < ANSWERS_ABOVE_CAP:
        sentences.append(
            f"A forecast {above} needs {ANSWERS_ABOVE_CAP} answers that count; you have {answers}."
        )
    if seen < SEEN_ABOVE_CAP:
        sentences.append(
            f"It needs answers on {SEEN_ABOVE_CAP:.0%} of the exam by weight; you have {seen:.0%}."
        )
    if mocks < MOCKS_ABOVE_CAP:
        done = "you have none" if mocks == 0 else "you have one"
        sentences.append(f"It needs two finished mock exams of full length; {done}.")
    return tuple(sentences)
