"""RW225: misconceptions that no rule names."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, Decision, ExhibitDecision
from roadworthy.problem import Problem


class MisconceptionUnused(LintRule):
    """No rule, goal, quantity or need names a misconception.

    What
        Each misconception under ``teach`` must be named by what a wrong choice goes against.

    Why
        The refutation is shown after a wrong choice that the belief explains. One that nothing
        names is never shown.

    Example
        `roc-rare` is taught, but the rule that removes ROC where one class is rare does not name
        it. Add ``misconception: roc-rare`` to that rule.
    """

    code = "RW225"
    slug = "misconception-unused"
    verifies = "each misconception is named by something that a wrong choice goes against"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            named = _named(decision)
            for name in decision.teach.misconceptions:
                if name not in named:
                    yield self.found(
                        f"Nothing names the misconception `{name}`.",
                        material.at_decision(decision, "teach", "misconceptions", name),
                        f"Add `misconception: {name}` to the rule that refutes it, or drop it.",
                    )


def _named(decision: Decision) -> set[str | None]:
    if isinstance(decision, ChoiceDecision):
        return {
            *(rule.misconception for rule in decision.rules),
            *(goal.misconception for goal in decision.goals.values()),
        }
    if isinstance(decision, ComputeDecision):
        return {quantity.misconception for quantity in decision.quantities.values()}
    if isinstance(decision, ExhibitDecision):
        return {fault.misconception for fault in decision.faults.values()}
    return {need.misconception for step in decision.steps.values() for need in step.needs}
