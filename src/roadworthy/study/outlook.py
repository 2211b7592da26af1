"""What planned study would do: rules as they are now, and as days of the plan would leave them.

Only expectations are carried forward: an answer that is right with chance p leaves p times the
trace of a right one. The doubt about the candidate stays as it is today, so a plan never looks
surer than what is known.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.exam_draws import EXAM_OPTIONS, POINT_WEIGHTS, POINTS, RULES_AN_ITEM
from roadworthy.learner.memory import DAY_SECONDS, memory_logits, strengthened_all
from roadworthy.learner.predict import chance_over
from roadworthy.learner.readiness import Sitting, sitting
from roadworthy.learner.state import LearnerState
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack
from roadworthy.study.policy import GUESS, RuleStates, exam_gain, rule_states, seconds_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PRACTISED_AN_ITEM = 2
"""Rules that an item is worth: its target, and two others of its decision that needed it less."""
TRACK_ANSWERS = 3
"""Answers that follow a brief: two with help, one without."""


@dataclass(frozen=True)
class Effect:
    """What one block adds: traces [n, 5] on ``rules`` [n], ``day`` days from now."""

    rules: Ints
    traces: Floats
    day: float


class Outlook:
    """A learner's rules, carried forward through planned blocks. Days count from ``now``."""

    def __init__(
        self, state: LearnerState, pack: Pack, *, now: datetime, exam_at: datetime, seed: int
    ) -> None:
        self.exam_day = max(0.0, (exam_at - now).total_seconds() / DAY_SECONDS)
        self.sitting: Sitting = sitting(state, pack, exam_at, seed)
        self.syllabus = self.sitting.syllabus
        start = rule_states(state, self.syllabus, now)
        self.mean, self.spread = start.mean[0], start.spread[0]
        self.traces = start.traces[0].copy()
        self.noted = -start.days[0]  # day on which the traces were noted; -inf for none
        self.seconds = seconds_of(state, self.syllabus)
        self.shares = np.where(
            [rule in state.disputed_rules for rule in self.syllabus.rules],
            0.0,
            self.syllabus.rule_shares,
        )

    def copy(self) -> Outlook:
        """The same outlook, to be carried forward on its own."""
        twin = copy.copy(self)
        twin.traces, twin.noted = self.traces.copy(), self.noted.copy()
        return twin

    # -- choosing

    def gains(self, day: float) -> Floats:
        """Exam score (0 to 1) that one more answer on each rule buys on a day, [K]."""
        states = RuleStates(
            self.mean[None], self.spread[None], self.traces[None], (day - self.noted)[None]
        )
        gain: Floats = exam_gain(states, max(0.0, self.exam_day - day), WEIGHTS)[0]
        return self.shares * gain

    def decision_value(self, decision: int, day: float) -> float:
        """What a first answer on all rules of a decision would buy."""
        return float(self.gains(day)[self.syllabus.rules_of[decision]].sum())

    # -- studying

    def learn(self, decision: int, day: float) -> Effect:
        """A brief, its worked situation and the answers that follow."""
        rules = self.syllabus.rules_of[decision]
        per_rule = TRACK_ANSWERS * PRACTISED_AN_ITEM / max(len(rules), 1)
        helped = WEIGHTS.credit_aided * min(1.0, per_rule)
        return self._study(rules, day, WEIGHTS.credit_taught + helped * self._credit(rules, day))

    def read(self, rules: Ints, day: float) -> Effect:
        """A lesson that names these rules."""
        return self._study(rules, day, np.full(len(rules), WEIGHTS.credit_taught))

    def answer(self, rules: Ints, day: float) -> Effect:
        """One answer on each of these rules."""
        return self._study(rules, day, self._credit(rules, day))

    def practise(self, minutes: float, decisions: list[int], day: float) -> Effect:
        """As many answers as fit, on the rules of these decisions that gain most a second."""
        open_rules = np.flatnonzero(np.isin(self.syllabus.decision_of, decisions))
        if not len(open_rules):
            return Effect(np.zeros(0, dtype=np.int64), np.zeros((0, self.traces.shape[1])), day)
        typical = float(self.seconds[open_rules].mean())
        count = max(1, round(minutes * 60.0 / typical * PRACTISED_AN_ITEM))
        value = (self.gains(day) / self.seconds)[open_rules]
        best = open_rules[np.argsort(-value, kind="stable")]
        return self.answer(best[:count], day)

    def _credit(self, rules: Ints, day: float) -> Floats:
        """Expected trace of one answer on each rule; a wrong one blames one rule of an item."""
        memory = memory_logits(self.traces[rules], day - self.noted[rules], WEIGHTS)
        variance = self.spread[rules] ** 2
        right = chance_over(self.mean[rules] + memory, variance, GUESS, WEIGHTS)
        wrong = (1.0 - right) * WEIGHTS.credit_failure / RULES_AN_ITEM
        return right * WEIGHTS.credit_success + wrong

    def _study(self, rules: Ints, day: float, credit: Floats) -> Effect:
        before = self.traces[rules]
        days = day - self.noted[rules]
        after = strengthened_all(before, days, credit, WEIGHTS)
        faded = np.exp(-days[:, None] / np.asarray(WEIGHTS.time_constants))
        self.traces[rules] = after
        self.noted[rules] = day
        return Effect(rules, after - before * faded, day)

    # -- what it is worth

    def memory_at_exam(self) -> Floats:
        """What memory adds to each rule on the exam day, after all that was studied, [K]."""
        return memory_logits(self.traces, self.exam_day - self.noted, WEIGHTS)

    def chances(self) -> Floats:
        """Chance to pass in each draw after all that was studied, [n]."""
        return self.sitting.chances(self.sitting.rule_logits + self.memory_at_exam())

    def worth(self) -> Worth:
        """The measure of blocks against what is studied by now; make it when the plan is whole."""
        return Worth(self)


