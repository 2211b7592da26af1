"""RW216: steps that are never the next one, and needs that nothing tests."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import StepsDecision
from roadworthy.problem import Problem


class StepNeverNext(LintRule):
    """A step is the key of no item, or a need is the reason in none.

    What
        In the states that a stem can tell, each step but those that begin the work must be the
        only ready one of some four; and each need must be a reason against a shown option.

    Why
        A step that is never next can be struck out, and memory is kept for needs that no item
        can ask.

    Example
        `review` needs nothing and nothing needs it, so it is ready all the time. Say what it has
        to wait for.
    """

    code = "RW216"
    slug = "step-never-next"
    verifies = "each step is the next one somewhere, and each need a reason"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.steps():
            keys, rules = _shown(material, decision)
            for name in decision.steps:
                if name not in keys and maker.order.before[name]:
                    yield self.found(
                        f"`{name}` is the next step of no item.",
                        material.at_decision(decision, "steps", name),
                        "Give it needs under which it alone is ready, or drop it.",
                    )
            for name, step in decision.steps.items():
                for number, need in enumerate(step.needs):
                    if need.status == "confirmed" and f"{decision.id}.{need.id}" not in rules:
                        yield self.found(
                            f"`{need.id}` is a reason in no item.",
                            material.at_decision(decision, "steps", name, "needs", number, "id"),
                            "Other needs imply it: drop it, or let it stand alone.",
                        )


def _shown(material: Material, decision: StepsDecision) -> tuple[set[str], set[str]]:
    """Steps that are keys, and rules of options, in samples of both lengths."""
    keys: set[str] = set()
    rules: set[str] = set()
    for length in LENGTHS:
        for item in material.items(decision.id, length):
            rules.update(item.rules)
            if item.kind == "next_step":
                keys.add(item.options[item.key].id)
    return keys, rules
