"""RW206: values of facts that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.choice import ChoiceItems
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class FactDecidesNothing(LintRule):
    """A value of a fact changes neither the key nor the fall of an option, in any situation.

    What
        For each value of each fact that is no colour, some fair situation must state it, and
        leaving it out there must change what falls or what it costs. One value of a fact may
        change nothing by itself: the ordinary case, against which the others are told.

    Why
        The stem says it as if it mattered. The reading coach would ask candidates to mark words
        that decide nothing.

    Example
        `volume: small` and `volume: medium` are in no rule and no cost. Make one value of them,
        or write the rule that was meant.
    """

    code = "RW206"
    slug = "fact-decides-nothing"
    verifies = "each value of each fact decides something, or is a colour"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            deciding = _deciding(maker)
            stated = {pair for one in maker.situations for pair in one.facts}
            for name, fact in maker.solver.facts.items():
                idle = [value for value in fact.values if (name, value) not in deciding]
                ordinary = len(idle) == 1 < len(fact.values)
                for value in idle:
                    if (name, value) not in stated:
                        message = f"`{name}: {value}` is stated in no fair situation."
                    elif not ordinary:
                        message = f"`{name}: {value}` changes nothing wherever it is stated."
                    else:
                        continue
                    yield self.found(
                        message,
                        material.at_decision(decision, "facts", name, "values", value),
                        "Write a rule or a cost on it, give it the role colour, or drop it.",
                    )


def _deciding(maker: ChoiceItems) -> set[tuple[str, str]]:
    """(fact, value) pairs that change verdict or key of a situation when they are left out."""
    found: set[tuple[str, str]] = set()
    for one in maker.situations:
        for pair in one.facts:
            if pair in found:
                continue
            rest = {name: value for name, value in one.facts if name != pair[0]}
            verdict = maker.solver.verdict(rest, one.goal)
            if verdict.fired != one.verdict.fired or verdict.costs != one.verdict.costs:
                found.add(pair)
    return found
