"""Every sourced claim of a pack, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roadworthy.lint.material import Material
from roadworthy.pack.decision import Cost, Fits
from roadworthy.pack.fields import Sourced
from roadworthy.pack.marks import Loc
from roadworthy.pack.stage_map import Placement
from roadworthy.pack.walk import walk
from roadworthy.problem import Place


@dataclass(frozen=True, slots=True)
class Claim:
    """A sourced statement: what it is called for an author, where it stands, and itself."""

    name: str
    place: Place
    sourced: Sourced


def claims(material: Material) -> Iterator[Claim]:
    """Claims on the exam, of decisions, limits, the map, advice and notes on objectives."""
    for name, fact in material.pack.head.facts.items():
        yield Claim(name, material.at("pack.yaml", "facts", name), fact)
    for decision in material.decisions():
        for loc, value in walk(decision):
            if isinstance(value, Sourced):
                yield Claim(_name(loc, value), material.at_decision(decision, *loc), value)
    for name, limit in material.pack.limits.items():
        yield Claim(name, material.at_limit(name), limit)
    if material.pack.map is not None:
        for loc, value in walk(material.pack.map):
            if isinstance(value, Sourced):
                yield Claim(_name(loc, value), material.at("map.yaml", *loc), value)
    for number, rule in enumerate(material.pack.advice.rules if material.pack.advice else ()):
        yield Claim(rule.id, material.at("advise.yaml", "rules", number), rule)
    for id_, notes in material.pack.objectives.items():
        for loc, value in walk(notes.head):
            if isinstance(value, Sourced):
                place = material.at(f"objectives/{id_}.md", *loc)
                yield Claim(f"{loc[1]}, {value.source}", place, value)


def _name(loc: Loc, value: Sourced) -> str:
    if isinstance(value, Cost):
        return f"{value.goal}, {value.option}"
    if isinstance(value, Placement):
        return f"{value.term} at {value.stage}"
    if isinstance(value, Fits):
        return f"{loc[-2]}, fits"
    return str(getattr(value, "id", loc[-1]))
