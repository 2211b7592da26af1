"""Takeaways and their features, and the form for a topic that somebody named."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.conftest import SHIPPED

from roadworthy.pack.model import Pack
from roadworthy.pack.named_topic import MOST_WORDS, named_topic
from roadworthy.web.search import index_of

from .conftest import Clock, Visitor, main_of, opened


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, shipped_pack: Pack) -> Iterator[Visitor]:
    """A candidate on the shipped pack who has answered nothing."""
    clock = Clock()
    for desk in opened(tmp_path_factory.mktemp("shipped"), shipped_pack, clock, SHIPPED):
        visitor = Visitor(desk, clock)
        visitor.settle()
        yield visitor


def test_each_takeaway_opens_a_working_feature(shipped: Visitor) -> None:
    """All nine lead to a page that opens and has the place that the link names."""
    takeaways = shipped.desk.pack.takeaways.takeaways
    page = shipped.get("/takeaways")
    assert len(takeaways) == 9
    for one in takeaways.values():
        assert f'href="{one.opens}"' in page
        path, _, anchor = one.opens.partition("#")
        there = shipped.get(path)
        assert not anchor or f'id="{anchor}"' in there


def test_dumps_are_refused_with_the_reason(shipped: Visitor) -> None:
    """Under the ninth stand the refusal, its source as a link, and the official samples."""
    page = shipped.get("/takeaways")
    inner = page[page.index('id="dumps"') :]
    assert "We refuse this one" in inner and "misconduct" in inner
    assert 'href="https://support.google.com/cloud-certification/answer/9908051"' in inner
    assert "What there is instead: “Google Example Questions” in Resources" in main_of(page)


@pytest.mark.parametrize(
    ("topic", "verdict", "part"),
    [
        ("data drift", "covered", "6.2.b"),
        ("Vertex AI Feature Store", "covered", None),  # a former name
        ("Gemini", "not asked", "1.1.e"),
        ("quantum annealing", "not here", None),
    ],
)
def test_a_topic_is_covered_or_a_gap(
    shipped: Visitor, topic: str, verdict: str, part: str | None
) -> None:
    """By the guide's words, the decisions that ask, and today's and former names."""
    page = shipped.post("/takeaways/named", topic=topic).text
    words = main_of(page)
    assert {"covered": "Covered: ", "not asked": "A gap: ", "not here": "nothing here names"}[
        verdict
    ] in words
    if part:
        assert f"{part} " in words
        assert f'href="/learn/objectives/{part[:3]}#{part}"' in page
    if verdict == "covered":
        path = re.search(r'href="(/learn/decisions/[^"]+)"', page)
        assert path is not None and shipped.get(path[1])


def test_a_gap_of_the_guide_says_that_no_item_asks(shipped: Visitor) -> None:
    """A part of the guide without items is named as a gap, in the row of its part."""
    words = main_of(shipped.post("/takeaways/named", topic="Gemini").text)
    assert "the guide has “Gemini”, and nothing here asks on it" in words
    assert "none yet: a gap" in words


def test_nothing_typed_is_stored_or_in_an_address(settled: Visitor) -> None:
    """Looking up leaves the journal as it was and answers in place, without a redirect."""
    before = len(settled.desk.course.events())
    answer = settled.post("/takeaways/named", topic="snow <b>chains</b>")
    assert answer.status_code == 200 and "snow &lt;b&gt;chains" in answer.text
    assert len(settled.desk.course.events()) == before


def test_a_topic_is_kept_once_and_taken_back(settled: Visitor) -> None:
    """As a note; it shows whether it is covered today; removing it empties the list."""
    for _ in range(2):
        answer = settled.post("/takeaways/named/keep", topic="snow")
        assert answer.headers["location"] == "/takeaways/named?kept=1#kept-title"
    assert len(settled.desk.course.of_kinds("note")) == 1
    page = settled.get("/takeaways/named?kept=1")
    words = main_of(page)
    assert "1 topic kept" in words and "Kept as a note." in words
    about = re.search(r'name="about" value="([^"]+)"', page)
    assert about is not None
    settled.post("/takeaways/named/remove", about=about[1])
    assert "No topic kept yet" in main_of(settled.get("/takeaways/named"))


def test_only_what_is_listed_can_be_removed(settled: Visitor) -> None:
    """A made-up id, or the id of another note, writes nothing."""
    settled.desk.record("note", {"about": "rule:x", "text": "mine"}, settled.clock.now)
    settled.post("/takeaways/named/remove", about="rule:x")
    settled.post("/takeaways/named/remove", about="named-topic:none")
    assert len(settled.desk.course.of_kinds("note")) == 1


def test_a_text_as_long_as_a_stem_is_no_topic(settled: Visitor) -> None:
    """An empty field and a text as long as a question are refused in place; nothing is kept."""
    for path in ("/takeaways/named", "/takeaways/named/keep"):
        for topic, said in (
            (" \x00 ", "Name a topic"),
            ("word " * (MOST_WORDS + 1), "agreed not to share them"),
            ("x" * 5000, "agreed not to share them"),
        ):
            answer = settled.post(path, topic=topic)
            assert answer.status_code == 422 and said in answer.text
    assert not settled.desk.course.of_kinds("note")


def test_odd_signs_find_nothing_and_break_nothing(settled: Visitor) -> None:
    """Quotes, operators and stars are words like others."""
    wide = "\ufdfa" * 100  # one sign that unfolds to eighteen
    assert settled.post("/takeaways/named/keep", topic=wide).status_code == 303
    for topic in ('"', "NEAR(a b)", "* OR *", "a AND NOT", "'; drop"):
        assert settled.post("/takeaways/named", topic=topic).status_code in (200, 422)


def test_suggestions_only_for_single_words(shipped: Visitor) -> None:
    """A misspelt name brings what may be meant; mended word salad is not offered."""

    class Asked:
        app = shipped.client.app

    index = index_of(Asked(), shipped.desk)  # type: ignore[arg-type]
    assert named_topic(index, shipped.desk.pack, "Dataflw").suggestions
    assert named_topic(index, shipped.desk.pack, "cooking bread").suggestions == ()
