"""What a decision names: facts, values, options, goals, misconceptions, steps, slots."""

from __future__ import annotations

from collections.abc import Mapping, Set

from roadworthy.pack.catalog import SharedFacts
from roadworthy.pack.checker import Checker, Known, Parts
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Condition,
    Decision,
    ExhibitDecision,
    Fact,
    StepsDecision,
)
from roadworthy.pack.exhibit_references import check_exhibit
from roadworthy.pack.marks import Loc
from roadworthy.pack.tokens import lesson_tokens_of, tokens_of, unknown_names
from roadworthy.pack.walk import walk
from roadworthy.pack.wording import listed, nearest

_VERBATIM = {"exhibit", "change"}  # code and tables: their braces are their own
_FRAMELESS = {"title", "name", "supports"}  # shown where no frame fills slots


def check_decision(checker: Checker, decision: Decision, parts: Parts) -> None:
    """Collect all broken references of one decision, placed in its own file."""
    known = parts.considerations
    checker.expect_all("topic", decision.topics, parts.topic_ids, ("topics",))
    checker.expect_all("consideration", decision.considerations, known, ("considerations",))
    checker.expect_all("tag", decision.scene.needs, parts.tags, ("scene", "needs"))
    checker.check_sources_and_terms(decision, parts)
    if isinstance(decision, ChoiceDecision):
        _check_choice(checker, decision, parts)
        drawn = set(decision.numbers) | set(decision.derive)
        _check_formulas(checker, decision.derive, ("derive",), drawn)
    elif isinstance(decision, ComputeDecision):
        drawn = set(decision.params) | set(decision.derive)
        _check_compute(checker, decision, drawn)
    elif isinstance(decision, ExhibitDecision):
        drawn = set(decision.worlds[0])
        check_exhibit(checker, decision)
    else:
        drawn = set()
        _check_steps(checker, decision)
    _check_misconceptions(checker, decision)
    _check_rule_ids(checker, decision)
    _check_text(checker, decision, parts, drawn)


def _check_choice(checker: Checker, decision: ChoiceDecision, parts: Parts) -> None:
    facts = facts_of(checker, decision, parts)
    options = list(decision.options)
    for name, fact in decision.facts.items():
        if isinstance(fact, Fact):
            for value_id, value in fact.values.items():
                loc: Loc = ("facts", name, "values", value_id)
                checker.expect_all("tag", value.needs, parts.tags, (*loc, "needs"))
                checker.expect_all("option", value.baits, options, (*loc, "baits"))
    for number, rule in enumerate(decision.rules):
        loc = ("rules", number)
        checker.expect_all("option", rule.out, options, (*loc, "out"))
        check_condition(checker, rule.when, facts, (*loc, "when"))
        check_condition(checker, rule.unless, facts, (*loc, "unless"))
    for number, cost in enumerate(decision.costs):
        loc = ("costs", number)
        checker.expect("option", cost.option, options, (*loc, "option"))
        checker.expect("goal", cost.goal, decision.goals, (*loc, "goal"))
        for index, adds in enumerate(cost.adds):
            check_condition(checker, adds.when, facts, (*loc, "adds", index, "when"))
    for number, require in enumerate(decision.require):
        check_condition(checker, require.when, facts, ("require", number, "when"))
        checker.expect_all("fact", require.state, facts, ("require", number, "state"))
    for number, condition in enumerate(decision.forbid):
        stated = {name: values for name, values in condition.items() if name != "goal"}
        check_condition(checker, stated, facts, ("forbid", number))
        goals = condition.get("goal", [])
        checker.expect_all("goal", goals, decision.goals, ("forbid", number, "goal"))
    if "goal" in facts:
        checker.add(
            "bad-id",
            "`goal` is no name for a fact: in `forbid` it stands for the goal.",
            checker.marked.place(("facts", "goal"), of_key=True),
            "Give the fact another name.",
        )
    worked = {fact: [value] for fact, value in decision.worked.facts.items()}
    check_condition(checker, worked, facts, ("worked", "facts"))
    if decision.worked.goal is not None:
        checker.expect("goal", decision.worked.goal, decision.goals, ("worked", "goal"))


Facts = dict[str, Fact | None]


def facts_of(checker: Checker, decision: ChoiceDecision, parts: Parts) -> Facts:
    """Facts by name with shared ones looked up; None for one that is not there."""
    shared: SharedFacts | None = parts.catalog.get("facts.yaml")
    found: Facts = {}
    for name, fact in decision.facts.items():
        if isinstance(fact, Fact):
            found[name] = fact
        else:
            checker.expect("shared fact", fact, parts.shared_facts, ("facts", name))
            found[name] = shared.facts.get(fact) if shared else None
    return found


def check_condition(checker: Checker, when: Condition, facts: Facts, loc: Loc) -> None:
    """Facts and values of a condition exist; what is not there is reported at ``loc``."""
    for name, values in when.items():
        checker.expect("fact", name, facts, (*loc, name))
        fact = facts.get(name)
        if fact is None:
            continue
        for number, value in enumerate(values):
            place = (*loc, name, number)
            if checker.marked.node(place) is None:  # worked facts are single values
                place = (*loc, name)
            checker.expect("value", value, fact.values, place)


