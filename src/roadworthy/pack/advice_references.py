"""What ``advise.yaml`` names: terms, cues, marks, and rules of decisions."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.pack.advice import Advice
from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.decision import ChoiceDecision, Decision, ExhibitDecision, StepsDecision
from roadworthy.pack.marks import Loc
from roadworthy.pack.word_pattern import compile_pattern


def check_advice(checker: Checker, value: Advice, parts: Parts) -> None:
    """Every id exists, and each rule of advice has an id of its own."""
    for term in value.aliases:
        checker.expect("term", term, parts.terms, ("aliases", term))
    known = {name for decision in parts.decisions.values() for name in _rules_of(decision)}
    for shelf in ("cues", "vetoes", "marks"):
        for name, heard in getattr(value, shelf).items():
            for side in ("any", "none"):
                for number, pattern in enumerate(getattr(heard, side)):
                    _check_pattern(checker, pattern, (shelf, name, side, number))
    seen: set[str] = set()
    for number, rule in enumerate(value.rules):
        loc = ("rules", number)
        checker.expect("mark", rule.out, value.marks, (*loc, "out"))
        checker.expect_all("mark", rule.spare, value.marks, (*loc, "spare"))
        checker.expect_all("mark", rule.rival, value.marks, (*loc, "rival"))
        checker.expect_all("cue", rule.when, value.cues, (*loc, "when"))
        checker.expect_all("cue", rule.unless, value.cues, (*loc, "unless"))
        for place, name in enumerate(rule.rules):
            if _can_be_checked(name, parts):
                checker.expect("rule", name, known, (*loc, "rules", place))
        if rule.id in seen:
            checker.add(
                "id-twice",
                f"The rule id `{rule.id}` stands twice.",
                checker.marked.place((*loc, "id")),
                "Give each rule an id of its own.",
            )
        seen.add(rule.id)


def _check_pattern(checker: Checker, pattern: str, loc: Loc) -> None:
    try:
        compile_pattern(pattern, lambda term: [term])
    except ValueError as wrong:
        checker.add(
            "bad-pattern",
            f"This pattern cannot be read: {wrong}.",
            checker.marked.place(loc),
            "Write words, (this|that), (perhaps)?, begin*, .. for a gap, and {@term}.",
        )


def _can_be_checked(rule: str, parts: Parts) -> bool:
    """Whether the decision of a rule was read; a broken file has problems of its own."""
    decision = rule.split(".")[0]
    return decision in parts.decisions or decision not in (parts.decision_ids or ())


def _rules_of(decision: Decision) -> Iterator[str]:
    if isinstance(decision, ChoiceDecision):
        yield from (f"{decision.id}.{rule.id}" for rule in decision.rules)
    elif isinstance(decision, ExhibitDecision):
        yield from (f"{decision.id}.{fault.id}" for fault in decision.faults.values())
    elif isinstance(decision, StepsDecision):
        yield from (
            f"{decision.id}.{need.id}" for step in decision.steps.values() for need in step.needs
        )
