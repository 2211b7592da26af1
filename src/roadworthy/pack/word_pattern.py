"""Patterns over words, so that a pack can say how other authors put things.

A text becomes its words: small letters, no accents, hyphens and dots as gaps ('Real-time' and
'real time' are the same two words). A pattern is words with ``(a|b c)`` for either, ``(a|b)?`` for
perhaps, ``word?`` likewise, ``word*`` for any ending, ``..`` for up to six words between, and
``#`` for a whole number, ``{@term}`` for every name of a product: today's, earlier ones, aliases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from roadworthy.pack.search_words import folded

GAP: Final = r"(?:\S+ ){0,6}"
_WORD: Final = re.compile(r"[a-z0-9]+")
_SENTENCE_END: Final = re.compile(r"(?<=[.?!;])\s+|\n+")
_PIECE: Final = re.compile(r"\{@[a-z0-9][a-z0-9_.-]*\}|\(|\)\??|\||\.\.|[a-z0-9]+[*?]?|\s+|\S")

NamesOf = Callable[[str], Iterable[str]]
"""Term id -> every name that the product has or had."""


def plain_words(text: str) -> str:
    """The words of a text between single blanks, one before the first and one after the last."""
    bare = folded(text).replace("'", "").replace("’", "").replace("%", " percent ")
    return f" {' '.join(_WORD.findall(bare))} "


def as_written(words: str, text: str) -> str:
    """Some words of ``plain_words`` as the text has them; as they are where it has no such."""
    pattern = r"[\W_]+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else words


def sentences_of(text: str) -> list[str]:
    """Each sentence as ``plain_words``; empty ones are left out."""
    return [one for one in map(plain_words, _SENTENCE_END.split(text)) if one.strip()]


def compile_pattern(pattern: str, names_of: NamesOf) -> re.Pattern[str]:
    """The pattern as an expression over ``plain_words``; raises ValueError for a bad one.

    ``names_of`` may raise KeyError for a term that does not exist.
    """
    pieces = [one for one in _PIECE.findall(folded(pattern)) if one.strip()]
    if not pieces:
        raise ValueError("a pattern needs a word")
    made, left = _sequence(pieces, names_of, inside=False)
    if left:
        raise ValueError(f"`{left[0]}` does not belong where it stands")
    return re.compile(f"(?<= ){made}")


def names_pattern(names: Iterable[str]) -> str:
    """Either of these names, the longest first; the last word may have a plural s."""
    words = sorted({plain_words(name).strip() for name in names}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, filter(None, words)))})s? "


def asks_for_names(pattern: str) -> bool:
    """Whether a pattern names a product, so that it must see names."""
    return "{@" in pattern


def masked(words: str, names: re.Pattern[str]) -> str:
    """Words of ``plain_words`` in which those of names match no word; nothing changes its place."""
    return names.sub(lambda name: re.sub(r"\S", "_", name[0]), words)


def _sequence(pieces: list[str], names_of: NamesOf, *, inside: bool) -> tuple[str, list[str]]:
    """The expression of pieces up to the end, or to the bracket or bar that ends it."""
    made = ""
    while pieces:
        piece = pieces[0]
        if piece == "(":
            group, pieces = _group(pieces[1:], names_of)
            made += group
            continue
        if inside and piece in ("|", ")", ")?"):
            break
        pieces = pieces[1:]
        if piece == "..":
            made += GAP
        elif piece == "#":
            made += "[0-9]+ "
        elif piece.startswith("{@"):
            made += names_pattern(names_of(piece[2:-1]))
        elif _WORD.match(piece):
            made += _one_word(piece)
        elif piece in ("-", "/", ".", ","):
            continue  # a gap between words, as in the text
        else:
            raise ValueError(f"`{piece}` is no part of a pattern")
    return made, pieces


def _one_word(piece: str) -> str:
    if piece.endswith("*"):
        return f"{piece[:-1]}[a-z0-9]* "
    return f"(?:{piece[:-1]} )?" if piece.endswith("?") else f"{piece} "


def _group(pieces: list[str], names_of: NamesOf) -> tuple[str, list[str]]:
    ways = []
    while True:
        way, pieces = _sequence(pieces, names_of, inside=True)
        if not way:
            raise ValueError("a bracket holds an empty way")
        ways.append(way)
        if not pieces:
            raise ValueError("a bracket is not closed")
        end, pieces = pieces[0], pieces[1:]
        if end != "|":
            return f"(?:{'|'.join(ways)}){'?' if end == ')?' else ''}", pieces