class Worth:
    """Points of 100 that a block is worth: the forecast for the whole plan with it and without."""

    def __init__(self, outlook: Outlook) -> None:
        self._exam_day = outlook.exam_day
        self._constants = np.asarray(WEIGHTS.time_constants)
        left = np.exp(-(outlook.exam_day - outlook.noted)[:, None] / self._constants)
        self._strength = (outlook.traces * left) @ np.asarray(WEIGHTS.trace_shares)
        self._slope = _slope(outlook)

    def of(self, effect: Effect) -> float:
        """What the plan would lose without a block that it holds."""
        kept, added = self._parts(effect)
        return self._points(effect.rules, _logit(kept) - _logit(np.maximum(kept - added, 0.0)))

    def of_more(self, effect: Effect) -> float:
        """What the plan would gain by a block that it does not hold."""
        kept, added = self._parts(effect)
        return self._points(effect.rules, _logit(kept + added) - _logit(kept))

    def _parts(self, effect: Effect) -> tuple[Floats, Floats]:
        fading = np.exp(-max(0.0, self._exam_day - effect.day) / self._constants)
        added = (effect.traces * fading) @ np.asarray(WEIGHTS.trace_shares)
        return self._strength[effect.rules], added

    def _points(self, rules: Ints, change: Floats) -> float:
        return float(100.0 * (self._slope[rules] * change).sum())


def _logit(strength: Floats) -> Floats:
    result: Floats = WEIGHTS.memory_gain * np.log1p(WEIGHTS.memory_scale * strength)
    return result


def _slope(outlook: Outlook) -> Floats:
    """How the chance to pass rises with the logit of each rule at the end of the plan: [K].

    By a normal approximation of the number right in each draw; the forecast itself is exact.
    """
    sat = outlook.sitting
    draws = sat.draws
    logits = sat.draws.item_logits(sat.rule_logits + outlook.memory_at_exam(), sat.starts)
    flat = 1.0 / np.sqrt(1.0 + np.pi * WEIGHTS.sd_item**2 / 8.0)
    floor = 1.0 / EXAM_OPTIONS
    shifts = WEIGHTS.transfer_mean + WEIGHTS.transfer_sd * POINTS
    rising = 0.5 * (1.0 + np.tanh(0.5 * flat * (logits[:, None, :] + shifts[:, None])))
    height = 1.0 - floor - WEIGHTS.slip
    p = floor + height * rising
    asked = draws.asked[:, None, :]
    size = draws.asked.sum(axis=1)[:, None]
    share = np.where(asked, p, 0.0).sum(axis=2) / size
    variance = np.where(asked, p * (1.0 - p), 0.0).sum(axis=2) / size**2
    spread = np.sqrt(variance + WEIGHTS.pass_mark_sd**2)
    z = (share - draws.pass_mark) / spread
    density = np.exp(-0.5 * z**2) / (np.sqrt(2.0 * np.pi) * spread * size) * POINT_WEIGHTS
    steep = height * flat * rising * (1.0 - rising)
    each = (steep * density[:, :, None]).sum(axis=1) / RULES_AN_ITEM / len(logits)
    inside = (draws.rules >= 0) & draws.asked[:, :, None]
    slopes = np.broadcast_to(each[:, :, None], draws.rules.shape)
    total = np.bincount(draws.rules[inside], weights=slopes[inside], minlength=len(outlook.mean))
    return total.astype(np.float64)
