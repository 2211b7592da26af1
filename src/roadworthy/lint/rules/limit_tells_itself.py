"""RW237: limits whose answer stands in the text that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Recall
from roadworthy.items.recall import holds
from roadworthy.lint.limits import asked, recall_of
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

_MARKS = ".,;:?!()\"'“”‘’`"


class LimitTellsItself(LintRule):
    """The answer of a limit, or a spelling that counts as right, stands in its own text.

    What
        Each run of words of each phrasing of ``ask`` is judged as if somebody had typed it.

    Why
        What can be copied from the line above is not recalled, and memory would count it as known.

    Example
        "Which strategy does the MirroredStrategy class give?" with the word `MirroredStrategy`.
        Ask by what it does: "Which class copies the model to each GPU of one machine?"
    """

    code = "RW237"
    slug = "limit-tells-itself"
    verifies = "no limit is answered by its own text"

    def check(self, material: Material) -> Iterator[Problem]:
        for name, limit in material.pack.limits.items():
            recall = recall_of(material, limit)
            for number, text in enumerate(asked(material, limit)):
                if said := _answer_in(recall, text):
                    yield self.found(
                        f"`{said}` would be right, and stands in the text.",
                        material.at_limit(name, "ask", number),
                        "Ask by what it does or is for, without its name or number.",
                    )


def _answer_in(recall: Recall, text: str) -> str | None:
    """The shortest run of words that answers, if there is one."""
    words = [word.strip(_MARKS) for word in text.split()]
    longest = max(len(one.split()) for one in (recall.answer, *recall.accept)) + 1
    for size in range(1, longest + 1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            if run and holds(recall, run):
                return run
    return None
