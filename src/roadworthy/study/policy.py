"""What to practise next: the rule on which a second buys most chance to pass.

Policy v1 is greedy. For each rule it weighs what one more answer now adds to the chance of a right
answer on the exam date, forgetting included and the doubt about the candidate integrated out, times
the rule's exam share, by the seconds that the answer takes. ``docs/how-it-works.md`` says what
our simulation showed of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.ability import ability_of
from roadworthy.learner.cohort import RuleStates
from roadworthy.learner.link import chance_over
from roadworthy.learner.memory import (
    DAY_SECONDS,
    FAILURE,
    SUCCESS,
    memory_logits,
    strengthened_all,
)
from roadworthy.learner.predict import trace_arrays
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import Syllabus, syllabus_of
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.pack.model import Pack
from roadworthy.study.answer_time import pace_of, typical_seconds

Floats = NDArray[np.float64]
GUESS = 0.25
"""Chance to guess an item of the exam."""
NO_DATE = timedelta(days=28)
"""Without an exam date we look as far ahead as the course is long."""
LEAST_MINUTES = 10
TIE_BREAK = 1e-9
WEAK_FACTOR = 2.0
"""What was asked and felt weak in a failed exam is worth more than its published share."""


def rank(
    states: RuleStates,
    weights: Floats,
    seconds: Floats,
    now: datetime,
    exam_at: datetime,
    seed: int,
    model: Weights = WEIGHTS,
    minutes: Floats | float = np.inf,
) -> Floats:
    """Exam gain per second of one more answer on each rule now: scores [L, K], higher is better.

    ``weights`` [K] or [L, K]: exam shares. ``seconds`` [K] or [L, K]: time of one answer.
    ``minutes`` [L] or one: study time left until the exam; an answer that does not fit any more
    scores nothing. A seed breaks ties. Gain = chance(right now) x (exam chance after a right
    answer - without) + the same for a wrong one, times weight, by seconds. It is linear in the
    weights, so uncertain ones come in by their mean (``study/exam_weights.py``).
    """
    wait = max(0.0, (exam_at - now).total_seconds() / DAY_SECONDS)
    gain = exam_gain(states, wait, model)
    luck = np.random.default_rng(seed).random(gain.shape)
    fits = np.asarray(seconds) <= 60.0 * np.asarray(minutes)[..., None]
    result: Floats = fits * weights * gain / seconds * (1.0 + TIE_BREAK * luck)
    return result


def exam_gain(states: RuleStates, wait: float, model: Weights) -> Floats:
    """What one more answer now adds to the chance on the exam, ``wait`` days away: [L, K]."""
    variance = states.spread**2
    at_exam = memory_logits(states.traces, states.days + wait, model)
    without = chance_over(states.mean + at_exam, variance, GUESS, model)
    now = memory_logits(states.traces, states.days, model)
    right = chance_over(states.mean + now, variance, GUESS, model)
    later = np.full_like(states.days, wait)
    gain = np.zeros_like(without)
    for kind, share in ((SUCCESS, right), (FAILURE, 1.0 - right)):
        traces = strengthened_all(states.traces, states.days, kind, 1.0, model)
        after = states.mean + memory_logits(traces, later, model)
        gain += share * (chance_over(after, variance, GUESS, model) - without)
    return gain


def rule_states(state: LearnerState, syllabus: Syllabus, now: datetime) -> RuleStates:
    """The states of one learner over a syllabus (L = 1)."""
    ability = ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS)
    traces, days = trace_arrays(state, syllabus.rules, now)
    return RuleStates(
        mean=ability.rule_means(syllabus.section_of)[None, :],
        spread=ability.rule_spreads(syllabus.section_of)[None, :],
        traces=traces[None],
        days=days[None, :],
    )


def horizon(state: LearnerState, now: datetime) -> datetime:
    """When the exam is assumed to begin: noon UTC of its date, or in 28 days; never in the past."""
    day = state.settings.exam_date
    if day is None:
        return now + NO_DATE
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo)
    return max(noon, now)


def weak_first(state: LearnerState, syllabus: Syllabus) -> Floats:
    """A factor on exam shares, [K]: sections that felt weak in a failed exam count double."""
    weak = np.array([one in state.weak_sections for one in syllabus.sections])
    result: Floats = np.where(weak, WEAK_FACTOR, 1.0)[syllabus.section_of]
    return result


_SCORES: Recent[LearnerState, dict[str, float]] = Recent(8)


def scores(state: LearnerState, pack: Pack, *, now: datetime, seed: int) -> dict[str, float]:
    """Exam points (of 100) that a minute on each served rule buys now; made once a minute."""
    minute = now.replace(second=0, microsecond=0)

    def make() -> dict[str, float]:
        syllabus = syllabus_of(pack)
        exam_at = horizon(state, now)
        days = (exam_at - now).total_seconds() / DAY_SECONDS
        values = rank(
            rule_states(state, syllabus, now),
            syllabus.rule_shares * weak_first(state, syllabus),
            pace_of(state, syllabus) * typical_seconds(days),
            now,
            exam_at,
            seed,
            minutes=max(1.0, days) * max(state.settings.minutes_per_day, LEAST_MINUTES),
        )[0]
        return dict(zip(syllabus.rules, (values * 6000.0).tolist(), strict=True))

    return _SCORES.get_or_make(state, (pack.hash, id(pack), minute, seed), make)


def order_rules(
    state: LearnerState, pack: Pack, rules: Sequence[str], *, now: datetime, seed: int
) -> list[str]:
    """The rules, best first: where a minute buys most. Unknown rules come last, in their order."""
    values = scores(state, pack, now=now, seed=seed)
    return sorted(rules, key=lambda rule: -values.get(rule, -1.0))


def why(state: LearnerState, pack: Pack, rule: str, *, now: datetime) -> str:
    """Why a rule is worth a minute now, in a sentence: what is known of it and what it weighs."""
    syllabus = syllabus_of(pack)
    number = syllabus.place.get(rule)
    if number is None:
        return "This rule is not part of the pack any more."
    one = rule_states(state, syllabus, now)
    wait = (horizon(state, now) - now).total_seconds() / DAY_SECONDS
    held = memory_logits(one.traces, one.days + wait, WEIGHTS)[0, number]
    spread = one.spread[0, number] ** 2
    chance = float(chance_over(one.mean[0, number] + held, spread, 0.0, WEIGHTS))
    share = float(syllabus.weights.share(rule.split(".")[0]))
    memory = state.rules.get(rule)
    last = memory.last_seen if memory is not None else None
    if last is None:
        seen = "You have not met it yet"
    elif memory is not None and not memory.successes and not memory.failures:
        seen = "You have read it but not answered on it yet"
    else:
        days = (now - last).days
        seen = "You met it today" if days < 1 else f"You met it {_days(days)} ago"
    return (
        f"{seen}; the chance to hold it on the exam day is {100 * chance:.0f} in 100. "
        f"Its decision is about {100 * share:.1f}% of the exam."
    )


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
