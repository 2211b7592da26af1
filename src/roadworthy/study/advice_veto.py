"""Words that take back what a stem says, or that tell of somebody else.

A cue beside such words is not heard: 'the hall used to have no network' states no lack of network.
A pattern that itself asks for the words ('no longer fits') is not silenced by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from roadworthy.pack.advice import Veto
from roadworthy.pack.word_pattern import NamesOf, compile_pattern, plain_words


@dataclass(frozen=True, slots=True)
class Said:
    """An expression, and the words that it was made of."""

    pattern: re.Pattern[str]
    words: str


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    veto: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What stands against one sentence: vetoes in it, and whether a later one takes it back."""

    places: tuple[_Place, ...] = ()
    taken_back: bool = False

    def covers(self, start: int, end: int, said: Said) -> bool:
        """Whether what was found from ``start`` to ``end`` of the sentence must not count."""
        return self.taken_back or not all(
            start <= one.start and one.end <= end and one.veto.search(said.words)
            for one in self.places
        )


NO_DOUBT: Final = Doubt()


class Vetoes:
    """All vetoes of one pack, compiled."""

    def __init__(self, vetoes: Iterable[Veto], names_of: NamesOf) -> None:
        self._vetoes = [
            (
                veto.reach,
                [compile_pattern(text, names_of) for text in veto.any],
                [compile_pattern(text, names_of) for text in veto.none],
            )
            for veto in vetoes
        ]

    def doubts(self, sentences: Sequence[str]) -> list[Doubt]:
        """One doubt for each sentence, in their order; sentences as ``plain_words``."""
        found: list[Doubt] = []
        taken_back = False
        for sentence in reversed(sentences):
            places: list[_Place] = []
            before = taken_back
            for reach, any_, none in self._vetoes:
                if any(one.search(sentence) for one in none):
                    continue
                here = [
                    _Place(match.start(), match.end(), pattern)
                    for pattern in any_
                    for match in pattern.finditer(sentence)
                ]
                if reach != "before":
                    places += here
                if reach != "sentence" and here:
                    before = True
            found.append(Doubt(tuple(places), taken_back))
            taken_back = before
        return found[::-1]


def said(text: str, names_of: NamesOf) -> Said:
    """A pattern of the pack with its words; raises ValueError for a bad one."""
    return Said(compile_pattern(text, names_of), plain_words(text))
