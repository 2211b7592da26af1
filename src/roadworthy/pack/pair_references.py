"""What a pair names: its two decisions, their facts, options and goals, tags and slots."""

from __future__ import annotations

from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.decision_references import Facts, check_condition, facts_of
from roadworthy.pack.marks import Loc
from roadworthy.pack.pair import Half, Pair
from roadworthy.pack.tokens import tokens_of
from roadworthy.pack.walk import walk


def check_pair(checker: Checker, pair: Pair, parts: Parts) -> None:
    """Collect all broken references of one pair."""
    checker.expect_all("tag", pair.scene.needs, parts.tags, ("scene", "needs"))
    checker.check_sources_and_terms(pair, parts)
    first = _check_half(checker, pair.first, parts, ("first",))
    second = _check_half(checker, pair.second, parts, ("second",))
    for number, clash in enumerate(pair.forbid):
        if first is not None:
            check_condition(checker, clash.first, first, ("forbid", number, "first"))
        if second is not None:
            check_condition(checker, clash.second, second, ("forbid", number, "second"))
    if pair.first.decision == pair.second.decision:
        _add_kind(checker, ("second", "decision"), "Both halves are the same decision.")
    for loc, text in walk(pair):
        if isinstance(text, str):
            for token in tokens_of(text):
                if token.kind == "slot":
                    checker.expect("slot", token.id, parts.slots, loc)


def _check_half(checker: Checker, half: Half, parts: Parts, loc: Loc) -> Facts | None:
    checker.expect("decision", half.decision, parts.decision_ids, (*loc, "decision"))
    decision = parts.decisions.get(half.decision)
    if decision is None:
        return None
    if not isinstance(decision, ChoiceDecision):
        _add_kind(checker, (*loc, "decision"), f"`{half.decision}` is of the kind {decision.kind}.")
        return None
    facts = facts_of(checker, decision, parts)
    check_condition(checker, half.keep, facts, (*loc, "keep"))
    checker.expect_all("option", half.options, decision.options, (*loc, "options"))
    checker.expect_all("goal", half.goals, decision.goals, (*loc, "goals"))
    return facts


def _add_kind(checker: Checker, loc: Loc, message: str) -> None:
    checker.add(
        "pair-of-other-kind",
        message,
        checker.marked.place(loc),
        "Name two different decisions of kind choice or diagnosis.",
    )
