"""The record's heading, and chances below 1 in 100 in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from roadworthy.study.record import Held, Record, record_of
from roadworthy.web.record import finding_of
from roadworthy.web.render import TEMPLATES, percent

from .conftest import Visitor, main_of


def held(p: float, came: bool, counts: bool = True) -> Held:
    """A mock with this chance and outcome."""
    return Held("Mock 1", date(2026, 11, 21), p, 0.0, 0.2, came, 0.5, None, counts)


def record(*each: Held) -> Record:
    """The record of these alone."""
    return record_of(each)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (record(), "Nothing to compare yet"),
        (record(held(0.5, True, counts=False)), "Nothing to compare yet"),
        (record(held(0.07, False)), "One forecast so far: 7 in 100, and the mock fell below"),
        (record(held(0.001, True)), "One forecast so far: under 1 in 100, and the mock reached"),
        (
            record(held(0.2, False), held(0.6, True)),
            "2 forecasts so far: 40 in 100 on average, and 1 of 2 mocks reached the mark",
        ),
        (record(held(0.2, False), held(0.6, False)), "and none of 2 mocks reached the mark"),
    ],
)
def test_heading_says_the_finding(found: Record, says: str) -> None:
    """Only forecasts that count are in it."""
    assert says in finding_of(found).replace("\u00a0", " ")


@pytest.fixture
def words() -> Any:
    """The macros that put a chance in words."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["percent"] = percent
    return environment.get_template("_forecast.html").module


def test_no_chance_is_a_plain_nought(words: Any) -> None:
    """What would round to 0 is 'under 1', and its range reaches 1."""
    assert words.in_100(0.004) == "under 1 in 100" and words.in_100(0.006) == "1 in 100"
    assert words.ends(0.0, 0.001) == "0 to 1" and words.ends(0.123, 0.456) == "12 to 46"


def test_empty_record_says_what_will_come(settled: Visitor) -> None:
    """Without an exam there is one sentence and a way to enter one."""
    page = settled.get("/mocks/record")
    assert "No exam entered yet. After your exam" in main_of(page)
    assert 'href="/exam#went">Enter my result</a>' in page


def test_exam_without_an_earlier_forecast_is_not_denied(settled: Visitor) -> None:
    """An exam that no forecast came before is said to be entered."""
    settled.post("/exam/sat", date="2026-11-24", passed="yes")
    assert "Your exam is entered; no forecast was kept" in main_of(settled.get("/mocks/record"))
