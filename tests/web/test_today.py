from __future__ import annotations

import re

from roadworthy.errors import DiskFull
from roadworthy.web.gains import gains_of

from .conftest import Visitor, main_of


def test_today_needs_a_course(visitor: Visitor) -> None:
    """Before the first item there is no day to show; the first page is."""
    answer = visitor.client.get("/today", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_first_comes_the_diagnostic(settled: Visitor) -> None:
    """Before a forecast the one step is the diagnostic, and today's plan is a way around it."""
    words = main_of(settled.get("/today"))
    assert "One step, about 10 minutes: where you stand" in words
    assert "No forecast yet" in words
    assert "Skip the eight items and start today’s plan" in words


def test_a_begun_diagnostic_is_gone_on_with(settled: Visitor) -> None:
    """The button leads to the open diagnostic, not to a new one."""
    settled.post("/session", session="diagnostic", purpose="diagnostic", minutes="10")
    page = settled.get("/today")
    assert 'value="diagnostic"' in page and "Go on" in main_of(page)


def test_steps_fill_the_minutes(studying: Visitor) -> None:
    """The heading says how many steps and minutes, and they agree with the rows."""
    words = main_of(studying.get("/today"))
    plan = studying.desk.plan()
    total = sum(block.minutes for block in plan.today.blocks)
    assert total == 45
    assert f"{total} minutes" in words
    for block in plan.today.blocks:
        assert f"{block.minutes} min" in words
    assert "Left out today" in words
    assert re.search(r"\d+ in 100 to pass", words)


def test_start_begins_one_session_however_often_it_is_pressed(studying: Visitor) -> None:
    """The form carries the session's id, so a double press starts one."""
    page = studying.get("/today")
    fields = dict(re.findall(r'name="(session|purpose|minutes)" value="([^"]+)"', page)[:3])
    first = studying.post("/session", **fields)
    second = studying.post("/session", **fields)
    assert first.headers["location"] == second.headers["location"]
    begun = [event for event in studying.desk.course.events() if event.kind == "session_started"]
    assert sum(event.payload["session"] == fields["session"] for event in begun) == 1


def test_an_open_session_is_offered_first(studying: Visitor) -> None:
    """A session that was left is gone on with on the same day, and is gone on the next."""
    studying.post("/session", session="left-open", purpose="evening", minutes="30")
    studying.client.get("/session/left-open")
    page = studying.get("/today")
    assert 'href="/session/left-open"' in page
    assert "A session is open" in main_of(page)
    studying.clock.next_day()
    assert 'href="/session/left-open"' not in studying.get("/today")


def test_more_time_brings_more_steps(studying: Visitor) -> None:
    """Twenty minutes more are planned on top, and can be taken out again."""
    words = main_of(studying.get("/today?more=20"))
    assert "65 minutes" in words and "Take them out" in words
    assert "45 minutes" in main_of(studying.get("/today?more=7")), "other amounts are ignored"


def test_a_done_day_says_so(studying: Visitor) -> None:
    """When the minutes are used: what was done, where readiness went, what tomorrow brings."""
    for number in range(4):
        studying.study(f"full-{number}", "evening", minutes=30)
    words = main_of(studying.get("/today"))
    assert "That was today" in words and "of 45." in words
    assert "One more set, 10 min" in words
    assert re.search(r"Readiness \d+ to \d+", words)


def test_a_day_off_is_one(studying: Visitor) -> None:
    """On a day off nothing is planned and nothing piles up."""
    studying.clock.next_day(days=3)
    words = main_of(studying.get("/today"))
    assert "A day off" in words and "nothing piles up" in words


def test_a_break_is_named_without_blame(studying: Visitor) -> None:
    """After days away the plan is made again; nothing waits."""
    studying.clock.next_day(days=6)
    assert "nothing waits for you" in main_of(studying.get("/today"))


def test_the_day_of_the_exam(studying: Visitor) -> None:
    """On the day nothing is planned, and afterwards the page asks for a new date."""
    studying.clock.next_day(days=19)
    page = studying.get("/today")
    assert "The exam is today" in main_of(page) and 'exam<span class="to-exam">&nbsp;today' in page
    assert "piles up" not in main_of(page) and "carried over" not in main_of(page)
    assert "still move free" not in main_of(page)
    assert 'href="/exam#went" data-key="Enter"' in page
    studying.clock.next_day(days=2)
    assert "The exam date has passed" in main_of(studying.get("/today"))
    day = studying.desk.course.state().settings.exam_date
    studying.post("/exam/sat", date=day.isoformat(), passed="yes", weak="2")
    assert [one.weak for one in studying.desk.course.state().exams] == [("2",)]
    page = studying.get("/today")
    assert "its result is kept" in main_of(page)
    assert "/exam#went" not in page


def test_the_day_begins_with_a_record(studying: Visitor) -> None:
    """The first look of a day keeps its plan and its forecast, once."""
    studying.get("/today")
    studying.get("/today")
    kinds = [event.kind for event in studying.desk.course.events()]
    assert kinds.count("plan_made") == 1
    assert kinds.count("forecast") == 1


def test_a_full_disk_does_not_hide_today(studying: Visitor, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The record is ours: when it cannot be written the page comes all the same."""

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(studying.desk.journal, "append", full)
    assert "45 minutes" in main_of(studying.get("/today"))


def test_readiness_tells_what_moved_it(studying: Visitor) -> None:
    """After an evening the column names causes with their points and the state before."""
    studying.study("again", "evening", minutes=20)
    words = main_of(studying.get("/today"))
    assert "What moved it today" in words
    assert re.search(r"right on “[^”]+” [+−]\d+\.\d", words)


def test_gains_and_what_is_left_out_share_one_unit(studying: Visitor) -> None:
    """The unit is named once, and each row of both lists tells its number in it."""
    words = main_of(studying.get("/today"))
    plan = studying.desk.plan()
    gains = gains_of(plan.today.blocks)
    assert words.count(f"Points: {gains.meaning}") == 1
    for one in plan.today.blocks:
        assert gains.words(one.gain, one.score) in words
    assert plan.left_out
    for left in plan.left_out:
        assert f"{gains.words(left.cost, left.score)} points" in words
    assert "%" not in words[words.index("Gain, points") : words.index("Left out today")].replace(
        "% of the exam", ""
    )
