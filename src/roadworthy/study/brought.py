"""Items that a candidate brings: read from JSON lines or plain text, and never stored.

Each says where it comes from. What is brought stays out of journal, forecast and pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from roadworthy.errors import BadInput

MOST_BYTES: Final = 4_000_000
MOST_ITEMS: Final = 2_000
MOST_OPTIONS: Final = 8
LONGEST_STEM: Final = 8_000
LONGEST_OPTION: Final = 3_000
FEWEST_OPTIONS: Final = 2
_OPTION: Final = re.compile(r"^\s*(?:[-*]\s*)?\(?([A-Ha-h])[.):]\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Brought:
    """One item of somebody else: its text and where it comes from."""

    stem: str
    options: tuple[str, ...]
    provenance: str


def read_brought(text: str, provenance: str = "") -> list[Brought]:
    """The items of a text: JSON lines, or one item in plain text.

    ``provenance`` serves items that name none. Raises BadInput, with the line of the fault.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise _bad(
            f"This text is longer than {MOST_BYTES:,} bytes.",
            "the text",
            "Bring fewer questions at a time.",
        )
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise _bad("There is no text to advise on.", "the text", "Give a question and its options.")
    if text.lstrip().startswith("{"):
        return list(_json_lines(text, provenance.strip()))
    stem, options = _plain(text)
    return [_checked(stem, options, provenance.strip(), "the text")]


def _json_lines(text: str, provenance: str) -> Iterator[Brought]:
    count = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        count += 1
        if count > MOST_ITEMS:
            raise _bad(
                f"There are more than {MOST_ITEMS:,} questions.", where, "Bring fewer at a time."
            )
        try:
            value: Any = json.loads(line)
        except (ValueError, RecursionError):
            raise _bad(
                "This line is not JSON.", where, "Put one object with stem and options on a line."
            ) from None
        if not isinstance(value, dict):
            raise _bad("This line is no object.", where, "Write {...} with stem and options.")
        own = value.get("provenance")
        if not isinstance(own, str) or not own.strip():
            own = provenance
        yield _checked(value.get("stem"), value.get("options"), own.strip(), where)


def _checked(stem: Any, options: Any, provenance: str, where: str) -> Brought:
    """The item, if it has what advice needs."""
    if not isinstance(stem, str) or not stem.strip():
        raise _bad("The question has no stem.", where, 'Give its text as "stem".')
    if not isinstance(options, list) or not all(isinstance(one, str) for one in options):
        raise _bad("The question has no options.", where, 'Give "options" as a list of texts.')
    kept = [one.strip() for one in options]
    if not FEWEST_OPTIONS <= len(kept) <= MOST_OPTIONS or not all(kept):
        raise _bad(
            f"A question needs {FEWEST_OPTIONS} to {MOST_OPTIONS} options, none of them empty.",
            where,
            "Begin each option on a line of its own with its letter: 'A. …'.",
        )
    if len(stem) > LONGEST_STEM or max(map(len, kept)) > LONGEST_OPTION:
        raise _bad(
            f"A stem may have {LONGEST_STEM:,} letters, and an option {LONGEST_OPTION:,}.",
            where,
            "Shorten it to the question itself.",
        )
    if not provenance:
        raise _bad(
            "It is not said where the question comes from.",
            where,
            "Say it: --provenance 'official sample questions', or \"provenance\" in the line. "
            "Exam dumps break the rules of the exam.",
        )
    return Brought(stem.strip(), tuple(kept), provenance)


def _bad(what: str, where: str, mend: str) -> BadInput:
    return BadInput(what, where=where, mend=mend)


def _plain(text: str) -> tuple[str, list[str]]:
    """Stem and options of plain text: options begin with 'A.', 'B)', '(C)' in this order."""
    stem: list[str] = []
    options: list[str] = []
    for line in text.split("\n"):
        found = _OPTION.match(line)
        if found and ord(found[1].upper()) - ord("A") == len(options):
            options.append(found[2].strip())
        elif options:
            options[-1] = f"{options[-1]} {line.strip()}".strip()
        else:
            stem.append(line)
    return "\n".join(stem), options
