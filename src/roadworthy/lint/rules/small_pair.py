"""RW235: pairs of decisions that are used up quickly."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

LEAST = 30


class SmallPair(LintRule):
    """A pair of decisions has fewer than 30 situations, or makes no item of a kind that it names.

    What
        Pairs of situations of both halves that may be stated together are counted, those kept for
        mock exams too; and a sample of each kind is drawn.

    Why
        Each half is known from its own items. With few combinations, candidates meet the same two
        facts again, and answer one half by the other.

    Example
        `keep` leaves two values of one fact in the first half, and 18 situations. Keep a value
        more, or raise `max_facts`.
    """

    code = "RW235"
    slug = "small-pair"
    verifies = f"each pair of decisions has {LEAST} situations or more, and items of each kind"

    def check(self, material: Material) -> Iterator[Problem]:
        counts = []
        for pair, maker in material.pairs():
            counts.append(maker.situations("practice") + maker.situations("mock"))
            if counts[-1] < LEAST:
                yield self.found(
                    f"The halves make {counts[-1]} situations together; {LEAST} are needed.",
                    material.at_pair(pair, "first"),
                    "Keep more values, options or goals of a half, or raise `max_facts`.",
                )
            for number, kind in enumerate(pair.kinds):
                if not material.pair_items(pair.id, kind, "exam"):
                    yield self.found(
                        f"It makes no item of kind {kind}.",
                        material.at_pair(pair, "kinds", number),
                        "Keep options of each half that can be keys against each other.",
                    )
        if counts:
            self.figures = f"{min(counts)} to {max(counts)}"
