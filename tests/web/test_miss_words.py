"""What is said of a miss: the belief behind it, its rule or goal, and the summary of kinds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from roadworthy.study.form_result import FormResult, Miss, MissKind, result_of
from roadworthy.study.form_view import FormView
from roadworthy.web.miss_words import beliefs_behind, kinds_in_words, why_missed

from .conftest import Visitor, main_of


@pytest.fixture
def finished(visitor: Visitor) -> Visitor:
    """A candidate with a finished full mock F: each item wrong but the last, which is open."""
    visitor.settle()
    forms, clock = visitor.desk.forms, visitor.clock
    view = forms.start("F", "full", now=clock.now)
    for place in view.places[:-1]:
        clock.now += timedelta(seconds=80)
        wrong = [(key + 1) % len(place.item.options) for key in place.item.keys]
        if set(wrong) == set(place.item.keys):
            wrong = [one for one in range(len(place.item.options)) if one not in place.item.keys]
        forms.respond(
            "F", place.ordinal, chosen=wrong[: len(place.item.keys)], flagged=False, rev=1,
            milliseconds=80_000, now=clock.now,
        )  # fmt: skip
    forms.finish("F", now=clock.now)
    return visitor


def outcome(visitor: Visitor) -> tuple[FormView, FormResult]:
    """The finished form and its result at a mark of 70 percent."""
    view = visitor.desk.forms.form("F")
    return view, result_of(view, pass_mark=0.7)


def test_each_miss_with_a_named_belief_says_it(finished: Visitor) -> None:
    """The words of the pack stand in the row of the result and over the reasons."""
    view, result = outcome(finished)
    told = [beliefs_behind(finished.desk, place) for place in view.places]
    assert any(told)
    rows, reasons = finished.get("/mock/F/result"), main_of(finished.get("/mock/F/misses"))
    for miss, place, beliefs in zip(result.misses, view.places, told, strict=True):
        why = why_missed(finished.desk, miss, place)
        assert ("Wrong belief: " in why) == bool(beliefs)
        for one in beliefs[:1]:
            assert one.belief in why
            assert f"Wrong belief behind {one.letter}:" in reasons
    assert "Wrong belief: " in rows and why_missed(finished.desk, miss, place) == "Left open."


def test_a_miss_without_a_named_belief_names_its_rule_or_goal(finished: Visitor) -> None:
    """Nothing is only 'a rule': the option and the rule or goal it falls to are told."""
    view, result = outcome(finished)
    for miss, place in zip(result.misses[:-1], view.places, strict=False):
        if miss.kind == "rule" and not beliefs_behind(finished.desk, place):
            assert re.match(
                r"(Rule|Goal) missed|“.+” does not hold", why_missed(finished.desk, miss, place)
            )


def kinds(*found: MissKind) -> Any:
    """A result that has only misses."""
    misses = tuple(Miss(number, kind, ()) for number, kind in enumerate(found, 1))
    return type("Only", (), {"misses": misses})()


def test_kinds_are_counted_in_plain_english() -> None:
    """One and many have their own words, in one order."""
    assert kinds_in_words(kinds("open", "belief", "belief")) == "2 wrong beliefs · 1 left open"
    assert kinds_in_words(kinds("rule", "belief")) == "1 wrong belief · 1 missed rule"
    assert kinds_in_words(kinds()) == ""


def test_misses_say_the_verdict_first_and_lead_on(finished: Visitor) -> None:
    """Each item says choice and key over its stem; links lead to every miss and to the next."""
    page = finished.get("/mock/F/misses")
    words = main_of(page)
    assert re.search(r"You chose [A-E]\. [A-E] is the key\.", words)
    assert re.search(r"Left open\. [A-E]( and [A-E])? (is the key|are the keys)\.", words)
    assert page.count('href="#item-2"') == 2 and "Next miss: 2" in words
    assert "Underlined: the words that decide." in words
    verdict, stem = page.index('class="miss-verdict"'), page.index('<p class="stem"')
    assert verdict < stem


def test_result_leads_to_the_misses_it_does_not_show(finished: Visitor) -> None:
    """Past the eighth miss a link opens the rest at the ninth."""
    page = finished.get("/mock/F/result")
    assert 'href="/mock/F/misses#item-9">Show the other 7</a>' in page
    assert "8 times in 10" in page and "First mock: none gained, none lost." in main_of(page)
    assert "below the assumed mark" in main_of(finished.get("/mocks"))
