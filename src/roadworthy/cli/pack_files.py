"""What the commands for authors share: the folder of a pack, one decision of it, and counts."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roadworthy.cli.reading import broken, read_folder
from roadworthy.errors import BadInput, NotThere, PackBroken

if TYPE_CHECKING:
    from roadworthy.lint.material import Material
    from roadworthy.pack.load import Reading
    from roadworthy.pack.model import Pack

WIDTH = 80
SEED = 20261124
"""Seed of the samples that the lint reads: the same content gives the same report."""
PAGES = (
    "/advise", "/article", "/coach", "/glossary", "/how-it-works", "/keys", "/labs",
    "/labs/{name}", "/learn",
    "/learn/cheat-sheet", "/learn/decisions/{decision}", "/learn/decisions/{decision}/options",
    "/learn/ladders", "/learn/limits", "/learn/map", "/learn/objectives/{objective}",
    "/learn/topics/{topic}", "/mocks", "/notes", "/plan", "/progress", "/resources", "/search",
    "/settings", "/takeaways", "/takeaways/named", "/today", "/welcome", "/your-data",
)  # fmt: skip
"""Pages that content may link to; a test holds them against the routes of the web face."""


def pack_folder(option: Path | None) -> Path:
    """The folder that ``--pack`` names, or that of the pack built in; raises NotThere."""
    if option is not None:
        return option.expanduser()
    from roadworthy.pack.find import find_pack
    from roadworthy.workspace import DEFAULT_PACK

    return find_pack(DEFAULT_PACK)


def material_in(option: Path | None) -> Material:
    """The pack that ``--pack`` names, ready to be looked at, whatever single files are broken.

    Raises BadInput where there is none, and PackBroken where its catalog is broken.
    """
    reading = read_folder(option)
    if reading.pack is None:
        raise broken(reading)
    return material_of(reading, reading.pack)


def material_of(reading: Reading, pack: Pack) -> Material:
    """A pack, or part of one, with the places of its reading."""
    from datetime import UTC, datetime

    from roadworthy.items.generate import Generator
    from roadworthy.lint.material import Material

    return Material(
        pack, Generator(pack), now=datetime.now(UTC), seed=SEED, place=reading.place, paths=PAGES
    )


def with_decision(reading: Reading, decision: str) -> Pack:
    """The pack, if the catalog and the decision itself could be read.

    Raises PackBroken with the problems of the decision's file, or with all where the catalog is
    broken, and NotThere for an id that no file has.
    """
    own = [one for one in reading.problems if one.place.file.endswith(f"/{decision}.yaml")]
    if reading.pack is None:
        raise broken(reading)
    if own and decision not in reading.pack.decisions:
        raise PackBroken(
            f"The decision '{decision}' has {count(len(own), 'problem')}.",
            own,
            mend="Mend what is listed and try again.",
        )
    reading.pack.decision(decision)
    return reading.pack


def day(option: str, text: str | None, otherwise: date) -> date:
    """The day that an option names, as 2026-11-25; raises BadInput for what is none."""
    if text is None:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"`{text}` is no day.", where=option, mend="Write one like 2026-11-25."
        ) from error


def decision_or_pair(material: Material, name: str) -> None:
    """Raises NotThere, with all ids, for a name that neither a decision nor a pair has."""
    pack = material.pack
    if name not in pack.decisions and name not in pack.pairs:
        raise NotThere(
            f"There is no decision or pair '{name}'.",
            where=f"pack {pack.head.id}",
            mend=f"Use one of: {', '.join([*sorted(pack.decisions), *sorted(pack.pairs)])}.",
        )


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text at 80 columns; ``first`` stands before its first line, ``indent`` before others."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def count(number: int, word: str) -> str:
    """'1 error', '2 errors', '3 review matrices'."""
    if number == 1:
        return f"1 {word}"
    return f"{number} {word[:-2]}ices" if word.endswith("ix") else f"{number} {word}s"
