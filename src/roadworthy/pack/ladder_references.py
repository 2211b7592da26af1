"""What a ladder names: a decision that is a choice, and facts, values and a goal of it."""

from __future__ import annotations

from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.ladder import Ladders
from roadworthy.pack.marks import Loc


def check_ladders(checker: Checker, value: Ladders, parts: Parts) -> None:
    """Each name exists; where the decision could not be read, its facts are not looked at."""
    shared = parts.catalog.get("facts.yaml")
    choices = [name for name, one in parts.decisions.items() if isinstance(one, ChoiceDecision)]
    for name, ladder in value.ladders.items():
        loc: Loc = ("ladders", name)
        known = parts.decisions.get(ladder.decision)
        checker.expect(
            "decision",
            ladder.decision,
            choices if known is not None else parts.decision_ids,
            (*loc, "decision"),
        )
        if not isinstance(known, ChoiceDecision):
            continue
        checker.expect("goal", ladder.goal, known.goals, (*loc, "goal"))
        for part, stated in (("given", ladder.given), ("then", ladder.then)):
            for fact, chosen in stated.items():
                checker.expect("fact", fact, known.facts, (*loc, part, fact))
                model = known.facts.get(fact)
                if isinstance(model, str):
                    model = shared.facts.get(model) if shared is not None else None
                if model is not None:
                    checker.expect("value", chosen, model.values, (*loc, part, fact))
