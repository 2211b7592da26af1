from __future__ import annotations

import json
import re

from .conftest import Visitor, main_of

TEXT = (
    "Cars are banned in the old town. What should you do?\nA. Lease two vans.\nB. Buy cargo bikes."
)


def test_the_empty_page_asks_where_an_item_comes_from(visitor: Visitor) -> None:
    """A form for everybody, also before enrolment, with labels and hints; dumps are refused."""
    page = visitor.get("/advise")
    assert "Bring a question, and see which options fall" in main_of(page)
    assert "not kept" in main_of(page) and "exam dumps" in main_of(page)
    assert {"advise-text", "advise-provenance"} <= set(re.findall(r'<label for="([^"]+)"', page))


def test_an_option_falls_with_its_reason_and_source(settled: Visitor) -> None:
    """A plain POST answers with heading, reason, the words that spoke, page and ranking."""
    page = settled.post("/advise", text=TEXT, provenance="a guild paper")
    words = main_of(page.text)
    assert page.status_code == 200
    assert "1 of 2 options fall by a rule" in words
    assert "A van is a motor and has to stop outside the lanes." in words
    assert "“Cars are banned”, “vans”" in words and "B, A." in words and "a guild paper" in words
    assert "https://example.org/guild/handbook" in page.text
    assert "/learn/decisions/delivery-route" in page.text


def test_nothing_that_is_pasted_is_kept(settled: Visitor) -> None:
    """Neither the journal nor a later page holds any of it."""
    before = settled.desk.journal.last_seq()
    settled.post("/advise", text=TEXT, provenance="a guild paper")
    assert settled.desk.journal.last_seq() == before
    assert "old town" not in settled.get("/advise")


def test_without_a_rule_the_page_says_so(settled: Visitor) -> None:
    """No claim and no ranking where nothing fires."""
    page = settled.post("/advise", text=TEXT.replace("banned", "seen"), provenance="ours")
    assert "No rule known for this" in main_of(page.text)
    assert "Ranking" not in page.text and "Falls" not in page.text


def test_an_error_keeps_what_was_typed(settled: Visitor) -> None:
    """Without provenance nothing is read; the text is still in its field."""
    page = settled.post("/advise", text=TEXT, provenance=" ")
    assert page.status_code == 400 and 'role="alert"' in page.text
    assert "It is not said where the question comes from." in page.text
    assert "Lease two vans." in page.text


def test_script_in_an_item_is_shown_as_text(settled: Visitor) -> None:
    """Nothing that is pasted becomes part of the page."""
    text = json.dumps({
        "stem": "<script>alert(1)</script> {{ 7 * 7 }}", "options": ["<b>x</b>", "y"],
        "provenance": "<i>z</i>",
    })  # fmt: skip
    page = settled.post("/advise", text=text, provenance="").text
    assert "<script>alert" not in page and "<b>x" not in page and "<i>z" not in page
    assert "{{ 7 * 7 }}" in page


def test_many_items_are_cut_and_the_rest_is_named(settled: Visitor) -> None:
    """Twenty are shown; the page says how many are left and what reads them."""
    line = json.dumps({"stem": "Which way?", "options": ["By van.", "By bike."]})
    page = main_of(settled.post("/advise", text="\n".join([line] * 23), provenance="ours").text)
    assert "3 more questions not shown here" in page and "Question 20" in page


def test_learn_and_search_lead_here(settled: Visitor) -> None:
    """The page has its place under Learn, and search finds it."""
    assert 'href="/advise"' in settled.get("/learn")
    assert 'href="/advise"' in settled.get("/search?q=advise")
