from __future__ import annotations

import re

import pytest

from .conftest import Visitor, main_of


def test_the_closing_page_says_belief_truth_and_tomorrow(studying: Visitor) -> None:
    """After an evening with misses: what was believed, what is true, and the next day's steps."""
    studying.study("night", "evening", 30, wrong_every=2)
    words = main_of(studying.get("/session/night/end"))

    assert "What you believed, and what is true" in words
    assert re.search(r"You (believed|chose), and were certain,", words)
    assert re.search(r"Tomorrow, 45 minutes", words)
    assert re.search(r"Tomorrow, 45 minutes .+ \d+ min", words)
    assert "What you missed is asked again in other situations:" in words


def test_a_named_belief_stands_with_its_refutation(studying: Visitor) -> None:
    """Where the pack names the belief behind a choice, it is quoted and refuted."""
    studying.study("night", "evening", 60, wrong_every=2)
    page = studying.get("/session/night/end")
    beliefs = [
        studying.desk.fill(one.belief)
        for decision in studying.desk.pack.decisions.values()
        for one in decision.teach.misconceptions.values()
    ]
    said = main_of(page)
    shown = [one for one in beliefs if one in said]

    assert shown
    assert "What is true" in said


def test_the_closing_page_says_what_today_bought(studying: Visitor) -> None:
    """Beside what skipping was said to cost that morning; the record has it the next day."""
    studying.clock.next_day()
    studying.desk.save_settings({"exam_date": "2026-11-30"}, studying.clock.now)
    studying.get("/today")
    studying.study("night", "evening", 45, wrong_every=1000)
    words = main_of(studying.get("/session/night/end"))

    assert re.search(r"Skipping it was said to cost \d+\.\d points\. Its \d+ minutes so far", words)
    studying.clock.next_day()
    studying.get("/today")
    assert re.search(r"1 evening of at least half .+ came to [+−]", studying.get("/mocks/record"))


def test_without_a_miss_tomorrow_is_still_named(studying: Visitor) -> None:
    """A session that was all right closes with the next day alone."""
    studying.study("night", "evening", 15, wrong_every=1000)
    words = main_of(studying.get("/session/night/end"))

    assert "You have missed nothing here." in words
    assert "Tomorrow, 45 minutes" in words


@pytest.mark.parametrize("minutes", [10, 45, 120])
def test_tonight_may_have_any_minutes(studying: Visitor, minutes: int) -> None:
    """The evening is planned for what was typed, and the usual one is a link away."""
    page = studying.get(f"/today?minutes={minutes}")

    times = [int(one) for one in re.findall(r'step-minutes">(\d+) min', page.split("left-out")[0])]
    assert sum(times) == minutes
    assert "Back to the usual evening" in page


@pytest.mark.parametrize("minutes", ["9", "121", "-5", "forty", "1e2", "9" * 40, "²"])
def test_other_minutes_are_said_to_be_none(studying: Visitor, minutes: str) -> None:
    """What is no number from 10 to 120 shows the usual evening and says why."""
    page = studying.get(f"/today?minutes={minutes}")

    assert "Write a whole number from 10 to 120." in page
    assert 'aria-invalid="true"' in page
