from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.pack.full_text import SHOWN, SearchIndex
from roadworthy.pack.search_document import KINDS, Document
from roadworthy.pack.search_found import Found, Marked, joined
from roadworthy.pack.search_words import LONGEST_QUERY


def document(title: str, text: str = "", kind: str = "rule", **more: str) -> Document:
    """A document that opens somewhere."""
    return Document(kind, title, text, ("/somewhere",), **more)


INDEX = SearchIndex(
    [
        document("Crème brûlée", "Burn the sugar with a torch."),
        document("Sugar", "What burns on top of a crème brûlée."),
        document("Precision of an oven", "How near it stays to the set heat."),
        document("Crumb Desk", "Plans the rounds.", "name", former="Loaf Router, Van Finder"),
        document("Airship", "It flies."),
        document("AI", "It reckons."),
        document("Start an evening", "By its button.", "command"),
        document("Ovens start slowly", "Start them early, start them twice.", "rule"),
        document("Back up", "roadworthy journal backup", "command"),
        document("<b>Angles</b> & signs", "a < b"),
    ]
)


def titles(found: Found) -> list[str]:
    """The titles of what was found, in order."""
    return [hit.document.title for group in found.groups for hit in group.hits]


def marks(pieces: Marked) -> list[str]:
    """What is marked in a text."""
    return [text for text, found in pieces if found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("creme brulee", "Crème brûlée"),
        ("CRÈME", "Crème brûlée"),
        ("burning sugar", "Sugar"),
        ("precisi", "Precision of an oven"),
        ("ov", "Ovens start slowly"),
        ("loaf router", "Crumb Desk"),
        ("ai", "AI"),
        ("start", "Start an evening"),
        ("backup", "Back up"),
        ("angles & <b>", "<b>Angles</b> & signs"),
        ('"journal backup"', "Back up"),
    ],
)
def test_words_find_what_they_mean(text: str, first: str) -> None:
    """Accents, case, endings, begun words, former names and signs do not hide a document."""
    assert titles(INDEX.search(text))[0] == first


def test_two_words_find_what_is_written_as_one() -> None:
    """'jour nal' is 'journal' where that is a word of the documents."""
    assert titles(INDEX.search("jour nal")) == ["Back up"]


def test_a_title_goes_before_a_text() -> None:
    """The same word weighs more in a title than in a text."""
    assert titles(INDEX.search("sugar")) == ["Sugar", "Crème brûlée"]


def test_a_phrase_in_quotes_keeps_its_order() -> None:
    """Quoted words must stand side by side, others anywhere."""
    assert titles(INDEX.search('"torch sugar"')) == []
    assert titles(INDEX.search("torch sugar")) == ["Crème brûlée"]


def test_all_words_are_wanted_then_some() -> None:
    """Where no document has all words, those with some of them are found, and it is said."""
    assert not INDEX.search("sugar torch").loose
    found = INDEX.search("sugar airship")
    assert found.loose
    assert {"Sugar", "Airship"} <= set(titles(found))


def test_a_misspelt_name_is_suggested() -> None:
    """A name of a product, today's or former, like what was typed; else the nearest words."""
    assert INDEX.search("lof ruter").suggestions == ("Loaf Router",)
    assert INDEX.search("percision").suggestions == ("precision",)
    assert INDEX.search("sugar").suggestions == ()


def test_marks_show_what_was_found() -> None:
    """The words found are marked in title and text, in pieces that make up the whole."""
    (hit,) = INDEX.search("torch").groups[0].hits
    assert marks(hit.snippet) == ["torch"]
    assert "".join(text for text, _ in hit.title) == "Crème brûlée"


def test_a_former_name_is_told_where_only_it_fits() -> None:
    """A document found by a former name alone says which name that was."""
    (hit,) = INDEX.search("van finder").groups[0].hits
    assert marks(hit.former) == ["Van", "Finder"]
    assert INDEX.search("crumb").groups[0].hits[0].former == ()


def test_no_kind_takes_the_whole_page() -> None:
    """Of many kinds each shows its best, with its whole number; one kind alone fills the page."""
    many = [document(f"Wheel {n}", "round") for n in range(60)]
    index = SearchIndex([*many, document("Wheel maker", "wheel", "name")])
    found = index.search("wheel")
    assert [(group.kind, group.total) for group in found.groups] == [("name", 1), ("rule", 60)]
    assert found.shown <= SHOWN and found.total == 61
    assert index.search("wheel", kind="rule").shown == SHOWN
    assert index.search("wheel", kind="rule", most=60).shown == 60
    assert index.search("round").shown == SHOWN


@given(st.text(max_size=LONGEST_QUERY + 20))
def test_any_text_may_be_searched(text: str) -> None:
    """Whatever is typed, the search answers, and counts what it shows."""
    found = INDEX.search(text)
    assert found.shown <= found.total
    assert all(kind in KINDS for kind, _, _ in found.counts)


@given(st.text(alphabet='"*:-^(){}+\x00\x02\ud800 aéAND', max_size=40))
def test_signs_of_the_query_language_are_plain_text(text: str) -> None:
    """Quotes, operators, control signs and broken characters make no error."""
    INDEX.search(text)


def test_several_threads_may_search_at_once() -> None:
    """Each gets its own answer."""
    answers: dict[str, list[str]] = {}

    def ask(word: str) -> None:
        for _ in range(20):
            answers[word] = titles(INDEX.search(word))

    threads = [threading.Thread(target=ask, args=(word,)) for word in ("torch", "airship")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {"torch": ["Crème brûlée"], "airship": ["Airship"]}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("airship", ["Mine", "Airship"]),  # both hold the word
        ("zeppelin", ["Mine"]),  # only the second index knows it
        ("sugar torch", ["Crème brûlée"]),  # here all words, there none
        ("airship zeppelin", ["Mine"]),  # here all words, there some
    ],
)
def test_two_indexes_answer_as_one(words: str, found: list[str]) -> None:
    """What has all of the words goes alone before what has some of them; counts are summed."""
    mine = SearchIndex([document("Mine", "An airship is a zeppelin.", "note")])
    both = joined(mine.search(words), INDEX.search(words))
    assert titles(both) == found and both.total == len(found) and not both.loose
