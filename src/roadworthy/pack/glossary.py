"""The words of the program itself, from ``docs/glossary.md``: what readiness, rule and form mean.

The file is the repository's; the wheel carries it in ``roadworthy/_docs``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from roadworthy.pack.search_document import Document
from roadworthy.pack.topic_text import anchor_of

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (
    _PACKAGE.parents[1] / "docs" / "glossary.md",
    _PACKAGE / "_docs" / "glossary.md",
)
_FOR_MAKERS = "\n## Words of the pack and the code\n"
_LINE = re.compile(r"^\*\*([^*]+)\*\*:\s*(.+(?:\n.+)*)", re.MULTILINE)


@cache
def glossary_words() -> tuple[tuple[str, str], ...]:
    """(word, meaning) of the first part, for candidates; empty where the page did not come."""
    found = next((path for path in _PLACES if path.is_file()), None)
    if found is None:
        return ()
    shown = found.read_text("utf-8").partition(_FOR_MAKERS)[0]
    return tuple(
        (_capital(word), _capital(" ".join(meaning.split())))
        for word, meaning in _LINE.findall(shown)
    )


def glossary_documents() -> list[Document]:
    """Each word as something to find."""
    return [
        Document("word", word, meaning, (f"/glossary#{anchor_of(word)}",))
        for word, meaning in glossary_words()
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
