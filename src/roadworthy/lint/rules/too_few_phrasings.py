"""RW212: too few ways to say a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision, Decision, Fact, Option, Step, StepsDecision
from roadworthy.pack.marks import Loc
from roadworthy.problem import Problem

LEAST_PHRASINGS = 3
LEAST_STYLES = 2


class TooFewPhrasings(LintRule):
    """A fact has fewer than three different phrasings, or options differ in their styles.

    What
        Each value of a fact needs three different phrasings for an exam stem. Each option needs
        two different styles in each length, and all options of a decision the same number.

    Why
        With one phrasing candidates learn the sentence, not the fact. Style i of all options is
        shown together, so a missing style i leaves an option out.

    Example
        `do` of `schedule` has three entries, of `arrival` two. Write the third for `arrival`.
    """

    code = "RW212"
    slug = "too-few-phrasings"
    verifies = (
        "each fact is said in three ways or more, each option in as many styles as its rivals"
    )

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            for loc, texts, least in _phrasings(decision):
                different = len({" ".join(text.lower().split()) for text in texts})
                if different < least:
                    yield self.found(
                        f"There are {different} different phrasings; {least} are needed.",
                        material.at_decision(decision, *loc),
                        f"Write {least - different} more in other words.",
                    )
            yield from self._styles(material, decision)

    def _styles(self, material: Material, decision: Decision) -> Iterator[Problem]:
        group: str
        options: dict[str, Option] | dict[str, Step]
        if isinstance(decision, ChoiceDecision):
            group, options = "options", decision.options
        elif isinstance(decision, StepsDecision):
            group, options = "steps", decision.steps
        else:
            return
        for field in ("do", "brief"):
            counts = {name: len(getattr(option, field)) for name, option in options.items()}
            first = next(iter(counts.values()))
            for name, count in counts.items():
                if count != first:
                    yield self.found(
                        f"`{name}` has {count} styles of `{field}`, the first has {first}.",
                        material.at_decision(decision, group, name, field),
                        "Give all of them the same number, style by style in parallel.",
                    )


def _phrasings(decision: Decision) -> Iterator[tuple[Loc, Sequence[str], int]]:
    yield ("scene", "setup"), decision.scene.setup, LEAST_PHRASINGS
    yield ("scene", "lead"), decision.scene.lead, LEAST_PHRASINGS
    if isinstance(decision, ChoiceDecision):
        for name, fact in decision.facts.items():
            if isinstance(fact, Fact):
                for value_id, value in fact.values.items():
                    yield ("facts", name, "values", value_id, "say"), value.say, LEAST_PHRASINGS
        for name, option in decision.options.items():
            yield ("options", name, "do"), option.do, LEAST_STYLES
            yield ("options", name, "brief"), option.brief, LEAST_STYLES
    elif isinstance(decision, StepsDecision):
        for name, step in decision.steps.items():
            yield ("steps", name, "done"), step.done, LEAST_PHRASINGS
            yield ("steps", name, "do"), step.do, LEAST_STYLES
            yield ("steps", name, "brief"), step.brief, LEAST_STYLES
