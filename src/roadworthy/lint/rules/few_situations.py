"""RW231: decisions that are used up quickly."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

LEAST = 12


class FewSituations(LintRule):
    """A decision has fewer than 12 fair situations.

    What
        Pairs of stated facts and goal that have one key and three fair distractors are counted. A
        fifth of them is kept for mock exams.

    Why
        Reviews show another situation each time. After a dozen they repeat, and memory of the
        text passes for knowledge of the rule.

    Example
        Three facts of two values and no goal give 6 situations. Add a goal: each situation in
        which two options survive becomes one for each goal.
    """

    code = "RW231"
    slug = "few-situations"
    severity = "warning"
    verifies = f"each decision has {LEAST} fair situations or more"

    def check(self, material: Material) -> Iterator[Problem]:
        counts = []
        for decision, maker in material.choices():
            counts.append(len(maker.situations))
            if counts[-1] < LEAST:
                yield self.found(
                    f"There are {counts[-1]} fair situations; {LEAST} are wanted.",
                    material.at_decision(decision, "facts"),
                    "Add values, goals, or facts that may be left out.",
                )
        if counts:
            self.figures = f"{min(counts)} to {max(counts)}"
