"""Facts -> rules -> what becomes of every option, with the source of each step.

What an author reads when a candidate disputes a key, or before a rule is changed. All options of
the decision are judged, not only the four that an item shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from roadworthy.errors import BadInput, NotThere
from roadworthy.items.choice import ChoiceItems
from roadworthy.items.solve import holds
from roadworthy.lint.material import Material
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.fields import Sourced

Outcome = Literal["key", "falls", "loses", "survives"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, cost or reason that speaks on an option, and what its source says."""

    rule: str
    says: str
    strength: str | None
    source: str
    title: str
    url: str
    checked: str
    supports: str
    status: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of one option; ``cost`` is its level on the goal, where one is stated."""

    option: str
    name: str
    outcome: Outcome
    cost: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A whole derivation. ``key`` is None where not exactly one option is left; ``note`` why."""

    decision: str
    facts: tuple[tuple[str, str, str], ...]  # (fact, value, in words)
    goal: str | None
    goal_name: str | None
    key: str | None
    note: str
    standings: tuple[Standing, ...]

    def as_json(self) -> dict[str, Any]:
        """The derivation as plain JSON data, with the field names of the classes."""
        return asdict(self)


def reason(
    material: Material, rule: str, says: str, claim: Sourced, strength: str | None
) -> Reason:
    """A reason with the page that it leans on."""
    source = material.pack.sources.get(claim.source)
    return Reason(
        rule=rule,
        says=material.named(says),
        strength=strength,
        source=claim.source,
        title=source.title if source else "",
        url=source.url if source else "",
        checked=claim.checked.isoformat(),
        supports=material.named(claim.supports),
        status=claim.status,
    )


def argue_choice(
    material: Material, decision: ChoiceDecision, facts: Mapping[str, str], goal: str | None
) -> Argument:
    """The derivation of a choice or diagnosis.

    Raises NotThere for a fact, value or goal that the decision does not have.
    """
    maker = material.generator.maker(decision.id)
    assert isinstance(maker, ChoiceItems)
    _check(maker, facts, goal)
    solver = maker.solver
    stated = {name: facts[name] for name in solver.facts if name in facts}
    verdict = solver.verdict(stated, goal)
    key = solver.key_among(verdict, goal, frozenset(range(len(solver.options))))
    standings = []
    for place, name in enumerate(solver.options):
        option = decision.options[name]
        reasons = [
            reason(
                material,
                maker.reasons.rule_id(index),
                f"{_stated(maker, decision.rules[index].when, stated)}: "
                f"{decision.rules[index].because}",
                decision.rules[index],
                decision.rules[index].strength.replace("_", " "),
            )
            for index in verdict.fired[place]
        ]
        outcome: Outcome = "falls"
        if not reasons:
            outcome = "key" if place == key else "survives" if key is None else "loses"
            if goal is not None and (goal, name) in {(c.goal, c.option) for c in decision.costs}:
                reasons.append(_cost(material, maker, goal, place, stated))
            if place == key:
                reasons.append(reason(material, "fits", option.fits.because, option.fits, None))
        standings.append(
            Standing(
                name,
                material.named(option.name),
                outcome,
                verdict.costs[place] if goal is not None else None,
                tuple(reasons),
            )
        )
    order = ["key", "loses", "survives", "falls"]
    standings.sort(key=lambda one: (order.index(one.outcome), one.option))
    return Argument(
        decision=decision.id,
        facts=tuple(
            (name, value, material.named(solver.facts[name].values[value].short))
            for name, value in stated.items()
        ),
        goal=goal,
        goal_name=None if goal is None else material.named(decision.goals[goal].name),  # type: ignore[index]
        key=None if key is None else solver.options[key],
        note=_note(maker, stated, goal, key),
        standings=tuple(standings),
    )


def _check(maker: ChoiceItems, facts: Mapping[str, str], goal: str | None) -> None:
    known = {**maker.solver.facts, **maker.solver.colours}
    for name, value in facts.items():
        if name not in known:
            raise unknown("fact", name, known)
        if value not in known[name].values:
            raise unknown(f"value of `{name}`", value, known[name].values)
    if goal is not None and goal not in maker.decision.goals:
        raise unknown("goal", goal, dict.fromkeys(map(str, maker.decision.goals)))


def unknown(noun: str, name: str, known: Mapping[str, object]) -> NotThere:
    """The error for a name that the decision does not have; it lists those that it has."""
    listed = f"Use one of: {', '.join(sorted(known))}." if known else "It has none."
    return NotThere(f"There is no {noun} `{name}` in this decision.", mend=listed)


def _stated(maker: ChoiceItems, when: Mapping[str, list[str]], stated: Mapping[str, str]) -> str:
    return " and ".join(maker.solver.facts[name].values[stated[name]].short for name in when)


def _cost(
    material: Material, maker: ChoiceItems, goal: str, place: int, stated: Mapping[str, str]
) -> Reason:
    cost = maker.reasons.cost(goal, place)
    says = cost.because
    for added in cost.adds:
        if holds(added.when, stated):
            says += f"; {added.by:+d}, as {added.because}"
    return reason(material, f"{maker.decision.id}.goal:{goal}", says, cost, None)


def _note(maker: ChoiceItems, stated: Mapping[str, str], goal: str | None, key: int | None) -> str:
    """Why there is no key, or why no item is made of these facts; '' for a fair situation."""
    solver = maker.solver
    verdict = solver.verdict(stated, goal)
    if not solver.admissible(stated):
        missing = [name for name, one in solver.facts.items() if one.must and name not in stated]
        if missing:
            return f"No item states this: {', '.join(missing)} must be stated."
        return "No item states these facts together: `forbid`, `require` or `max_facts` is against."
    if verdict.doubtful:
        return "An unconfirmed rule or cost takes part, so no item is made of this."
    if key is None:
        left = [solver.options[place] for place in verdict.survivors]
        if not left:
            return "No option is left."
        if goal is None:
            return f"{', '.join(left)} are left, and no goal is stated."
        gap = maker.decision.margin
        return f"{', '.join(left)} are left, and their costs differ by less than {gap}."
    if solver.situation(stated, goal) is None:
        return "There is a key, but too few fair distractors for an item."
    return ""


def parsed(text: str | None) -> dict[str, str]:
    """'a=b,c=d' as facts; raises BadInput for a part without '=' and for a name twice."""
    facts: dict[str, str] = {}
    for part in filter(None, map(str.strip, (text or "").split(","))):
        name, found, value = (one.strip() for one in part.partition("="))
        if not found or not name or not value or name in facts:
            raise BadInput(
                f"`{part}` is no fact with its value, or names a fact twice.",
                where="--facts",
                mend="Write them like --facts need=fresh,arrival=regular.",
            )
        facts[name] = value
    return facts
