"""The page Your data: every format as a file, behind a form token."""

from __future__ import annotations

import json
import re

import pytest
from httpx2 import Response

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
    assert 'href="/your-data"' in studying.get("/plan")
    wrong = studying.post("/your-data/export/ics", start="25:00")
    assert wrong.status_code == 400 and "no time of day" in wrong.text


def test_there_is_no_calendar_before_the_course(visitor: Visitor) -> None:
    """Without a plan the page says what to do first."""
    answer = visitor.post("/your-data/export/ics")
    assert answer.status_code == 400 and "Begin the course first" in answer.text


def test_the_page_is_there_before_the_first_answer(visitor: Visitor) -> None:
    """Nobody has to enrol to look; Settings leads there."""
    assert "No answer yet" in main_of(visitor.get("/your-data"))
    assert "There once you have begun" in main_of(visitor.get("/your-data"))
    assert 'href="/your-data"' in visitor.get("/settings")


def test_a_file_needs_the_token(studying: Visitor) -> None:
    """Another page of the browser cannot fetch the answers, and an unknown format says so."""
    client = studying.client
    assert client.post("/your-data/export/csv", data={"token": "x"}).status_code == 403
    assert studying.post("/your-data/export/xlsx").status_code == 400


def send(visitor: Visitor, data: bytes, provenance: str = "my notes, May 2026") -> Response:
    """Send a file by the form."""
    return visitor.client.post(
        "/your-data/import",
        data={"token": visitor.token(), "provenance": provenance},
        files={"file": ("mine.csv", data)},
        follow_redirects=False,
    )


def test_a_file_comes_in_and_can_be_taken_out(settled: Visitor) -> None:
    """The page shows what came, what was lost, and takes it out at one press."""
    answer = send(settled, b"stem,option_1,option_2,key\n<script>x</script>,=1,No,A\nBad,,,A\n")
    assert answer.status_code == 303
    page = settled.get(answer.headers["location"])
    assert "Came in: 1 item, 0 answers. Not all did" in main_of(page)
    assert "<script>x" not in page and "&lt;script&gt;x" in page
    assert "0 options" in page and "my notes, May 2026" in page
    again = send(settled, b"stem,option_1,option_2,key\n<script>x</script>,=1,No,A\n")
    assert "all of it was here already" in settled.get(again.headers["location"])
    undo = re.search(r'action="(/your-data/undo/[^"]+)"', page)
    assert undo is not None
    assert settled.post(undo[1]).status_code == 303
    assert "Nothing came in yet." in main_of(settled.get("/your-data"))
    assert settled.post(undo[1]).status_code == 404


@pytest.mark.parametrize(
    ("data", "provenance", "status", "said"),
    [
        (b"PK\x03\x04", "mine", 400, "packed"),
        (b"stem,option_1,option_2,key\nA,b,c,A\n", "", 400, "does not say where it comes from"),
        (b"stem,option_1,option_2,key\nA,b,c,A\n", "a dump", 403, "no exam dumps"),
        (b"x" * 5_200_000, "mine", 400, "larger than 5 MB"),
        (b"x" * 5_050_000, "mine", 400, "larger than 5 MB"),
    ],
    ids=["packed", "unnamed", "dump", "large form", "large file"],
)
def test_a_bad_file_is_told_above_the_form(
    settled: Visitor, data: bytes, provenance: str, status: int, said: str
) -> None:
    """One message, nothing kept, and the page with its form."""
    seq = settled.desk.journal.last_seq()
    answer = send(settled, data, provenance)
    assert answer.status_code == status
    assert said in answer.text and 'name="provenance"' in answer.text
    assert settled.desk.journal.last_seq() == seq


def test_a_file_of_unknown_length_is_not_kept(settled: Visitor) -> None:
    """A body that streams in without saying how long it is, is read and thrown away."""
    answer = settled.client.post("/your-data/import", content=iter([b"x" * 1000] * 10))
    assert answer.status_code == 400 and "without its length" in answer.text


def test_an_import_needs_the_token_and_a_file(settled: Visitor) -> None:
    """A form of another page is refused; one without a file says so."""
    client = settled.client
    forged = client.post("/your-data/import", data={"token": "x"}, files={"file": ("a", b"b")})
    assert forged.status_code == 403
    empty = settled.post("/your-data/import", provenance="mine")
    assert empty.status_code == 400 and "No file was chosen" in empty.text
