"""RW217: rules that remove many options at once."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.lengths import MOST_OUT
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class BluntRule(LintRule):
    """A rule removes five options or more.

    What
        The options in ``out`` are counted. Four are let pass; aim for three at most.

    Why
        One fact then gives the whole answer, and what a candidate gets wrong there says little on
        what is believed. Memory is kept for a rule as one thing.

    Example
        TR4 removes all that react to data when only code has changed. Split it by what each kind
        of trigger reacts to.
    """

    code = "RW217"
    slug = "blunt-rule"
    severity = "warning"
    verifies = f"no rule removes five options or more: {MOST_OUT} are the limit"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, _ in material.choices():
            for index, rule in enumerate(decision.rules):
                if len(rule.out) > MOST_OUT:
                    yield self.found(
                        f"`{rule.id}` removes {len(rule.out)} options; {MOST_OUT} are the limit.",
                        material.at_decision(decision, "rules", index, "out"),
                        "Split it by the reason that holds for each part.",
                    )
