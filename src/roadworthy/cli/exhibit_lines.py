"""Exhibits for a terminal of 80 columns: numbered lines, or curves as a table of values."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from roadworthy.items.item import Exhibit

WIDTH = 80
COLUMNS = 10
"""Points of a curve that are printed in a row; a rhythm shows only where none is left out."""


def exhibit_lines(exhibit: Exhibit) -> Iterator[str]:
    """The exhibit as shown, with line numbers that the reasons speak of."""
    yield f"  {exhibit.language}:"
    if exhibit.curves:
        yield from _curves(exhibit)
        return
    for number, line in enumerate(exhibit.lines, start=1):
        yield from _numbered(number, line)


def correction_lines(exhibit: Exhibit) -> Iterator[str]:
    """What is wrong, with '-', and what should stand there, with '+'; nothing for a chart."""
    for number in exhibit.wrong:
        yield from _marked("-", number + 1, exhibit.lines[number])
    for number in exhibit.right:
        yield from _marked("+", number + 1, exhibit.corrected[number])


def _numbered(number: int, line: str) -> Iterator[str]:
    yield from _cut(f"  {number:2}  ", line)


def _marked(mark: str, number: int, line: str) -> Iterator[str]:
    yield from _cut(f"  {mark} {number:2}  ", line)


def _cut(first: str, line: str) -> Iterator[str]:
    """The line in pieces of the width left, its own indentation kept."""
    indent = len(line) - len(line.lstrip())
    pieces = textwrap.wrap(
        line.strip(),
        WIDTH - len(first) - indent,
        subsequent_indent="    ",
        break_on_hyphens=False,
    )
    for number, piece in enumerate(pieces or [""]):
        lead = first if number == 0 else " " * len(first)
        yield f"{lead}{' ' * indent}{piece}".rstrip()


def _curves(exhibit: Exhibit) -> Iterator[str]:
    count = max(len(curve.values) for curve in exhibit.curves)
    name = max(len(exhibit.x), *(len(curve.name) for curve in exhibit.curves))
    for start in range(0, count, COLUMNS):
        places = range(start, min(start + COLUMNS, count))
        yield f"  {exhibit.x:<{name}} " + "".join(f"{place + 1:>6}" for place in places)
        for curve in exhibit.curves:
            values = "".join(f"{value:6.2f}" for value in curve.values[start : start + COLUMNS])
            yield f"  {curve.name:<{name}} {values}"
    yield f"  ({exhibit.y})"
