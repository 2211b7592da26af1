"""The four named stretches of a plan; with 28 days to go they are its four weeks.

They count from the first day of the course, so the names stay where they were as days pass. A pack
may name them by its article's road and say which topics belong to each; that order is the default
of what is taught when, as long as there is time for all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

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


def first_day(state: LearnerState, today: date) -> date:
    """The day on which a course began; ``today`` at the latest."""
    enrolled = [] if state.enrolled_at is None else [state.enrolled_at.date()]
    return min([*state.minutes_by_day, *enrolled, today])


def stretches(pack: Pack, began: date, today: date, last: date) -> tuple[Week, ...]:
    """What is left, from ``today`` on, of the stretches of a course that ends before ``last``."""
    named = tuple((week.name, week.aim) for week in pack.article.weeks) or _FOUR
    found = weeks(began, (last - began).days, named)
    return tuple(replace(one, first=max(one.first, today)) for one in found if one.last >= today)


def road_order(pack: Pack, decisions: Sequence[str]) -> dict[int, int]:
    """Position of a decision -> its week of the road, from 0; what no week names comes last."""
    place: dict[str, int] = {}
    for number, week in enumerate(pack.article.weeks):
        for topic in week.topics:
            for name in pack.topics[topic].head.decisions if topic in pack.topics else ():
                place.setdefault(name, number)
    last = max(place.values(), default=0)
    return {number: place.get(name, last) for number, name in enumerate(decisions)}


def weeks(today: date, days: int, four: Sequence[tuple[str, str]] = _FOUR) -> tuple[Week, ...]:
    """Split ``days`` days from ``today`` into stretches as even as can be, longer ones first."""
    if days <= 0:
        return ()
    names = four if days >= SHORT else _TWO[-min(days, 2) :]
    size, longer = divmod(days, len(names))
    result, first = [], today
    for number, (name, aim) in enumerate(names):
        length = size + (1 if number < longer else 0)
        last = first + timedelta(days=length - 1)
        result.append(Week(name, first, last, aim))
        first = last + timedelta(days=1)
    return tuple(result)
