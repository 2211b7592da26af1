"""Four weeks by keyboard alone: enrol, evenings, missed days, two mocks, the exam, its result."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.pack.load import load_pack

from .candidate import Candidate, Certain, four_of_five, wrongly
from .conftest import Server, Watched

PACK = Path(__file__).parents[2] / "packs" / "gcp-pmle"
EXAM = date(2026, 12, 22)
MOCK_DAYS = (date(2026, 12, 15), date(2026, 12, 19))
MINUTES, MOCK_MINUTES = 60, 120
SUNDAY = 6
RANGE = re.compile(r"\d+\s+in 100 to pass\s+likely between \d+ and \d+")
pytestmark = pytest.mark.browser


def test_four_weeks_by_keyboard_alone(visit: Watched, server: Server) -> None:
    """From the first item to the result of the exam; each landmark keeps what it promised."""
    one = Candidate(visit, server)
    enrol(one)
    belief = first_evening(one)
    short_and_long_evening(one)
    few_items(one, *(date(2026, 11, day) for day in (27, 28)))
    comes_again(one, belief)
    five_days_missed(one)
    few_items(one, *(december(day) for day in (6, 7, 8, 9, 10, 11, 12, 14)))
    mock(one, MOCK_DAYS[0], confirmed=True)
    few_items(one, *(december(day) for day in (16, 17, 18)))
    mock(one, MOCK_DAYS[1], confirmed=False)
    few_items(one, december(21))
    exam_day(one)
    afterwards(one)
    plans_kept_to_the_minutes(one)


def december(day: int) -> date:
    """A day of the month in which the exam is."""
    return date(2026, 12, day)


def on(one: Candidate, day: date, hour: int = 19) -> None:
    """Move the clock to an hour of a day, and open Today as one does by its address."""
    one.at(day, hour)
    one.visit.page.goto("/today")


def enrol(one: Candidate) -> None:
    """The opening item, then date, minutes, a day off and ratings by keys, then eight items."""
    page = one.visit.page
    page.goto("/")
    one.landmark("01-start")
    one.visit.enter_to("**/item/*")
    one.answer(wrongly)
    one.landmark("02-first-reasons")
    one.visit.enter_to("**/welcome")
    one.tab_to("#exam-date")
    page.keyboard.type(EXAM.strftime("%m%d%Y"))
    one.tab_to("input[name=minutes]")
    while page.evaluate("document.activeElement.value") != str(MINUTES):
        one.visit.key("ArrowRight")
    one.tab_to(f"input[name=days_off][value='{SUNDAY}']")
    one.visit.key("Space")
    sections = page.locator(".experience-row").count()
    for number in range(sections):
        one.tab_to(".experience-row input")
        one.visit.key("ArrowRight" if number % 2 else "ArrowLeft")
    one.landmark("03-welcome-filled")
    one.tab_to(".actions .primary")
    one.visit.enter_to("**/item/*")
    told = one.events("settings")[-1]["values"]
    assert told["exam_date"] == EXAM.isoformat()
    assert (told["minutes_per_day"], told["days_off"]) == (MINUTES, [SUNDAY])
    assert len(told["experience"]) == sections == 6
    assert len(set(told["experience"].values())) > 1
    assert one.walk(four_of_five(), seconds=40) == 8
    assert len(one.events("enrolled")) == 1
    assert len(one.events("responded")) == 9
    assert "A first look at where you stand" in one.text()
    assert RANGE.search(one.page_text())
    one.landmark("04-diagnostic-end")


def first_evening(one: Candidate) -> dict[str, Any]:
    """45 minutes: taught first, a pair after a miss, and the belief of one that was certain."""
    one.press()
    one.visit.page.wait_for_url("**/today")
    assert "Day 1 of 29" in one.text()
    assert RANGE.search(one.page_text())
    told = re.search(r"Skipping these \d+ minutes costs (\d+\.\d) points in the end", one.text())
    one.landmark("05-today")
    pack, _ = load_pack(PACK)
    assert pack is not None
    certain = Certain(pack)
    used = one.evening(45, certain)
    assert used <= 45 + 5
    assert one.events("lesson_read"), "an evening teaches before it tests"
    assert any(shown["step"] == "pair" for shown in one.events("item_shown"))
    assert certain.belief
    said = one.text()
    assert f"You believed, and were certain, “{certain.belief}”" in said
    assert "What is true" in said
    assert "`" not in said
    assert "Tomorrow, 60 minutes" in said
    kept = re.search(r"said to cost (\d+\.\d) points\. Its \d+ minutes so far bought [+−]\d", said)
    assert (kept and kept[1]) == (told and told[1])
    one.landmark("06-closing")
    return certain.shown


def short_and_long_evening(one: Candidate) -> None:
    """Ten minutes on Wednesday and ninety on Thursday; neither is over its time."""
    for day, minutes in ((25, 10), (26, 90)):
        on(one, date(2026, 11, day))
        assert "Day 2 of 29" in one.text() or day != 25
        assert one.evening(minutes, four_of_five()) <= minutes + 5
        one.landmark(f"07-closing-{minutes}")


def few_items(one: Candidate, *days: date) -> None:
    """Evenings that one leaves by Escape after three items."""
    for day in days:
        on(one, day)
        assert "A session is open" not in one.text(), "what was left yesterday is not a debt"
        one.start()
        one.walk(four_of_five(), most=3, seconds=80)
        one.press("Escape")
        assert "A session is open" in one.text()


def comes_again(one: Candidate, shown: dict[str, Any]) -> None:
    """What was certain and wrong was asked on a later day, in another situation."""
    first = shown["item"]
    again = [
        later
        for at, later in one.dated("item_shown")
        if at[:10] > "2026-11-24"
        and later["purpose"].startswith("again:")
        and later["item"]["decision"] == first["decision"]
    ]
    assert again
    assert all(later["item"]["situation"] != first["situation"] for later in again)


def five_days_missed(one: Candidate) -> None:
    """Monday to Friday without study: what went and its cost, no backlog, and a day off back."""
    on(one, date(2026, 12, 5))
    words = one.text()
    assert re.search(r"The 5 days without study dropped .+ from the plan, which costs", words)
    assert re.search(r"costs \d+\.\d points of readiness", words)
    assert "nothing waits for you" in words
    assert "60 minutes" in words.split("Made")[0]
    assert re.search(r"Sunday 6 December is a day off; studying then buys \d+\.\d points", words)
    one.landmark("08-missed")
    one.tab_to(".missed-days button")
    one.press()
    assert one.events("settings")[-1]["values"] == {"day_minutes": {"2026-12-06": MINUTES}}
    one.go("p")
    one.landmark("09-plan")
    for cell in one.visit.page.locator(".cell-minutes").all_inner_texts():
        assert int(re.sub(r"\D", "", cell)) <= MINUTES
    one.tab_to(f".calendar a[href*='{MOCK_DAYS[0]}']")
    one.press()
    assert "mock exam" in one.visit.page.inner_text("#day")
    one.tab_to("form[action='/plan/mock'] button")
    one.press()
    assert one.events("settings")[-1]["values"] == {"mock_days": [MOCK_DAYS[0].isoformat()]}
    assert "Full mock exam, 50 items" in one.visit.page.inner_text("#day")
    one.landmark("10-plan-mock-day")


def mock(one: Candidate, day: date, *, confirmed: bool) -> None:
    """A whole mock on its day: room for it, the forecast before it, every item, and the result."""
    on(one, day, 9)
    if not confirmed:
        assert "this day has 60" in one.text()
        one.tab_to("form[action='/plan/mock'] button")
        one.press()
    assert f"One step, {MOCK_MINUTES} minutes" in one.text()
    one.landmark(f"11-mock-day-{day.day}")
    one.press()
    before = len(one.events("forecast"))
    started = one.sit_mock(lambda ordinal: ordinal % 5 != 0, seconds=100)
    assert len(started["presentations"]) == 50
    about = one.events("forecast")[before:]
    assert [told["about"] for told in about[:1]] == ["form"], "forecast before the first item"
    said = one.text()
    assert re.search(r"4\d of 50\. That is \d+%, (at or above|below) the assumed mark", said)
    assert "Forecast for this mock:" in said
    assert "if you sat the exam next" in said
    one.landmark(f"12-mock-result-{day.day}")


def exam_day(one: Candidate) -> None:
    """Nothing is planned; one key leads to what to bring, and later to the result's form."""
    on(one, EXAM, 7)
    assert "The exam is today" in one.text()
    assert "may still move free" not in one.text()
    assert "Nothing was carried over" not in one.text()
    assert one.visit.page.locator("ol.steps").count() == 0
    assert RANGE.search(one.page_text())
    one.landmark("13-exam-day")
    one.press()
    assert "Tuesday 22 December, today" in one.text()
    assert "photo ID" in one.text()
    assert "think of moving the date" not in one.text()
    one.landmark("14-exam-page")


