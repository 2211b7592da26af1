from __future__ import annotations

import pytest

from roadworthy.pack.name_dates import until_words
from roadworthy.web.cheat_sheet import ELSEWHERE, groups_of

from .conftest import Visitor, main_of

SHEET = "/learn/cheat-sheet"


def test_every_product_has_its_line(settled: Visitor) -> None:
    """Name, line, earlier names with the month of their end, source and day, by stage."""
    words = main_of(settled.get(SHEET))
    assert "2 products in one line each, 1 of them renamed" in words
    assert "Plan the round Crumbline Dispatch plans who drives which goods where" in words
    assert "Loaf Router until March 2024 ; Crumb Desk until February 2026" in words
    assert "checked 24 Nov 2026" in words


def test_the_filter_works_without_script(settled: Visitor) -> None:
    """Each word must stand in a name, old or new, or in the line; case is free."""
    words = main_of(settled.get(f"{SHEET}?q=LOAF+drives"))
    assert "1 of 2 products with “LOAF drives”" in words
    assert "Crumbline Lockers" not in words
    assert "No product has that" in main_of(settled.get(f"{SHEET}?q=loaf+boxes"))


def test_what_is_searched_is_text(settled: Visitor) -> None:
    """A search for markup shows it as text."""
    page = settled.get(f"{SHEET}?q=%3Cscript%3E")
    assert "<script>" not in page[page.index("<main") :] and "&lt;script&gt;" in page


def test_a_product_that_ends_is_marked(settled: Visitor) -> None:
    """What is in preview, deprecated or gone carries the word beside its name."""
    terms = settled.desk.pack.terms
    old = terms["lockers"].model_copy(update={"status": "deprecated"})
    settled.desk.pack.terms["lockers"] = old
    try:
        assert "Crumbline Lockers deprecated" in main_of(settled.get(SHEET))
    finally:
        settled.desk.pack.terms["lockers"] = old.model_copy(update={"status": "ga"})


def test_products_stand_by_their_first_stage(settled: Visitor) -> None:
    """One that stands nowhere on the map comes at the end; no product is lost."""
    pack = settled.desk.pack
    more = {**pack.terms, "oven": pack.terms["lockers"].model_copy(update={"name": "Oven"})}
    groups = groups_of(pack.__class__(**{**vars(pack), "terms": more}))
    assert [(title, [id_ for id_, _ in found]) for title, found in groups] == [
        ("Plan the round", ["dispatch"]),
        ("Hand over", ["lockers"]),
        (ELSEWHERE, ["oven"]),
    ]
    assert [title for title, _ in groups_of(pack.__class__(**{**vars(pack), "map": None}))] == [
        ELSEWHERE
    ]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-04", "until April 2026"),
        ("2023", "until 2023"),
        ("2023-13", "until 2023-13"),
        (None, ""),
    ],
)
def test_the_end_of_a_name_in_words(until: str | None, words: str) -> None:
    """A month by its name, a year alone, and nothing where no page gave a date."""
    assert until_words(until) == words
