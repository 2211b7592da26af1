"""The chart of time spent on each item of a finished mock: geometry for the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from roadworthy.study.form_result import FormResult
from roadworthy.study.form_view import FormView

HEIGHT = 96
"""Pixels from the axis to the top of the longest bar."""


@dataclass(frozen=True)
class Bar:
    """One item: place and width in percent of the map, height in pixels."""

    ordinal: int
    x: float
    width: float
    middle: float
    height: float
    seconds: float
    state: Literal["right", "wrong", "open"]


@dataclass(frozen=True)
class TimeMap:
    """Bars in the order of the items; ``even`` is the height of even pace in pixels."""

    bars: tuple[Bar, ...]
    even: float
    even_seconds: float

    @property
    def longest(self) -> Bar:
        return max(self.bars, key=lambda one: one.seconds)


def time_map(view: FormView, result: FormResult) -> TimeMap:
    """The longest item, or even pace and a quarter, fills the height."""
    pace = view.minutes * 60 / view.size
    scale = HEIGHT / max([*result.seconds, 1.25 * pace])
    step = 100 / view.size
    bars = tuple(
        Bar(
            ordinal=place.ordinal,
            x=round((place.ordinal - 0.86) * step, 2),
            width=round(0.72 * step, 2),
            middle=round((place.ordinal - 0.5) * step, 2),
            height=round(max(seconds * scale, 1.0), 1),
            seconds=seconds,
            state="right" if place.right else "wrong" if place.answered else "open",
        )
        for place, seconds in zip(view.places, result.seconds, strict=True)
    )
    return TimeMap(bars, round(scale * pace, 1), pace)
