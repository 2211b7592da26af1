"""Weights of memory, items and rules by turns, and the spreads of learner, rule and item effects.

The weights come from ``regression.fit``: the shared ones, then each item's, then each rule's.
Between turns the effects are filtered anew under the weights so far, and their means enter as three
more columns: a generalised linear mixed model by turns, in the manner of penalised quasi-likelihood
(Breslow & Clayton 1993), with the filter's means, which know nothing of later answers, in the place
of the smoothed ones. Every item takes part in the learner's effect alike: discriminations of their
own were tried here and made the next answers of learners left out harder to tell.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from roadworthy.learner import regression
from roadworthy.learner.stream.columns import OWN, SHARED, walk
from roadworthy.learner.stream.effects import Spreads, effects
from roadworthy.learner.stream.history import Floats, Ints, Log, asked_days
from roadworthy.learner.stream.population import Population

TURNS = 4
SHARED_PENALTY, FREE = 0.3, 1e-3
INTERCEPT_PENALTY, OWN_PENALTY, GAIN_PENALTY = 1.0, 25.0, 1.0
START = Spreads(learner=0.8, rule=0.25, item=0.4)


def with_memory(log: Log, empty: Population) -> Population:
    """All weights by turns, and the spreads that foretell the next answer best."""
    columns, _ = walk(log, asked_days(log), empty.weights)
    answered = np.flatnonzero(log.outcome >= 0)
    if not len(answered):
        return empty
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
        w = regression.fit(np.concatenate([shared, means], axis=1), right, penalty, offset=apart)
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
