"""What fades, time per item, and the sentences beside the charts of Progress."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from roadworthy.learner.state import Response
from roadworthy.study.history import DayForecast
from roadworthy.study.item_times import ItemTime
from roadworthy.study.record import Held, record_of
from roadworthy.web.progress_words import record_sentence, trend
from roadworthy.web.sureness import leaning, sureness_of
from roadworthy.web.time_rows import _sentence

from .conftest import Visitor, main_of


def test_both_parts_say_what_will_be_there(settled: Visitor) -> None:
    """Before the first answer each has a sentence instead of a chart."""
    words = main_of(settled.get("/progress"))
    assert "You have met no rule yet, so there is nothing to forget." in words
    assert "No answer was timed yet." in words


def test_what_fades_stands_in_numbers_beside_the_drawing(studying: Visitor) -> None:
    """A sentence, a row for each section met, the rules that fade most, and a way to refresh."""
    page = studying.get("/progress")
    words = main_of(page)
    assert re.search(
        r"Of \d+ rules that you met, about \d+ holds? now, and (about \d+|as many) would "
        r"on 14 December",
        words,
    )
    rows = re.findall(r'aria-label="(\w+): (\d+)% hold now, (\d+)% 14 Dec"', page)
    assert rows and all(int(now) >= int(then) for _, now, then in rows)
    for name, now, then in rows:
        assert re.search(rf"{name} \d+ {now}% {then}%", words)
    assert "Show the rules whose fading weighs most" in words
    form = page[: page.index("Refresh “")].rpartition("<form")[2]
    target = re.search(r'name="target" value="([^"]+)"', form)
    assert target is not None and target[1] in studying.desk.pack.decisions


def test_times_stand_beside_what_the_exam_gives(studying: Visitor) -> None:
    """Middle and middle half of each kind, and the pace of the exam's most items."""
    page, head = studying.get("/progress"), studying.desk.pack.head
    pace = round(head.exam_minutes * 60 / head.exam_items_max)
    assert f"the exam gives {pace}" in page
    assert re.search(r"Brief \d+ 50 s 50 to 50 s", main_of(page))


def test_progress_names_sections_and_the_weakest(studying: Visitor) -> None:
    """The map has a sentence, and its table names the section of each decision."""
    words = main_of(studying.get("/progress"))
    found = re.search(
        r"\d+ of \d+ rules met, (?:\d+|none) of them with a chance of 60% or more\. "
        r"Weakest on average: (\w+), \d+%",
        words,
    )
    assert found is not None
    assert found[1] in {one.short for one in studying.desk.pack.blueprint.sections.values()}
    assert re.search(r"Decision Section Rules Met Would hold", words)


def day(p: float, low: float, high: float) -> DayForecast:
    """A kept forecast of 24 November."""
    return DayForecast(date(2026, 11, 24), p, low, high, kept=True)


def test_the_trend_says_direction_and_range(studying: Visitor) -> None:
    """Rising, falling or unmoved since the first day; the range narrower, wider or as wide."""
    now = replace(studying.desk.readiness(), p=0.40, low=0.30, high=0.50)
    assert trend([], now) == ""
    assert trend([day(0.30, 0.10, 0.50)], now) == (
        "Since 24 Nov it rose by 10 points, and its range narrowed by 20 points."
    )
    assert trend([day(0.41, 0.31, 0.51)], now) == (
        "Since 24 Nov it fell by 1 point, with as wide a range."
    )
    assert trend([day(0.40, 0.35, 0.45)], now) == (
        "Since 24 Nov it has not moved, and its range widened by 10 points."
    )


def test_the_record_sentence_knows_results() -> None:
    """Without a result it says what is kept; with one, what was said and what came."""
    nothing = record_of([])
    assert "1 forecast is kept" in record_sentence(nothing, nothing, 1)
    assert "From today on" in record_sentence(nothing, nothing, 0)
    held = Held("Mock 1", date(2026, 11, 24), 0.4, 0.2, 0.6, True, 0.8, None, counts=True)
    assert record_sentence(record_of([held]), nothing, 3) == (
        "1 mock: 40 in 100 said on average, 1 of 1 reached the mark."
    )


def test_leaning_compares_what_was_meant_with_what_came(studying: Visitor) -> None:
    """Too sure, too modest or in agreement; nothing under ten answers."""
    one = replace(studying.desk.course.state().responses[0], weight=1.0, aided=False)

    def said(confidence: int, right: int, wrong: int) -> str:
        answers: list[Response] = [
            replace(one, confidence=confidence, right=number < right)
            for number in range(right + wrong)
        ]
        return leaning(sureness_of(answers))

    assert said(3, 5, 4) == ""
    assert said(3, 5, 5).endswith("you trust yourself 45 points too much.")
    assert said(1, 8, 2).endswith("you trust yourself 55 points too little.")
    assert said(3, 19, 1).endswith("your words and your answers agree.")


def kind(name: str, count: int, middle: float, wrong: float | None = None) -> ItemTime:
    """Times of a kind; right answers take the middle time."""
    return ItemTime(name, count, middle, middle, middle, middle, wrong)


@pytest.mark.parametrize(
    ("long", "mock", "said"),
    [
        (kind("", 4, 90), kind("", 0, 0), "Too few items"),
        (kind("", 5, 90), kind("", 4, 0), "of the exam's length took 90 seconds or less, 30 less"),
        (kind("", 9, 90), kind("", 5, 150), "in mocks took 150 seconds or less, 30 more"),
        (kind("", 9, 118), kind("", 0, 0), "about what the exam gives"),
        (kind("", 9, 90, wrong=150), kind("", 0, 0), "150 seconds against 90"),
    ],
)
def test_the_pace_is_said_where_there_is_enough(long: ItemTime, mock: ItemTime, said: str) -> None:
    """Mocks speak before other long items; few answers say so; slow misses get advice."""
    assert said in _sentence([kind("", 50, 30), long, mock], 120.0)
