"""One decision at work: what it yields, for an author who is writing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.compute import ComputeItems
from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.option_sets import OptionSet
from roadworthy.items.steps import StepsItems
from roadworthy.lint.guessers import guess_rates
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules import RULES
from roadworthy.lint.run import lint_material
from roadworthy.pack.model import Pack
from roadworthy.problem import Problem

MOST_SETS = 12
FEWEST = 30


def alone(pack: Pack, decision_id: str) -> Pack:
    """The pack with that decision only, so that nothing else is solved."""
    return replace(pack, decisions={decision_id: pack.decision(decision_id)})


def as_confirmed(pack: Pack, decision_id: str) -> Pack:
    """The pack with every claim of a decision confirmed: what it will yield once pages are read."""
    decision = pack.decision(decision_id)
    content = _confirmed(decision.model_dump(by_alias=True))
    return replace(pack, decisions={decision_id: type(decision).model_validate(content)})


def _confirmed(value: Any) -> Any:
    if isinstance(value, dict):
        claim = "supports" in value and "status" in value
        return {
            key: "confirmed" if claim and key == "status" else _confirmed(inner)
            for key, inner in value.items()
        }
    return [_confirmed(inner) for inner in value] if isinstance(value, list) else value


def problems_of(
    material: Material, decision_id: str, rules: Sequence[type[LintRule]] = RULES
) -> list[Problem]:
    """What the rules find in the file of a decision."""
    file = material.at_decision(material.pack.decision(decision_id)).file
    return [one for one in lint_material(material, rules).problems if one.place.file == file]


def trial(material: Material, decision_id: str, *, situations: bool = False) -> Iterator[str]:
    """Lines on keys, option sets, goals, lengths and guessers; each situation if asked for."""
    maker = material.generator.maker(decision_id)
    if isinstance(maker, ChoiceItems):
        yield from _choice(maker)
    elif isinstance(maker, StepsItems):
        yield from _steps(maker)
    elif isinstance(maker, ExhibitItems):
        yield from _exhibit(maker)
    else:
        yield from _compute(maker)
    for length in LENGTHS:
        items = material.prose_items(decision_id, length)
        if len(items) < FEWEST:
            continue
        stems = [len(item.stem.split()) for item in items]
        options = [len(option.text.split()) for item in items for option in item.options]
        yield (
            f"{length}: stems {min(stems)} to {max(stems)} words, options {min(options)} to "
            f"{max(options)}"
        )
        rates = guess_rates(items).items()
        yield "  guessers: " + ", ".join(f"{name} {rate:.0%}" for name, rate in rates)
    if situations and isinstance(maker, ChoiceItems):
        yield from _situations(maker)


def _choice(maker: ChoiceItems) -> Iterator[str]:
    names = maker.solver.options
    sets = maker.practice
    deciding = Counter(one.goal for one in maker.situations if one.goal_decides)
    yield (
        f"{len(maker.situations)} situations, {len(sets.situations)} for practice and "
        f"{len(maker.mock.situations)} kept for forms; the goal decides in {deciding.total()}"
    )
    keys = Counter(names[one.key] for one in maker.situations)
    yield "keys: " + ", ".join(f"{name} {keys[name]}" for name in names)
    if deciding:
        yield "goals: " + ", ".join(f"{goal} {deciding[goal]}" for goal in maker.decision.goals)
    yield f"{len(sets.symmetric)} option sets have {sets.symmetry} of 4 as keys:"
    for options in sets.symmetric[:MOST_SETS]:
        yield f"  {_set(maker, options)}"
    if len(sets.symmetric) > MOST_SETS:
        yield f"  and {len(sets.symmetric) - MOST_SETS} more"


def _set(maker: ChoiceItems, options: OptionSet) -> str:
    keys = maker.practice.table[options]
    return ", ".join(f"{maker.solver.options[one]} {len(keys.get(one, ()))}" for one in options)


def _steps(maker: StepsItems) -> Iterator[str]:
    table = maker.tables["practice"]
    most = max(map(len, table.values()), default=0)
    best = [keys for keys in table.values() if len(keys) == most]
    yield (
        f"{len(maker.states)} states of the work, {len(maker.chains)} chains; {len(best)} option "
        f"sets have {most} of 4 as next step"
    )
    keys = Counter(key for one in best for key in one)
    yield "next steps: " + ", ".join(f"{name} {keys[name]}" for name in maker.order.steps)


def _compute(maker: ComputeItems) -> Iterator[str]:
    yield "quantities: " + ", ".join(maker.quantities)


def _exhibit(maker: ExhibitItems) -> Iterator[str]:
    worlds = len(maker.decision.worlds)
    yield f"{len(maker.faults)} faults in {worlds} worlds of names; {len(maker.sets)} option sets"
    for symptom in maker.decision.symptoms:
        shared = [name for name, one in maker.faults.items() if one.symptom == symptom]
        yield f"{symptom}: {', '.join(shared)}"


def _situations(maker: ChoiceItems) -> Iterator[str]:
    names = maker.solver.options
    for one in maker.situations:
        facts = ", ".join(f"{name} {value}" for name, value in one.facts)
        goal = f", goal {one.goal}" if one.goal else ""
        others = ", ".join(
            f"{name} {kind}" for name, kind in zip(names, one.classes, strict=True) if kind != "key"
        )
        kept = " [kept for forms]" if one in maker.mock.situations else ""
        yield f"  {facts}{goal} -> {names[one.key]} ({others}){kept}"
