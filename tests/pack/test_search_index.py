from __future__ import annotations

from dataclasses import replace

import pytest

from roadworthy.pack.decision_table import table_of
from roadworthy.pack.glossary import glossary_documents
from roadworthy.pack.model import Pack
from roadworthy.pack.search_document import KINDS, Document
from roadworthy.pack.search_index import documents_of, openable
from roadworthy.pack.table_rows import ChoiceTable


@pytest.fixture(scope="module")
def documents(tiny_pack: Pack) -> list[Document]:
    """All documents of the tiny pack."""
    return list(documents_of(tiny_pack))


def of_kind(documents: list[Document], kind: str) -> list[Document]:
    """The documents of one kind."""
    return [one for one in documents if one.kind == kind]


def test_each_kind_of_content_is_there(documents: list[Document]) -> None:
    """Every kind that a pack can hold has a document, and each document is of a known kind."""
    beside_the_pack = {"command", "page", "word", "note"}
    assert {one.kind for one in documents} == set(KINDS) - beside_the_pack


def test_no_document_shows_a_token(documents: list[Document]) -> None:
    """Terms are named and slots filled; code of a lesson, which may hold braces, is apart."""
    texts = [f"{one.title} {one.text} {one.under}" for one in documents if one.kind != "topic"]
    assert [text for text in texts if "{" in text or "](" in text or "**" in text] == []


def test_each_confirmed_rule_opens_its_row(documents: list[Document], tiny_pack: Pack) -> None:
    """A rule's document leads to its place on the page of its decision, its reason in the text."""
    table = table_of(tiny_pack, "delivery-route")
    assert isinstance(table, ChoiceTable)
    found = {one.paths[0]: one for one in of_kind(documents, "rule")}
    for row in table.rules:
        short = row.evidence.rule.removeprefix("delivery-route.")
        rule = found[f"/learn/decisions/delivery-route#{short}"]
        assert row.because in rule.text[:1].lower() + rule.text[1:]
        assert rule.under.endswith(short)


def test_an_unconfirmed_claim_is_no_document(documents: list[Document]) -> None:
    """A placement or note that nobody confirmed cannot be found."""
    texts = " ".join(f"{one.title} {one.text}" for one in documents)
    assert "lockers plan anything" not in texts
    assert "Nobody has confirmed a word on snow" not in texts


def test_a_limit_keeps_its_answer(documents: list[Document]) -> None:
    """What is to be known by heart is found by what is asked, never with the answer."""
    words = next(one for one in of_kind(documents, "limit") if "loaded last" in one.title)
    assert words.text == "Which goods are loaded last?"
    assert "soft" not in f"{words.title} {words.text} {words.under}"


def test_what_names_a_product_knows_its_former_names(documents: list[Document]) -> None:
    """The lesson says today's name only, and is found under those before too."""
    lesson = next(one for one in of_kind(documents, "topic") if "knows both" in one.text)
    assert "Crumbline Dispatch" in lesson.text and "Loaf Router" not in lesson.text
    assert lesson.former == "Loaf Router, Crumb Desk"


def test_a_heading_without_its_lesson_says_of_which(documents: list[Document]) -> None:
    """'What decides' stands in many lessons, so the title names the topic, the path the part."""
    part = next(one for one in of_kind(documents, "topic") if "What decides" in one.title)
    assert part.title == "Which way the bread goes · What decides"
    assert part.paths == ("/learn/topics/roads#what-decides",)


def test_only_pages_that_exist_are_offered(documents: list[Document]) -> None:
    """The first path that a page shows is kept; what no page shows is left out."""
    one = Document("name", "A", "", ("/nowhere#a", "/learn/topics/x#b", "https://example.org/a"))
    pages = ["/learn/topics/{topic}"]
    assert [found.paths for found in openable([one], pages)] == [("/learn/topics/x#b",)]
    assert [found.paths for found in openable([one], [])] == [("https://example.org/a",)]
    assert list(openable([replace(one, paths=("/learn/topics/x/y",))], pages)) == []
    assert list(openable(documents, ["/today"])) != documents


def test_glossary_words_have_a_place() -> None:
    """Each word of the glossary is a document that opens at its line."""
    found = {one.title: one for one in glossary_documents()}
    assert found["Outside share"].paths == ("/glossary#outside-share",)
    assert found["Key"].text == "The option that holds."
