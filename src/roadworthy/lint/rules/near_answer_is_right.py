"""RW238: wrong answers to limits that are judged right."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.recall import holds
from roadworthy.lint.limits import recall_of
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class NearAnswerIsRight(LintRule):
    """A wrong answer under ``near`` is the same as the answer, or as one that is accepted.

    What
        Each ``near`` is judged as if somebody had typed it: letter case, marks, articles, a plural
        s and ways to write a number do not count.

    Why
        It would be judged right, so its reason is never read; or the list of accepted spellings
        is too wide.

    Example
        The answer is 1000, and `near` has "1k". Drop it, or write the number that was meant.
    """

    code = "RW238"
    slug = "near-answer-is-right"
    verifies = "each wrong answer with a reason is judged wrong"

    def check(self, material: Material) -> Iterator[Problem]:
        for name, limit in material.pack.limits.items():
            recall = recall_of(material, limit)
            for number, near in enumerate(recall.near):
                if holds(recall, near.value):
                    yield self.found(
                        f"`{near.value}` is judged right: it is the answer written otherwise.",
                        material.at_limit(name, "near", number, "value"),
                        "Drop it, or take the spelling out of `accept`.",
                    )
