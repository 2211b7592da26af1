"""Cells of a CSV file that no spreadsheet takes for a formula, and back.

A spreadsheet computes a cell that begins with one of ``= + - @`` or with a tab or line end. Such
text gets an apostrophe in front, and so does text that already looks like a guarded cell: then
``unguarded`` gives back exactly what ``guarded`` was given.
"""

from __future__ import annotations

from typing import Final

GUARD: Final = "'"
_BEGINS_A_FORMULA: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""The last four are the wide forms of the first four, which some spreadsheets take as well."""
_BEFORE: Final = "' \N{NO-BREAK SPACE}"
"""What may stand before a formula without keeping a spreadsheet from it."""


def guarded(text: str) -> str:
    """The text as a cell that is read as text."""
    return GUARD + text if _looks_like_formula(text) else text


def unguarded(cell: str) -> str:
    """The text that a guarded cell stands for; any other cell as it is."""
    if cell.startswith(GUARD) and _looks_like_formula(cell[1:]):
        return cell[1:]
    return cell


def _looks_like_formula(text: str) -> bool:
    return text.lstrip(_BEFORE)[:1] in _BEGINS_A_FORMULA if text else False