def afterwards(one: Candidate) -> None:
    """The result by keys; it stands beside that morning's forecast, and no forecast was changed."""
    page = one.visit.page
    said = one.events("forecast")
    on(one, EXAM, 13)
    one.press()
    one.tab_to("input[name=passed]")
    one.visit.key("Space")
    for section in ("3", "6"):
        one.tab_to(f"input[name=weak][value='{section}']")
        one.visit.key("Space")
    one.tab_to("#sat-text")
    page.keyboard.type("Long texts; time was enough.")
    one.landmark("15-result-form")
    one.tab_to(".exam-form .primary")
    one.press()
    sat = one.events("exam_sat")
    assert len(sat) == 1
    assert (sat[0]["date"], sat[0]["passed"], sat[0]["weak_sections"]) == (
        EXAM.isoformat(),
        True,
        ["3", "6"],
    )
    assert "You passed on Tuesday 22 December" in one.text()
    one.landmark("16-passed")
    page.goto("/mocks/record")
    words = one.text()
    assert "passed" in words.split("Real exams")[1].split("What each evening changed")[0]
    assert len(page.locator("#evenings tbody tr").all()) >= 3
    rows = page.locator(".record-outcomes").first.locator("tbody tr").all_inner_texts()
    assert len(rows) == len(MOCK_DAYS)
    one.landmark("17-record")
    assert one.events("forecast")[: len(said)] == said, "what was said is never made again"
    on(one, EXAM + timedelta(days=1))
    assert "its result is kept" in one.text()
    assert "Yesterday you did" not in one.text()
    assert "Record how it went" not in one.text()
    one.landmark("18-day-after")


def plans_kept_to_the_minutes(one: Candidate) -> None:
    """No morning planned more for a day than it has, but for a mock day that was confirmed."""
    long_days = {MOCK_DAYS[0].isoformat(): MOCK_MINUTES, MOCK_DAYS[1].isoformat(): MOCK_MINUTES}
    made = one.events("plan_made")
    assert len(made) >= 18
    for plan in made:
        for day in plan["days"]:
            planned = sum(block["minutes"] for block in day["blocks"])
            assert planned == day["minutes"]
            assert day["minutes"] <= long_days.get(day["date"], MINUTES)
    mornings = [told for told in one.events("forecast") if told["about"] == "exam"]
    assert len(mornings) == len(made) or len(mornings) == len(made) - 1
    assert all(told["low"] <= told["p"] <= told["high"] for told in mornings)
