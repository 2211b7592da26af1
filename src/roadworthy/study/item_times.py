"""How long answers took: brief items, exam-length ones, mocks; and by section, in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from roadworthy.learner.state import Response

FEW = 5
"""Answers of a kind before which its times say little."""
KINDS = ("Brief", "Exam length", "In mocks")


@dataclass(frozen=True, slots=True)
class ItemTime:
    """Answers of one kind: the middle time and the range that holds the middle half, seconds.

    ``right`` and ``wrong``: middle time of right and of wrong answers, None where there is none.
    Of fewer than two answers the range is that of one.
    """

    name: str
    count: int
    low: float
    middle: float
    high: float
    right: float | None
    wrong: float | None


def times_by_kind(responses: Iterable[Response]) -> list[ItemTime]:
    """Brief items, exam-length ones, and mocks, always in this order; empty ones with count 0."""
    groups: dict[str, list[Response]] = {name: [] for name in KINDS}
    for one in _timed(responses):
        groups[_kind(one)].append(one)
    return [_time(name, found) for name, found in groups.items()]


def times_by_section(responses: Iterable[Response], sections: Sequence[str]) -> list[ItemTime]:
    """Items of the exam's length, in sessions and mocks, by section id; only those with any."""
    groups: dict[str, list[Response]] = {name: [] for name in sections}
    for one in _timed(responses):
        if one.section in groups and _kind(one) != KINDS[0]:
            groups[one.section].append(one)
    return [_time(name, found) for name, found in groups.items() if found]


def _timed(responses: Iterable[Response]) -> list[Response]:
    """Answers that count, without help, whose time was taken.

    Where nobody took it, the time equals that of reading to the last digit (``learner/evidence``).
    """
    return [
        one
        for one in responses
        if one.weight > 0 and not one.aided and one.seconds != one.reading_seconds
    ]


def _kind(one: Response) -> str:
    if one.form is not None:
        return KINDS[2]
    return KINDS[0] if one.length == "brief" else KINDS[1]


def _time(name: str, found: Sequence[Response]) -> ItemTime:
    seconds = [one.seconds for one in found]
    if not seconds:
        return ItemTime(name, 0, 0.0, 0.0, 0.0, None, None)
    middle = median(seconds)
    low, _, high = quantiles(seconds, n=4, method="inclusive") if len(seconds) > 1 else [middle] * 3
    return ItemTime(
        name=name,
        count=len(seconds),
        low=low,
        middle=middle,
        high=high,
        right=_middle([one.seconds for one in found if one.right]),
        wrong=_middle([one.seconds for one in found if not one.right]),
    )


def _middle(seconds: Sequence[float]) -> float | None:
    return median(seconds) if seconds else None
