"""What learners share, fitted to the logs of some: weights of memory, items, rules, and spreads.

logit P(right) = shared . w + (1, own) . w_item + w_rule + gains . effects(learner, rule, item)

with columns of ``columns`` and effects of ``effects``. The weights come from ``regression.fit`` in
turns: the shared ones, then each item's, then each rule's; between turns the effects are filtered
anew under the weights so far, and their means enter as three more columns (a generalised linear
mixed model by turns, as penalised quasi-likelihood; Breslow & Clayton 1993). A log in which nothing
repeats and no time passes has no memory to fit: its items get the curves of ``calibration``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from roadworthy.learner import regression
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.fit import fit as fit_curves
from roadworthy.learner.link import chance_over
from roadworthy.learner.stream.columns import OWN, SHARED, Columns, walk
from roadworthy.learner.stream.effects import Spreads, effects
from roadworthy.learner.stream.exam_day import NO_EXAM, ExamDay
from roadworthy.learner.stream.history import Floats, Ints, Log, asked_days
from roadworthy.learner.stream.traits import fit_traits
from roadworthy.learner.weights import WEIGHTS, Weights

STREAM_WEIGHTS = replace(WEIGHTS, memory_scale=1.0, spacing=0.5, slip=0.0, sd_item=0.0)
"""The form of memory for logs, chosen by cross-validation within train learners."""
TURNS = 4
SHARED_PENALTY, FREE = 0.3, 1e-3
INTERCEPT_PENALTY, OWN_PENALTY, GAIN_PENALTY = 1.0, 25.0, 1.0
START = Spreads(learner=0.8, rule=0.25, item=0.4)


@dataclass(frozen=True)
class Population:
    """What is known before a learner's first answer; logits.

    ``shared`` [SHARED]; ``own`` [items, 1 + OWN], the item's intercept first; ``of_rule`` [rules];
    ``rule`` [items]: each item's rule, -1 where no row told it. ``loading`` [items, G]: how each item
    takes part in the learner's effects, its discrimination; ``gains`` [3] of the effects. ``doubt``: share of the effects' variance that a
    chance is integrated over (0 where the gains were fitted without). ``timed``: whether memory
    counts at all.
    """

    weights: Weights
    timed: bool
    shared: Floats
    own: Floats
    of_rule: Floats
    rule: Ints
    loading: Floats
    spreads: Spreads
    gains: Floats
    doubt: float
    exam_day: ExamDay = NO_EXAM

    def rules_of(self, item: Ints, log: Log) -> Ints:
        """The rule of each ``item`` [n]: as the rows here or those fitted on have it, or -1."""
        found = self.rule.copy()
        found[log.item] = log.rule
        return found[item]

    def offset(self, columns: Columns, item: Ints, rule: Ints) -> Floats:
        """The logit of items without the effects, [n]."""
        own = self.own[item]
        fixed = own[:, 0] + np.where(rule >= 0, self.of_rule[np.maximum(rule, 0)], 0.0)
        if not self.timed:
            return fixed
        result: Floats = fixed + columns.shared @ self.shared + (columns.own * own[:, 1:]).sum(1)
        return result

    def chance(self, offset: Floats, means: Floats, variance: Floats) -> Floats:
        """The chance of a right answer from an offset [n], and effects [n, 3] with variance [n]."""
        return chance_over(offset + means @ self.gains, self.doubt * variance, 0.0, self.weights)


def has_memory(log: Log) -> bool:
    """Whether the log can tell of memory: time passes, or a learner meets an item again."""
    if np.ptp(log.days, ) > 0 if len(log.days) else False:
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
    return _with_memory(log, empty) if empty.timed else _with_curves(log, empty)


def _with_curves(log: Log, empty: Population) -> Population:
    """Items by marginal maximum likelihood; the learner's effect is N(0, 1)."""
    answered = log.outcome >= 0
    if not answered.any():
        return replace(empty, spreads=Spreads(1.0, 0.0, 0.0))
    people, person = np.unique(log.learner[answered], return_inverse=True)
    answers = Answers(
        person, log.item[answered], log.outcome[answered], len(people), log.items
    )
    curves = fit_curves([answers], workers=1).curves
    traits = fit_traits(answers, curves)
    seen = answers.seen_of_items() > 0
    own, loading = empty.own.copy(), traits.loading.copy()
    own[:, 0] = np.where(seen, traits.easiness, traits.easiness[seen].mean())
    loading[~seen] = traits.loading[seen].mean(axis=0)
    return replace(empty, own=own, loading=loading, spreads=Spreads(1.0, 0.0, 0.0))


