"""What the candidate tells us on Welcome and in Settings: a form read, and its faults in words."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from roadworthy.learner.state import Settings
from roadworthy.pack.catalog import Blueprint
from roadworthy.web.render import day_words, first

FEWEST_MINUTES, MOST_MINUTES = 10, 480
USUAL_MINUTES = (30, 45, 60, 90)
SHORT_DAYS, LONG_DAYS = 8, 90
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EXPERIENCE = (("new", "New"), ("some", "Some"), ("work", "At work"))
MOCK_TIMES = (("1", "Usual"), ("1.25", "1.25 times"), ("1.5", "1.5 times"), ("2", "Twice"))
"""Multiples of a mock's time, in the order of the page."""
TEXT_SIZES = (("usual", "100%"), ("large", "112%"), ("larger", "125%"), ("largest", "150%"))
"""Names of the root classes of static/css/tokens.css, and what the page calls them."""
LOWEST_MARK, HIGHEST_MARK = 50, 90
LOWEST_OUTSIDE, HIGHEST_OUTSIDE = 10, 90
FIRST_YEAR, LAST_YEAR = 2000, 2100
_FIGURES = re.compile(r"[0-9]{1,6}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(?:[A-Za-z]+,? )?(\d{1,2})\.? ([A-Za-z]+) (\d{4})")
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}

Form = dict[str, list[str]]


