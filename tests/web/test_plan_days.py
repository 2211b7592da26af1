from __future__ import annotations

import re
from datetime import date

import pytest

from .conftest import Visitor, main_of


def test_a_mock_day_is_made_longer_and_back(studying: Visitor) -> None:
    """The plan names the mock; making room is one button, and so is taking it back."""
    studying.settle(minutes_per_day=20)
    words = main_of(studying.get("/plan?day=2026-12-11"))
    assert re.search(r"(Short|Half) mock exam, \d+ items", words)
    assert "A whole mock takes 40 minutes, this day has 20." in words

    answer = studying.post("/plan/mock", date="2026-12-11", on="1")
    assert answer.headers["location"] == "/plan?day=2026-12-11#day"
    words = main_of(studying.get("/plan?day=2026-12-11"))
    assert "You made room for a whole mock on this day: 40 minutes." in words
    assert "Full mock exam" in words

    studying.post("/plan/mock", date="2026-12-11", on="0")
    assert studying.desk.course.state().settings.mock_days == ()
    assert "this day has 20" in main_of(studying.get("/plan?day=2026-12-11"))


def test_a_mock_is_offered_on_its_day(studying: Visitor) -> None:
    """Today starts the mock's first page, and the room for a whole one comes back to Today."""
    studying.settle(minutes_per_day=20)
    studying.clock.next_day(16)
    page = studying.get("/today")
    assert 'href="/mocks/new/' in page
    assert "A whole mock takes 40 minutes, this day has 20." in main_of(page)

    answer = studying.post("/plan/mock", date="2026-12-11", on="1", **{"from": "today"})
    assert answer.headers["location"] == "/today"
    assert 'href="/mocks/new/longest"' in studying.get("/today")


def test_a_day_is_taken_off_and_back(studying: Visitor) -> None:
    """A planned day goes for what it costs and comes back; a day off can be studied on."""
    words = main_of(studying.get("/plan?day=2026-11-26"))
    assert re.search(
        r"Without this day the plan loses (\d+\.\d|less than 0\.1) points of readiness\.", words
    )
    studying.post("/plan/day", date="2026-11-26", minutes="0")
    words = main_of(studying.get("/plan?day=2026-11-26"))
    assert "Nothing is planned on this day." in words
    assert "Take the day off back" in words
    studying.post("/plan/day", date="2026-11-26", minutes="usual")
    assert studying.desk.course.state().settings.day_minutes == {}

    studying.post("/plan/day", date="2026-11-28", minutes="45")
    assert studying.desk.course.state().settings.day_minutes == {date(2026, 11, 28): 45}
    assert "Make it a day off again" in main_of(studying.get("/plan?day=2026-11-28"))


def test_tonight_can_be_skipped(studying: Visitor) -> None:
    """Today taken off plans nothing, says so, and is taken back by one button."""
    studying.post("/plan/day", date="2026-11-25", minutes="0", **{"from": "today"})
    words = main_of(studying.get("/today"))
    assert "A day off" in words
    assert "Take the day off back" in words
    studying.post("/plan/day", date="2026-11-25", minutes="usual", **{"from": "today"})
    assert "A day off" not in main_of(studying.get("/today"))


def test_missed_days_say_what_they_dropped(studying: Visitor) -> None:
    """After five days away one sentence names what went and its cost; a day off can come back."""
    studying.clock.next_day(5)
    for page in ("/today", "/plan"):
        words = main_of(studying.get(page))
        assert re.search(
            r"The \d days without study dropped .+ from the plan, which costs .+ of readiness\.",
            words,
        ), page
        assert "Saturday 5 December is a day off; studying then buys" in words
    studying.post("/plan/day", date="2026-12-05", minutes="45", **{"from": "today"})
    assert studying.desk.course.state().settings.day_minutes == {date(2026, 12, 5): 45}


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/plan/day", {"date": "soon", "minutes": "0"}, 400),
        ("/plan/day", {"date": "2026-12-14", "minutes": "0"}, 404),
        ("/plan/day", {"date": "2026-11-20", "minutes": "0"}, 404),
        ("/plan/day", {"date": "2026-11-26", "minutes": "-1"}, 400),
        ("/plan/day", {"date": "2026-11-26", "minutes": "9999"}, 400),
        ("/plan/mock", {"date": "2026-11-26", "on": "1"}, 404),
        ("/plan/mock", {"date": "", "on": "1"}, 400),
    ],
)
def test_bad_days_are_refused(
    studying: Visitor, path: str, fields: dict[str, str], status: int
) -> None:
    """A day that is none, or not in the plan, changes nothing and says why."""
    before = studying.desk.course.state().settings
    assert studying.post(path, **fields).status_code == status
    assert studying.desk.course.state().settings == before
