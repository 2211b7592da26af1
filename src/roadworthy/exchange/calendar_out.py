"""The plan as an iCalendar file (RFC 5545): an event a day, in local time with its zone.

Each export keeps in the journal what it gave, so that the next one moves events and doubles none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from roadworthy import __version__
from roadworthy.errors import BadInput
from roadworthy.exchange.calendar_days import (
    KIND,
    Entry,
    Giving,
    Wanted,
    given_entries,
    last_start,
    renewed,
)
from roadworthy.items.identity import digest
from roadworthy.journal.event import STUDY_DAY_BEGINS, parse_utc, study_day, zone_named
from roadworthy.journal.kinds import to_json
from roadworthy.pack.model import Pack
from roadworthy.pack.text import name_terms
from roadworthy.pack.tokens import fill
from roadworthy.study.course import Course
from roadworthy.study.plan import Plan
from roadworthy.study.standing import Standing

REMIND_BEFORE: Final = timedelta(minutes=10)
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_VERBS: Final = {
    "learn": "Learn: ",
    "read": "Read: ",
    "resource": "Read: ",
    "lab": "Lab: ",
    "look_back": "Look back: ",
}


def checked_start(text: str) -> str:
    """A local time as '07:30'. Raises ``BadInput`` for any other text."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadInput(
            f"“{text[:20]}” is no time of day. No calendar was made.",
            where="the time at which evenings begin",
            mend="Write hours and minutes, as 19:00 or 7:30.",
        )
    return f"{int(found[1]):02}:{found[2]}"


def give_calendar(
    course: Course, standing: Standing, *, now: datetime, zone: str, start: str | None
) -> bytes:
    """The calendar of the plan from now on; what it gives is kept in the journal first.

    ``start``: local time of evenings, by default that of the last export. Raises ``BadInput``
    before the course has begun, and ``StoreTrouble``.
    """
    state = course.state()
    if state.enrolled_at is None or state.learner is None:
        raise BadInput(
            "There is no plan yet, so there is no calendar.",
            where="the export of the calendar",
            mend="Begin the course first: say when the exam is.",
        )
    zone_named(zone)
    before = given_entries(course.of_kinds(KIND))
    plan = standing.plan(now)
    today = study_day(now, zone)
    giving = Giving(
        open_from=today + timedelta(days=1) if plan.done_today else today,
        start=checked_start(start or last_start(before)),
        zone=zone,
        now=now,
        owner=f"{digest(state.learner)}@roadworthy",
    )
    entries = renewed(before, wanted_days(plan, course.pack), giving)
    if entries != before:
        payload = {"entries": [one.as_payload() for one in entries]}
        name = digest(course.journal.identity.journal, now.isoformat(), to_json(payload))
        key = f"calendar:{name}"
        course.journal.append(KIND, payload, key=key, now=now, zone=zone)
    return as_ics(entries, course.pack)


def wanted_days(plan: Plan, pack: Pack) -> Iterator[Wanted]:
    """The days of a plan on which there is something to do, and the exam."""
    slots = next(iter(pack.frames.frames.values())).slots
    for day in plan.days:
        if day.exam:
            yield Wanted("exam", day.date, 0, ())
        elif day.blocks:
            lines = tuple(
                f"{_VERBS.get(block.kind, '')}{name_terms(fill(block.title, slots), pack.terms)}, "
                f"{block.minutes} min"
                for block in day.blocks
            )
            yield Wanted("evening", day.date, sum(b.minutes for b in day.blocks), lines)


def as_ics(entries: Sequence[Entry], pack: Pack) -> bytes:
    """The file. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Roadworthy//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Roadworthy: {pack.head.short}")
    for entry in entries:
        calendar.add_component(_event(entry, pack))
    calendar.add_missing_timezones(first_date=_first(entries), last_date=_last(entries))
    return bytes(calendar.to_ical())


def _event(entry: Entry, pack: Pack) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", parse_utc(entry.changed))
    event.add("last-modified", parse_utc(entry.changed))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.kind == "exam":
        event.add("summary", f"Exam: {pack.head.short}")
        event.add("dtstart", entry.date)
        event.add("duration", timedelta(days=1))
        return event
    event.add("summary", f"Roadworthy: {entry.minutes} minutes")
    event.add("description", "\n".join(entry.lines))
    event.add("dtstart", begins(entry))
    event.add("duration", timedelta(minutes=entry.minutes))
    if not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Roadworthy: {entry.minutes} minutes")
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
    return event


def begins(entry: Entry) -> datetime:
    """The local time at which an evening begins; after midnight it belongs to the day before."""
    start = time.fromisoformat(entry.start)
    late = timedelta(hours=start.hour, minutes=start.minute) < STUDY_DAY_BEGINS
    day = entry.date + timedelta(days=late)
    return datetime.combine(day, start, tzinfo=zone_named(entry.zone))


def _first(entries: Sequence[Entry]) -> date:
    return min((one.date for one in entries), default=date(2000, 1, 1)) - timedelta(days=366)


def _last(entries: Sequence[Entry]) -> date:
    return max((one.date for one in entries), default=date(2000, 1, 1)) + timedelta(days=366)
