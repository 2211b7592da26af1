"""What skipping an evening was said to cost, beside what studying it bought.

A morning keeps the chance with the whole plan and the one without that day's study. Their
difference is what skipping costs. What came is counted from the same zero: the chance
without the day as the morning saw it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from roadworthy.journal.event import Event, study_day
from roadworthy.study.course import Course
from roadworthy.study.standing import Standing

LEAST_SAID = 0.0005
"""Below this skipping is said to cost nothing that one decimal of a point could show."""


@dataclass(frozen=True, slots=True)
class Word:
    """One day's study. Chances are 0 to 1: ``without`` the day and ``promised`` with it, both from
    its morning, and what ``came``.

    ``minutes`` were studied of those ``planned`` that morning.
    """

    day: date
    without: float
    promised: float
    came: float
    minutes: float
    planned: int

    @property
    def whole(self) -> bool:
        """Whether at least half of the planned minutes were studied."""
        return 2 * self.minutes >= self.planned

    @property
    def said(self) -> float:
        """Points of 100 that skipping the day was said to cost."""
        return 100.0 * (self.promised - self.without)

    @property
    def bought(self) -> float:
        """Points of 100 that it bought; negative where its answers were worse than expected."""
        return 100.0 * (self.came - self.without)


def word_of_today(course: Course, standing: Standing, now: datetime) -> Word | None:
    """Today's word, if nothing more is done today; None where the morning kept none.

    None too where the date of the exam, the minutes or a day off changed since the morning.
    """
    today = study_day(now, course.zone)
    morning = next((one for one in reversed(_mornings(course.events())) if one[0] == today), None)
    if morning is None or any(
        event.kind == "settings" and event.at > morning[1].at for event in course.events()
    ):
        return None
    after = standing.skipped(now)
    minutes = course.state().minutes_by_day.get(today, 0.0)
    if after is None or minutes < 1:
        return None
    return _word(morning[1], after.p, minutes, _planned(course.events()))


def words_kept(course: Course) -> list[Word]:
    """Each day of study with a morning's word, held against the forecast of the next morning.

    Days after which days were missed, or settings changed, are left out: there the next morning's
    plan differs by more than the evening.
    """
    events, minutes = course.events(), course.state().minutes_by_day
    mornings = _mornings(events)
    planned = _planned(events)
    changed = [event.at for event in events if event.kind == "settings"]
    found = []
    for (day, event), (after_day, after) in pairwise(mornings):
        next_day = (after_day - day).days == 1
        same = not any(event.at < at <= after.at for at in changed)
        done = minutes.get(day, 0.0)
        came = after.payload.get("followed")
        word = _word(event, came["p"], done, planned) if next_day and same and came else None
        if word is not None and done >= 1:
            found.append(word)
    return found


def _mornings(events: Sequence[Event]) -> list[tuple[date, Event]]:
    """The forecast that each study day began with, oldest first."""
    return [
        (study_day(event.at, event.zone), event)
        for event in events
        if event.kind == "forecast" and event.payload["about"] == "exam"
    ]


def _planned(events: Sequence[Event]) -> dict[date, int]:
    """Minutes that each morning's plan had for its day."""
    return {
        study_day(event.at, event.zone): event.payload["minutes"]
        for event in events
        if event.kind == "plan_made"
    }


def _word(morning: Event, came: float, minutes: float, planned: Mapping[date, int]) -> Word | None:
    told, day = morning.payload, study_day(morning.at, morning.zone)
    if not told.get("followed") or not told.get("skipped"):
        return None
    word = Word(
        day=day,
        without=told["skipped"]["p"],
        promised=told["followed"]["p"],
        came=came,
        minutes=minutes,
        planned=planned.get(day, 0),
    )
    return word if word.promised - word.without >= LEAST_SAID else None
