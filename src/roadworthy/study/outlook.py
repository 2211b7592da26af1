"""What planned study would do: rules as they are now, and as days of the plan would leave them.

Only expectations are carried forward: an answer that is right with chance p leaves p times the
trace of a right one. The doubt about the candidate stays as it is today, so a plan never looks
surer than what is known.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.cohort import RuleStates
from roadworthy.learner.exam_draws import EXAM_OPTIONS, POINT_WEIGHTS, POINTS, RULES_AN_ITEM
from roadworthy.learner.link import chance_over, flatness, logistic
from roadworthy.learner.memory import (
    DAY_SECONDS,
    FAILURE,
    READING,
    SUCCESS,
    memory_logits,
    strengthened_all,
)
from roadworthy.learner.readiness import Sitting, sitting
from roadworthy.learner.state import LearnerState
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack
from roadworthy.study.answer_time import pace_of, typical_seconds
from roadworthy.study.policy import GUESS, exam_gain, rule_states

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PRACTISED_AN_ITEM = 2
"""Rules that an item is worth: its target, and two others of its decision that needed it less."""
LEAST_TRACE = 1e-9
TRACK_ANSWERS = 3
"""Answers that follow a brief: two with help, one without."""


@dataclass(frozen=True)
class Effect:
    """What one block adds: traces [n, 3, 5] on ``rules`` [n], ``day`` days from now."""

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
        self._gains: tuple[float, Floats] | None = None
        self.pace = pace_of(state, self.syllabus)
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
        """Exam score (0 to 1) that one more answer on each rule buys on a day, [K].

        Kept until something is studied: a day asks several times.
        """
        if self._gains is not None and self._gains[0] == day:
            return self._gains[1]
        states = RuleStates(
            self.mean[None], self.spread[None], self.traces[None], (day - self.noted)[None]
        )
        gain: Floats = exam_gain(states, max(0.0, self.exam_day - day), WEIGHTS)[0]
        result: Floats = self.shares * gain
        self._gains = (day, result)
        return result

    def decision_values(self, day: float) -> Floats:
        """What a first answer on all rules of each decision would buy on a day, [D]."""
        return np.bincount(
            self.syllabus.decision_of,
            weights=self.gains(day),
            minlength=len(self.syllabus.decisions),
        ).astype(np.float64)

    # -- studying

    def learn(self, decision: int, day: float, answers: int = TRACK_ANSWERS) -> Effect:
        """A brief, its worked situation and the answers that follow."""
        rules = self.syllabus.rules_of[decision]
        before = self._left(rules, day)
        self._add(rules, day, READING, np.ones(len(rules)))
        per_rule = answers * PRACTISED_AN_ITEM / max(len(rules), 1)
        self._respond(rules, day, WEIGHTS.credit_aided * min(1.0, per_rule))
        return Effect(rules, self.traces[rules] - before, day)

    def read(self, rules: Ints, day: float) -> Effect:
        """A lesson that names these rules."""
        before = self._left(rules, day)
        self._add(rules, day, READING, np.ones(len(rules)))
        return Effect(rules, self.traces[rules] - before, day)

    def answer(self, rules: Ints, day: float) -> Effect:
        """One answer on each of these rules."""
        before = self._left(rules, day)
        self._respond(rules, day, 1.0)
        return Effect(rules, self.traces[rules] - before, day)

    def practise(self, minutes: float, decisions: list[int], day: float) -> Effect:
        """As many answers as fit, on the rules of these decisions that gain most a second."""
        open_rules = np.flatnonzero(np.isin(self.syllabus.decision_of, decisions))
        if not len(open_rules):
            return Effect(np.zeros(0, dtype=np.int64), np.zeros((0, *self.traces.shape[1:])), day)
        seconds = self.pace[open_rules] * typical_seconds(self.exam_day - day)
        typical = float(seconds.mean())
        count = max(1, round(minutes * 60.0 / typical * PRACTISED_AN_ITEM))
        value = self.gains(day)[open_rules] / seconds
        best = open_rules[np.argsort(-value, kind="stable")]
        return self.answer(best[:count], day)

    def sit(self, items: int, day: float) -> Effect:
        """A mock of so many items: on all rules by their share of the exam, met or not."""
        rules = np.flatnonzero(self.syllabus.rule_shares > 0)
        shares = self.syllabus.rule_shares[rules]
        before = self._left(rules, day)
        answers = items * PRACTISED_AN_ITEM * shares / shares.sum()
        self._respond(rules, day, np.minimum(1.0, answers))
        return Effect(rules, self.traces[rules] - before, day)

    def _left(self, rules: Ints, day: float) -> Floats:
        """The traces of these rules as they have decayed by a day."""
        gone = (day - self.noted[rules])[:, None, None] / np.asarray(WEIGHTS.time_constants)
        result: Floats = self.traces[rules] * np.exp(-gone)
        return result

    def _respond(self, rules: Ints, day: float, credit: float | Floats) -> None:
        """Expected traces of one answer on each rule; a wrong one blames one rule of an item."""
        memory = memory_logits(self.traces[rules], day - self.noted[rules], WEIGHTS)
        variance = self.spread[rules] ** 2
        right = chance_over(self.mean[rules] + memory, variance, GUESS, WEIGHTS)
        self._add(rules, day, SUCCESS, credit * right)
        self._add(rules, day, FAILURE, credit * (1.0 - right) / RULES_AN_ITEM)

    def _add(self, rules: Ints, day: float, kind: int, credit: Floats) -> None:
        self._gains = None
        days = day - self.noted[rules]
        self.traces[rules] = strengthened_all(self.traces[rules], days, kind, credit, WEIGHTS)
        self.noted[rules] = day

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
    """What a block is worth, as (points of the chance to pass, points of the score), of 100 each.

    The chance moves little where it is near 0 or 100; the expected score moves with every block.
    """

    def __init__(self, outlook: Outlook) -> None:
        self._exam_day = outlook.exam_day
        self._traces = outlook.traces
        self._noted = outlook.noted
        self._slopes = _slopes(outlook)

    def of(self, effects: Sequence[Effect]) -> tuple[float, float]:
        """What the plan would lose without a block that it holds."""
        return self._sum(effects, -1.0)

    def of_more(self, effects: Sequence[Effect]) -> tuple[float, float]:
        """What the plan would gain by a block that it does not hold."""
        return self._sum(effects, 1.0)

    def _sum(self, effects: Sequence[Effect], sign: float) -> tuple[float, float]:
        total = np.zeros(2)
        for effect in effects:
            moved = sign * (self._logits(effect, sign) - self._logits(effect, 0.0))
            total += 100.0 * (self._slopes[:, effect.rules] @ moved)
        return float(total[0]), float(total[1])

    def _logits(self, effect: Effect, sign: float) -> Floats:
        """Memory on the exam day of the effect's rules, with it once more, once less, or as is."""
        rules = effect.rules
        constants = np.asarray(WEIGHTS.time_constants)
        # Traces stand as on the day on which they were noted, an effect as on its own day.
        noted = np.where(np.isfinite(self._noted[rules]), self._noted[rules], effect.day)
        aged = np.maximum(noted - effect.day, 0.0)[:, None, None] / constants
        added = effect.traces * np.exp(-aged)
        days = self._exam_day - noted
        traces = np.maximum(self._traces[rules] + sign * added, 0.0)
        if sign < 0:  # what is left of a rule that only this block touches is nothing at all
            days = np.where(traces.sum(axis=(1, 2)) > LEAST_TRACE, days, np.inf)
        return memory_logits(traces, days, WEIGHTS)


