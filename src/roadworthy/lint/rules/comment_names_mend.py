"""RW234: comments in code that give the fault away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadworthy.items.exhibit_text import shown_with
from roadworthy.lint.guessers import words_of
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ExhibitDecision, Fault
from roadworthy.problem import Problem

_COMMENT = re.compile(r"(?:(?:^|\s)#|(?:^|\s)--\s|(?:^|\s)//)\s*(?P<said>\S.*)$")
_TELLING = re.compile(
    r"\b(bugs?|broken|fault|faulty|fix(?:me)?|instead|mistake|should|todo|wrong(?:ly)?)\b",
    re.IGNORECASE,
)
_LETTERS = 4  # shorter words are mostly grammar
_SHARED = 0.5


class CommentNamesMend(LintRule):
    """A comment in an exhibit says that something is wrong, or names the mend of a fault.

    What
        Comments (`#`, `--`, `//`) of each exhibit of form code, with each fault put in: words such
        as wrong, fix, should or instead, and comments that hold two content words and half of
        those of a fault's short mend.

    Why
        Who finds the fault by its comment has not read the code.

    Example
        `# split by time, not at random` above the split. Drop the comment, or say what the block
        is for.
    """

    code = "RW234"
    slug = "comment-names-mend"
    severity = "warning"
    verifies = "no comment in an exhibit gives a fault away"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.exhibits():
            if decision.form != "code":
                continue
            for comment in _comments(decision):
                telling = _TELLING.search(comment)
                named = next(
                    (name for name, one in decision.faults.items() if _names(comment, one)), None
                )
                if telling is None and named is None:
                    continue
                what = f"says `{telling[1]}`" if telling else f"names the mend of `{named}`"
                yield self.found(
                    f"The comment `{comment[:50]}` {what}.",
                    material.at_decision(decision, "exhibit"),
                    "Leave it out, or say what the block is for.",
                )


def _comments(decision: ExhibitDecision) -> list[str]:
    """Each comment that some fault leaves in sight, once, in the names of the first world."""
    found: dict[str, None] = {}
    for fault in decision.faults.values():
        for line in shown_with(decision, fault, 0).lines:
            if match := _COMMENT.search(line):
                found.setdefault(match["said"].strip())
    return list(found)


def _names(comment: str, fault: Fault) -> bool:
    said = set(words_of(comment))
    for mend in fault.brief:
        words = {word for word in words_of(mend) if len(word) >= _LETTERS}
        shared = len(words & said)
        if shared >= 2 and shared >= _SHARED * len(words):
            return True
    return False
