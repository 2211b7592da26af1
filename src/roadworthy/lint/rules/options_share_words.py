"""RW223: options that are mostly the same words."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Item
from roadworthy.lint.guessers import words_of
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

MOST = 0.30


class OptionsShareWords(LintRule):
    """On average more than 30% of the words of an option stand in all four options.

    What
        For each sampled item, the words that all options share are counted against the words of
        each option, and averaged over the decision; an error for the pack, a warning for a
        decision.

    Why
        Shared words are read four times and say nothing. They make an item longer, not harder.

    Example
        Each option ends with "and register the trained model in the registry". Say it once, in
        the lead.
    """

    code = "RW223"
    slug = "options-share-words"
    verifies = "words that all options share are 30% of an option or less"

    def check(self, material: Material) -> Iterator[Problem]:
        means = []
        for decision in material.decisions():
            items = [
                item for length in LENGTHS for item in material.prose_items(decision.id, length)
            ]
            if not items:
                continue
            mean = sum(shared_words(item) for item in items) / len(items)
            means.append(mean)
            if mean > MOST:
                yield self.found(
                    f"{mean:.0%} of the words of an option stand in all four; {MOST:.0%} are the "
                    "limit.",
                    material.at_decision(
                        decision, "steps" if decision.kind == "steps" else "options"
                    ),
                    "Move what they share into the lead, or vary how they say it.",
                    severity="warning",
                )
        if not means:
            return
        mean = sum(means) / len(means)
        self.figures = f"{mean:.0%} on average"
        if mean > MOST:
            yield self.found(
                f"{mean:.0%} of an option's words stand in all four; {MOST:.0%} are the limit.",
                material.at("pack.yaml"),
                "Begin with the decisions that are warned of.",
            )


def shared_words(item: Item) -> float:
    """Mean share of the different words of an option that all options have, 0 to 1."""
    sets = [set(words_of(option.text)) for option in item.options]
    common = set.intersection(*sets)
    return sum(len(common) / max(1, len(one)) for one in sets) / len(sets)
