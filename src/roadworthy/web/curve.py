"""Readiness over time as a drawing: band and line of the past, dashes to the exam, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadworthy.learner.readiness import Forecast
from roadworthy.study.forecast import Followed
from roadworthy.study.history import DayForecast

LEFT, TOP, BOTTOM = 34, 10, 24
RIGHT = 108
"""Room beside the exam line, where the ends of the plan are named."""
APART = 16
"""Pixels between two lines of those names."""
GRID = (0, 25, 50, 75, 100)
HALF_A_LABEL = 44


@dataclass(frozen=True)
class Curve:
    """Geometry of one size. Points are SVG lists.

    ``today_label`` is where the words for today stand, clear of band and dashes. ``ends``: where
    the low, middle and high end of what the plan leads to are named, as near their height as
    words fit under each other.
    """

    width: int
    height: int
    grid: tuple[tuple[int, float], ...]
    band: str
    line: str
    ahead: tuple[str, str, str] | None
    today: tuple[float, float]
    today_label: tuple[float, float]
    ends: tuple[float, float, float] | None
    exam_x: float
    left: int = LEFT
    right: int = RIGHT

    @property
    def floor(self) -> float:
        return self.height - BOTTOM


def curve_of(
    past: Sequence[DayForecast],
    now: Forecast,
    today: date,
    exam: date,
    followed: Followed | None,
    *,
    width: int,
    height: int,
) -> Curve | None:
    """The drawing for a width and a height; None before there is a forecast."""
    if now.p is None or now.low is None or now.high is None:
        return None
    first = past[0].date if past else today
    span = max((exam - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (day - first).days / span * (width - LEFT - RIGHT), 1)

    def y(share: float) -> float:
        return round(TOP + (1 - share) * (height - TOP - BOTTOM), 1)

    points = [(day.date, day.low, day.p, day.high) for day in past]
    points.append((today, now.low, now.p, now.high))
    upper = [f"{x(day)},{y(high)}" for day, _, _, high in points]
    lower = [f"{x(day)},{y(low)}" for day, low, _, _ in reversed(points)]
    ahead, leads_to = None, None
    if followed is not None and exam > today:
        leads_to = spread(y(followed.low), y(followed.p), y(followed.high), floor=height - BOTTOM)
        ends = ((now.low, followed.low), (now.p, followed.p), (now.high, followed.high))
        low, mid, high = (f"{x(today)},{y(start)} {x(exam)},{y(end)}" for start, end in ends)
        ahead = (low, mid, high)
    return Curve(
        width=width,
        height=height,
        grid=tuple((value, int(y(value / 100)) + 0.5) for value in GRID),
        band=" ".join([*upper, *lower]),
        line=" ".join(f"{x(day)},{y(p)}" for day, _, p, _ in points),
        ahead=ahead,
        today=(x(today), y(now.p)),
        today_label=_beside(x(today), y(now.high), y(now.low), width),
        ends=leads_to,
        exam_x=x(exam),
    )


def spread(low: float, middle: float, high: float, *, floor: float) -> tuple[float, float, float]:
    """Heights at least a line apart, from the floor up and from the top down; middle moves last."""
    middle = min(max(middle, TOP + APART), floor - APART)
    return max(low, middle + APART), middle, min(high, middle - APART)


def _beside(x: float, top: float, bottom: float, width: int) -> tuple[float, float]:
    """The middle of a short label over the band, or under it where the band is at the top."""
    inside = min(max(x, LEFT + HALF_A_LABEL), width - RIGHT - HALF_A_LABEL)
    return inside, top - 10 if top > TOP + 20 else bottom + 20
