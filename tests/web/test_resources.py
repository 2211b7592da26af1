from __future__ import annotations

import re

import pytest

from roadworthy.study.reading_check import CHECK_ITEMS, checked_decisions
from roadworthy.web.resource_rows import checks_of, shelves_by_need

from .conftest import Visitor, main_of


def mark(visitor: Visitor, *done: str, **more: str) -> str:
    """Save the marks of the page; where it leads."""
    answer = visitor.post("/resources", shown=["handbook", "oven-manual"], done=list(done), **more)
    assert answer.status_code == 303, answer.text[:300]
    return answer.headers["location"]


def walk_check(visitor: Visitor, resource: str = "handbook", session: str = "c1") -> str:
    """Press Check and answer every item right; the path of the closing page."""
    path = visitor.post("/resources/check", resource=resource, session=session).headers["location"]
    for _ in range(CHECK_ITEMS + 1):
        answer = visitor.client.get(path)
        found = re.search(r"/item/([0-9a-f]+)", str(answer.url))
        if found is None:
            return str(answer.url)
        _, shown = visitor.desk.course.presentation(found[1])
        assert shown.step == "full" and not shown.aided
        assert f"of {CHECK_ITEMS}" in main_or_bar(answer.text)
        visitor.clock.now = visitor.clock.now.replace(minute=visitor.clock.now.minute + 1)
        visitor.desk.course.answer(
            found[1], chosen=shown.item.keys, confidence=2, milliseconds=50_000,
            now=visitor.clock.now,
        )  # fmt: skip
    raise AssertionError("the check does not end")


def main_or_bar(page: str) -> str:
    """The words of a room, its bar too."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_finishing_one_moves_no_forecast(studying: Visitor) -> None:
    """Done, rating and note leave readiness as it was, to the last digit."""
    before = studying.desk.readiness()
    mark(studying, "handbook", **{"rating.handbook": "9"})
    studying.post("/notes/resource/handbook", text="Ovens drift.")
    after = studying.desk.readiness()
    assert before.p is not None
    assert (after.p, after.low, after.high) == (before.p, before.low, before.high)


def test_a_check_of_five_items_may_move_it(studying: Visitor) -> None:
    """It is offered after the mark, asks unaided items on the sections, and counts."""
    page = studying.get(mark(studying, "handbook"))
    words = main_of(page)
    assert "Reading alone moves no forecast" in words and "Check “Handbook of the guild”" in words
    before = studying.desk.readiness()
    end = walk_check(studying)
    words = main_of(studying.get(end.removeprefix("http://127.0.0.1:8750")))
    assert "5 of 5 right after “Handbook of the guild”" in words
    assert studying.desk.readiness().p != before.p
    asked = [
        one for one in studying.desk.course.state().responses if one.purpose.startswith("check:")
    ]
    assert len(asked) == CHECK_ITEMS and {one.section for one in asked} <= {"1", "2"}
    assert "Checked 25 Nov: 5 of 5 right." in main_of(studying.get("/resources"))


def test_a_second_check_replaces_the_first_on_the_page(studying: Visitor) -> None:
    """The newest check is the one that is told; both stay answers."""
    mark(studying, "handbook")
    walk_check(studying, session="c1")
    walk_check(studying, session="c2")
    found = checks_of(studying.desk.course.state())["handbook"]
    assert (found.right, found.count) == (CHECK_ITEMS, CHECK_ITEMS)


def test_pressing_check_twice_starts_one_session(studying: Visitor) -> None:
    """The form's id makes the second press lead to the same session."""
    places = {
        studying.post("/resources/check", resource="handbook", session="c1").headers["location"]
        for _ in range(2)
    }
    assert places == {"/session/c1-handbook"}


@pytest.mark.parametrize(
    ("resource", "status"), [("nothing", 404), ("", 404), ("oven-manual", 400)]
)
def test_a_check_needs_a_resource_with_items(settled: Visitor, resource: str, status: int) -> None:
    """An unknown one is not there; one that serves no section says so."""
    assert settled.post("/resources/check", resource=resource, session="c1").status_code == status
    assert not settled.desk.course.of_kinds("session_started")


def test_a_check_is_offered_only_where_items_exist(settled: Visitor) -> None:
    """Marking what serves no section is saved without an offer."""
    assert checked_decisions(settled.desk.pack, "oven-manual") == []
    assert mark(settled, "oven-manual") == "/resources?saved=1"
    assert "Check it" not in main_of(settled.get("/resources"))


def test_a_note_is_shown_in_its_row_and_written_on_its_page(settled: Visitor) -> None:
    """One editor, on the page of the note; the row links it, and saving marks leaves it alone."""
    assert "Write a note on Handbook of the guild" in main_of(settled.get("/resources"))
    settled.post("/notes/resource/handbook", text="<b>Ovens</b> drift.")
    page = settled.get("/resources")
    assert "<b>Your note:</b> &lt;b&gt;Ovens&lt;/b&gt; drift." in page
    assert "Change your note on Handbook of the guild" in main_of(page)
    assert "<textarea" not in page
    mark(settled, **{"rating.handbook": "4", "note.handbook": "From an old page."})
    page = settled.get("/resources")
    assert "Ovens&lt;/b&gt; drift." in page and "From an old page." not in page
    assert "Rated 4 by you." in main_of(page)


def test_a_row_opens_with_its_first_sentence(settled: Visitor) -> None:
    """Folded, a row has its state, the first sentence of what to take, and the ratings."""
    page = settled.get("/resources")
    folded = re.sub(r"(</summary>).*?(</details>)", r"\1\2", page, flags=re.DOTALL)
    rows = [row for shelf in shelves_by_need(settled.desk) for row in shelf.rows]
    for row in rows:
        shown = folded[folded.index(f'id="{row.id}"') :].partition("</li>")[0]
        words = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
        assert row.resource.state in words
        assert f"{row.first_words} {row.other_words}".strip() == row.resource.take
        if row.resource.rating:
            assert f"Rated {row.resource.rating} by the article." in words


def test_the_order_by_need_keeps_the_newer_shelf_apart(settled: Visitor) -> None:
    """Weakest first with a reason a row; the save button stays in that order."""
    page = settled.get("/resources?order=need")
    words = main_of(page)
    assert "what you said of your experience" in words
    assert re.search(r"It serves \w+, where \d+ of 100 rules would hold now, and 1 other", words)
    titles = [shelf.title for shelf in shelves_by_need(settled.desk)]
    assert titles == [
        "The article's list, for your weakest sections first",
        "Newer, not in the article",
    ]
    answer = settled.post("/resources", shown="handbook", order="need")
    assert answer.headers["location"] == "/resources?saved=1&order=need"


def test_the_guide_of_a_resource_is_explained(settled: Visitor) -> None:
    """As a tooltip of its name, and in words where its sections are today."""
    page = settled.get("/resources")
    assert 'href="#guide-2020" title="Guild handbook of 2020: 2020 to 2025."' in page
    words = main_of(page)
    assert "Guild handbook of 2020: 2020 to 2025" in words
    assert "1 Ovens and stores (60%) 1 Baking, 3 Shops" in words
    assert "3 hours, 1 hour for what to take" in words
