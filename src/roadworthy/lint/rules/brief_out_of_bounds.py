"""RW224: briefs that are too short or too long."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.lengths import TEACH_BRIEF
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.lint.wording import plain
from roadworthy.problem import Problem

LEAST, MOST = TEACH_BRIEF


class BriefOutOfBounds(LintRule):
    """The brief of a decision has fewer than 120 words or more than 200.

    What
        The words of ``teach.brief`` are counted as they are shown: product names filled in, marks
        of Markdown left out.

    Why
        A brief is read in an evening of 45 minutes, before the first item on it. Under 120 words
        it does not teach what decides; over 200 it is skimmed.

    Example
        A brief of 240 words explains the products. Move that into the topic, and keep what
        decides, with one example.
    """

    code = "RW224"
    slug = "brief-out-of-bounds"
    verifies = f"each brief has {LEAST} to {MOST} words"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            words = len(plain(material.named(decision.teach.brief)).split())
            if not LEAST <= words <= MOST:
                yield self.found(
                    f"The brief has {words} words; it needs {LEAST} to {MOST}.",
                    material.at_decision(decision, "teach", "brief"),
                    "Say more of what decides." if words < LEAST else "Keep what decides.",
                )
