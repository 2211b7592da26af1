"""A stem that has its length: phrasings and frame are drawn anew until it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roadworthy.items.item import Length, Span
from roadworthy.items.phrase import BRIEF_WORDS, EXAM_WORDS, Sentence, assemble, distance

REDRAWS = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """One draw of a stem: its sentences, the frame, and the words that fill all templates."""

    sentences: Sequence[Sentence]
    frame: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stem:
    """The text, the words that state each fact, and what it was filled with."""

    text: str
    spans: dict[str, Span]
    frame: str
    words: Mapping[str, str]


def fitting_stem(length: Length, drawn: Callable[[int], Draft]) -> Stem:
    """The first of up to twelve drafts that fits its length, else the one nearest to it."""
    bounds = EXAM_WORDS if length == "exam" else BRIEF_WORDS
    best: tuple[int, Stem] | None = None
    for number in range(REDRAWS):
        draft = drawn(number)
        text, spans = assemble(draft.sentences)
        off = distance(len(text.split()), bounds)
        if best is None or off < best[0]:
            best = (off, Stem(text, spans, draft.frame, draft.words))
        if off == 0:
            break
    assert best is not None
    return best[1]
