"""A stem that has its length: phrasings and frame are drawn anew until it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roadworthy.items.item import Length, Span
from roadworthy.items.phrase import BRIEF_WORDS, EXAM_WORDS, Sentence, assemble, distance

REDRAWS = 12
WITHOUT_OPENING = 0.5
"""What a missing scene counts, in words too many or too few."""


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


def fitting_stem(length: Length, drawn: Callable[[int], Draft], *, opens: bool) -> Stem:
    """The first of up to twelve drafts that fits its length, else the one nearest to it.

    ``opens``: the stem should begin with a sentence that sets the scene and states no fact. Of
    drafts that fit, one without it is the last choice.
    """
    bounds = EXAM_WORDS if length == "exam" else BRIEF_WORDS
    best: tuple[float, Stem] | None = None
    for number in range(REDRAWS):
        draft = drawn(number)
        text, spans = assemble(draft.sentences)
        off: float = distance(len(text.split()), bounds)
        if opens and draft.sentences[0].about is not None:
            off += WITHOUT_OPENING
        if best is None or off < best[0]:
            best = (off, Stem(text, spans, draft.frame, draft.words))
        if off == 0:
            break
    assert best is not None
    return best[1]
