"""RW213: stems and options that are too short or too long."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Item, Length
from roadworthy.items.phrase import BRIEF_WORDS, EXAM_WORDS
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.problem import Problem

STEM: dict[Length, tuple[int, int]] = {"brief": BRIEF_WORDS, "exam": EXAM_WORDS}
OPTIONS: dict[Length, tuple[int, int]] = {"brief": (1, 12), "exam": (14, 52)}
LEAST = 0.94


class LengthOutOfBounds(LintRule):
    """More than 6% of the items of a decision miss the length of a stem or of its options.

    What
        A sample of items of each length is counted: a brief stem has at most 45 words and its
        options at most 12; a stem of exam length has 52 to 101, its options 14 to 52. Items on
        numbers and orders have the length that they need.

    Why
        The clock of a mock exam means something only at the length of the exam.

    Example
        Stems of 108 words come from a setup of 30. Cut it to 22; the engine draws other phrasings,
        but it cannot shorten what all of them share.
    """

    code = "RW213"
    slug = "length-out-of-bounds"
    verifies = "stems and options keep their lengths in 94% of the items of each decision"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            for length in LENGTHS:
                items = material.prose_items(decision.id, length)
                exhibit = isinstance(decision, ExhibitDecision)
                if not items or (exhibit and length == "exam"):  # its text is the exhibit
                    continue
                stems = sum(_keeps_stem(item) for item in items) / len(items)
                options = sum(_keeps_options(item) for item in items) / len(items)
                for what, share, bounds in (
                    ("stem", stems, STEM[length]),
                    ("options", options, OPTIONS[length]),
                ):
                    if share < LEAST:
                        yield self.found(
                            f"Only {share:.0%} of the {length} items keep the {what} within "
                            f"{bounds[0]} to {bounds[1]} words.",
                            material.at_decision(
                                decision, "scene" if what == "stem" else "options"
                            ),
                            "Shorten or lengthen the phrasings that all of them share.",
                        )


def _keeps_stem(item: Item) -> bool:
    low, high = STEM[item.length]
    return low <= len(item.stem.split()) <= high


def _keeps_options(item: Item) -> bool:
    low, high = OPTIONS[item.length]
    return all(low <= len(option.text.split()) <= high for option in item.options)