def _check_compute(checker: Checker, decision: ComputeDecision, drawn: set[str]) -> None:
    _check_formulas(checker, decision.derive, ("derive",), drawn)
    for id_, quantity in decision.quantities.items():
        loc = ("quantities", id_, "formula")
        _check_formula(checker, quantity.formula, loc, drawn)
    for name in decision.worked:
        checker.expect("number", name, decision.params, ("worked", name))
    for name in decision.params:
        if name not in decision.worked:
            checker.add(
                "missing-field",
                f"The worked example gives no value for `{name}`.",
                checker.marked.place(("worked",), of_key=True),
                f"Add `{name}:` with a number.",
            )


def _check_steps(checker: Checker, decision: StepsDecision) -> None:
    for id_, step in decision.steps.items():
        for number, need in enumerate(step.needs):
            loc = ("steps", id_, "needs", number, "step")
            others = [one for one in decision.steps if one != id_]
            checker.expect("step", need.step, others, loc)
    checker.expect_all("step", decision.worked, decision.steps, ("worked",))
    circle = _circle(decision)
    if circle:
        checker.add(
            "steps-in-circle",
            f"The steps {listed(circle)} wait for each other.",
            checker.marked.place(("steps", circle[0], "needs")),
            "Remove one `needs`, so that one of them can be first.",
        )


def _circle(decision: StepsDecision) -> list[str]:
    """The steps that are neither reachable from a first step nor lead only to a last one."""
    needs = {
        id_: {need.step for need in step.needs if need.step in decision.steps}
        for id_, step in decision.steps.items()
    }
    left = set(needs)
    while True:
        first = {id_ for id_ in left if not needs[id_] & left}
        last = {id_ for id_ in left if all(id_ not in needs[other] for other in left)}
        if not first | last:
            return [id_ for id_ in decision.steps if id_ in left]
        left -= first | last


def _check_formulas(
    checker: Checker, formulas: Mapping[str, str], loc: Loc, known: Set[str]
) -> None:
    for name, formula in formulas.items():
        _check_formula(checker, formula, (*loc, name), known)


def _check_formula(checker: Checker, formula: str, loc: Loc, known: Set[str]) -> None:
    try:
        unknown = unknown_names(formula, known)
    except SyntaxError:
        checker.add(
            "bad-expression",
            f"`{formula}` is not an expression.",
            checker.marked.place(loc),
            "Write it with names, numbers, + - * / and brackets, as in `tp / (tp + fp)`.",
        )
        return
    for name in unknown:
        checker.add(
            "unknown-number",
            f"`{name}` is not a number of this decision{nearest(name, known)}",
            checker.marked.place(loc),
            "Use the names of its params, numbers and derived values.",
        )


def _check_misconceptions(checker: Checker, decision: Decision) -> None:
    for loc, inner in walk(decision):
        belief = getattr(inner, "misconception", None)
        if isinstance(belief, str):
            known = decision.teach.misconceptions
            checker.expect("misconception", belief, known, (*loc, "misconception"))


def _check_rule_ids(checker: Checker, decision: Decision) -> None:
    """Memory is kept under decision.RULE, so a rule's id is used once in its decision."""
    seen: dict[str, int] = {}
    for loc, inner in walk(decision):
        if loc and isinstance(id_ := getattr(inner, "id", None), str):
            place = checker.marked.place((*loc, "id"))
            if id_ in seen:
                checker.add(
                    "id-twice",
                    f"`{id_}` names two rules; the other is in line {seen[id_]}.",
                    place,
                    "Give one of them a new id; keep the older one, because memory hangs on it.",
                )
            seen.setdefault(id_, place.line)


def _check_text(checker: Checker, decision: Decision, parts: Parts, drawn: set[str]) -> None:
    """Slots exist, and none stands where no frame fills it; other braces belong to tokens."""
    slots: Known = None if parts.slots is None else [*parts.slots, *sorted(drawn)]
    for loc, text in walk(decision):
        if not isinstance(text, str) or _VERBATIM.intersection(loc):
            continue
        if loc[0] == "teach":
            for token in lesson_tokens_of(text):
                checker.check_lesson_token(token, parts, checker.marked.place(loc))
            continue
        for token in tokens_of(text):
            if token.kind == "slot" and loc[-1] not in _FRAMELESS:
                checker.expect("slot", token.id, slots, loc)
            elif token.kind != "term":
                checker.add(
                    "bad-token",
                    f"`{token.id}` in braces cannot stand in {_words(loc)}.",
                    checker.marked.place(loc),
                    "Titles and names have no frame that fills slots; write plain words."
                    if token.kind == "slot"
                    else "Use {@term} or {slot}, with small letters; remove other braces.",
                )


def _words(loc: Loc) -> str:
    names = [step for step in loc if isinstance(step, str)]
    return f"`{names[-1]}`" if names else "this file"
