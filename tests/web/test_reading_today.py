"""The plan's reading on Today and Plan: done, put off, taken back, and checked afterwards."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from roadworthy.cli.day_text import today_lines
from roadworthy.exchange.calendar_out import give_calendar
from roadworthy.web.reading_today import ReadingToday, reading_today

from .conftest import Visitor, main_of


def reading(visitor: Visitor) -> ReadingToday:
    """What today's plan has to read."""
    found = reading_today(visitor.desk, visitor.desk.plan())
    assert found is not None
    return found


def said(visitor: Visitor, what: str, of: ReadingToday, **more: str) -> None:
    """Press a button of the reading's form."""
    answer = visitor.post(
        "/plan/reading", resource=of.resource, upto=str(of.upto), said=what, **more
    )
    place = "/plan#day" if more.get("from") == "plan" else "/today"
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_today_links_to_the_reading_and_counts_no_gain(studying: Visitor) -> None:
    """Title, what to take, minutes and the link out; its gain is 'none counted'."""
    one, page = reading(studying), studying.get("/today")
    words = main_of(page)

    assert re.search(
        rf'<a class="step-go" href="{re.escape(one.url)}" target="_blank" rel="noopener', page
    )
    assert f"Read {one.title}" in words
    assert f"{one.minutes} min none counted" in words
    assert "Reading alone moves no forecast; the check of five items after it may." in words
    assert 'action="/plan/reading"' in page


def test_a_part_that_was_read_fills_its_minutes_and_comes_back(studying: Visitor) -> None:
    """It counts once however often it is said, leaves the plan, and is taken back whole."""
    one, desk = reading(studying), studying.desk
    before = desk.plan().today.minutes
    p = desk.readiness().p
    for _ in range(2):
        said(studying, "read", one)

    assert len(desk.course.of_kinds("resource_read")) == 1
    assert desk.course.state().resources[one.resource].read == one.upto
    assert desk.plan().today.minutes == before - one.minutes
    assert reading_today(desk, desk.plan()) is None
    assert desk.readiness().p == p, "reading is evidence for nothing"
    words = main_of(studying.get("/today"))
    left = 60 - one.upto if one.resource == "handbook" else 30 - one.upto
    assert f"{one.upto} of {one.upto + left} minutes read, {left} left" in words

    said(studying, "undo", one)
    assert reading(studying) == one
    assert desk.plan().today.minutes == before


def test_parts_go_on_until_the_check_is_offered(studying: Visitor) -> None:
    """The last part marks the resource as worked through and offers five items on it."""
    studying.settle(minutes_per_day=120)
    resource, upto = "handbook", 0
    while upto < 60:
        one = reading(studying)
        if one.resource == resource:
            assert one.upto > upto
            upto = one.upto
        said(studying, "read", one)
        page = studying.get("/today")
        if upto < 60:
            studying.clock.next_day(2)
            studying.clock.now += timedelta(minutes=1)
    assert studying.desk.course.state().resources[resource].done_at is not None
    assert "worked through. Reading alone moves no forecast: 5 items on it may." in main_of(page)
    found = re.search(r'name="session" value="([^"]+)"><input type="hidden" name="resource"', page)
    assert found is not None
    answer = studying.post("/resources/check", session=found[1], resource=resource)
    assert answer.headers["location"] == f"/session/{found[1]}-{resource}"

    said(studying, "undo", one)
    assert studying.desk.course.state().resources[resource].done_at is None
    assert reading(studying) == one


def test_not_this_week_waits_and_is_taken_back(studying: Visitor) -> None:
    """Put off for a week: named with its day, no other in its place today; undone from Plan."""
    one = reading(studying)
    said(studying, "later", one, **{"from": "plan"})
    said(studying, "later", one)

    assert len(studying.desk.course.of_kinds("resource_read")) == 1
    assert reading_today(studying.desk, studying.desk.plan()) is None
    assert "put off until Wednesday 2 December" in main_of(studying.get("/plan"))
    ahead = [
        day.date
        for day in studying.desk.plan().days
        for block in day.blocks
        if block.target == one.resource
    ]
    assert all(day >= one.until for day in ahead)
    said(studying, "undo", one, **{"from": "plan"})
    assert reading(studying) == one
    studying.clock.next_day()
    said(studying, "undo", one)
    assert len(studying.desk.course.of_kinds("resource_read")) == 2, "only today's is taken back"


def test_plan_print_calendar_and_terminal_name_it(studying: Visitor) -> None:
    """Each of them says what is read and how long, as it does with a lesson."""
    one, desk = reading(studying), studying.desk
    block = desk.plan().today.blocks[-1]
    plan = studying.get("/plan")

    assert f"Read {block.title}" in main_of(plan)
    assert f'href="/resources#{one.resource}"' in plan
    assert re.search(
        r"Reading takes \d+ minutes of it, which would buy (less than )?\d\.\d points", plan
    )
    assert f"Read {block.title} ({block.minutes} min)" in main_of(studying.get("/plan/print"))
    assert any(f"Read: {block.title[:30]}" in line for line in today_lines(desk))
    calendar = Calendar.from_ical(
        give_calendar(desk.course, desk.standing, now=desk.now(), zone="UTC", start=None)
    )
    texts = " ".join(str(event.get("description", "")) for event in calendar.walk("vevent"))
    assert f"Read: {block.title}, {block.minutes} min" in texts
    kinds = [step["kind"] for step in studying.client.get("/api/today").json()["steps"]]
    assert kinds[-1] == "resource"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"resource": "<b>", "said": "read", "upto": "5"}, 404, "There is no such resource."),
        ({"resource": "handbook", "said": "read", "upto": "61"}, 400, "takes 60 minutes"),
        ({"resource": "handbook", "said": "read", "upto": "x"}, 400, "How far it was read"),
        ({"resource": "handbook", "said": "eat"}, 400, "What to do with the reading"),
    ],
)
def test_bad_forms_are_refused(
    studying: Visitor, fields: dict[str, str], status: int, words: str
) -> None:
    """One clear message each, and nothing is kept."""
    answer = studying.post("/plan/reading", **fields)

    assert answer.status_code == status
    assert words in answer.text
    assert not studying.desk.course.of_kinds("resource_read", "resource_done")


def test_a_reading_that_is_left_alone_has_no_start_button(studying: Visitor) -> None:
    """After the session only the reading stands there; Enter does not leave the program."""
    studying.settle(minutes_per_day=60)
    desk = studying.desk
    for _ in range(3):
        payload = {
            "lesson": "stale-bread",
            "step": "refutation",
            "rules": [],
            "milliseconds": 900_000,
            "session": None,
        }
        desk.record("lesson_read", payload, desk.now())
    page = studying.get("/today")

    assert [block.kind for block in desk.plan().today.blocks] == ["resource"]
    assert "One step, 15 minutes left" in main_of(page)
    assert 'data-key-label="Start' not in page
    said(studying, "read", reading(studying))
    assert "That was today" in main_of(studying.get("/today"))
