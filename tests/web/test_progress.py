from __future__ import annotations

import re
from dataclasses import replace

import pytest

from roadworthy.learner.state import Response
from roadworthy.web.curve import APART, TOP, curve_of, spread
from roadworthy.web.rule_cells import rule_words
from roadworthy.web.sureness import advice_on, sureness_of

from .conftest import Visitor, main_of


def test_progress_before_anything(settled: Visitor) -> None:
    """Each part says what will be here and how to get it."""
    words = main_of(settled.get("/progress"))
    assert "No forecast yet" in words
    assert "You have missed nothing yet" in words
    assert words.count("none yet") == 3


def test_progress_shows_days_and_labels_them(studying: Visitor) -> None:
    """A day without a record is computed afterwards and called so; a kept one is kept."""
    words = main_of(studying.get("/progress"))
    assert re.search(r"\d+ in 100 today \(\d+ to \d+\), \d+ by the exam \(\d+ to \d+\)", words)
    assert "The one past day was computed afterwards" in words
    studying.get("/today")
    studying.clock.next_day()
    words = main_of(studying.get("/progress"))
    assert "kept as the day began" in words
    assert "1 forecast is kept" in words


def test_the_map_has_each_rule_once(studying: Visitor) -> None:
    """Cells and legend: as many cells as the pack serves rules, and a group opens its rules."""
    page = studying.get("/progress")
    inner = page[page.index('class="rule-map"') :]
    inner = inner[: inner.index("</table>")]
    rules = sum(len(rules) for rules in studying.desk.generator.rules.values())
    assert inner.count('<rect class="cell level-') == rules
    words = main_of(studying.get("/progress?decision=delivery-route"))
    assert "Practice these rules, 15 min" in words
    first = studying.desk.generator.rules["delivery-route"][0].split(".")[1]
    assert f"{first} " in words


def test_an_unknown_decision_opens_nothing(studying: Visitor) -> None:
    """A wrong name in the address leaves the map as it is."""
    assert 'id="rules"' not in studying.get("/progress?decision=nothing")


def test_wrong_beliefs_are_listed_and_lead_to_their_item(studying: Visitor) -> None:
    """Certain and wrong comes first, with how often it held since."""
    page = studying.get("/progress")
    wrong = studying.desk.course.state().wrong
    assert wrong, "the candidate of the tests answers every third item wrong"
    words = main_of(page)
    assert re.search(r"\d+ miss(es)? still open", words) and "You were certain" in words
    assert "Rule missed:" in words or ("False belief:" in words and "True:" in words)
    path = re.search(r'href="(/item/[0-9a-f]+)"', page)
    assert path is not None
    assert "is the key" in studying.get(path[1])


@pytest.mark.parametrize("size", [(672, 300), (350, 220)])
def test_the_curve_stays_inside_its_box(studying: Visitor, size: tuple[int, int]) -> None:
    """All points of the band and of the plan lie within the drawing."""
    desk, now = studying.desk, studying.clock.now
    today = desk.today(now)
    curve = curve_of(
        desk.standing.history(now), desk.readiness(), today,
        desk.today(desk.standing.exam_at(now)), desk.standing.followed(now),
        width=size[0], height=size[1],
    )  # fmt: skip
    assert curve is not None and curve.ahead is not None
    for points in (curve.band, curve.line, *curve.ahead):
        for pair in points.split():
            x, y = (float(number) for number in pair.split(","))
            assert 0 <= x <= size[0] and 0 <= y <= size[1]


def responses_of(studying: Visitor, confidence: int, right: int, wrong: int) -> list[Response]:
    """Made-up answers of one level."""
    one = studying.desk.course.state().responses[0]
    made = replace(one, confidence=confidence, weight=1.0, aided=False)
    return [replace(made, right=number < right) for number in range(right + wrong)]


def test_sureness_counts_by_level(studying: Visitor) -> None:
    """Share, count and an interval around the share; levels without answers are empty."""
    guess, fairly, certain = sureness_of(responses_of(studying, 3, 6, 4))
    assert (guess.count, fairly.count, certain.count) == (0, 0, 10)
    assert certain.share == pytest.approx(0.6)
    assert certain.low < 0.6 < certain.high
    assert (guess.low, guess.high) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("confidence", "right", "wrong", "said"),
    [
        (3, 6, 4, "Read the options once more"),
        (1, 9, 3, "you know more than you trust"),
        (3, 19, 1, ""),
        (3, 1, 2, ""),
    ],
)
def test_advice_needs_evidence(
    studying: Visitor, confidence: int, right: int, wrong: int, said: str
) -> None:
    """One sentence where the interval lies off what was meant, none otherwise."""
    rows = sureness_of(responses_of(studying, confidence, right, wrong))
    assert said in advice_on(rows)
    assert bool(said) == bool(advice_on(rows))


@pytest.mark.parametrize("ends", [(276.0, 276.0, 276.0), (10.0, 10.0, 10.0), (200.0, 120.0, 40.0)])
def test_the_ends_of_the_plan_are_named_apart(ends: tuple[float, float, float]) -> None:
    """Three lines of words, however near their values, never stand on each other."""
    low, middle, high = spread(*ends, floor=276.0)
    assert low - middle >= APART and middle - high >= APART
    assert high >= TOP and low <= 276.0


def test_rules_are_whole_sentences(studying: Visitor) -> None:
    """Each says which option, in quotation marks, is out and when, or what wins, and why."""
    for name in studying.desk.pack.decisions:
        for words in rule_words(studying.desk, name).values():
            assert words.endswith(".") and (words[0] in "“" or words.startswith("When the goal"))
            assert words.count("“") == words.count("”") >= 1
