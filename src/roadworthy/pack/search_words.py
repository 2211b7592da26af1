"""From what somebody types to a query that SQLite takes, whatever was typed, and to its spelling.

Every word goes into the query as a quoted string, so quotes, signs and operators mean nothing.
What stands between double quotes is searched as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, pairwise
from typing import Final

from roadworthy.pack.search_document import Document

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 16
MOST_ENDINGS: Final = 30
"""Words of the index that an unfinished last word may stand for."""
MOST_SUGGESTIONS: Final = 3
_ALIKE: Final = 0.75
_SHORTEST_MISSPELT: Final = 4
_SHORTEST_START: Final = 3
"""A shorter word that stands somewhere is taken as whole: 'ai' does not ask for 'airflow'."""
_PART = re.compile(r'"([^"]*)"|[^\s"]+')
_WORD = re.compile(r"[^\W_]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_COMMON = (
    "a an and are as at be by can do does for from how i if in is it my of on or so that the then "
    "this to we what when which why with you your"
)
_EMPTY_WORDS: Final = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Query:
    """FTS5 expressions: for documents with every word, and for those with any of them."""

    all_words: str
    any_word: str


class Vocabulary:
    """The words and names of documents: for unfinished words, and for misspelt ones."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.names: list[frozenset[str]] = []
        """Of each document, what it is called: title and, of a product, former names; folded."""
        spelling: dict[str, str] = {}
        words: set[str] = set()
        for one in documents:
            called = [one.title]
            if one.kind == "name":
                called += filter(None, one.former.split(", "))
                spelling.update((folded(name), name) for name in called)
            self.names.append(frozenset(map(folded, called)))
            words.update(words_of(f"{one.title} {one.text} {one.under} {one.former}"))
        self._spelling = spelling
        self._words = sorted(words)

    def endings(self, start: str) -> list[str]:
        """Words that begin like this, at most ``MOST_ENDINGS``."""
        place = bisect_left(self._words, start)
        if len(start) < _SHORTEST_START and self.knows(start):
            return [start]
        found = (word for word in islice(self._words, place, place + MOST_ENDINGS))
        return [word for word in found if word.startswith(start)]

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in some document."""
        place = bisect_left(self._words, word)
        return self._words[place : place + 1] == [word]

    def suggestions(self, text: str) -> tuple[str, ...]:
        """What may have been meant: names of products like the whole text, else words of it."""
        whole = folded(text)
        near = get_close_matches(whole, self._spelling, n=MOST_SUGGESTIONS, cutoff=_ALIKE)
        names = [self._spelling[one] for one in near if one != whole]
        mended = self._mended(text)
        if not names and mended is not None:
            names.append(mended)
        return tuple(dict.fromkeys(names))

    def _mended(self, text: str) -> str | None:
        """The text with each word that stands nowhere replaced by the nearest that does."""
        words = list(islice(words_of(text), MOST_WORDS))
        mended = [word if self.endings(word) else self._nearest(word) for word in words]
        return " ".join(mended) if mended != words else None

    def _nearest(self, word: str) -> str:
        if len(word) < _SHORTEST_MISSPELT:
            return word
        of_that_length = [one for one in self._words if abs(len(one) - len(word)) <= 2]
        names = {part for name in self._spelling for part in words_of(name)}
        for known in (names, of_that_length):
            near = get_close_matches(word, known, n=1, cutoff=_ALIKE)
            if near:
                return near[0]
        return word


def as_query(text: str, vocabulary: Vocabulary) -> Query | None:
    """The query of a text; None where it holds no word."""
    phrases = [
        (tuple(words_of(part[0])), part[0].startswith('"'))
        for part in _PART.finditer(legible(text)[:LONGEST_QUERY])
    ]
    phrases = [phrase for phrase in phrases if phrase[0]][:MOST_WORDS]
    telling = [one for one in phrases if one[1] or not _EMPTY_WORDS.issuperset(one[0])]
    phrases = telling or phrases
    if not phrases:
        return None
    parts = ['"' + " ".join(words) + '"' for words, _ in phrases]
    last, quoted = phrases[-1]
    if not quoted:
        parts[-1] = _unfinished(last, vocabulary)
    ways = [" AND ".join(parts)]
    for place, ((first, _), (second, _)) in enumerate(pairwise(phrases)):
        joined = "".join([*first, *second])
        if vocabulary.knows(joined):  # 'back up' is also written 'backup'
            ways.append(" AND ".join([*parts[:place], f'"{joined}"', *parts[place + 2 :]]))
    return Query(" OR ".join(f"({way})" for way in ways), " OR ".join(parts))


def _unfinished(words: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """A phrase whose last word may go on.

    The index holds stems, and the start of a word need not be the start of its stem ('precisi' of
    'precision' is not), so whole words that begin like this are asked for too.
    """
    *before, start = words
    ends = [start, *vocabulary.endings(start)]
    phrases = ['"' + " ".join([*before, end]) + '"' for end in dict.fromkeys(ends)]
    if ends == [start, start]:
        return phrases[0]
    return f"({phrases[0]} * OR {' OR '.join(phrases)})"


def legible(text: str) -> str:
    """The text without control characters and halves of characters, which SQLite refuses."""
    return _CONTROL.sub(" ", text)


def telling_words(text: str) -> list[str]:
    """The folded words of a query without the commonest, unless it has no others."""
    words = words_of(text)
    return [word for word in words if word not in _EMPTY_WORDS] or words


def words_of(text: str) -> list[str]:
    """Letters and figures between all else, folded."""
    return _WORD.findall(folded(text))


def folded(text: str) -> str:
    """In small letters, without accents, spaces as one."""
    apart = unicodedata.normalize("NFKD", legible(text).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.split())
