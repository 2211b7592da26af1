"""What answers so far say about a learner, and about the learner on a rule or an item.

The effects are those of ``posterior``: common effects, the learner, in which an item takes part
by its loadings; and an effect of each rule and, where items repeat, of each item.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roadworthy.learner import posterior
from roadworthy.learner.posterior import Asked, Posterior
from roadworthy.learner.stream.history import Floats, Ints, Log, steps


@dataclass(frozen=True)
class Spreads:
    """Standard deviations, in logits, of learner, rule and item effects.

    ``item`` 0: there are no item effects.
    """

    learner: float
    rule: float
    item: float


@dataclass(frozen=True)
class Effects:
    """Before each row: means [rows, 3] of the effects of learner (as the item takes part in them),
    rule and item, and the ``variance`` of their sum [rows].
    """

    means: Floats
    variance: Floats


class Belief:
    """The posterior about L learners with R rules and I items, and how items address it."""

    def __init__(self, learners: int, rules: int, loading: Floats, spreads: Spreads) -> None:
        """``loading`` [I, G]: how each item takes part in the G common effects. A rule of -1 has no
        effect.
        """
        self._rules, self._loading, self._spreads = rules, loading, spreads
        deviations = [np.full(rules, spreads.rule)]
        if spreads.item > 0:
            deviations.append(np.full(len(loading), spreads.item))
        every = np.concatenate(deviations)
        self.now: Posterior = posterior.prior(
            learners, len(every), np.full(loading.shape[1], spreads.learner), every
        )

    def asked(self, who: Ints, item: Ints, rule: Ints) -> Asked:
        """The direction of ``item`` [n] on ``rule`` [n], put to learners ``who`` [n]."""
        places = [rule] if self._spreads.item <= 0 else [rule, self._rules + item]
        places_of = np.stack(places, axis=1)
        return Asked(who, self._loading[item], places_of, np.ones(places_of.shape))

    def parts(self, asked: Asked) -> tuple[Floats, Floats, Floats]:
        """Of effects of learner, rule and item: means [n, 3], slopes [n, 3, G] by the common
        effects, and variances [n, 3] given those.
        """
        now, who = self.now, asked.who
        means, rest = np.zeros((2, len(who), 3))
        slopes = np.zeros((len(who), 3, now.mean.shape[1]))
        slopes[:, 0] = asked.common
        for column in range(asked.rules.shape[1]):
            real, key = asked.rules[:, column] >= 0, np.maximum(asked.rules[:, column], 0)
            slopes[:, 1 + column] = np.where(real[:, None], now.pull[who, key], 0.0)
            means[:, 1 + column] = np.where(real, now.start[who, key], 0.0)
            rest[:, 1 + column] = np.where(real, now.rest[who, key], 0.0)
        return means + np.einsum("nkg,ng->nk", slopes, now.mean[who]), slopes, rest

    def observe(self, asked: Asked, offset: Floats, right: Floats) -> None:
        """Take in one answer of each learner asked; ``offset`` [n] as in ``posterior.observe``."""
        posterior.observe(
            self.now,
            asked,
            offset=offset,
            right=right,
            floor=np.zeros(len(right)),
            slip=0.0,
            within=0.0,
        )


def effects(
    log: Log, rule: Ints, offset: Floats, loading: Floats, spreads: Spreads
) -> tuple[Effects, Belief]:
    """The effects before each row of ``log``, and the belief after the last one.

    ``rule`` [rows], -1 where unknown; ``offset`` [rows]: what all else adds to the logit.
    """
    learners = len(log.names)
    belief = Belief(learners, log.rules, loading, spreads)
    means, variance = np.zeros((len(log.learner), 3)), np.zeros(len(log.learner))
    for rows in steps(log.learner, learners):
        asked = belief.asked(log.learner[rows], log.item[rows], rule[rows])
        means[rows], slopes, rest = belief.parts(asked)
        along = slopes.sum(axis=1)
        spread = belief.now.spread[log.learner[rows]]
        variance[rows] = np.einsum("ng,ngh,nh->n", along, spread, along) + rest.sum(axis=1)
        answered = log.outcome[rows] >= 0
        belief.observe(
            asked.where(answered),
            offset[rows][answered],
            log.outcome[rows][answered].astype(float),
        )
    return Effects(means, variance), belief
