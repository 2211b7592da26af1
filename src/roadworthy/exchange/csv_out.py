"""Own answers as CSV: one row an answer, one column a field, positions as letters.

``docs/exchange.md`` describes the columns; a test compares the two. ``rows_of`` is the inverse of
``as_csv``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from roadworthy.exchange.answers import AnswerRow
from roadworthy.exchange.cells import guarded, unguarded

COLUMNS: Final = tuple(name for name in AnswerRow.model_fields if name != "options")
"""Columns before those of the options, which are ``option_1``, ``option_2`` and so on."""
OPTION: Final = "option_"
FEWEST_OPTIONS: Final = 4
_LISTS: Final = frozenset({"chosen", "key"})
_FLAGS: Final = frozenset({"right", "aided"})


def as_csv(rows: Sequence[AnswerRow]) -> str:
    """The text of the file, lines ended as RFC 4180 says; a head line even without answers."""
    widest = max([FEWEST_OPTIONS, *(len(row.options) for row in rows)])
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(f"{OPTION}{number}" for number in range(1, widest + 1))])
    for row in rows:
        cells = [_cell(name, getattr(row, name)) for name in COLUMNS]
        rest = [""] * (widest - len(row.options))
        writer.writerow([*cells, *map(guarded, row.options), *rest])
    return out.getvalue()


def rows_of(text: str) -> list[AnswerRow]:
    """The rows of a file that ``as_csv`` wrote. Raises ``ValueError`` for any other."""
    return [_row(record) for record in csv.DictReader(io.StringIO(text, newline=""))]


def letters(positions: Iterable[int]) -> str:
    """(0, 2) as 'A C'; a position beyond the alphabet as its number from 1."""
    return " ".join(chr(65 + place) if place < 26 else str(place + 1) for place in positions)


def positions(cell: str) -> tuple[int, ...]:
    """'A C' as (0, 2). Raises ``ValueError`` for what is neither a letter nor a number from 1."""
    return tuple(_position(word) for word in cell.replace(",", " ").replace(";", " ").split())


def _position(word: str) -> int:
    if len(word) == 1 and word.upper() in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        return ord(word.upper()) - 65
    if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= 100:
        return int(word) - 1
    raise ValueError(f"“{word[:20]}” is neither a letter nor a number from 1 to 100")


def _cell(name: str, value: object) -> str:
    if name in _LISTS:
        assert isinstance(value, tuple)
        return letters(value)
    if name == "rules":
        assert isinstance(value, tuple)
        return guarded(" ".join(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else guarded(str(value))


def _row(record: dict[str, str]) -> AnswerRow:
    values: dict[str, object] = {}
    for name in COLUMNS:
        cell = record.get(name)
        if cell is None:
            raise ValueError(f"the column {name} is missing")
        if name in _LISTS:
            values[name] = positions(cell)
        elif name in _FLAGS:
            values[name] = cell == "yes"
        elif name == "rules":
            values[name] = tuple(unguarded(cell).split())
        elif name == "confidence":
            values[name] = int(cell) if cell else None
        elif name == "seconds":
            values[name] = float(cell)
        else:
            values[name] = unguarded(cell)
    found = [cell for name, cell in record.items() if name and name.startswith(OPTION)]
    while found and not found[-1]:
        found.pop()
    return AnswerRow.model_validate(values | {"options": tuple(map(unguarded, found))})
