"""What a pack lets one learn, as arrays: rules, their decisions and sections, and exam weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.recent import Recent
from roadworthy.pack.blueprint import ExamWeights, exam_weights, section_weights
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, Decision, ExhibitDecision
from roadworthy.pack.model import Pack

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Syllabus:
    """K rules of D decisions in S sections. Only confirmed rules are served, so only they count.

    ``decision_of`` and ``section_of`` are positions, [K]. ``weights`` are the exam's Dirichlet
    counts over the served decisions and what none of them covers.
    """

    rules: tuple[str, ...]
    decisions: tuple[str, ...]
    titles: tuple[str, ...]
    sections: tuple[str, ...]
    decision_of: Ints
    section_of_decision: Ints
    weights: ExamWeights
    section_shares: Floats
    uncovered_by_section: Floats
    items_min: int
    items_max: int

    @cached_property
    def place(self) -> dict[str, int]:
        """Rule id -> its position in the arrays."""
        return {rule: number for number, rule in enumerate(self.rules)}

    @cached_property
    def section_of(self) -> Ints:
        result: Ints = self.section_of_decision[self.decision_of]
        return result

    @cached_property
    def rules_of(self) -> tuple[Ints, ...]:
        """Positions of the rules of each decision."""
        return tuple(np.flatnonzero(self.decision_of == n) for n in range(len(self.decisions)))

    @cached_property
    def counts(self) -> Floats:
        """Dirichlet counts of the decisions, [D]."""
        return np.array([self.weights.counts[name] for name in self.decisions])

    @cached_property
    def rule_shares(self) -> Floats:
        """Expected exam share of each rule, [K]: its decision's share over its rules."""
        sizes = np.array([len(rules) for rules in self.rules_of], dtype=float)
        shares = np.array([self.weights.share(name) for name in self.decisions])
        result: Floats = (shares / sizes)[self.decision_of]
        return result


_KNOWN: Recent[Pack, Syllabus] = Recent(8)


def syllabus_of(pack: Pack) -> Syllabus:
    """The syllabus of a pack, made once while the pack is in use."""
    return _KNOWN.get_or_make(pack, "", lambda: _make(pack))


def served_rules(decision: Decision) -> list[str]:
    """Ids of the confirmed rules of a decision, then of its goals; ``Generator.rules`` agrees."""
    if isinstance(decision, ChoiceDecision):
        names = [one.id for one in decision.rules if one.status == "confirmed"]
        names += [f"goal:{goal}" for goal in decision.goals]
    elif isinstance(decision, ComputeDecision):
        names = [one.id for one in decision.quantities.values() if one.status == "confirmed"]
    elif isinstance(decision, ExhibitDecision):
        names = [one.id for one in decision.faults.values() if one.status == "confirmed"]
    else:
        needs = [need for step in decision.steps.values() for need in step.needs]
        names = [need.id for need in needs if need.status == "confirmed"]
    return [f"{decision.id}.{name}" for name in names]


def _make(pack: Pack) -> Syllabus:
    served = {name: served_rules(decision) for name, decision in pack.decisions.items()}
    served = {name: rules for name, rules in served.items() if rules}
    decisions = tuple(served)
    sections = tuple(pack.blueprint.sections)
    weights = exam_weights(pack.blueprint, {name: pack.decisions[name] for name in decisions})
    uncovered = np.zeros(len(sections))
    for consideration, share in weights.uncovered.items():
        uncovered[sections.index(pack.section_of(consideration))] += share
    section_of = [
        sections.index(pack.section_of(pack.decisions[name].considerations[0]))
        for name in decisions
    ]
    return Syllabus(
        rules=tuple(rule for rules in served.values() for rule in rules),
        decisions=decisions,
        titles=tuple(pack.decisions[name].title for name in decisions),
        sections=sections,
        decision_of=np.repeat(np.arange(len(decisions)), [len(one) for one in served.values()]),
        section_of_decision=np.array(section_of, dtype=np.int64),
        weights=weights,
        section_shares=np.array(list(section_weights(pack.blueprint).values())),
        uncovered_by_section=uncovered,
        items_min=pack.head.exam_items_min,
        items_max=pack.head.exam_items_max,
    )
