from __future__ import annotations

import re

import pytest

from roadworthy.cli.day_text import today_lines

from .conftest import Visitor, main_of


def test_plan_needs_a_course(visitor: Visitor) -> None:
    """Before the first item there is nothing to plan."""
    assert visitor.client.get("/plan", follow_redirects=False).headers["location"] == "/"


def test_calendar_ends_with_the_exam(studying: Visitor) -> None:
    """Rows run from Monday to Sunday; today is marked, days off are off, the exam is last."""
    page = studying.get("/plan")
    assert "19 days to Monday 14 December" in main_of(page)
    calendar = page[page.index('class="calendar"') : page.index("</table>")]
    assert calendar.count('aria-current="date"') == 1
    assert calendar.count('class="day-off') == 3, "three Saturdays are left"
    assert "Exam, 40 minutes" in calendar
    minutes = re.findall(r'class="cell-minutes">(\d+)', calendar)
    assert minutes.count("45") == 16, "each day that is left, but for Saturdays and the exam's"


def test_a_past_day_says_what_was_done(studying: Visitor) -> None:
    """Yesterday shows its minutes and items, and that nothing was carried over."""
    words = main_of(studying.get("/plan?day=2026-11-24"))
    assert re.search(r"Tuesday 24 November \d+ minutes done, \d+ items?", words)
    assert "not carried over" in words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-28", "Nothing is planned on this day."),
        ("2026-12-14", "Exam, 40 minutes. Nothing else is planned."),
        ("2026-11-26", "Thursday 26 November What Time"),
        ("no-day", "Wednesday 25 November, today"),
        ("2031-01-01", "Wednesday 25 November, today"),
    ],
)
def test_a_day_opens_below(studying: Visitor, day: str, said: str) -> None:
    """The chosen day is shown in full; a day outside of the plan leaves today chosen."""
    assert said in main_of(studying.get(f"/plan?day={day}"))


def test_plan_without_a_date_looks_four_weeks_ahead(visitor: Visitor) -> None:
    """No date is no fault: the next 28 days are planned and the page says why."""
    visitor.settle(exam_date=None)
    words = main_of(visitor.get("/plan"))
    assert "The next four weeks, without an exam date" in words
    assert "There is no exam date yet" in words


@pytest.mark.parametrize(
    ("exam", "said"),
    [("2026-11-24", "The exam is today"), ("2026-11-25", "1 day to Wednesday 25 November")],
)
def test_last_days(visitor: Visitor, exam: str, said: str) -> None:
    """A plan of one day and of none is shown too."""
    visitor.settle(exam_date=exam)
    assert said in main_of(visitor.get("/plan"))


def test_the_four_stretches_are_named(studying: Visitor) -> None:
    """Each stretch has its days and what it is for."""
    words = main_of(studying.get("/plan"))
    for name in ("Ground", "Breadth", "Depth", "Exam pace"):
        assert name in words


def test_the_list_folds_days_that_ask_the_same(studying: Visitor) -> None:
    """On a phone the days stand by stretch; neighbors with nothing new are one line."""
    page = studying.get("/plan")
    listed = page[page.index("day-list") : page.index('class="part stretches"')]
    for name in ("Ground, ", "Breadth, ", "Depth, ", "Exam pace, "):
        assert name in listed
    assert "mixed practice each day" in listed
    assert listed.count('class="run ') < 19


def test_days_before_today_stand_apart(studying: Visitor) -> None:
    """The calendar begins with this week; what was done is listed under it."""
    words = main_of(studying.get("/plan"))
    assert re.search(r"Earlier days Tuesday 24 November : \d+ minutes", words)


def test_too_little_time_is_said_with_what_would_do(studying: Visitor) -> None:
    """Five days of ten minutes: what has no place is named, and so are minutes that would do."""
    studying.settle(exam_date="2026-11-28", minutes_per_day=10, days_off=[])
    words = main_of(studying.get("/plan"))
    assert re.search(r"At 10 min a day \d of \d decisions have no place before the exam", words)
    assert re.search(r"All fit with (\d+ h)?( ?\d+ min)? a day|Even 4 h a day", words)
    assert "What has no place" in words
    today = main_of(studying.get("/today"))
    assert re.search(r"\d decisions? (has|have) no place before the exam", today)
    assert any("a day" in line for line in today_lines(studying.desk))


def test_the_plan_prints_every_day(studying: Visitor) -> None:
    """The print view holds each day to the exam with its steps, in a table by stretch."""
    page = studying.get("/plan/print")
    words = main_of(page)

    assert page.count('class="tick-box"') == 20, "19 days and the exam's"
    assert page.count('class="paper-off"') == 3
    assert "Exam, 40 minutes" in words
    assert re.search(r"mock exam, \d+ items", words)
    assert 'href="/plan/print"' in studying.get("/plan")


def test_print_needs_a_course(visitor: Visitor) -> None:
    """Before the first item there is no plan to print."""
    answer = visitor.client.get("/plan/print", follow_redirects=False)
    assert answer.headers["location"] == "/"
