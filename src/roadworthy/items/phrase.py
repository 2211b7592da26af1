"""Facts -> words: same seed, same words; the words of every fact keep their place.

Templates hold ``{slot}`` (from the frame or a number draw), ``{@term}`` (a product's current name)
and ``[decisive words]``. A clause without brackets is decisive as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from roadworthy.items.item import Length, Span

EXAM_WORDS = (52, 101)
BRIEF_WORDS = (1, 45)
# How stems are woven: the longest joined sentence, joins a stem, and how often a fit pair joins.
JOINED_WORDS = {"brief": 20, "exam": 26}
JOINS = {"brief": 1, "exam": 2}
JOIN_SHARE = 0.75
_TOKEN = re.compile(r"\{@?[a-z0-9_.-]+\}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A filled clause of a fact, brackets and all: no capital, no end mark."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with their end mark; ``about`` names the fact (or 'goal') that they state."""

    text: str
    about: str | None
    marked: tuple[tuple[str, int, int], ...] = ()  # (about, first word, word after the last)


@lru_cache(maxsize=8192)
def _pieces(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Literal parts and the tokens between them."""
    return tuple(_TOKEN.split(template)), tuple(_TOKEN.findall(template))


def fill(template: str, words: Mapping[str, str]) -> str:
    """The template with every token replaced. Raises KeyError for a token without words."""
    literal, tokens = _pieces(template)
    if not tokens:
        return template
    parts = [literal[0]]
    for token, following in zip(tokens, literal[1:], strict=True):
        parts.append(words[token[1:-1]])
        parts.append(following)
    return "".join(parts)


def slots_of(template: str) -> set[str]:
    """Names of the slots (without ``@`` terms) of a template."""
    return {token[1:-1] for token in _pieces(template)[1] if not token.startswith("{@")}


def capitalized(text: str) -> str:
    """The text with its first letter as a capital; brackets and quotes are passed over."""
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def sentence(text: str, about: str | None = None, *, whole: bool = True) -> Sentence:
    """A filled clause as a sentence, its decisive words located and the brackets removed."""
    ended = _ended(text.strip()) if whole else capitalized(text.strip())
    if about is None:
        return Sentence(ended.replace("[", "").replace("]", ""), None)
    words, marked = _located(ended, about)
    return Sentence(" ".join(words), about, marked)


def joined(first: Clause, second: Clause) -> Sentence:
    """Two filled clauses as one sentence: 'First, and second.' Each keeps its decisive words."""
    head, marked = _located(f"{capitalized(first.text.strip())}, and", first.about, besides=1)
    tail, further = _located(f"{second.text.strip()}.", second.about)
    moved = tuple((about, start + len(head), end + len(head)) for about, start, end in further)
    return Sentence(" ".join([*head, *tail]), first.about, marked + moved)


def woven(clauses: Sequence[Clause], random: Random, length: Length) -> list[Sentence]:
    """Facts as prose: some short neighbors share a sentence, so that a stem is no list.

    Only clauses without a comma, semicolon or colon are joined, at most once in a brief stem and
    twice in an exam stem, and never three in a row.
    """
    most, left = JOINED_WORDS[length], JOINS[length]
    said: list[Sentence] = []
    place = 0
    while place < len(clauses):
        one = clauses[place]
        following = clauses[place + 1] if place + 1 < len(clauses) else None
        if following and left and _may_join(one, following, most) and random.random() < JOIN_SHARE:
            said.append(joined(one, following))
            left -= 1
            place += 2
        else:
            said.append(sentence(one.text, one.about))
            place += 1
    return said


def _may_join(first: Clause, second: Clause, most: int) -> bool:
    together = f"{first.text} and {second.text}"
    return not any(mark in together for mark in ",;:.") and len(together.split()) <= most


def _ended(text: str) -> str:
    ended = capitalized(text)
    return ended if ended.endswith((".", "?", "!", ".)")) else f"{ended}."


def _located(
    text: str, about: str, *, besides: int = 0
) -> tuple[list[str], tuple[tuple[str, int, int], ...]]:
    """Words without brackets, and where the bracketed ones are: all but the last ``besides``
    words where nothing is bracketed."""
    words: list[str] = []
    marked: list[tuple[str, int, int]] = []
    start: int | None = None
    for place, word in enumerate(text.split()):
        if "[" in word and start is None:
            start = place
        words.append(word.replace("[", "").replace("]", ""))
        if "]" in word and start is not None:
            marked.append((about, start, place + 1))
            start = None
    return words, tuple(marked) or ((about, 0, len(words) - besides),)


def assemble(sentences: Sequence[Sentence]) -> tuple[str, dict[str, Span]]:
    """The stem and, for each fact, the span of words that state it."""
    words: list[str] = []
    spans: dict[str, Span] = {}
    for one in sentences:
        offset = len(words)
        words.extend(one.text.split())
        for about, start, end in one.marked:
            known = spans.get(about)
            first, last = offset + start, offset + end
            spans[about] = (first, last) if known is None else (known[0], last)
    return " ".join(words), spans


def distance(words: int, bounds: tuple[int, int]) -> int:
    """How far a count lies outside its bounds; 0 inside."""
    low, high = bounds
    return max(low - words, words - high, 0)