def _with_memory(log: Log, empty: Population) -> Population:
    """All weights by turns, and the spreads that foretell the next answer best."""
    columns, _ = walk(log, asked_days(log), empty.weights)
    answered = np.flatnonzero(log.outcome >= 0)
    right = log.outcome[answered].astype(float)
    item, rule = log.item[answered], log.rule[answered]
    shared, own = columns.shared[answered], columns.own[answered]
    own = np.concatenate([np.ones((len(own), 1)), own], axis=1)
    penalty = np.r_[FREE, np.full(SHARED - 1, SHARED_PENALTY), np.full(3, GAIN_PENALTY)]
    own_penalty = np.r_[INTERCEPT_PENALTY, np.full(OWN, OWN_PENALTY)]
    now = replace(empty, gains=np.zeros(3), doubt=0.0)
    means = np.zeros((len(right), 3))
    for turn in range(TURNS + 1):
        apart = (own * now.own[item]).sum(axis=1) + now.of_rule[rule]
        w = regression.fit(
            np.concatenate([shared, means], axis=1), right, penalty, offset=apart
        )
        together = shared @ w[:SHARED] + means @ w[SHARED:]
        of_item = each(own, right, item, log.items, own_penalty, together + now.of_rule[rule])
        together = together + (own * of_item[item]).sum(axis=1)
        of_rule = each(
            np.ones((len(right), 1)), right, rule, log.rules, np.array([INTERCEPT_PENALTY]),
            together,
        )[:, 0]  # fmt: skip
        now = replace(now, shared=w[:SHARED], own=of_item, of_rule=of_rule, gains=w[SHARED:])
        if turn == 0:
            continue
        offset = now.offset(columns, log.item, log.rule)
        if turn == 1:
            now = replace(now, spreads=_best_spreads(log, offset, now))
        means = effects(log, log.rule, offset, now.loading, now.spreads)[0].means[answered]
    gains = regression.fit(
        means, right, np.full(3, GAIN_PENALTY), centre=now.gains, offset=offset[answered]
    )
    return replace(now, gains=gains)


def each(
    columns: Floats, right: Floats, key: Ints, keys: int, penalty: Floats, offset: Floats
) -> Floats:
    """A regression of its own for the rows of each key: [keys, F], 0 for a key without rows."""
    found = np.zeros((keys, columns.shape[1]))
    order = np.argsort(key, kind="stable")
    ends = np.searchsorted(key[order], np.arange(keys + 1))
    for one in range(keys):
        rows = order[ends[one] : ends[one + 1]]
        if len(rows):
            found[one] = regression.fit(columns[rows], right[rows], penalty, offset=offset[rows])
    return found


def _best_spreads(log: Log, offset: Floats, now: Population) -> Spreads:
    """One spread after the other, by the log loss of each answer told before it is taken in."""
    answered = log.outcome >= 0
    right = log.outcome[answered].astype(float)

    def loss(spreads: Spreads) -> float:
        means = effects(log, log.rule, offset, now.loading, spreads)[0].means[answered]
        base = offset[answered]
        gains = regression.fit(
            means, right, np.full(3, GAIN_PENALTY), centre=np.ones(3), offset=base
        )
        return regression.log_loss(base + means @ gains, 0.0, right, 0.0, now.weights)

    best, least = START, loss(START)
    for name, choices in (
        ("learner", (0.5, 1.1, 1.5)),
        ("rule", (0.1, 0.5)),
        ("item", (0.2, 0.6)),
    ):
        for choice in choices:
            tried = replace(best, **{name: choice})
            found = loss(tried)
            if found < least:
                best, least = tried, found
    return best
