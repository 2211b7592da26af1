"""RW209: text that is faulty in some frame."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.limits import limit_texts
from roadworthy.lint.material import Material
from roadworthy.lint.phrases import Phrase, Shown, phrases, shown
from roadworthy.lint.rule import LintRule
from roadworthy.lint.wording import faults
from roadworthy.problem import Problem


class FaultyWording(LintRule):
    """A phrase reads wrongly in some frame, or no frame can tell it.

    What
        Each phrase of a decision or a pair is put into each frame that carries its tags, as the
        engine shows it: two blanks or marks in a row, `a` before a vowel, braces, a word said
        twice, an option that begins with a small letter, a last sentence without its mark. A
        phrase whose tags no frame has is reported too. Texts of limits are read as they are.

    Why
        A candidate who stumbles over the wording loses time, and learns to read for faults.

    Example
        `a {rec} is late` becomes "a order is late" with ``rec: order``. Write `{a_rec}`, a slot
        that brings its own article.
    """

    code = "RW209"
    slug = "faulty-wording"
    verifies = "each phrase reads well in each frame"

    def check(self, material: Material) -> Iterator[Problem]:
        count = 0
        yield from self._limits(material)
        pairs = (pair for pair, _ in material.pairs())
        for decision in (*material.decisions(), *pairs):
            untold: set[tuple[str, ...]] = set()
            for phrase in phrases(material, decision):
                seen: set[str] = set()
                frames = 0
                for one in shown(material, decision, phrase):
                    frames += 1
                    for fault in _faults(phrase, one):
                        if fault not in seen:
                            seen.add(fault)
                            yield self.found(
                                f"In frame `{one.frame}` this {fault}: {_short(one.text)}",
                                phrase.place,
                                _mend(fault),
                            )
                count += frames
                if not frames and phrase.needs not in untold:
                    untold.add(phrase.needs)
                    yield self._untold(phrase)
        self.figures = f"{count} phrases in their frames"

    def _limits(self, material: Material) -> Iterator[Problem]:
        for place, kind, text in limit_texts(material):
            found = list(faults(text))
            if kind == "ask" and not text.endswith("?"):
                found.append("ends without its mark")
            for fault in found:
                yield self.found(f"This {fault}: {_short(text)}", place, "Reword it.")

    def _untold(self, phrase: Phrase) -> Problem:
        return self.found(
            f"No frame carries all of the tags {', '.join(phrase.needs)}.",
            phrase.place,
            "Drop a tag, or add a frame that has them.",
        )


def _mend(fault: str) -> str:
    if fault.startswith("says `a"):
        return "Use a slot that brings its own article, or the plural."
    return "Reword the phrase, or the slot in that frame."


def _faults(phrase: Phrase, one: Shown) -> Iterator[str]:
    text = one.text
    if phrase.kind == "reason":
        text = text.replace("[", "").replace("]", "")
    yield from faults(text)
    first = next((letter for letter in text if letter.isalnum()), "")
    if phrase.kind == "option" and first.islower():
        yield "begins with a small letter"
    if phrase.kind == "ask" and phrase.template.rstrip(" )")[-1:] not in (".", "?"):
        yield "ends without its mark"


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:87]}..."
