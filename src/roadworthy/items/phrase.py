"""Facts -> words: same seed, same words; the words of every fact keep their place.

Templates hold ``{slot}`` (from the frame or a number draw), ``{@term}`` (a product's current name)
and ``[decisive words]``. A clause without brackets is decisive as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadworthy.items.item import Span

EXAM_WORDS = (52, 101)
BRIEF_WORDS = (1, 45)
_TOKEN = re.compile(r"\{@?[a-z0-9_.-]+\}")


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
    ended = capitalized(text.strip())
    if whole and not ended.endswith((".", "?", "!", ".)")):
        ended += "."
    if about is None:
        return Sentence(ended.replace("[", "").replace("]", ""), None)
    words, marked, start = [], [], None
    for place, word in enumerate(ended.split()):
        if "[" in word and start is None:
            start = place
        words.append(word.replace("[", "").replace("]", ""))
        if "]" in word and start is not None:
            marked.append((about, start, place + 1))
            start = None
    if not marked:
        marked = [(about, 0, len(words))]
    return Sentence(" ".join(words), about, tuple(marked))


def joined(first: Sentence, second: Sentence, link: str = ", and ") -> Sentence:
    """Two clauses as one sentence: 'First, and second.'"""
    head = first.text.rstrip(".")
    tail = second.text[0].lower() + second.text[1:] if second.text else ""
    shift = len((head + link).split())
    moved = tuple((about, start + shift, end + shift) for about, start, end in second.marked)
    return Sentence(head + link + tail, first.about, first.marked + moved)


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
