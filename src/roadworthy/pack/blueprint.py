"""The weights of an exam: sections as published, and what each decision is worth.

Published weights need not sum to 100 (13, 16, 21, 20, 18 and 13 sum to 101); they are normalized
before anything else. How an exam spreads a section over its considerations is not published, so
half of a section is spread evenly and half by what official samples show, shrunk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from roadworthy.pack.catalog import Blueprint
from roadworthy.pack.decision import Decision, ExhibitDecision

PSEUDO_ITEMS = 60.0
"""Sum of the Dirichlet counts: the weights are trusted like one exam of 60 items."""
PSEUDO_SAMPLES = 1.0
"""Samples added to each consideration: what few official samples show is shrunk to evenness."""
SIDE_SHARE = 0.5
"""Claim of a decision on a consideration that is not its main one, against 1 on its main one."""
EXHIBIT_SHARE = 0.25
"""Claim of an exhibit against that of other decisions: official samples show hardly any code."""


def considerations_of(blueprint: Blueprint) -> dict[str, tuple[str, str]]:
    """Consideration id -> (section id, objective id), in the order of the guide."""
    return {
        consideration: (section_id, objective_id)
        for section_id, section in blueprint.sections.items()
        for objective_id, objective in section.objectives.items()
        for consideration in objective.considerations
    }


def section_weights(blueprint: Blueprint) -> dict[str, float]:
    """Section id -> share of the exam; the shares sum to 1."""
    total = sum(section.weight for section in blueprint.sections.values())
    return {id_: section.weight / total for id_, section in blueprint.sections.items()}


def allocate(
    weights: Mapping[str, float], n: int, *, tie: Literal["lower", "higher"]
) -> dict[str, int]:
    """Split ``n`` whole things by weight with largest remainders (Hamilton's method).

    Each share is its quota rounded down or up. Where remainders tie, the earlier key gets the
    thing if ``tie`` is 'lower', the later one if 'higher'. Weights are compared exactly, so equal
    remainders do tie. Raises ValueError for a negative ``n`` or weight, or when no weight is
    positive.
    """
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    total = sum(exact.values(), Fraction(0))
    if n < 0 or total <= 0 or min(exact.values()) < 0:
        raise ValueError("allocate needs n >= 0 and weights of which none is negative, some not 0")
    quotas = {name: weight * n / total for name, weight in exact.items()}
    shares = {name: int(quota) for name, quota in quotas.items()}
    names = list(weights)
    place = {name: number for number, name in enumerate(names)}
    toward = 1 if tie == "lower" else -1
    names.sort(key=lambda name: (shares[name] - quotas[name], toward * place[name]))
    for name in names[: n - sum(shares.values())]:
        shares[name] += 1
    return shares


@dataclass(frozen=True)
class ExamWeights:
    """What each decision is worth in the exam, with its doubt, and what no decision covers.

    ``counts`` and ``outside`` together are the counts of a Dirichlet distribution: draws of it are
    exam weights. Their sum is ``PSEUDO_ITEMS``. ``uncovered`` gives each consideration without a
    decision its share of the exam (all shares sum to ``outside_share``).
    """

    counts: dict[str, float]
    outside: float
    uncovered: dict[str, float]

    @property
    def outside_share(self) -> float:
        """The share of the exam that no decision covers, 0 to 1."""
        return self.outside / (self.outside + sum(self.counts.values()))

    def share(self, decision_id: str) -> float:
        """The expected share of the exam of one decision, 0 to 1."""
        return self.counts[decision_id] / (self.outside + sum(self.counts.values()))


def consideration_weights(blueprint: Blueprint) -> dict[str, float]:
    """Consideration id -> share of the exam; the shares sum to 1.

    weight = section x (1/2 x 1/K + 1/2 x (documented + 1) / (all documented + K)), for the K
    considerations of the section. Without documented samples this is section / K.
    """
    shares = section_weights(blueprint)
    weights: dict[str, float] = {}
    for section_id, section in blueprint.sections.items():
        samples = {
            id_: float(one.documented or 0) + PSEUDO_SAMPLES
            for objective in section.objectives.values()
            for id_, one in objective.considerations.items()
        }
        total = sum(samples.values())
        for id_, count in samples.items():
            weights[id_] = shares[section_id] * (0.5 / len(samples) + 0.5 * count / total)
    return weights


def exam_weights(blueprint: Blueprint, decisions: Mapping[str, Decision]) -> ExamWeights:
    """The exam weight of each decision as Dirichlet counts.

    A consideration's weight is shared among the decisions that name it: a claim of 1 where it is
    the main (first) one, else ``SIDE_SHARE``; an exhibit claims ``EXHIBIT_SHARE`` of that.
    """
    counts = dict.fromkeys(decisions, 0.0)
    uncovered: dict[str, float] = {}
    for consideration, weight in consideration_weights(blueprint).items():
        claims = {
            id_: (1.0 if decision.considerations[0] == consideration else SIDE_SHARE)
            * (EXHIBIT_SHARE if isinstance(decision, ExhibitDecision) else 1.0)
            for id_, decision in decisions.items()
            if consideration in decision.considerations
        }
        if not claims:
            uncovered[consideration] = weight
            continue
        for id_, claim in claims.items():
            counts[id_] += PSEUDO_ITEMS * weight * claim / sum(claims.values())
    return ExamWeights(counts, PSEUDO_ITEMS * sum(uncovered.values()), uncovered)
