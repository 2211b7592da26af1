"""RW208: rules that repeat or undo each other, or that can never fire."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision, Condition, Rule
from roadworthy.problem import Problem


class ClashingRules(LintRule):
    """A rule can never fire, or says what another one says already.

    What
        A rule is refused when its own ``unless`` lifts it each time; when ``forbid`` shuts out all
        that it waits for; or when another rule removes the same option under the same or a wider
        condition.

    Why
        A second rule for one reason splits what memory knows of it. A rule that cannot fire is a
        mistake: its author meant another condition.

    Example
        DR4 and DR9 both remove `tram` when `load: fragile`. Keep one, or say in ``when`` what
        tells them apart.
    """

    code = "RW208"
    slug = "clashing-rules"
    verifies = "no rule repeats another, and each can fire"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, _ in material.choices():
            for index, rule in enumerate(decision.rules):
                for message, mend in _clashes(decision, index, rule):
                    yield self.found(
                        message, material.at_decision(decision, "rules", index, "id"), mend
                    )


def _clashes(decision: ChoiceDecision, index: int, rule: Rule) -> Iterator[tuple[str, str]]:
    for fact, values in rule.when.items():
        if fact in rule.unless and set(values) <= set(rule.unless[fact]):
            yield (
                f"`{rule.id}` never fires: its `unless` holds wherever its `when` does.",
                f"Take the values of `{fact}` out of `unless`.",
            )
    for condition in decision.forbid:
        if _implies(rule.when, condition):
            yield (
                f"`{rule.id}` never fires: `forbid` shuts out all that it waits for.",
                "Drop the rule, or narrow `forbid`.",
            )
    for other in decision.rules[:index]:
        shared = [name for name in rule.out if name in other.out]
        if not shared or rule.unless != other.unless:
            continue
        if _implies(rule.when, other.when) or _implies(other.when, rule.when):
            yield (
                f"`{rule.id}` removes {', '.join(f'`{name}`' for name in shared)} where "
                f"`{other.id}` does.",
                "Keep one of them, or say in `when` what tells them apart.",
            )


def _implies(narrow: Condition, wide: Condition) -> bool:
    """Whether everything that meets ``narrow`` meets ``wide``."""
    return all(fact in narrow and set(narrow[fact]) <= set(values) for fact, values in wide.items())
