"""The page Your data: every format as a file, behind a form token."""

from __future__ import annotations

import json

from .conftest import Visitor, main_of


def test_each_format_has_its_button(studying: Visitor) -> None:
    """The page says what a file holds, and the answer is that file."""
    page = studying.get("/your-data")
    count = len(studying.desk.course.state().responses)
    assert f"{count} answers so far" in main_of(page)
    for name, begins in (("csv", "at,zone"), ("json", "{"), ("markdown", "# My misses")):
        assert f'action="/your-data/export/{name}"' in page
        answer = studying.post(f"/your-data/export/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        assert answer.text.lstrip("\ufeff").startswith(begins)
    assert len(json.loads(studying.post("/your-data/export/json").text)["answers"]) == count


def test_the_calendar_asks_when_evenings_begin(studying: Visitor) -> None:
    """The hour is taken, remembered on the page, and a wrong one is told."""
    answer = studying.post("/your-data/export/ics", start="07:30")
    assert "DTSTART:20261125T073000Z" in answer.text
    assert 'name="start" value="07:30"' in studying.get("/your-data")
    wrong = studying.post("/your-data/export/ics", start="25:00")
    assert wrong.status_code == 400 and "no time of day" in wrong.text


def test_there_is_no_calendar_before_the_course(visitor: Visitor) -> None:
    """Without a plan the page says what to do first."""
    answer = visitor.post("/your-data/export/ics")
    assert answer.status_code == 400 and "Begin the course first" in answer.text


def test_the_page_is_there_before_the_first_answer(visitor: Visitor) -> None:
    """Nobody has to enrol to look; Settings leads there."""
    assert "No answer yet" in main_of(visitor.get("/your-data"))
    assert 'href="/your-data"' in visitor.get("/settings")


def test_a_file_needs_the_token(studying: Visitor) -> None:
    """Another page of the browser cannot fetch the answers, and an unknown format says so."""
    client = studying.client
    assert client.post("/your-data/export/csv", data={"token": "x"}).status_code == 403
    assert studying.post("/your-data/export/xlsx").status_code == 400
