"""RW241: text of a skeleton that nobody has replaced."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.walk import walk
from roadworthy.problem import Place, Problem

MARK = "FILL IN"


class LeftToFillIn(LintRule):
    """A text still says FILL IN, as ``pack new`` wrote it.

    What
        All texts of decisions, exhibits, pairs and limits are searched for the mark that
        `roadworthy pack new` leaves where an author has to write.

    Why
        A skeleton loads, so that its author can work on it. Nobody else should read it.

    Example
        `short: FILL IN a clause, such as "data arrive at a fixed hour"`. Write the clause.
    """

    code = "RW241"
    slug = "left-to-fill-in"
    verifies = "no text of a skeleton is left"

    def check(self, material: Material) -> Iterator[Problem]:
        for place, text in _texts(material):
            if MARK in text:
                asked = " ".join(text.partition(MARK)[2].split()).strip(" :.")
                yield self.found(
                    f"This is to be written: {asked[:70] or 'a text of your own'}.",
                    place,
                    "Replace the whole text.",
                )


def _texts(material: Material) -> Iterator[tuple[Place, str]]:
    for decision in material.decisions():
        for loc, value in walk(decision):
            if isinstance(value, str):
                yield material.at_decision(decision, *loc), value
    for pair in material.pack.pairs.values():
        for loc, value in walk(pair):
            if isinstance(value, str):
                yield material.at_pair(pair, *loc), value
    for name, limit in material.pack.limits.items():
        for loc, value in walk(limit):
            if isinstance(value, str):
                yield material.at_limit(name, *loc), value
