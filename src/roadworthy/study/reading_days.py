"""On which days the plan has a resource to read, and how much of it.

A reading buys nothing that is counted, and practice in its place would: so it gets a modest share.
No minute while there is no time to teach every decision; only days of 45 minutes or more, before
the last stretch of the course, which is for mocks; at most a quarter of such a day, on every third
day, and on every second one only from 90 minutes on. That is about a twentieth of the minutes of
a four-week course, and ``OtherPlans.readings`` says what it costs. What is read comes last on its
day, so an evening that is cut short loses the reading.

What was begun goes on first. Then the weakest sections decide (``study/readings.py``), and among
equal ones what the article's week has already come to. A long resource is spread over days; one
that would not be finished before the last stretch is not begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from roadworthy.learner.state import LearnerState, ResourceMark
from roadworthy.pack.catalog import Resource
from roadworthy.pack.model import Pack
from roadworthy.study.phases import Week, first_day
from roadworthy.study.readings import next_readings, resources_of

LEAST_DAY = 45
OFTEN_FROM = 90
"""Minutes of a day from which readings may be closer together."""
GAP, SHORT_GAP = 3, 2
"""Days from one reading to the next, on usual days and on long ones."""
SHARE = 1 / 4
LONGEST_PART = 30
LEAST_PART = 5
SCRAP = 4
"""A part may be so many minutes longer, where nothing is then left for another one."""
NEED_STEPS = 20
"""Needs that differ by less than one of so many steps count as equal."""
PUT_OFF_DAYS = 7
MOVES_NOTHING = "Reading alone moves no forecast; the check of five items after it may."


@dataclass(frozen=True, slots=True)
class ToRead:
    """An open resource. ``minutes``: of what to take from it; ``weeks_left``: stretches that
    follow the one that it belongs to, None for one that fits anywhere; ``later``: day of the plan
    before which it is not named.
    """

    resource: str
    title: str
    take: str
    need: float
    minutes: int
    weeks_left: int | None
    later: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What is read on one day. ``before``: minutes of the resource that were read by then."""

    of: ToRead
    minutes: int
    before: int

    @property
    def title(self) -> str:
        """Its title, with the minutes that it is about where that is not all of it."""
        if self.minutes >= self.of.minutes:
            return self.of.title
        return f"{self.of.title}, minutes {self.before + 1} to {self.before + self.minutes}"

    @property
    def why(self) -> str:
        """What it is for, and what is left of it afterwards."""
        left = self.of.minutes - self.before - self.minutes
        then = f"{left} of {self.of.minutes} minutes are left after it. " if left else ""
        return f"{self.of.take} {then}{MOVES_NOTHING}"


@dataclass
class Shelf:
    """What a plan has still to read; shrinks from day to day.

    ``read``: minutes of each resource that were read. ``ends``: day of the plan on which the last
    stretch begins. ``room``: day -> minutes for reading from it on. ``last``: the last day with a
    reading, -1 for yesterday.
    """

    open: tuple[ToRead, ...] = ()
    read: dict[str, int] = field(default_factory=dict)
    starts: tuple[int, ...] = ()
    ends: int = 0
    room: Mapping[int, int] = field(default_factory=dict)
    last: int = -GAP
    finished: set[str] = field(default_factory=set)  # by this plan

    def part(self, day: int, total: int, left: int) -> Part | None:
        """What to read on a day of ``total`` minutes, of which ``left`` are open; None for none."""
        if day >= self.ends or not may_read(total) or left < LEAST_PART:
            return None
        if day - self.last < gap(total):
            return None
        weeks_left = sum(start > day for start in self.starts)
        fitting = [
            one
            for one in self.open
            if one.later <= day and 0 < one.minutes - self._done(one) <= self.room.get(day, 0)
        ]
        if not fitting:
            return None

        def rank(one: ToRead) -> tuple[bool, int, bool]:
            later = one.weeks_left is not None and one.weeks_left < weeks_left
            return not self._done(one), -round(one.need * NEED_STEPS), later

        best = min(fitting, key=rank)
        rest = best.minutes - self._done(best)
        parts = max(1, -(-(rest - SCRAP) // longest(total)))
        return Part(best, min(-(-rest // parts), left), self._done(best))

    def take(self, part: Part, day: int) -> None:
        """Count a part as read on a day."""
        self.read[part.of.resource] = part.before + part.minutes
        self.last = day
        if self.read[part.of.resource] >= part.of.minutes:
            self.finished.add(part.of.resource)

    def _done(self, one: ToRead) -> int:
        """Minutes of it that were read; 0 where it was read to its end and then opened again."""
        read = self.read.get(one.resource, 0)
        return read if read < one.minutes or one.resource in self.finished else 0


def may_read(total: int) -> bool:
    """Whether a day of so many minutes may hold a reading."""
    return total >= LEAST_DAY


def gap(total: int) -> int:
    """Days from a reading to the next one, on a day of so many minutes."""
    return SHORT_GAP if total >= OFTEN_FROM else GAP


def longest(total: int) -> int:
    """Minutes of reading that a day of so many minutes holds at most."""
    return min(LONGEST_PART, int(total * SHARE))


def shelf_of(
    state: LearnerState,
    pack: Pack,
    *,
    today: date,
    now: datetime,
    stretches: tuple[Week, ...],
    totals: Mapping[date, int],
) -> Shelf:
    """What is open to read, and the room for it. ``totals``: minutes of each day of the plan.

    Empty where no day may hold a reading, which spares the estimate of the sections.
    """
    if len(stretches) < 2:
        return Shelf()
    ends = (stretches[-1].first - today).days
    room: dict[int, int] = {}
    ahead = 0.0
    for number in range(ends - 1, -1, -1):
        total = totals.get(today + timedelta(days=number), 0)
        here = longest(total) if may_read(total) else 0
        ahead += here / gap(total)
        room[number] = max(int(ahead), here and here + SCRAP)
    if not any(room.values()):
        return Shelf()
    marks, known = state.resources, resources_of(pack)
    open_ones = tuple(
        ToRead(
            one.resource,
            known[one.resource].title,
            known[one.resource].take,
            one.need,
            one.minutes,
            _weeks_left(known[one.resource], pack),
            _later(marks.get(one.resource), today),
        )
        for one in next_readings(state, pack, now)
    )
    # The first day of a course is for what is new.
    before = 1 - gap(totals.get(today, 0)) if first_day(state, today) == today else -GAP
    settled = [mark.settled_on for mark in marks.values() if mark.settled_on is not None]
    return Shelf(
        open=open_ones,
        read={name: mark.read for name, mark in marks.items() if mark.read},
        starts=tuple((one.first - today).days for one in stretches),
        ends=ends,
        room=room,
        last=max([before, *((day - today).days for day in settled if day <= today)]),
    )


def _weeks_left(one: Resource, pack: Pack) -> int | None:
    weeks = pack.article.weeks
    found = [number for number, week in enumerate(weeks) if set(week.topics) & set(one.topics)]
    return len(weeks) - 1 - min(found) if found else None


def _later(mark: ResourceMark | None, today: date) -> int:
    return 0 if mark is None or mark.later is None else (mark.later - today).days
