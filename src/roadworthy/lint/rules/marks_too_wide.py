"""RW239: words that decide are too large a part of a stem."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Item, Length
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

MOST: dict[Length, float] = {"exam": 0.45, "brief": 0.75}


class MarksTooWide(LintRule):
    """The words that decide are on average over 45% of an exam stem, or over 75% of a brief one.

    What
        In each sampled item the words of the decisive spans are counted against all words of the
        stem. The average over all decisions is an error, that of one decision a warning.

    Why
        The reading coach asks which words decide. Where most of them do, marking everything is
        right, and nothing is learned about reading.

    Example
        `say` has no brackets, so the whole sentence is decisive. Put brackets around the part that
        a rule leans on: `orders arrive [at unpredictable times]`.
    """

    code = "RW239"
    slug = "marks-too-wide"
    verifies = "the words that decide are 45% of an exam stem and 75% of a brief one, or less"

    def check(self, material: Material) -> Iterator[Problem]:
        said = []
        for length in LENGTHS:
            means = []
            for decision in material.decisions():
                items = [one for one in material.items(decision.id, length) if one.decisive]
                if not items:
                    continue
                mean = sum(map(marked_share, items)) / len(items)
                means.append(mean)
                if mean > MOST[length]:
                    yield self.found(
                        f"{mean:.0%} of the words of its {length} stems decide; "
                        f"{MOST[length]:.0%} are the limit.",
                        material.at_decision(decision, "scene"),
                        "Put brackets around the words that rules lean on.",
                        severity="warning",
                    )
            if not means:
                continue
            mean = sum(means) / len(means)
            said.append(f"{length} {mean:.0%}, at most {max(means):.0%} in a decision")
            if mean > MOST[length]:
                yield self.found(
                    f"{mean:.0%} of the words of {length} stems decide; {MOST[length]:.0%} are "
                    "the limit.",
                    material.at("pack.yaml"),
                    "Begin with the decisions that are warned of.",
                )
        self.figures = "; ".join(said)


def marked_share(item: Item) -> float:
    """Share of the words of a stem that lie in a decisive span, 0 to 1."""
    marked = {place for start, end in item.decisive for place in range(start, end)}
    return len(marked) / max(1, len(item.stem.split()))
