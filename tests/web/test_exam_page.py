"""The page of the exam: facts, samples, the outcome and its refusals."""

from __future__ import annotations

from typing import Any

import pytest

from roadworthy.pack.model import Pack
from roadworthy.web.exam import shared_doubts

Visitor = Any  # the class of conftest.py, which tests cannot import


def test_day_is_told_with_source_and_date(visitor: Visitor) -> None:
    """Facts, deadlines and samples stand there before anything is entered."""
    visitor.settle()
    text = visitor.get("/exam")

    assert "15 to 20" in text and "checked 24 Nov 2026" in text
    assert "Taken by post: Saturday 12 December, 09:00" in text
    assert "How many of the 8 were right?" in text


def test_fail_names_the_earliest_retake(visitor: Visitor) -> None:
    """The outcome is kept, and the page says from when it may be taken again."""
    visitor.settle()
    answer = visitor.post("/exam/sat", date="2026-11-24", passed="no", weak=["2"], text="Nerves.")
    assert answer.headers["location"] == "/exam#went"
    text = visitor.get("/exam")
    assert "You may take it again from Tuesday 1 December" in text
    assert "Nerves." in text


def test_item_of_the_exam_is_refused_with_its_reason(visitor: Visitor) -> None:
    """A text like a question is not saved; what was typed stays on the page."""
    visitor.settle()
    answer = visitor.post(
        "/exam/sat", date="2026-11-24", passed="yes", text="Which service should you use?"
    )
    assert answer.status_code == 403
    assert "looks like a question of the exam" in answer.text
    assert "Which service should you use?" in answer.text
    assert visitor.desk.journal.read(kinds=["exam_sat"]) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"date": "2026-13-01", "passed": "yes"}, "Name the day"),
        ({"date": "2026-11-24"}, "whether you passed"),
        ({"date": "2026-12-24", "passed": "yes"}, "still to come"),
    ],
)
def test_bad_fields_are_said_beside_the_form(
    fields: dict[str, str], says: str, visitor: Visitor
) -> None:
    """Each fault has one sentence and a mend, and nothing is kept."""
    visitor.settle()
    answer = visitor.post("/exam/sat", **fields)
    assert answer.status_code == 400
    assert says in answer.text


def test_samples_are_entered_twice_at_most(visitor: Visitor) -> None:
    """A sitting is kept once a day; more than there are is refused."""
    visitor.settle()
    assert visitor.post("/exam/samples", right="9").status_code == 400
    visitor.post("/exam/samples", right="5")
    assert "5 of 8" in visitor.get("/exam")
    visitor.clock.next_day(14)
    visitor.post("/exam/samples", right="6")
    assert "Two sittings are entered" in visitor.get("/exam")


def test_passed_exam_is_in_the_record(visitor: Visitor) -> None:
    """The outcome stands beside the forecast that was kept before it."""
    visitor.settle()
    visitor.study("s", "evening")
    visitor.get("/today")
    visitor.clock.next_day(1)
    visitor.get("/today")
    visitor.post("/exam/sat", date="2026-11-25", passed="yes")
    record = visitor.get("/mocks/record")
    assert "passed" in record and "25 Nov 2026" in record
    assert "You passed on Wednesday 25 November" in visitor.get("/exam")


def test_last_week_under_sixty_says_so_on_today(visitor: Visitor) -> None:
    """Today names the chance and leads to the page with the deadline and a better date."""
    visitor.settle(exam_date="2026-12-01", minutes_per_day=15, pass_mark=0.85)
    visitor.study("s", "evening", minutes=20)
    assert "See until when, and a date that would do" in visitor.get("/today")
    page = visitor.get("/exam")
    assert "think of moving the date" in page and "It moves free by post until" in page


def test_running_mock_is_said_on_today(visitor: Visitor) -> None:
    """Whoever leaves a mock finds it again from Today."""
    visitor.settle()
    visitor.post("/mocks/start", form="F", scale="short")
    assert 'href="/mock/F"' in visitor.get("/today")


def test_form_is_folded_until_the_day_of_the_exam(visitor: Visitor) -> None:
    """Before the day it is closed and holds the exam's date; on the day it opens by itself."""
    visitor.settle()
    before = visitor.get("/exam")
    assert '<details class="after-exam"><summary>After the exam: say how it went' in before
    assert 'name="date" value="2026-12-14"' in before
    visitor.clock.next_day(20)
    assert '<details class="after-exam" open>' in visitor.get("/exam")
    visitor.post("/exam/sat", date="2026-12-14", passed="no")
    after = visitor.get("/exam")
    assert '<details class="after-exam"><summary>Enter another exam' in after


def test_doubt_of_several_facts_is_said_once(tiny_pack: Pack) -> None:
    """A doubt that two facts share names both; one of a single fact stays beside it."""
    fact = next(iter(tiny_pack.head.facts.values()))
    room, result, cap, mark = (
        fact.model_copy(update={"name": name, "doubt": doubt})
        for name, doubt in (
            ("Room", "Old text."), ("Result", "Old text."), ("Cap", "One page."), ("Mark", None),
        )
    )  # fmt: skip
    assert shared_doubts([room, cap, result, mark]) == {"Old text.": ["Room", "Result"]}
