"""What will be forgotten by the exam if nothing is done until then, rule by rule.

Each rule's chance to hold is taken twice from the same posterior, now and at the exam, so that
all of the difference is memory (``learner/memory.py``). Only rules that were met can fade.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roadworthy.learner.predict import rule_chances_at
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.model import Pack


@dataclass(frozen=True, slots=True)
class Fading:
    """One rule that was met: chance to hold now and at the exam, 0 to 1, and its exam share."""

    rule: str
    decision: str
    section: str
    now: float
    exam: float
    share: float

    @property
    def loss(self) -> float:
        return max(0.0, self.now - self.exam)


@dataclass(frozen=True, slots=True)
class SectionFading:
    """The rules met in one section: how many, and how many hold, now and then.

    ``now`` and ``exam`` are expected numbers of rules: sums of chances.
    """

    section: str
    rules: int
    now: float
    exam: float


@dataclass(frozen=True, slots=True)
class Forgetting:
    """``rules``: all that were met, those first whose fading weighs most in the exam."""

    rules: tuple[Fading, ...]
    sections: tuple[SectionFading, ...]

    @property
    def now(self) -> float:
        """Expected number of rules that hold now."""
        return sum(one.now for one in self.rules)

    @property
    def exam(self) -> float:
        """Expected number of rules that hold at the exam."""
        return sum(one.exam for one in self.rules)


def forgetting(state: LearnerState, pack: Pack, now: datetime, exam_at: datetime) -> Forgetting:
    """How the rules that were met stand now and at ``exam_at``, which is not before ``now``."""
    syllabus = syllabus_of(pack)
    today, then = rule_chances_at(
        state,
        syllabus.rules,
        syllabus.section_of,
        syllabus.sections,
        (now, max(now, exam_at)),
    )
    met = [
        Fading(
            rule=rule,
            decision=syllabus.decisions[syllabus.decision_of[place]],
            section=syllabus.sections[syllabus.section_of[place]],
            now=float(today[place]),
            exam=float(then[place]),
            share=float(syllabus.rule_shares[place]),
        )
        for place, rule in enumerate(syllabus.rules)
        if rule not in state.disputed_rules
        and rule in state.rules
        and state.rules[rule].last_seen is not None
    ]
    met.sort(key=lambda one: -one.loss * one.share)
    sections = []
    for section in syllabus.sections:
        here = [one for one in met if one.section == section]
        sections.append(
            SectionFading(
                section,
                len(here),
                sum(one.now for one in here),
                sum(one.exam for one in here),
            )
        )
    return Forgetting(tuple(met), tuple(sections))
