"""What a form on an item's page gives: chosen options or typed text, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.items.item import Item
from roadworthy.items.recall import holds, readable
from roadworthy.web.render import first, whole

CONFIDENCE = {1: "guessed", 2: "were fairly sure", 3: "were certain"}
LONGEST_TYPED = 200


@dataclass(frozen=True)
class Given:
    """An answer as far as it was given."""

    chosen: tuple[int, ...] = ()
    confidence: int | None = None
    typed: str = ""


def given_by(form: dict[str, list[str]], item: Item) -> Given:
    """The answer in a form; positions that the item does not have are left out."""
    places = [int(text) for text in form.get("chosen", []) if text.isdecimal() and len(text) < 3]
    known = tuple(sorted({place for place in places if place < len(item.options)}))
    return Given(known, whole(form, "confidence"), first(form, "typed").strip()[:LONGEST_TYPED])


def missing_of(given: Given, item: Item) -> str:
    """What an answer still lacks, as a sentence; '' when it is complete."""
    if item.recall is not None:
        return _missing_text(given, item)
    wanted = len(item.keys)
    no_level = given.confidence not in CONFIDENCE
    if len(given.chosen) == wanted:
        return "Say how sure you are: 1, 2 or 3." if no_level else ""
    if wanted == 2:
        return f"Choose two options; {len(given.chosen) or 'none'} of two is chosen."
    if no_level:
        return "Choose an option, and say how sure you are."
    return "Choose an option first."


def _missing_text(given: Given, item: Item) -> str:
    assert item.recall is not None
    if not given.typed:
        return "Type your answer first. A guess is fine."
    if not (readable(item.recall, given.typed) or holds(item.recall, given.typed)):
        return "Type a number, as 1,000 or 2.5." if item.recall.number else "Type a word."
    return ""
