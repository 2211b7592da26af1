"""RW204: options that are never the key, or never a near miss."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.solve import CLOSE
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

LEAST_NEAR = 2


class OptionNeverWins(LintRule):
    """An option is the key of no situation, or a near miss in fewer than two.

    What
        Each option must be the key in at least one fair situation. It must also lose narrowly (by
        one rule, or by the goal alone) in at least two.

    Why
        An option that never wins is a straw man: whoever has met it twice strikes it out unread.
        One that never nearly wins cannot be shown as a distractor.

    Example
        Each situation states a fact that removes `manual`. Add a value or a goal under which
        starting runs by hand is right.
    """

    code = "RW204"
    slug = "option-never-wins"
    verifies = "each option is the key somewhere and a near miss in two situations or more"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            for place, name in enumerate(maker.solver.options):
                at = material.at_decision(decision, "options", name)
                if not any(one.key == place for one in maker.situations):
                    yield self.found(
                        f"`{name}` is the key of no situation.",
                        at,
                        "Add a fact or a goal under which it is right, or drop it.",
                    )
                near = sum(one.classes[place] in CLOSE for one in maker.situations)
                if near < LEAST_NEAR:
                    yield self.found(
                        f"`{name}` loses narrowly in {near} situations; {LEAST_NEAR} are needed.",
                        at,
                        "Let fewer rules remove it at once, or give it a cost near the best.",
                    )
