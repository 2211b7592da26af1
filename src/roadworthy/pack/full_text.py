"""Full-text search with SQLite's FTS5: stemmed, blind to accents, titles weighing most.

The index lives in memory and is made from documents in well under a second. It never touches the
journal. Ranking is bm25 (Robertson and Zaragoza 2009, as FTS5 computes it) with weights of
columns; a document whose title or former name is the whole query goes before all others.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from roadworthy.errors import RoadworthyError
from roadworthy.pack.search_document import KINDS, Document
from roadworthy.pack.search_found import Found, Group, Hit, Marked
from roadworthy.pack.search_words import (
    Vocabulary,
    as_query,
    folded,
    legible,
    telling_words,
    words_of,
)

SHOWN: Final = 20
"""Hits of one page of results."""
FAIR_SHARE: Final = 3
"""Hits that each kind may show before the best of all kinds fill the page."""
MOST_OF_KIND: Final = 0.3
"""Share of the page that one kind may take beside others."""
_CALLED: Final = frozenset({"command", "page"})
_TITLE, _TEXT, _UNDER, _FORMER = 8.0, 1.0, 2.0, 4.0
_OPEN, _CLOSE = "\x02", "\x03"
_SNIPPET_WORDS: Final = 26
_TABLE = (
    "CREATE VIRTUAL TABLE page USING fts5(title, text, under, former, "
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)


class SearchIndex:
    """Documents, searchable; safe to ask from several threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._lock = threading.Lock()
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._store.execute(_TABLE)
        except sqlite3.OperationalError as error:
            raise RoadworthyError(
                "Search needs SQLite with full-text search, which this Python lacks.",
                where=f"SQLite {sqlite3.sqlite_version}: {error}",
                mend="Use a Python whose sqlite3 has FTS5; all else works without it.",
            ) from error
        self._store.executemany(
            "INSERT INTO page(rowid, title, text, under, former) VALUES (?, ?, ?, ?, ?)",
            (
                (number, *map(legible, (one.title, one.text, one.under, one.former)))
                for number, one in enumerate(self.documents)
            ),
        )
        self.vocabulary = Vocabulary(self.documents)

    def search(self, text: str, *, kind: str | None = None, most: int = SHOWN) -> Found:
        """The best ``most`` documents, of one kind or of all; any text is allowed."""
        query = as_query(text, self.vocabulary)
        if query is None:
            return Found(text)
        with self._lock:
            ranked = self._ranked(query.all_words, text)
            loose = not ranked
            words = query.any_word if loose else query.all_words
            if loose:
                ranked = self._ranked(words, text)
            counted = Counter(self.documents[number].kind for number in ranked)
            chosen = self._chosen(ranked, kind, most)
            hits = self._hits(words, chosen)
        groups: dict[str, list[Hit]] = {}
        for number in chosen:
            groups.setdefault(self.documents[number].kind, []).append(hits[number])
        order = self._order(ranked, text)
        return Found(
            query=text,
            groups=tuple(
                Group(name, KINDS[name], counted[name], tuple(found))
                for name, found in sorted(groups.items(), key=lambda pair: order.index(pair[0]))
            ),
            counts=tuple((name, KINDS[name], counted[name]) for name in order if counted[name]),
            loose=loose and bool(ranked),
            suggestions=self.vocabulary.suggestions(text) if loose else (),
        )

    def _order(self, ranked: Sequence[int], text: str) -> list[str]:
        """Kinds as they stand on the page: first those with something of that very name."""
        whole = folded(text)
        named = [
            self.documents[number].kind
            for number in ranked
            if whole in self.vocabulary.names[number]
        ]
        return list(dict.fromkeys([*named, *KINDS]))

    def _ranked(self, expression: str, text: str) -> list[int]:
        """Numbers of the documents that match, the best first."""
        rows = self._store.execute(
            "SELECT rowid FROM page WHERE page MATCH ? ORDER BY bm25(page, ?, ?, ?, ?), rowid",
            (expression, _TITLE, _TEXT, _UNDER, _FORMER),
        )
        numbers = [int(number) for (number,) in rows]
        whole, words = folded(text), telling_words(text)

        def place(number: int) -> int:
            """0 for what bears that name, 1 for a command or page so called, 2 for the rest."""
            if whole in self.vocabulary.names[number]:
                return 0
            document = self.documents[number]
            title = words_of(document.title) if document.kind in _CALLED else []
            called = title and all(any(one.startswith(word) for one in title) for word in words)
            return 1 if called else 2

        return sorted(numbers, key=place)

    def _chosen(self, ranked: Sequence[int], kind: str | None, most: int) -> list[int]:
        """The best of a kind; of all kinds, the best of each, a fair share, and then the best."""
        if kind is not None:
            return list(islice((one for one in ranked if self.documents[one].kind == kind), most))
        kinds = {self.documents[one].kind for one in ranked}
        share = most if len(kinds) == 1 else max(FAIR_SHARE, int(most * MOST_OF_KIND))
        taken: Counter[str] = Counter()
        rounds: tuple[list[int], list[int], list[int]] = ([], [], [])
        for number in ranked:
            name = self.documents[number].kind
            taken[name] += 1
            if taken[name] <= share:
                rounds[(taken[name] > 1) + (taken[name] > FAIR_SHARE)].append(number)
        wanted = set([one for found in rounds for one in found][:most])
        return [number for number in ranked if number in wanted]

    def _hits(self, expression: str, chosen: Sequence[int]) -> dict[int, Hit]:
        places = ", ".join("?" * len(chosen))
        rows = self._store.execute(
            "SELECT rowid, highlight(page, 0, ?1, ?2), snippet(page, 1, ?1, ?2, '…', ?3), "
            "highlight(page, 2, ?1, ?2), highlight(page, 3, ?1, ?2) "
            f"FROM page WHERE page MATCH ?4 AND rowid IN ({places})",
            (_OPEN, _CLOSE, _SNIPPET_WORDS, expression, *chosen),
        )
        hits = {}
        for number, title, snippet, under, former in rows:
            by_former = _OPEN in former and not any(_OPEN in one for one in (title, snippet, under))
            hits[number] = Hit(
                document=self.documents[number],
                title=_pieces(title),
                snippet=_pieces(snippet),
                under=_pieces(under),
                former=_pieces(former) if by_former else (),
            )
        return hits


def _pieces(text: str) -> Marked:
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate(text.split(_OPEN)):
        marked, closed, plain = part.partition(_CLOSE)
        if number and closed:
            pieces += [(marked, True), (plain, False)]
        else:
            pieces.append((part, False))
    return tuple(piece for piece in pieces if piece[0])
