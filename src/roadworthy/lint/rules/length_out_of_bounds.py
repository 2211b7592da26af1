"""RW213: stems and options that are too short or too long."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Item
from roadworthy.lint.lengths import LEAST_KEPT, OPTIONS, STEM, Bounds, span
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.problem import Problem


class LengthOutOfBounds(LintRule):
    """More than 6% of the items of a decision miss the length of a stem or of its options.

    What
        A sample of items of each length is counted: a brief stem has at most 45 words and its
        options at most 12; a stem of exam length has 52 to 101, its options 14 to 52. Items on
        numbers and orders, and exhibits of exam length, have the length that they need. The text
        that misses most is quoted.

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
                for what, texts, bounds, node in (
                    ("a stem", [_stem(item) for item in items], STEM[length], "scene"),
                    ("options", [_options(item) for item in items], OPTIONS[length], "options"),
                ):
                    kept = sum(not any(_off(one, bounds) for one, _ in shown) for shown in texts)
                    if kept / len(items) < LEAST_KEPT:
                        worst = max(
                            (one for shown in texts for one in shown),
                            key=lambda one: _off(one[0], bounds),
                        )
                        yield self.found(
                            f"Only {kept / len(items):.0%} of the {length} items have {what} "
                            f"of {span(bounds)} words. {_quoted(*worst)}",
                            material.at_decision(decision, node),
                            "Shorten or lengthen the phrasings that all of them share.",
                        )


def _stem(item: Item) -> list[tuple[str, str]]:
    return [(item.stem, "the stem")]


def _options(item: Item) -> list[tuple[str, str]]:
    return [(option.text, f"`{option.id}`") for option in item.options]


def _off(text: str, bounds: Bounds) -> int:
    """Words too many or too few, 0 for none."""
    words = len(text.split())
    return max(bounds[0] - words, words - bounds[1], 0)


def _quoted(text: str, what: str) -> str:
    """The text that misses most, whole: an author has to find its phrasing in the file."""
    return f'Farthest off is {what} with {len(text.split())}: "{text}"'
