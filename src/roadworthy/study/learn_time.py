"""How long a new decision takes to learn: by what was said of its section, and by answers so far.

A decision that your answers say you mostly know is still taught before it is tested, but briefly:
its text, and one item without help. Who works with a section reads faster than who is new to it.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from roadworthy.learner.link import chance_over
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import Syllabus, syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack
from roadworthy.study.policy import GUESS, rule_states

LEARN_MINUTES = 12
"""A brief, its worked situation, two answers with help and one without."""
BY_EXPERIENCE = {"new": 15, "some": 12, "work": 9}
"""The same, by the self-rating of the section."""
KNOWN_MINUTES = 5
"""A brief and one answer without help."""
KNOWN_CHANCE = 0.72
"""Expected share of right answers from which a decision that was not taught counts as known: eight
right answers of eight in sections that are rated 'at work' reach it, in others about sixteen."""
KNOWN_ANSWERS = 8
"""Answers that count before any decision does: those of the diagnostic."""

_KNOWN: Recent[LearnerState, frozenset[str]] = Recent(8)


def known_decisions(state: LearnerState, pack: Pack, now: datetime) -> frozenset[str]:
    """Ids of decisions that the ability behind all answers says are mostly known.

    Memory of their own rules is left out, so reading a brief makes none of them known.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    return _KNOWN.get_or_make(state, (pack.hash, id(pack), hour), lambda: _known(state, pack, hour))


def _known(state: LearnerState, pack: Pack, now: datetime) -> frozenset[str]:
    if sum(one.weight > 0 for one in state.responses) < KNOWN_ANSWERS:
        return frozenset()
    syllabus = syllabus_of(pack)
    rules = rule_states(state, syllabus, now)
    chance = chance_over(rules.mean[0], rules.spread[0] ** 2, GUESS, WEIGHTS)
    count = len(syllabus.decisions)
    sums = np.bincount(syllabus.decision_of, weights=chance, minlength=count)
    sizes = np.bincount(syllabus.decision_of, minlength=count)
    return frozenset(
        name
        for name, total, size in zip(syllabus.decisions, sums, sizes, strict=True)
        if size and total / size >= KNOWN_CHANCE
    )


def learn_minutes(
    state: LearnerState, syllabus: Syllabus, known: frozenset[str], assumed: frozenset[str]
) -> tuple[int, ...]:
    """Minutes to learn each decision of the syllabus, [D].

    ``assumed``: sections of which each decision is taken for known.
    """
    found = []
    for name, place in zip(syllabus.decisions, syllabus.section_of_decision, strict=True):
        section = syllabus.sections[place]
        said = state.settings.experience.get(section, "")
        usual = BY_EXPERIENCE.get(said, LEARN_MINUTES)
        found.append(KNOWN_MINUTES if name in known or section in assumed else usual)
    return tuple(found)
