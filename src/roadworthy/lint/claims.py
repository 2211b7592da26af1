"""Every sourced claim of a pack, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roadworthy.lint.material import Material
from roadworthy.pack.decision import Cost, Fits
from roadworthy.pack.fields import Sourced
from roadworthy.pack.marks import Loc
from roadworthy.pack.walk import walk
from roadworthy.problem import Place


@dataclass(frozen=True, slots=True)
class Claim:
    """A sourced statement: what it is called for an author, where it stands, and itself."""

    name: str
    place: Place
    sourced: Sourced


def claims(material: Material) -> Iterator[Claim]:
    """Claims on the exam, those of each decision, then the limits, in the order of the files."""
    for name, fact in material.pack.head.facts.items():
        yield Claim(name, material.at("pack.yaml", "facts", name), fact)
    for decision in material.decisions():
        for loc, value in walk(decision):
            if isinstance(value, Sourced):
                yield Claim(_name(loc, value), material.at_decision(decision, *loc), value)
    for name, limit in material.pack.limits.items():
        yield Claim(name, material.at_limit(name), limit)


def _name(loc: Loc, value: Sourced) -> str:
    if isinstance(value, Cost):
        return f"{value.goal}, {value.option}"
    if isinstance(value, Fits):
        return f"{loc[-2]}, fits"
    return str(getattr(value, "id", loc[-1]))
