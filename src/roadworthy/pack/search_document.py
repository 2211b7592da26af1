"""A thing to find in a pack, and how its text is made plain: the ground of all search documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roadworthy.pack.catalog import Term
from roadworthy.pack.model import Pack
from roadworthy.pack.text import name_terms
from roadworthy.pack.tokens import BLOCK, TERM, fill

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "note": "Your notes and bookmarks",
        "command": "Commands and settings",
        "page": "Pages",
        "name": "Products",
        "decision": "Decisions",
        "topic": "Lessons",
        "exhibit": "Exhibits",
        "objective": "Exam guide",
        "rule": "Rules",
        "limit": "Numbers and words to know",
        "map": "Map",
        "resource": "Resources",
        "takeaway": "Takeaways",
        "article": "The article",
        "word": "Glossary",
    }
)
"""Kinds of documents, with the heading of each."""
STATUS = {"preview": "preview", "deprecated": "deprecated", "gone": "no longer offered"}
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_ITEM = re.compile(r"(?m)^\s*(?:[-*]|\d+\.) +")  # what begins an item of a list
_MARKS = re.compile(r"\*+|`+|^#+ |^\|?[-:| ]+\|?$|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)", re.MULTILINE)
_MATH = re.compile(r"\${1,2}(?!\s)([^$\n]+?)(?<!\s)\${1,2}(?!\d)")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_TEX = re.compile(r"\\[A-Za-z]+|[{}\\]")


@dataclass(frozen=True)
class Document:
    """Something to find. ``paths``: pages that show it, the best first.

    ``under`` says what it belongs to; ``former`` holds earlier names of the products it mentions.
    """

    kind: str
    title: str
    text: str
    paths: tuple[str, ...]
    under: str = ""
    former: str = ""


def plain_text(pack: Pack, markdown: str) -> str:
    """Markdown of a pack as words: terms named, slots filled, no marks, addresses or blocks."""
    slots = next(iter(pack.frames.frames.values())).slots
    text = _MATH.sub(_formula, _LINK.sub(r"\1", BLOCK.sub("", markdown)))
    text = _ITEM.sub("", text)
    return " ".join(name_terms(fill(_MARKS.sub("", text), slots), pack.terms).split())


def mentions(markdown: str) -> set[str]:
    """Ids of the terms that a text names."""
    return set(TERM.findall(markdown))


def former_names(term: Term) -> str:
    """'AI Platform, Cloud ML Engine', or ''."""
    return ", ".join(one.name for one in term.former)


def _formula(math: re.Match[str]) -> str:
    """A formula as words and signs: 'late/all' for a fraction."""
    return _TEX.sub(" ", _FRACTION.sub(r"\1/\2", math[1]))
