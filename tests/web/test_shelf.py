from __future__ import annotations

import pytest

from roadworthy.web.resource_rows import shelves_of
from roadworthy.web.takeaways import linked

from .conftest import Visitor, main_of


def test_the_article_stands_literally_with_its_lines_open(visitor: Visitor) -> None:
    """When, where and experience; each line in its order leads to what it became."""
    page = visitor.get("/article")
    words = main_of(page)
    assert "Sunday 20 April 2025" in words and "two years on a van" in words
    for part in visitor.desk.pack.article.parts:
        for line in part.lines:
            assert f'href="{line.opens}">“{line.text}”</a>' in page
    places = [words.index(f"“{part.title}”") for part in visitor.desk.pack.article.parts]
    assert places == sorted(places)


def test_takeaways_name_the_one_that_is_refused(visitor: Visitor) -> None:
    """Each takeaway with its feature; the refused one with its reason."""
    words = main_of(visitor.get("/takeaways"))
    assert "2 takeaways: what each became here, and the one that we refuse" in words
    assert words.count("We refuse this one") == 1
    assert "It is against the rules of the guild." in words


def test_resources_are_marked_by_the_candidate(settled: Visitor) -> None:
    """Done and rating are kept, shown, and can be taken back; the same again adds nothing."""
    assert "none worked through yet" in main_of(settled.get("/resources"))
    marks = {"shown": ["handbook", "oven-manual"], "done": "handbook", "rating.handbook": "7"}
    settled.post("/resources", **marks)
    assert settled.post("/resources", **marks).headers["location"] == "/resources?saved=1"
    page = settled.get("/resources")
    assert "1 worked through" in main_of(page)
    assert '<option value="7" selected>' in page
    settled.post("/resources", **{"shown": "handbook", "rating.handbook": ""})
    assert "none worked through yet" in main_of(settled.get("/resources"))
    kinds = [event.kind for event in settled.desk.course.events()]
    assert (kinds.count("resource_done"), kinds.count("resource_rated")) == (2, 2)


def test_newer_resources_stand_apart(settled: Visitor) -> None:
    """What the article does not list has a shelf of its own, and can be marked too."""
    words = main_of(settled.get("/resources"))
    assert words.index("Newer, not in the article") < words.index("Manual of the deck oven")
    assert settled.post("/resources", shown="oven-manual", done="oven-manual").status_code == 303


@pytest.mark.parametrize("rating", ["0", "11", "ten"])
def test_a_wrong_rating_is_refused(settled: Visitor, rating: str) -> None:
    """A rating is a whole number from 1 to 10; nothing is kept otherwise."""
    form = {"shown": ["oven-manual", "handbook"], "done": "oven-manual", "rating.handbook": rating}
    answer = settled.post("/resources", **form)
    assert answer.status_code == 400
    assert "from 1 to 10" in answer.text
    kinds = {event.kind for event in settled.desk.course.events()}
    assert "resource_done" not in kinds


def test_an_unknown_resource_is_not_there(settled: Visitor) -> None:
    """A mark on something that is not on the shelf gets 404."""
    assert settled.post("/resources", shown="nothing", done="nothing").status_code == 404


def test_rated_resources_go_from_the_best_down(settled: Visitor) -> None:
    """Within a heading the highest rating is first; unrated ones keep the article's order."""
    for shelf in shelves_of(settled.desk):
        ratings = [row.resource.rating or 0 for row in shelf.rows]
        assert ratings == sorted(ratings, reverse=True)


def test_mocks_say_what_will_be_here(settled: Visitor) -> None:
    """The empty state offers three lengths and says what will stand there."""
    words = main_of(settled.get("/mocks"))
    assert "15 items, 40 minutes" in words and "None yet." in words


def test_the_method_is_a_page(visitor: Visitor) -> None:
    """How the numbers are made can be read before a course begins."""
    assert "How the numbers are made" in main_of(visitor.get("/how-it-works"))


def test_the_day_of_the_look_is_said_once(visitor: Visitor) -> None:
    """At the top, with what the states mean; a row names its own day only where it differs."""
    words = main_of(visitor.get("/resources"))
    rows = [row for shelf in shelves_of(visitor.desk) for row in shelf.rows]
    newer = visitor.desk.pack.resources.newer.values()
    days = [one.checked for one in (*(row.resource for row in rows), *newer)]
    usual = max(set(days), key=days.count)
    assert words.count("Beside each title stands its state") == 1
    assert words.count("looked at") == sum(day != usual for day in days)


def test_an_address_in_a_refusal_is_a_link() -> None:
    """What stands around it is escaped."""
    html = linked("A <b> page (support.example.org/answer/12, read in May) says so.")
    assert "A &lt;b&gt; page (" in html
    assert 'href="https://support.example.org/answer/12"' in html
    assert ", read in May) says so." in html
