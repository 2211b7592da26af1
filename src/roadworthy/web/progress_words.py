"""Sentences beside the charts of Progress: what moved, where it is weak, what was held."""

from __future__ import annotations

from collections.abc import Sequence

from roadworthy.learner.readiness import Forecast
from roadworthy.study.forecast import Followed
from roadworthy.study.history import DayForecast
from roadworthy.study.record import Record
from roadworthy.web.render import plural, short_day
from roadworthy.web.rule_cells import HOLDS, RuleCell

SAME = 0.5
"""Points of 100 below which a readiness counts as unmoved."""


def finding(forecast: Forecast, followed: Followed | None, dated: bool) -> str:
    """The heading: today's chance and that of the plan, each with its range."""
    if forecast.p is None:
        return "No forecast yet"
    small = round(forecast.p * 100) == 0
    text = "Under 1 in 100 today" if small else f"{round(forecast.p * 100)} in 100 today"
    if round((forecast.high or 0) * 100) > 0:
        text += f" ({_range(forecast.low, forecast.high)})"
    if followed is not None:
        by = "by the exam" if dated else "in four weeks"
        if round(followed.p * 100) == 0:
            leads = f"{'still under' if small else 'under'} 1 {by}"
        else:
            leads = f"{round(followed.p * 100)} {by} ({_range(followed.low, followed.high)})"
        text += f", {leads} if you follow the plan"
    return text


def trend(past: Sequence[DayForecast], now: Forecast) -> str:
    """What the curve shows: 'Since 24 Nov it rose by 6 points, and its range narrowed …'."""
    if not past or now.p is None or now.low is None or now.high is None:
        return ""
    first = past[0]
    moved = (now.p - first.p) * 100
    narrowed = ((first.high - first.low) - (now.high - now.low)) * 100
    if abs(moved) < SAME:
        if abs(narrowed) < SAME:
            return f"Not moved since {short_day(first.date)}, and its range is as wide as then."
        text = f"Since {short_day(first.date)} it has not moved"
    else:
        points = _points(moved)
        text = f"Since {short_day(first.date)} it {'rose' if moved > 0 else 'fell'} by {points}"
    if abs(narrowed) < SAME:
        return f"{text}, with as wide a range."
    how = "narrowed" if narrowed > 0 else "widened"
    return f"{text}, and its range {how} by {_points(narrowed)}."


def map_sentence(sections: Sequence[tuple[str, Sequence[Sequence[RuleCell]]]]) -> str:
    """What the map shows: how many rules were met and are likely to hold, the weakest section.

    ``sections``: short name -> the cells of its decisions. '' while nothing was met.
    """
    rows = [
        (name, [cell for cells in groups for cell in cells]) for name, groups in sections if groups
    ]
    met = sum(cell.level > 0 for _, cells in rows for cell in cells)
    if not met:
        return ""
    held = sum(cell.holds for _, cells in rows for cell in cells)
    count = sum(len(cells) for _, cells in rows)
    means = [(sum(one.chance for one in cells) / len(cells), name) for name, cells in rows]
    mean, weakest = min(means)
    return (
        f"{met} of {plural(count, 'rule')} met, {held or 'none'} of them with a chance of "
        f"{HOLDS * 100:.0f}% or more. Weakest on average: {weakest}, {mean * 100:.0f}%."
    )


def record_sentence(mocks: Record, exams: Record, kept: int) -> str:
    """How the forecasts held: results so far with the Brier score, else what is kept for them."""
    counted = mocks.counted + exams.counted
    if not counted:
        text = "None has been held against a result yet. That takes a mock exam or the real one."
        if kept:
            are = "forecast is" if kept == 1 else "forecasts are"
            return f"{text} {kept} {are} kept for that day and never rewritten."
        return f"{text} From today on, one is kept each day and never rewritten."
    parts = []
    for record, name in ((mocks, "mock"), (exams, "real exam")):
        here = [one for one in record.held if one.counts]
        if here:
            said = sum(one.p for one in here) / len(here) * 100
            came = sum(one.came for one in here)
            parts.append(
                f"{plural(len(here), name)}: {said:.0f} in 100 said on average, "
                f"{came or 'none'} of {len(here)} reached the mark"
            )
    return f"{'; '.join(parts)}."


def _points(points: float) -> str:
    shown = round(abs(points))
    return "under 1 point" if shown == 0 else f"{shown} point{'' if shown == 1 else 's'}"


def _range(low: float | None, high: float | None) -> str:
    ends = round((low or 0) * 100), round((high or 0) * 100)
    return "under 1" if ends == (0, 0) else f"{ends[0]} to {ends[1]}"
