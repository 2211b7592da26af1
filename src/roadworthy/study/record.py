"""The record: each forecast that was kept beside what came, mocks and real exams apart.

A forecast is never made again: an outcome is held against the one that was kept before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roadworthy.journal.event import Event, study_day
from roadworthy.study.form_result import forecast_of, result_of
from roadworthy.study.form_view import FormView

LEAST_FOR_A_PLOT = 20
"""Outcomes before which a plot of reliability would show chance alone."""
BINS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """One forecast and its outcome. ``p`` with its interval is 0 to 1; ``score`` the share right.

    ``counts``: whether it is held against the forecast, else why not in ``note``.
    """

    what: str
    date: date
    p: float
    low: float
    high: float
    came: bool
    score: float | None
    expected: tuple[float, float] | None
    counts: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between two chances: how many, their mean, and the share that passed."""

    low: float
    high: float
    count: int
    said: float
    came: float


@dataclass(frozen=True, slots=True)
class Record:
    """``brier`` and ``plain`` are mean squared errors: ours, and that of always saying the share.

    They are None without an outcome that counts; ``bins`` is empty below twenty.
    """

    held: tuple[Held, ...]
    brier: float | None
    plain: float | None
    bins: tuple[Bin, ...]

    @property
    def counted(self) -> int:
        return sum(one.counts for one in self.held)


def form_record(views: Sequence[FormView], events: Sequence[Event], zone: str) -> Record:
    """Our own mocks beside the forecast that was kept as each began."""
    held = []
    for view in views:
        forecast = forecast_of(view.form, events)
        if view.open or forecast is None:
            continue
        result = result_of(view, pass_mark=forecast["pass_mark"])
        score: list[float] = list(forecast.get("score") or ())
        held.append(
            Held(
                what=f"Mock {view.number}",
                date=study_day(view.started_at, zone),
                p=forecast["p"],
                low=forecast["low"],
                high=forecast["high"],
                came=result.passed,
                score=result.share,
                expected=(score[1], score[2]) if len(score) == 3 else None,
                counts=view.scored,
                note="" if view.scored else "situations of earlier mocks came again",
            )
        )
    return record_of(held)


def exam_record(events: Sequence[Event]) -> Record:
    """Real exams beside the last forecast that was kept before each."""
    held = []
    for sat in (event for event in events if event.kind == "exam_sat"):
        day = date.fromisoformat(sat.payload["date"])
        before = [
            event
            for event in events
            if event.kind == "forecast"
            and event.payload["about"] == "exam"
            and study_day(event.at, event.zone) <= day
        ]
        if not before:
            continue
        told = before[-1].payload.get("today") or before[-1].payload
        held.append(
            Held(
                what="Exam",
                date=day,
                p=told["p"],
                low=told["low"],
                high=told["high"],
                came=sat.payload["passed"],
                score=None,
                expected=None,
                counts=True,
            )
        )
    return record_of(held)


def record_of(held: Sequence[Held]) -> Record:
    """Brier score and, from twenty outcomes on, bins of equal width."""
    counted = [one for one in held if one.counts]
    if not counted:
        return Record(tuple(held), None, None, ())
    said = np.array([one.p for one in counted])
    came = np.array([float(one.came) for one in counted])
    bins: list[Bin] = []
    if len(counted) >= LEAST_FOR_A_PLOT:
        place = np.minimum((said * BINS).astype(int), BINS - 1)
        for number in range(BINS):
            here = place == number
            if here.any():
                bins.append(
                    Bin(
                        number / BINS,
                        (number + 1) / BINS,
                        int(here.sum()),
                        float(said[here].mean()),
                        float(came[here].mean()),
                    )
                )
    return Record(
        held=tuple(held),
        brier=float(((said - came) ** 2).mean()),
        plain=float(((came.mean() - came) ** 2).mean()),
        bins=tuple(bins),
    )
