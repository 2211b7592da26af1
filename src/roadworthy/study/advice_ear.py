"""What is heard in the words of another author: cues of a stem, marks of an option, old names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from roadworthy.pack.advice import Heard
from roadworthy.pack.model import Pack
from roadworthy.pack.word_pattern import (
    as_written,
    compile_pattern,
    names_pattern,
    plain_words,
    sentences_of,
)


@dataclass(frozen=True, slots=True)
class NameToday:
    """A product as an author wrote it, and its name and status today."""

    written: str
    today: str
    status: str
    term: str


@dataclass(frozen=True, slots=True)
class _Listener:
    any: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]

    def heard_in(self, parts: list[str]) -> str | None:
        """The words that one of the patterns found, in a part where nothing denies it."""
        for part in parts:
            for pattern in self.any:
                found = pattern.search(part)
                if found and not any(one.search(part) for one in self.none):
                    return found[0].strip()
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
        self._cues = self._listeners(pack.advice.cues if pack.advice else {})
        self._marks = self._listeners(pack.advice.marks if pack.advice else {})

    def cues(self, stem: str) -> dict[str, str]:
        """Cue -> the words of the stem that state it."""
        heard = _heard(self._cues, sentences_of(stem))
        return {cue: as_written(words, stem) for cue, words in heard.items()}

    def marks(self, option: str) -> dict[str, str]:
        """Mark -> the words of the option that show it."""
        heard = _heard(self._marks, [plain_words(option)])
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
                tuple(compile_pattern(text, self._names.__getitem__) for text in one.any),
                tuple(compile_pattern(text, self._names.__getitem__) for text in one.none),
            )
            for id_, one in heard.items()
        }


def _heard(listeners: Mapping[str, _Listener], parts: list[str]) -> dict[str, str]:
    found = {id_: one.heard_in(parts) for id_, one in listeners.items()}
    return {id_: words for id_, words in found.items() if words is not None}
