"""Ability by learner, section and rule: a Gaussian posterior around what memory adds.

The logit of a response is start(section) + learner + section + mean(rules) + memory, where start
comes from the self-rating and the three effects have Gaussian priors. So a rule that was never
asked takes the posterior of its section, and a section that of the learner: that is the shrinkage.
A right answer speaks for all rules of the item, a wrong one against those of the chosen option.

When a session or a form begins, everything before it is fitted anew (``full_fit.py``); each of its
answers is then one rank-one update (``posterior.py``). So the posterior follows from the responses
alone, whatever was computed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.full_fit import Evidence, full_fit
from roadworthy.learner.posterior import Asked, Posterior, observe, padded
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState, Response
from roadworthy.learner.weights import Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_IN_A_ROW = 100
"""A longer stretch without a pause is fitted anew all the same, so that no update drifts far."""


@dataclass(frozen=True)
class Ability:
    """The posterior of one learner over (learner, S sections, K rules), in logits.

    ``belief`` has L = 1 and G = 1 + S; ``starts`` [S] is the prior logit of each section.
    """

    sections: tuple[str, ...]
    rules: tuple[str, ...]
    starts: Floats
    belief: Posterior

    @cached_property
    def size(self) -> int:
        """How many effects there are: 1 + S + K."""
        return 1 + len(self.sections) + len(self.rules)

    def common(self, section_of: Ints) -> Floats:
        """Which common effects each rule takes part in: sections of rules [K] -> [K, 1+S]."""
        return np.column_stack([np.ones(len(section_of)), np.eye(len(self.sections))[section_of]])

    def rule_means(self, section_of: Ints) -> Floats:
        """Posterior mean logit of each rule without memory, [K], for rules in these sections."""
        mean, _ = self.belief.rules(self.common(section_of))
        result: Floats = self.starts[section_of] + mean[0]
        return result

    def rule_spreads(self, section_of: Ints) -> Floats:
        """Posterior standard deviation of each rule's logit, [K]."""
        _, variance = self.belief.rules(self.common(section_of))
        result: Floats = np.sqrt(variance[0])
        return result

    def draws(self, normals: Floats, section_of: Ints) -> Floats:
        """Posterior draws of the rules' logits without memory: normals [n, 1+S+K] -> [n, K]."""
        drawn = self.belief.draws(normals, self.common(section_of))
        result: Floats = self.starts[section_of] + drawn
        return result


_KNOWN: Recent[LearnerState, Ability] = Recent(16)
_FITTED: Recent[Response, Posterior] = Recent(8)


def ability_of(
    state: LearnerState, rules: tuple[str, ...], sections: tuple[str, ...], weights: Weights
) -> Ability:
    """The posterior after all responses of a state, for these rules and sections in this order."""
    key = (rules, sections, weights.hash)
    return _KNOWN.get_or_make(state, key, lambda: _ability(state, rules, sections, weights))


def starts_of(state: LearnerState, sections: tuple[str, ...], weights: Weights) -> Floats:
    """The prior logit of each section, [S]: by self-rating, less where a failed exam felt weak."""
    return np.array(
        [
            weights.start(state.settings.experience.get(one))
            + weights.felt_weak * (one in state.weak_sections)
            for one in sections
        ]
    )


def _ability(
    state: LearnerState, rules: tuple[str, ...], sections: tuple[str, ...], weights: Weights
) -> Ability:
    starts = starts_of(state, sections, weights)
    settled = _settled(state.responses)
    before, since = state.responses[:settled], state.responses[settled:]

    def fitted() -> Posterior:
        evidence = _evidence(before, rules, sections, starts, weights)
        return full_fit(evidence, len(sections), len(rules), weights)

    if before:
        key = (settled, id(before[0]), rules, sections, weights.hash, tuple(starts.tolist()))
        belief = _FITTED.get_or_make(before[-1], key, fitted)
    else:
        belief = fitted()
    belief = _updated(belief, since, rules, sections, starts, weights)
    return Ability(sections, rules, starts, belief)


def _settled(responses: Sequence[Response]) -> int:
    """How many responses came before the session or form of the newest one."""
    if not responses:
        return 0
    last = responses[-1]
    place = len(responses)
    while place and (responses[place - 1].session, responses[place - 1].form) == (
        last.session, last.form
    ):  # fmt: skip
        place -= 1
    run = len(responses) - place
    return place + run // MOST_IN_A_ROW * MOST_IN_A_ROW


def _updated(
    belief: Posterior,
    since: Sequence[Response],
    rules: tuple[str, ...],
    sections: tuple[str, ...],
    starts: Floats,
    weights: Weights,
) -> Posterior:
    evidence = _evidence(since, rules, sections, starts, weights)
    if evidence is None:
        return belief
    belief = belief.copy()
    who = np.zeros(1, dtype=np.int64)
    for number in range(len(evidence.offset)):
        one = slice(number, number + 1)
        observe(
            belief,
            Asked(who, evidence.common[one], evidence.rules[one], evidence.shares[one]),
            offset=evidence.offset[one],
            right=evidence.right[one],
            floor=evidence.floor[one],
            slip=weights.slip,
            within=weights.sd_item**2,
        )
    return belief


def _evidence(
    responses: Sequence[Response],
    rules: tuple[str, ...],
    sections: tuple[str, ...],
    starts: Floats,
    weights: Weights,
) -> Evidence | None:
    """The responses that count, as arrays; None if none does.

    A situation that was seen before shows what is remembered of it, not what is known; an answer
    under a quarter of reading time shows neither.
    """
    place = {rule: number for number, rule in enumerate(rules)}
    section_place = {section: number for number, section in enumerate(sections)}
    kept = [
        one
        for one in responses
        if one.weight > 0 and not one.repeated and one.section in section_place
    ]
    if not kept:
        return None
    section = np.array([section_place[one.section] for one in kept])
    named = [one.rules if one.right else one.blamed or one.rules for one in kept]
    known = [[place[rule] for rule in names if rule in place] for names in named]
    rules_of = padded(known)
    # A share counts rules that are gone too, so that what is left does not speak louder for it.
    each = np.array([1.0 / max(len(names), 1) for names in named])
    fixed = [
        one.memory + weights.aid * one.aided + weights.in_form * (one.form is not None)
        for one in kept
    ]
    return Evidence(
        common=np.column_stack([np.ones(len(kept)), np.eye(len(sections))[section]]),
        rules=rules_of,
        shares=np.where(rules_of >= 0, each[:, None], 0.0),
        offset=starts[section] + np.array(fixed),
        floor=np.array([1.0 / max(one.options, 2) for one in kept]),
        right=np.array([float(one.right) for one in kept]),
    )
