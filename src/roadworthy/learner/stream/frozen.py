"""What is known at the end of practice about items of an exam on a later day.

Memory is aged from the last practice to the day of the exam; effects stay as practice left them.
Nothing that happens in the exam comes in: every item of it is told at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner.stream.effects import effects
from roadworthy.learner.stream.exam_day import Frozen
from roadworthy.learner.stream.history import Floats, Ints, Log
from roadworthy.learner.stream.population import Population, walked


@dataclass(frozen=True)
class ExamItems:
    """n items of exams in order of learner: ``who`` [n], ``item`` [n], ``day`` [n] of the exam."""

    who: Ints
    item: Ints
    day: Floats


def frozen(practice: Log, population: Population, asked: ExamItems) -> Frozen:
    """What the rows of ``practice`` say about the items ``asked``; days that are nan are taken as
    the learner's last.
    """
    columns, known = walked(practice, population)
    offset = population.offset(columns, practice.item, practice.rule)
    _, belief = effects(practice, practice.rule, offset, population.loading, population.spreads)
    last = np.zeros(len(practice.names))
    np.maximum.at(last, practice.learner, practice.days)
    day = np.where(np.isnan(asked.day), last[asked.who], asked.day)
    rule = population.rules_of(asked.item, practice)
    later = known.columns(asked.who, asked.item, rule, day) if known else None
    parts = belief.parts(belief.asked(asked.who, asked.item, rule))
    base = population.offset(later, asked.item, rule) + parts[0] @ population.gains
    return Frozen(base, *parts, belief.now.spread)


def first_answers(log: Log) -> tuple[ExamItems, Floats]:
    """Each learner's first exam answer per item, and whether it was right; the day is that of the
    learner's first row of the exam.
    """
    rows = np.flatnonzero(log.post)
    begins = np.full(len(log.names), np.inf)
    np.minimum.at(begins, log.learner[rows], log.days[rows])
    rows = rows[log.outcome[rows] >= 0]
    pair = log.learner[rows] * np.int64(log.items) + log.item[rows]
    rows = rows[np.sort(np.unique(pair, return_index=True)[1])]
    who = log.learner[rows]
    return ExamItems(who, log.item[rows], begins[who]), log.outcome[rows].astype(float)
