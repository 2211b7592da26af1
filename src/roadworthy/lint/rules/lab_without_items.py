"""RW243: labs that no item follows."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.lab import Lab
from roadworthy.problem import Problem

FEWEST = 5


class LabWithoutItems(LintRule):
    """A lab names rules that no decision has, or too few of them give items.

    What
        Each rule that a lab or a planted fault names must be one of a decision or an exhibit.
        At least five rules of a lab must give an item each, and a fault that names rules must
        share one with the lab. A fault that no item shares names none.

    Why
        A lab gives no credit to memory. What may move the forecast are the items after it, on the
        same rules. A rule that was renamed would leave the candidate with nothing to answer.

    Example
        A lab names `imbalance-remedy.IR99`, and the decision ends at IR16. Name the rule that says
        what the lab shows.
    """

    code = "RW243"
    slug = "lab-without-items"
    verifies = f"each lab is followed by {FEWEST} items or more on its rules"

    def check(self, material: Material) -> Iterator[Problem]:
        for lab in material.pack.labs.values():
            yield from self._check(material, lab)

    def _check(self, material: Material, lab: Lab) -> Iterator[Problem]:
        file = f"labs/{lab.number:02d}-{lab.id}/lab.yaml"
        known = {rule for rules in material.generator.rules.values() for rule in rules}
        named = [*lab.rules, *(rule for fault in lab.faults for rule in fault.rules)]
        for rule in dict.fromkeys(named):
            if rule not in known and rule.split(".", 1)[0] in material.pack.decisions:
                yield self.found(
                    f"The lab `{lab.id}` names `{rule}`, a rule that no decision has.",
                    material.at(file, "rules"),
                    "Name one that the decision has; `pack matrix` lists them.",
                )
        for place, fault in enumerate(lab.faults):
            if fault.rules and not set(fault.rules) & set(lab.rules):
                yield self.found(
                    f"No item after the lab shares the fault “{fault.title}”.",
                    material.at(file, "faults", place),
                    "Add one of its rules to `rules`.",
                )
        serving = [rule for rule in lab.rules if rule in known and _serves(material, rule)]
        if len(serving) < FEWEST:
            yield self.found(
                f"The lab `{lab.id}` is followed by {len(serving)} items; {FEWEST} are asked for.",
                material.at(file, "rules"),
                "Name more rules on what the lab shows.",
            )


def _serves(material: Material, rule: str) -> bool:
    decision = rule.split(".", 1)[0]
    generator = material.generator
    return generator.generate(decision, seed=material.seed, length="brief", rule=rule) is not None