def _slopes(outlook: Outlook) -> Floats:
    """How the chance to pass and the score rise with the logit of each rule, [2, K].

    Taken at the end of the plan, by a normal approximation of the number right in each draw. The
    forecast itself is exact.
    """
    sat = outlook.sitting
    draws = sat.draws
    logits = sat.draws.item_logits(sat.rule_logits + outlook.memory_at_exam(), sat.starts)
    flat = flatness(WEIGHTS.sd_item**2)
    floor = 1.0 / EXAM_OPTIONS
    shifts = WEIGHTS.transfer_mean + WEIGHTS.transfer_sd * POINTS
    rising = logistic(flat * (logits[:, None, :] + shifts[:, None]))
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
    chance = (steep * density[:, :, None]).sum(axis=1)
    score = (steep * POINT_WEIGHTS[:, None]).sum(axis=1) / size
    inside = (draws.rules >= 0) & draws.asked[:, :, None]
    result = np.zeros((2, len(outlook.mean)))
    for row, rise in enumerate((chance, score)):
        each = rise / RULES_AN_ITEM / len(logits)
        slopes = np.broadcast_to(each[:, :, None], draws.rules.shape)[inside]
        result[row] = np.bincount(draws.rules[inside], weights=slopes, minlength=result.shape[1])
    return result
