"""The plan as a calendar: ids stay, events move, nothing doubles, hours are local."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.web.conftest import SETTINGS, Clock

from roadworthy.errors import BadInput
from roadworthy.exchange.calendar_days import Entry, Giving, Wanted, renewed
from roadworthy.exchange.calendar_out import begins, checked_start, give_calendar
from roadworthy.workspace import Workspace

DAY = date(2026, 11, 25)
MOMENT = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)
offsets = st.dictionaries(st.integers(0, 9), st.integers(10, 90), max_size=6)
plans = st.lists(st.tuples(st.integers(0, 4), offsets, st.integers(0, 12)), min_size=1, max_size=4)


def giving(number: int = 0, zone: str = "UTC", start: str = "19:00") -> Giving:
    """An export that many days after the first."""
    day = DAY + timedelta(days=number)
    return Giving(day, start, zone, MOMENT + timedelta(days=number), "x@roadworthy")


def days(minutes: dict[int, int], exam: int | None = None) -> list[Wanted]:
    """Evenings of so many minutes, by days after the first."""
    found = [
        Wanted("evening", DAY + timedelta(days=number), one, (f"Mixed, {one} min",))
        for number, one in minutes.items()
    ]
    if exam is not None:
        found.append(Wanted("exam", DAY + timedelta(days=exam), 0, ()))
    return found


def live(entries: list[Entry], kind: str = "evening") -> list[Entry]:
    """Events of a kind that stand."""
    return [one for one in entries if one.kind == kind and not one.cancelled]


@given(plans)
def test_a_calendar_follows_every_plan(course: list[tuple[int, dict[int, int], int]]) -> None:
    """Open days are those of the plan, ids are unique and stay, sequence grows with a change."""
    entries: list[Entry] = []
    today = 0
    for later, minutes, exam in course:
        today += later
        wanted = days({today + n: m for n, m in minutes.items()}, today + exam)
        before = {one.uid: one for one in entries}
        entries = renewed(entries, wanted, giving(today))
        ahead = [one for one in live(entries) if one.date >= DAY + timedelta(days=today)]
        assert {one.date: one.minutes for one in ahead} == {
            one.date: one.minutes for one in wanted if one.kind == "evening"
        }
        assert len({one.uid for one in entries}) == len(entries)
        assert before.keys() <= {one.uid for one in entries}
        for one in entries:
            old = before.get(one.uid, one)
            assert one == old or one.sequence == old.sequence + 1
        assert renewed(entries, wanted, giving(today)) == entries


def test_a_day_off_moves_its_event() -> None:
    """The evening of the day that went off is the event of the day that came in."""
    first = renewed([], days({0: 45, 1: 45, 2: 45}), giving())
    then = renewed(first, days({0: 45, 2: 45, 3: 45}), giving())
    moved = next(one for one in first if one.date == DAY + timedelta(days=1))
    now = next(one for one in then if one.uid == moved.uid)
    assert (now.date, now.sequence, now.cancelled) == (DAY + timedelta(days=3), 1, False)
    assert [one for one in then if one.uid != moved.uid] == [
        one for one in first if one.uid != moved.uid
    ]


def test_a_shorter_plan_cancels_and_a_longer_one_takes_it_up_again() -> None:
    """A day that falls away is cancelled under its id, and comes back under it."""
    first = renewed([], days({0: 45, 1: 45}), giving())
    short = renewed(first, days({0: 45}), giving())
    assert [one.cancelled for one in short] == [False, True]
    again = renewed(short, days({0: 45, 4: 30}), giving())
    assert [one.uid for one in again] == [one.uid for one in first]
    assert (again[1].sequence, again[1].minutes, again[1].cancelled) == (2, 30, False)


def test_days_that_passed_stay_as_given() -> None:
    """A missed evening is neither moved nor cancelled: it was there."""
    first = renewed([], days({0: 45, 1: 45}), giving())
    then = renewed(first, days({1: 45, 2: 45}), giving(1))
    assert then[0] == first[0]
    assert len(live(then)) == 3


def test_the_exam_moves_with_its_date() -> None:
    """Another date is the same event with a higher sequence."""
    first = renewed([], days({}, exam=9), giving())
    then = renewed(first, days({}, exam=5), giving())
    assert [one.uid for one in then] == [one.uid for one in first]
    assert (then[0].date, then[0].sequence) == (DAY + timedelta(days=5), 1)


@pytest.mark.parametrize(
    ("zone", "day", "start", "utc"),
    [
        ("Europe/Berlin", date(2026, 10, 24), "19:00", datetime(2026, 10, 24, 17, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), "19:00", datetime(2026, 10, 25, 18, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", DAY, "19:00", datetime(2026, 11, 25, 5, 0, tzinfo=UTC)),
        ("Pacific/Pago_Pago", DAY, "19:00", datetime(2026, 11, 26, 6, 0, tzinfo=UTC)),
        ("UTC", DAY, "00:30", datetime(2026, 11, 26, 0, 30, tzinfo=UTC)),
    ],
)
def test_evenings_begin_at_local_time(zone: str, day: date, start: str, utc: datetime) -> None:
    """Clocks that are set and the date line leave the hour; past midnight is the evening before."""
    wanted = [Wanted("evening", day, 45, ())]
    entry = renewed([], wanted, Giving(day, start, zone, MOMENT, "x"))[0]
    assert begins(entry).astimezone(UTC) == utc
    assert begins(entry).tzinfo == ZoneInfo(zone)


def test_travel_moves_what_is_ahead() -> None:
    """In another zone the same evenings begin at the same local hour, as newer events."""
    first = renewed([], days({0: 45, 1: 45}), giving(zone="Asia/Tokyo"))
    then = renewed(first, days({0: 45, 1: 45}), giving(zone="America/Lima"))
    assert [(one.uid, one.date) for one in then] == [(one.uid, one.date) for one in first]
    assert [one.sequence for one in then] == [1, 1]


def give(desk: Workspace, clock: Clock, zone: str = "Europe/Berlin") -> Calendar:
    """The calendar as a program reads it."""
    text = give_calendar(desk.course, desk.standing, now=clock.now, zone=zone, start=None)
    return Calendar.from_ical(text)


def test_the_file_reads_as_the_plan(desk: Workspace, clock: Clock) -> None:
    """One event a day of the plan, local with its zone, at most one reminder each."""
    calendar = give(desk, clock)
    plan = desk.standing.plan(clock.now)
    evenings = [one for one in calendar.walk("VEVENT") if one.get("description")]
    study = [day for day in plan.days if day.blocks]
    assert [one.decoded("dtstart").date() for one in evenings] == [day.date for day in study]
    assert all(one["dtstart"].params["TZID"] == "Europe/Berlin" for one in evenings)
    assert all(len(one.walk("VALARM")) == 1 for one in evenings)
    assert [one.decoded("duration") for one in evenings] == [
        timedelta(minutes=sum(block.minutes for block in day.blocks)) for day in study
    ]
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert [
        one.decoded("dtstart") for one in calendar.walk("VEVENT") if "description" not in one
    ] == [date(2026, 12, 14)]


def test_the_same_plan_gives_the_same_file(desk: Workspace, clock: Clock) -> None:
    """An export without a change keeps nothing and differs in no byte."""
    made = [
        give_calendar(desk.course, desk.standing, now=clock.now, zone="UTC", start="07:30")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert len(desk.course.of_kinds("calendar_given")) == 1


def test_a_new_plan_moves_events(desk: Workspace, clock: Clock) -> None:
    """After a change of days off and exam date no event is doubled and each change is newer."""
    first = {str(one["uid"]): one for one in give(desk, clock).walk("VEVENT")}
    changed = {**SETTINGS, "exam_date": "2026-12-10", "days_off": [1, 2]}
    desk.save_settings(changed, clock.now)
    then = {str(one["uid"]): one for one in give(desk, clock).walk("VEVENT")}
    assert first.keys() <= then.keys()
    moved = [uid for uid in first if first[uid].decoded("dtstart") != then[uid].decoded("dtstart")]
    assert moved
    assert all(int(then[uid]["sequence"]) > int(first[uid]["sequence"]) for uid in moved)
    standing = [one for one in then.values() if one["status"] == "CONFIRMED"]
    starts = [one.decoded("dtstart") for one in standing]
    assert len(set(starts)) == len(starts)


@pytest.mark.parametrize("text", ["25:00", "7", "19:60", "", "19:00:00", "noon"])
def test_a_wrong_time_is_told(text: str) -> None:
    """What is no time of day is refused with an example."""
    with pytest.raises(BadInput, match="19:00 or 7:30"):
        checked_start(text)
