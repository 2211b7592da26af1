"""The glossary decides which word means what: it is complete, sorted, and used."""

from __future__ import annotations

import re
from pathlib import Path

from roadworthy.pack.glossary import glossary_words

ROOT = Path(__file__).parents[2]
WORDS = """
    ability blueprint candidate consideration cost decision distractor exposure fact form frame goal
    item journal key option pack plan policy presentation rationale readiness response
    rule session situation stem strength surface
"""
NEVER = {"quiz": "session", "flashcard": "item", "streak": "plan", "test question": "item"}


def terms(text: str) -> list[str]:
    """The defined words of a glossary page, in order."""
    return re.findall(r"^\*\*([^*]+)\*\*:", text, flags=re.MULTILINE)


def sources() -> str:
    """All code, templates and pages, in lower case."""
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    files += [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.html")]
    return "\n".join(
        path.read_text(encoding="utf-8").lower() for path in files if path.name != "glossary.md"
    )


def unused(glossary: str, text: str) -> list[str]:
    """Terms that the glossary defines and nobody uses."""

    def used(term: str) -> bool:
        words = r"[ _]".join(re.escape(word) for word in term.split())
        return re.search(words + r"(s|d|es)?\b", text) is not None

    return [term for term in terms(glossary) if not used(term)]


def test_glossary_defines_the_words_of_the_field() -> None:
    """Each word that the design settles has its line, and the lines of a part are sorted."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    assert set(WORDS.split()) <= set(terms(text))
    parts = [terms(part) for part in text.split("\n## ")[1:]]
    assert len(parts) == 2
    assert parts == [sorted(part) for part in parts]


def test_each_meaning_is_a_whole_sentence() -> None:
    """What the page shows of each word ends with a full stop, and holds no line break."""
    assert len(glossary_words()) > 40
    assert [word for word, meaning in glossary_words() if not meaning.endswith(".")] == []
    assert [word for word, meaning in glossary_words() if "\n" in meaning] == []


def test_each_word_of_the_glossary_is_used() -> None:
    """A word that code and pages do not use is not a word of ours; an invented one is found."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    text = sources()

    assert unused(glossary, text) == []
    assert unused("**zorble**: nothing.", text) == ["zorble"]


def test_pages_use_our_word_and_not_its_rival() -> None:
    """Templates name no rival of a settled word."""
    templates = "\n".join(
        path.read_text(encoding="utf-8").lower() for path in (ROOT / "src").rglob("*.html")
    )

    assert [rival for rival in NEVER if rival in templates] == []
