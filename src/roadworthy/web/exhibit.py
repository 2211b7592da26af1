"""Exhibits for the browser: numbered lines with what was wrong, and curves as drawings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from roadworthy.items.item import Curve, Exhibit, Item

LEFT, RIGHT, TOP, BOTTOM = 38, 92, 12, 30
GRID_LINES = 4
APART = 15
"""Pixels between the names of two lines at their ends."""
_COLUMN_GAP = re.compile(r"\S {3,}(?=\S)")
SIZES = (("wide", 520, 260), ("narrow", 330, 230))


@dataclass(frozen=True)
class Line:
    """One line of the text: ``state`` is '' as it stands, 'wrong', or 'right' for a correction."""

    number: int
    text: str
    state: str = ""

    @property
    def indent(self) -> str:
        """The spaces before the text, which are never struck out."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def tabular(self) -> bool:
        """Whether the text stands in columns, so that it must not wrap."""
        return len(_COLUMN_GAP.findall(self.text)) >= 2


@dataclass(frozen=True)
class DrawnCurve:
    """A curve in pixels; ``name_y`` is where its name stands at the right end."""

    name: str
    points: str
    name_y: float
    style: int  # 0 and 1 differ by dashes, not by colour alone
    sound: str | None  # the same curve without the fault


@dataclass(frozen=True)
class Chart:
    """The chart of an exhibit in one size."""

    size: str
    width: int
    height: int
    left: int
    right: int
    floor: float
    grid: tuple[tuple[str, float], ...]
    curves: tuple[DrawnCurve, ...]


def exhibit_words(item: Item | None, *, corrected: bool) -> dict[str, Any]:
    """What ``_exhibit.html`` draws, by the names of its page; {} for an item without exhibit."""
    if item is None or item.exhibit is None:
        return {}
    return {
        "exhibit_lines": lines_of(item.exhibit, corrected=corrected),
        "exhibit_charts": charts_of(item.exhibit, corrected=corrected),
        "exhibit_rows": points_of(item.exhibit.curves) if item.exhibit.curves else [],
    }


def lines_of(exhibit: Exhibit, *, corrected: bool) -> tuple[Line, ...]:
    """The lines to show: as they are, or with the wrong ones marked and the right ones below."""
    plain = [Line(number, text) for number, text in enumerate(exhibit.lines, start=1)]
    if not corrected:
        return tuple(plain)
    sound = [Line(number, text, "right") for number, text in enumerate(exhibit.corrected, start=1)]
    lines: list[Line] = []
    matcher = SequenceMatcher(None, exhibit.lines, exhibit.corrected, autojunk=False)
    for kind, start, end, other, until in matcher.get_opcodes():
        if kind == "equal":
            lines += plain[start:end]
        else:
            lines += [replace(line, state="wrong") for line in plain[start:end]]
            lines += sound[other:until]
    return tuple(lines)


def charts_of(exhibit: Exhibit, *, corrected: bool) -> tuple[Chart, ...]:
    """The chart in both sizes; () for an exhibit of text."""
    if not exhibit.curves:
        return ()
    return tuple(
        _chart(exhibit, size, width, height, corrected=corrected) for size, width, height in SIZES
    )


def _chart(exhibit: Exhibit, size: str, width: int, height: int, *, corrected: bool) -> Chart:
    shown = [*exhibit.curves, *(exhibit.sound if corrected else ())]
    values = [value for curve in shown for value in curve.values]
    low, high = min(0.0, *values), max(values)
    span = (high - low) or 1.0

    def y(value: float) -> float:
        return round(TOP + (high - value) / span * (height - TOP - BOTTOM), 1)

    def points(values: Sequence[float]) -> str:
        step = (width - LEFT - RIGHT) / max(len(values) - 1, 1)
        return " ".join(f"{LEFT + step * at:.1f},{y(one)}" for at, one in enumerate(values))

    sound = {curve.name: points(curve.values) for curve in exhibit.sound} if corrected else {}
    names = _apart([y(curve.values[-1]) for curve in exhibit.curves])
    return Chart(
        size=size,
        width=width,
        height=height,
        left=LEFT,
        right=RIGHT,
        floor=height - BOTTOM,
        grid=tuple(
            (_tick(low + span * at / GRID_LINES), y(low + span * at / GRID_LINES))
            for at in range(GRID_LINES + 1)
        ),
        curves=tuple(
            DrawnCurve(curve.name, points(curve.values), name_y, style % 2, sound.get(curve.name))
            for style, (curve, name_y) in enumerate(zip(exhibit.curves, names, strict=True))
        ),
    )


def _apart(heights: list[float]) -> list[float]:
    """Heights moved down as far as needed so that no two names overlap."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = list(heights)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + APART)
    return [round(one, 1) for one in moved]


def _tick(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def points_of(curves: Sequence[Curve]) -> list[tuple[int, list[str]]]:
    """Rows of the table under a chart: place, then the value of each curve there."""
    most = max(len(curve.values) for curve in curves)
    return [
        (
            at + 1,
            [f"{curve.values[at]:.2f}" if at < len(curve.values) else "" for curve in curves],
        )
        for at in range(most)
    ]
