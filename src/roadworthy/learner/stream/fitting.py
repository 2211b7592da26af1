"""Everything that learners share, from the rows of some of them.

Where time passes or items repeat, the weights come from ``turns``. A log in which neither happens
has no memory to fit: its items get the curves of ``calibration`` and the two ``traits``. Exams in
the log, if any, then tell the ``exam_day``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.fit import fit as fit_curves
from roadworthy.learner.stream.columns import OWN, SHARED
from roadworthy.learner.stream.effects import Spreads
from roadworthy.learner.stream.exam_day import fit_exam_day
from roadworthy.learner.stream.frozen import first_answers, frozen
from roadworthy.learner.stream.history import Log, Mask
from roadworthy.learner.stream.population import Population
from roadworthy.learner.stream.traits import fit_traits
from roadworthy.learner.stream.turns import START, with_memory
from roadworthy.learner.weights import WEIGHTS

STREAM_WEIGHTS = replace(WEIGHTS, memory_scale=1.0, spacing=0.5, slip=0.0, sd_item=0.0)
"""The form of memory for logs, chosen by cross-validation within train learners."""


def fit_population(log: Log, learners: Mask) -> Population:
    """Everything that learners share, from the rows of those in the mask [learners] alone."""
    mine = log.keep(learners[log.learner])
    population = fit_weights(mine)
    asked, right = first_answers(mine)
    known = frozen(mine.keep(~mine.post), population, asked)
    day = fit_exam_day(known, asked.who, right, population.gains)
    return replace(population, exam_day=day)


def has_memory(log: Log) -> bool:
    """Whether the log can tell of memory: time passes, or a learner meets an item again."""
    if len(log.days) and np.ptp(log.days) > 0:
        return True
    pairs = log.learner * np.int64(log.items) + log.item
    return len(np.unique(pairs)) < len(pairs)


def fit_weights(log: Log) -> Population:
    """The population of all rows of ``log``; finite for any log, an empty one too."""
    rule = np.full(log.items, -1)
    rule[log.item] = log.rule
    empty = Population(
        weights=STREAM_WEIGHTS,
        timed=has_memory(log),
        shared=np.zeros(SHARED),
        own=np.zeros((log.items, 1 + OWN)),
        of_rule=np.zeros(log.rules),
        rule=rule,
        loading=np.ones((log.items, 1)),
        spreads=START,
        gains=np.ones(3),
        doubt=1.0,
    )
    return with_memory(log, empty) if empty.timed else _with_curves(log, empty)


def _with_curves(log: Log, empty: Population) -> Population:
    """Items by marginal maximum likelihood; the learner's effect is N(0, 1)."""
    answered = log.outcome >= 0
    if not answered.any():
        return replace(empty, spreads=Spreads(1.0, 0.0, 0.0))
    people, person = np.unique(log.learner[answered], return_inverse=True)
    answers = Answers(person, log.item[answered], log.outcome[answered], len(people), log.items)
    curves = fit_curves([answers], workers=1).curves
    traits = fit_traits(answers, curves)
    seen = answers.seen_of_items() > 0
    own, loading = empty.own.copy(), traits.loading.copy()
    own[:, 0] = np.where(seen, traits.easiness, traits.easiness[seen].mean())
    loading[~seen] = traits.loading[seen].mean(axis=0)
    return replace(empty, own=own, loading=loading, spreads=Spreads(1.0, 0.0, 0.0))
