"""RW242: ladders that show nothing."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.ladder import FEWEST, LadderFalls, climb
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class LadderFallsRule(LintRule):
    """A ladder has too few rungs, or its constraint does not strike the easiest design.

    What
        Each ladder is solved by the rules and costs of its decision, before the constraint and
        with it. Designs of three or more different efforts must work at first, the constraint must
        strike the easiest of them, leave one, and leave the order of the rest.

    Why
        A candidate is asked for the easiest design that holds. Where the easiest of all holds
        anyway, or nothing does, the constraint teaches nothing.

    Example
        `then` states that a person approves each run, and the schedule that stands lowest needs no
        person, so it stays. State a value that a rule fires on.
    """

    code = "RW242"
    slug = "ladder-falls"
    verifies = f"each ladder has {FEWEST} rungs or more, and its constraint strikes the lowest"

    def check(self, material: Material) -> Iterator[Problem]:
        for name, ladder in material.pack.ladders.items():
            if ladder.decision not in material.pack.decisions:
                continue
            try:
                climb(material.generator, name, ladder)
            except LadderFalls as trouble:
                yield self.found(
                    f"The ladder `{name}` shows nothing. {trouble}.",
                    material.at("ladders.yaml", "ladders", name),
                    "Change `given` or `then`; `pack try` lists which situations a decision has.",
                )
