"""RW221: too few items in which the goal decides."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.lengths import GOAL_DECIDES, GOAL_DECIDES_MOST, GOAL_DECIDES_OF_PACK
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class GoalSeldomDecides(LintRule):
    """In fewer than 40% of the choice items two options survive and the goal decides.

    What
        Items of kind choice, sampled over all decisions in turn. A decision on which service to
        take needs 20% at least, and so does the pack 40%. A share under 20% of a decision with
        ``level: configure`` is a warning, and so is one of over 80%, where facts decide nothing.

    Why
        In the official samples several options would work and one fits the goal best. Candidates
        who only strike out what is impossible are not ready for that.

    Example
        A decision without goals drags the share down. Add two goals that favor different options,
        with costs 2 apart.
    """

    code = "RW221"
    slug = "goal-seldom-decides"
    verifies = "the goal decides in 40% of choice items or more"

    def check(self, material: Material) -> Iterator[Problem]:
        shares = []
        for decision, _ in material.choices():
            items = [
                item
                for length in LENGTHS
                for item in material.items(decision.id, length)
                if item.kind == "choice"
            ]
            if not items:
                continue
            share = sum(item.goal_decides for item in items) / len(items)
            shares.append(share)
            if share < GOAL_DECIDES:
                yield self.found(
                    f"The goal decides in {share:.0%} of its items; {GOAL_DECIDES:.0%} are needed.",
                    material.at_decision(decision, "goals"),
                    "Add goals, or part costs by 2, so that survivors differ on a goal.",
                    severity="error" if decision.level == "choose" else "warning",
                )
            elif share > GOAL_DECIDES_MOST:
                yield self.found(
                    f"The goal decides in {share:.0%} of its items; "
                    f"{GOAL_DECIDES_MOST:.0%} are enough.",
                    material.at_decision(decision, "goals"),
                    "Let facts remove more options, so that reading them pays.",
                    severity="warning",
                )
        if not shares:
            return
        mean = sum(shares) / len(shares)
        self.figures = f"{mean:.0%} of choice items"
        if mean < GOAL_DECIDES_OF_PACK:
            yield self.found(
                f"The goal decides in {mean:.0%} of the choice items; "
                f"{GOAL_DECIDES_OF_PACK:.0%} are needed.",
                material.at("pack.yaml"),
                "Begin with the decisions in which it decides least.",
            )