@dataclass
class SettingsForm:
    """A form as it was read: ``values`` to save, ``errors`` by field, ``raw`` to show again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)


def shown_settings(settings: Settings) -> dict[str, Any]:
    """What the fields of a form hold for settings that stand."""
    minutes = settings.minutes_per_day
    usual = minutes in USUAL_MINUTES
    return {
        "exam_date": settings.exam_date.isoformat() if settings.exam_date else "",
        "minutes": str(minutes) if usual else "other",
        "other_minutes": "" if usual else str(minutes),
        "days_off": [str(day) for day in settings.days_off],
        "experience": dict(settings.experience),
        "pass_mark": str(round(settings.pass_mark * 100)),
        "outside_share": str(round((settings.outside_share or 0) * 100)),
        "theme": settings.theme or "",
        "text_size": settings.text_size,
        "letters": "on" if settings.letters else "off",
        "mock_time": f"{settings.mock_time:g}",
        "mock_seconds": "on" if settings.mock_seconds else "off",
    }


def read_plan_fields(
    form: Form, today: date, known: Settings, blueprint: Blueprint
) -> SettingsForm:
    """Date, minutes, days off and experience: the fields of both pages."""
    found = SettingsForm(raw=shown_settings(known))
    _read_date(found, first(form, "exam_date").strip(), today, known.exam_date)
    _read_minutes(found, first(form, "minutes"), first(form, "other_minutes").strip())
    _read_days_off(found, form.get("days_off", []))
    levels = {level for level, _ in EXPERIENCE}
    told = {section: first(form, f"experience.{section}") for section in blueprint.sections}
    found.values["experience"] = {name: said for name, said in told.items() if said in levels}
    found.raw["experience"] = found.values["experience"]
    return found


def read_all_fields(
    form: Form, today: date, known: Settings, blueprint: Blueprint, least_outside: int
) -> SettingsForm:
    """All fields of the page Settings. ``least_outside``: percent of the exam without items."""
    found = read_plan_fields(form, today, known, blueprint)
    theme = first(form, "theme")
    found.values["theme"] = theme if theme in ("light", "dark") else None
    size = first(form, "text_size", known.text_size)
    found.values["text_size"] = size if size in dict(TEXT_SIZES) else "usual"
    found.raw["text_size"] = found.values["text_size"]
    found.values["letters"] = first(form, "letters", "on") != "off"
    found.raw |= {"theme": found.values["theme"] or "", "letters": first(form, "letters", "on")}
    _read_mock_fields(found, form)
    _read_percent(found, form, "pass_mark", "The pass mark", LOWEST_MARK, HIGHEST_MARK)
    _read_outside(found, form, least_outside)
    return found


def _read_mock_fields(found: SettingsForm, form: Form) -> None:
    """Extra time as an exam office grants it, and whether the clock shows seconds."""
    times = {text: float(text) for text, _ in MOCK_TIMES}
    chosen, seconds = first(form, "mock_time", "1"), first(form, "mock_seconds", "on")
    found.values["mock_time"] = times.get(chosen, 1.0)
    found.values["mock_seconds"] = seconds != "off"
    found.raw |= {"mock_time": chosen if chosen in times else "1", "mock_seconds": seconds}


def note_on_date(exam: date | None, today: date) -> str:
    """What to know about a date that is near or far; '' for one that is neither."""
    if exam is None:
        return ""
    days = (exam - today).days
    if 0 <= days < SHORT_DAYS:
        return (
            f"{_days(days)} to the exam is short. The plan keeps what buys most in that time and "
            "names what it drops."
        )
    if days > LONG_DAYS:
        return (
            f"{_days(days)} to the exam is long. Most of what is learned now has to be learned "
            "again; about four weeks before the exam is the time to begin in earnest."
        )
    return ""


def default_date(today: date) -> date:
    """A day about four weeks out, for a field that is empty at first."""
    return today + timedelta(days=28)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _read_date(found: SettingsForm, text: str, today: date, known: date | None) -> None:
    found.raw["exam_date"] = text
    if not text:
        found.values["exam_date"] = None
        return
    parts = _parts_of(text)
    if parts is None:
        found.errors["exam_date"] = f"“{text[:40]}” is not a date. Write it as 2026-12-14."
        return
    year, month, day = parts
    if year > LAST_YEAR:
        found.errors["exam_date"] = (
            f"The year {year} is too far away to plan for. Write the date as 2026-12-14."
        )
        return
    if not (1 <= month <= 12 and 1 <= day <= 31 and year >= FIRST_YEAR):
        found.errors["exam_date"] = f"There is no such day: {text[:40]}. Write it as 2026-12-14."
        return
    last = calendar.monthrange(year, month)[1]
    if day > last:
        meant = date(year, month, last) + timedelta(days=day - last)
        found.errors["exam_date"] = (
            f"{year} has no {day} {calendar.month_name[month]}. Did you mean {day_words(meant)}?"
        )
        return
    exam = date(year, month, day)
    if exam < today and exam != known:
        found.errors["exam_date"] = (
            f"{day_words(exam)} {exam.year} is past. Choose today or a later day, or leave the "
            "field empty."
        )
        return
    found.values["exam_date"] = exam.isoformat()
    found.raw["exam_date"] = exam.isoformat()


def _parts_of(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of '2026-12-14' or 'Mon 14 December 2026'; the day may not exist."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if (match := _WORDS.fullmatch(text)) and match[2].lower()[:3] in _MONTHS:
        return int(match[3]), _MONTHS[match[2].lower()[:3]], int(match[1])
    return None


def _read_minutes(found: SettingsForm, chosen: str, other: str) -> None:
    text = other if chosen == "other" or not chosen else chosen
    found.raw |= {"minutes": chosen or "other", "other_minutes": other}
    minutes = _number(text)
    if minutes is None or not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        found.errors["minutes"] = (
            f"Write how many minutes a day, from {FEWEST_MINUTES} to {MOST_MINUTES}."
        )
        return
    found.values["minutes_per_day"] = minutes


def _read_days_off(found: SettingsForm, days: list[str]) -> None:
    numbers = {_number(text) for text in days}
    chosen = [day for day in range(len(WEEKDAYS)) if day in numbers]
    found.raw["days_off"] = [str(day) for day in chosen]
    if len(chosen) == len(WEEKDAYS):
        found.errors["days_off"] = "All seven days are off, so no day is left to study. Keep one."
        return
    found.values["days_off"] = chosen


def _read_percent(
    found: SettingsForm, form: Form, name: str, what: str, low: int, high: int
) -> None:
    text = first(form, name).strip().rstrip("%").strip()
    found.raw[name] = text
    number = _number(text)
    if number is None or not low <= number <= high:
        found.errors[name] = f"{what} is a whole number from {low} to {high}."
        return
    found.values[name] = number / 100


def _read_outside(found: SettingsForm, form: Form, least: int) -> None:
    """An empty field and the computed figure follow what is computed; another may only raise it."""
    if not first(form, "outside_share").strip():
        found.raw["outside_share"] = ""
        found.values["outside_share"] = LOWEST_OUTSIDE / 100
        return
    low, high = max(LOWEST_OUTSIDE, least), max(HIGHEST_OUTSIDE, least)
    _read_percent(found, form, "outside_share", "The share", low, high)
    if found.values.get("outside_share") == least / 100:  # as shown: it goes on following
        found.values["outside_share"] = LOWEST_OUTSIDE / 100
    if "outside_share" in found.errors:
        found.errors["outside_share"] += f" Leave it empty to go with the computed {least}%."


def days_ahead(exam: date | None, today: date) -> str:
    """'Tuesday 22 December, 28 days from now'; '' for no date and for one that is past."""
    if exam is None or exam < today:
        return ""
    days = (exam - today).days
    return f"{day_words(exam)}, " + ("today" if days == 0 else f"{_days(days)} from now")


def _number(text: str) -> int | None:
    """A short whole number in plain figures; None for all other text."""
    return int(text) if _FIGURES.fullmatch(text) else None
