"""RW203: rules that are never the reason for a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.solve import Situation
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class RuleNeverDecides(LintRule):
    """A rule is never the only reason against an option, or the key is the same without it.

    What
        Some fair situation must exist in which the rule alone removes an option, and some in which
        leaving the rule out would change the key or leave two.

    Why
        Memory is kept for rules. One that no item can turn on is never practised, yet it counts in
        the plan. Often such a rule shows a typing error in a fact's value.

    Example
        TR6 removes `schedule` where data arrive in a chain, and TR5 does so too in each of these
        situations. Drop TR6, narrow TR5, or add a fact that parts them.
    """

    code = "RW203"
    slug = "rule-never-decides"
    verifies = "each rule is the sole reason against an option somewhere, and moves a key"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            sole = {
                rules[0]
                for one in maker.situations
                for rules in one.verdict.fired
                if len(rules) == 1
            }
            for index, rule in enumerate(decision.rules):
                if rule.status != "confirmed":
                    continue  # never served; RW202 says so
                place = material.at_decision(decision, "rules", index, "id")
                if index not in sole:
                    yield self.found(
                        f"`{rule.id}` is never the only reason against an option.",
                        place,
                        "Drop it, narrow the rules that fire with it, or add a fact between them.",
                    )
                elif not any(_moves(maker, one, index) for one in maker.situations):
                    yield self.found(
                        f"Without `{rule.id}` each situation keeps its key.",
                        place,
                        "Add a situation in which the option that it removes would be the best.",
                    )


def _moves(maker: ChoiceItems, situation: Situation, index: int) -> bool:
    """Whether the key of a situation changes, or is lost, when one rule is left out."""
    verdict = situation.verdict
    if not any(index in rules for rules in verdict.fired):
        return False
    fired = tuple(tuple(rule for rule in rules if rule != index) for rules in verdict.fired)
    survivors = tuple(place for place, rules in enumerate(fired) if not rules)
    without = replace(verdict, fired=fired, survivors=survivors)
    everyone = frozenset(range(len(fired)))
    return maker.solver.key_among(without, situation.goal, everyone) != situation.key
