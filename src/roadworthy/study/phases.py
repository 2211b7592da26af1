"""The four named stretches of a plan; with 28 days to go they are its four weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SHORT = 8
"""Below so many days there is no room for four stretches."""


@dataclass(frozen=True, slots=True)
class Week:
    """A stretch of the plan from ``first`` to ``last``, both included, and what it is for."""

    name: str
    first: date
    last: date
    aim: str


_FOUR = (
    ("Ground", "The decisions that weigh most, each taught before it is tested."),
    ("Breadth", "The remaining decisions, and reviews of the first ones."),
    ("Depth", "Mixed practice: which decision it is becomes part of the task."),
    ("Exam pace", "Items of the exam's length, and nothing new in the last days."),
)
_TWO = (_FOUR[0], _FOUR[3])


def weeks(today: date, days: int) -> tuple[Week, ...]:
    """Split ``days`` days from ``today`` into stretches as even as can be, longer ones first."""
    if days <= 0:
        return ()
    names = _FOUR if days >= SHORT else _TWO[-min(days, 2) :]
    size, longer = divmod(days, len(names))
    result, first = [], today
    for number, (name, aim) in enumerate(names):
        length = size + (1 if number < longer else 0)
        last = first + timedelta(days=length - 1)
        result.append(Week(name, first, last, aim))
        first = last + timedelta(days=1)
    return tuple(result)
