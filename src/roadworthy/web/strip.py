"""The strip of four weeks: what each bar shows, and the sentence that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadworthy.study.plan import Plan
from roadworthy.study.strip import StripDay
from roadworthy.web.render import day_words, plural


@dataclass(frozen=True)
class Bar:
    """One day: minutes that its bar shows, and for today how tall the plan makes it."""

    date: date
    state: str
    minutes: int
    planned: int
    words: str
    mock: bool = False

    @property
    def tallest(self) -> int:
        return max(self.minutes, self.planned, 1)


@dataclass(frozen=True)
class Strip:
    """All bars, the sentence for who does not see them, and today's place in the course."""

    bars: tuple[Bar, ...]
    sentence: str
    place: str


def strip_of(plan: Plan) -> Strip:
    """The strip of a plan."""
    bars, mocks = [], {one.date for one in plan.mocks if one.scale is not None}
    for day in plan.strip:
        today = day.state == "today"
        past = day.date < plan.made_on
        minutes = day.done if past or today else day.planned
        planned = day.done + day.planned if today else 0
        mock = day.state == "planned" and day.date in mocks
        words = _words(day) + (", with a mock exam" if mock else "")
        bars.append(Bar(day.date, day.state, minutes, planned, words, mock))
    done = sum(day.done for day in plan.strip)
    ahead = sum(day.planned for day in plan.strip)
    sentence = f"{plural(done, 'minute')} done, {plural(ahead, 'minute')} planned"
    if plan.exam_date is not None and plan.exam_date >= plan.made_on:
        sentence += f", and the exam on {day_words(plan.exam_date)}"
    return Strip(tuple(bars), f"Your days: {sentence}.", _place(bars))


def _place(bars: list[Bar]) -> str:
    """'Day 9 of 28', counted from the first day of the course to the last that is planned."""
    course = [bar for bar in bars if bar.state != "none"]
    number = next((place for place, bar in enumerate(course, 1) if bar.state == "today"), 0)
    return f"Day {number} of {len(course)}" if number else ""


def _words(day: StripDay) -> str:
    said = {
        "exam": "exam",
        "off": "nothing planned",
        "none": "outside the course",
        "done": f"{plural(day.done, 'minute')} done",
        "planned": f"{plural(day.planned, 'minute')} planned",
        "today": f"today, {plural(day.done, 'minute')} done, {day.planned} left",
    }
    return f"{day_words(day.date)}: {said[day.state]}"
