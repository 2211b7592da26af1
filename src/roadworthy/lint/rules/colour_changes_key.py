"""RW207: colours that are not only colour."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class ColourChangesKey(LintRule):
    """A rule, cost or condition leans on a colour, so adding the colour would change a verdict.

    What
        A colour decides nothing: with any value of it stated, each situation must keep its key and
        the rules that fire.

    Why
        Colours are added to stems after the key is known. A rule on a colour would make the key
        wrong, and nobody would see why.

    Example
        A rule has `when: {habit: [dag]}`, and `habit` has the role colour. Give the fact another
        role, or take it out of the rule.
    """

    code = "RW207"
    slug = "colour-changes-key"
    verifies = "adding a colour changes no verdict"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            cited = {
                fact
                for condition in (
                    *(rule.when for rule in decision.rules),
                    *(rule.unless for rule in decision.rules),
                    *(added.when for cost in decision.costs for added in cost.adds),
                )
                for fact in condition
            }
            for name, fact in maker.solver.colours.items():
                if name not in cited:
                    continue  # nothing can lean on it
                changing = [
                    value
                    for value in fact.values
                    if any(
                        maker.solver.verdict({**one.stated, name: value}, one.goal) != one.verdict
                        for one in maker.situations
                    )
                ]
                if changing:
                    yield self.found(
                        f"Stating the colour `{name}` as {', '.join(changing)} changes a verdict.",
                        material.at_decision(decision, "facts", name),
                        "Give it the role state, problem or constraint, or leave it out of rules.",
                    )
