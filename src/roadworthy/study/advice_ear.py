"""What is heard in the words of another author: cues of a stem, marks of an option, old names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadworthy.pack.advice import Heard
from roadworthy.pack.model import Pack
from roadworthy.pack.word_pattern import (
    as_written,
    asks_for_names,
    compile_pattern,
    masked,
    names_pattern,
    plain_words,
    sentences_of,
)
from roadworthy.study.advice_veto import NO_DOUBT, Doubt, Said, Vetoes, said


@dataclass(frozen=True, slots=True)
class NameToday:
    """A product as an author wrote it, and its name and status today."""

    written: str
    today: str
    status: str
    term: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or option: its words, the same with names masked, and what stands against it."""

    words: str
    masked: str
    doubt: Doubt = NO_DOUBT


@dataclass(frozen=True, slots=True)
class _Listener:
    any: tuple[tuple[Said, bool], ...]
    """Patterns, and whether each asks for names of products."""
    none: tuple[re.Pattern[str], ...]

    def heard_in(self, parts: Sequence[_Part]) -> str | None:
        """The words that one of the patterns found, in a part where nothing denies it."""
        for part in parts:
            for asked, sees_names in self.any:
                found = asked.pattern.search(part.words if sees_names else part.masked)
                if (
                    found
                    and not any(one.search(part.words) for one in self.none)
                    and not part.doubt.covers(*found.span(), asked)
                ):
                    return part.words[found.start() : found.end()].strip()
        return None


class Ear:
    """The cues, marks and names of one pack, compiled."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        aliases = pack.advice.aliases if pack.advice else {}
        self._official = {
            id_: [term.name, *(one.name for one in term.former)] for id_, term in pack.terms.items()
        }
        self._names = {
            id_: [*known, *aliases.get(id_, [])] for id_, known in self._official.items()
        }
        self._by_words = {
            plain_words(name).strip(): (id_, name)
            for id_, known in reversed(self._official.items())
            for name in known
        }
        self._any_name = re.compile(f"(?<= ){names_pattern(self._by_words)}")
        known_names = (name for known in self._names.values() for name in known)
        long = [name for name in known_names if len(plain_words(name).split()) > 1]
        self._long_name = re.compile(f"(?<= ){names_pattern(long)}") if long else None
        self._vetoes = Vetoes(
            pack.advice.vetoes.values() if pack.advice else (), self._names.__getitem__
        )
        self._cues = self._listeners(pack.advice.cues if pack.advice else {})
        self._marks = self._listeners(pack.advice.marks if pack.advice else {})

    def cues(self, stem: str) -> dict[str, str]:
        """Cue -> the words of the stem that state it.

        Words inside the name of a product state nothing, and neither does a sentence that is
        taken back or tells of somebody else.
        """
        sentences = sentences_of(stem)
        parts = [
            _Part(words, masked(words, self._long_name) if self._long_name else words, doubt)
            for words, doubt in zip(sentences, self._vetoes.doubts(sentences), strict=True)
        ]
        heard = _heard(self._cues, parts)
        return {cue: as_written(words, stem) for cue, words in heard.items()}

    def touched(self, stem: str) -> set[str]:
        """Cues whose words stand anywhere in the stem, even in a name or taken back."""
        return set(_heard(self._cues, [_Part(words, words) for words in sentences_of(stem)]))

    def doubts(self, stem: str) -> list[Doubt]:
        """What stands against each sentence of the stem."""
        return self._vetoes.doubts(sentences_of(stem))

    def marks(self, option: str) -> dict[str, str]:
        """Mark -> the words of the option that show it."""
        words = plain_words(option)
        heard = _heard(self._marks, [_Part(words, words)])
        return {mark: as_written(words, option) for mark, words in heard.items()}

    def names(self, text: str) -> list[NameToday]:
        """Products that are named by an earlier name or have another status than released."""
        found: dict[str, NameToday] = {}
        for one in self._any_name.finditer(plain_words(text)):
            words = one[0].strip()
            known = self._by_words.get(words) or self._by_words.get(words.removesuffix("s"))
            if known is None:
                continue
            id_, written = known
            term = self._pack.terms[id_]
            if written != term.name or term.status != "ga":
                found[words] = NameToday(written, term.name, term.status, id_)
        return list(found.values())

    def _listeners(self, heard: Mapping[str, Heard]) -> dict[str, _Listener]:
        return {
            id_: _Listener(
                tuple(
                    (said(text, self._names.__getitem__), asks_for_names(text)) for text in one.any
                ),
                tuple(compile_pattern(text, self._names.__getitem__) for text in one.none),
            )
            for id_, one in heard.items()
        }


def _heard(listeners: Mapping[str, _Listener], parts: Sequence[_Part]) -> dict[str, str]:
    found = {id_: one.heard_in(parts) for id_, one in listeners.items()}
    return {id_: words for id_, words in found.items() if words is not None}
