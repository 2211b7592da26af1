"""RW236: items over two decisions that are too long to read."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

MOST_WORDS = 120
MOST_LONG = 0.05


class LongPairStem(LintRule):
    """More than 5% of the stems of a pair of decisions have more than 120 words at exam length.

    What
        A sample of each kind of the pair is drawn at exam length and its stems are counted.

    Why
        Two halves are told in one stem. Beyond 120 words an item takes more than its share of the
        clock, and tests patience.

    Example
        Three facts of each half, each a sentence of 16 words. Set `max_facts: 2`.
    """

    code = "RW236"
    slug = "long-pair-stem"
    severity = "warning"
    verifies = f"stems of pairs have at most {MOST_WORDS} words in 95% of the items of each kind"

    def check(self, material: Material) -> Iterator[Problem]:
        for pair, _ in material.pairs():
            for kind in pair.kinds:
                counts = [
                    len(item.stem.split()) for item in material.pair_items(pair.id, kind, "exam")
                ]
                long = sum(count > MOST_WORDS for count in counts)
                if long > MOST_LONG * len(counts):
                    yield self.found(
                        f"{long / len(counts):.0%} of the stems of kind {kind} have more than "
                        f"{MOST_WORDS} words, the longest {max(counts)}.",
                        material.at_pair(pair, "scene"),
                        "Shorten setup and lead, or lower `max_facts`.",
                    )
