"""Faults that a reader of English sees at once, found in text as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”)])\s+")
_ARTICLE = re.compile(r"\b([Aa]n?)\s+[\"“‘'(\[]*([A-Za-z0-9][\w'’/-]*)")
_SOUNDS_LIKE_YOU_OR_ONE = re.compile(r"(uni[tqofvcl]|us[aeu]|uti|eu|one\b|once\b|ubiq)", re.I)
_SILENT_H = re.compile(r"(hour|honest|honor|heir)", re.I)
_LETTERS_WITH_VOWEL_SOUND = frozenset("AEFHILMNORSX")
_LIST_MARK = re.compile(r"^\s*(#+|[-*+]|\d+\.|>)\s+")
_FAULTS = (
    (re.compile(r"  "), "has two blanks in a row"),
    (re.compile(r"^\s|\s$"), "begins or ends with a blank"),
    (re.compile(r"\s[,.;:?!]"), "has a blank before a mark"),
    (re.compile(r"[,;:][,.;:]|(?<!\.)\.\.(?!\.)|[?!]\."), "has two marks in a row"),
    (re.compile(r"[{}]"), "shows a brace"),
    (re.compile(r"[\[\]]"), "shows a bracket"),
    (re.compile(r"!"), "has an exclamation mark"),
    (re.compile(r"\b(a|an|the|of|to|in|for|by|is)\s+\1\b", re.I), "says a word twice"),
    (re.compile(r"''|\"\"|“”|\(\)"), "has nothing between quotes or brackets"),
)


def faults(text: str) -> Iterator[str]:
    """What is wrong with a text as shown: 'has two blanks in a row', 'says `a hour`'."""
    if not text.strip():
        yield "is empty"
        return
    for pattern, said in _FAULTS:
        if pattern.search(text):
            yield said
    for match in _ARTICLE.finditer(text):
        article, word = match[1].lower(), match[2]
        before = text[: match.start()].rstrip(" \"“‘'([")
        if match[1][0] == "A" and before and before[-1] not in ".?!:":
            continue  # "option A only": a name, no article
        if article_of(word) not in (None, article):
            yield f"says `{article} {word}`"


def article_of(word: str) -> str | None:
    """'a' or 'an' by the sound of a word; None where readers differ (ROC, SQL, RAG)."""
    first = word[0]
    if first.isdigit():
        return "an" if word.startswith(("8", "11", "18")) else "a"
    if len(word) > 1 and word.isupper():
        if word in ("SQL", "URL"):
            return None if word == "SQL" else "a"
        if first in "AEIO":
            return "an"
        if first in _LETTERS_WITH_VOWEL_SOUND:
            return None if set(word) & set("AEIOU") else "an"
        return "a"
    if _SOUNDS_LIKE_YOU_OR_ONE.match(word):
        return "a"
    if _SILENT_H.match(word):
        return "an"
    return "an" if first.lower() in "aeiou" else "a"


def sentences(text: str) -> list[str]:
    """The sentences of a text that is shown."""
    return [part for part in _SENTENCE_END.split(" ".join(text.split())) if part]


def longest_sentence(text: str) -> int:
    """Words of the longest sentence of a text, 0 for none."""
    return max((len(one.split()) for one in sentences(text)), default=0)


def plain(markdown: str) -> str:
    """Markdown without its marks: what a reader reads. Entries and rows end a sentence."""
    text = re.sub(r"```.*?```", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "", text)
    parts: list[str] = []
    for line in text.splitlines():
        bare = _LIST_MARK.sub("", line).strip()
        apart = not bare or bare.startswith("|") or bool(_LIST_MARK.match(line))
        if apart and parts and parts[-1][-1] not in ".!?":
            parts[-1] = f"{parts[-1].rstrip(':')}."
        bare = re.sub(r"[*_`\[\]|]+", "", bare).strip(" -:" if bare.startswith("|") else " ")
        if bare:
            parts.append(bare + ("." if line.lstrip().startswith(("|", "#")) else ""))
    return " ".join(parts)
