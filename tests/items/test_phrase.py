from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.item import Length
from roadworthy.items.phrase import (
    JOINED_WORDS,
    JOINS,
    Clause,
    assemble,
    capitalized,
    distance,
    fill,
    joined,
    sentence,
    slots_of,
    woven,
)

words = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=8)
clauses = st.lists(words.map(" ".join), min_size=1, max_size=5)


def test_tokens_become_words() -> None:
    """Slots and terms are replaced, everything else stays."""
    assert fill("{a} by {@b-c}, {a}.", {"a": "one", "@b-c": "Two"}) == "one by Two, one."


def test_token_without_words_is_an_error() -> None:
    """A slot that nobody fills is never shown as it is."""
    with pytest.raises(KeyError, match="gone"):
        fill("the {gone}", {})


def test_slots_leave_terms_out() -> None:
    """Terms come from the pack, so they are no demand on a frame."""
    assert slots_of("{a} and {@term} and {b_c}") == {"a", "b_c"}


@pytest.mark.parametrize(
    ("text", "expected"), [("a b", "A b"), ("[the word]", "[The word]"), ("“so”", "“So”"), ("", "")]
)
def test_first_letter_is_a_capital(text: str, expected: str) -> None:
    """Brackets and quotes in front of it are passed over."""
    assert capitalized(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("it is so", "It is so."), ("what now?", "What now?"), ("done.", "Done.")],
)
def test_sentence_ends_with_one_mark(text: str, expected: str) -> None:
    """A clause gets a dot, a whole sentence keeps its mark."""
    assert sentence(text).text == expected


def test_bracketed_words_are_the_decisive_ones() -> None:
    """Only what stands in brackets is marked, and the brackets go."""
    one = sentence("orders change [until an hour] before delivery", "timing")

    assert one.text == "Orders change until an hour before delivery."
    assert one.marked == (("timing", 2, 5),)


@given(clauses=clauses)
def test_spans_find_the_words_of_each_fact(clauses: list[str]) -> None:
    """In a stem of several sentences, the span of a fact holds its clause and nothing else."""
    parts = [sentence(clause, f"fact {n}") for n, clause in enumerate(clauses)]

    stem, spans = assemble([sentence("a setup"), *parts, sentence("what now?")])

    for n, clause in enumerate(clauses):
        start, end = spans[f"fact {n}"]
        assert " ".join(stem.split()[start:end]) == capitalized(clause) + "."


@given(first=words, second=words)
def test_joined_sentence_keeps_both_spans(first: list[str], second: list[str]) -> None:
    """Two clauses in one sentence: each span holds its own words and not the 'and'."""
    one, other = Clause(" ".join(first), "one"), Clause(" ".join(second), "other")

    stem, spans = assemble([joined(one, other)])

    assert stem == f"{capitalized(one.text)}, and {other.text}."
    assert [word.strip(".,").lower() for word in stem.split()[slice(*spans["one"])]] == first
    assert [word.strip(".,").lower() for word in stem.split()[slice(*spans["other"])]] == second


def test_joined_sentence_keeps_its_marked_words() -> None:
    """Brackets go, and what stood in them is what is marked, in both halves."""
    one = joined(
        Clause("the labels [arrive late]", "delay"), Clause("the team has [no servers]", "servers")
    )

    assert one.text == "The labels arrive late, and the team has no servers."
    assert one.marked == (("delay", 2, 4), ("servers", 8, 10))


@pytest.mark.parametrize(
    "second",
    [
        "rows come by night, by truck",
        "there is one rule: none",
        "it runs; it ends",
        " ".join("abc" * 9),
    ],
)
def test_clauses_with_marks_or_of_many_words_stand_alone(second: str) -> None:
    """A comma inside would make ', and' ambiguous, and a long sentence is hard to read."""
    said = [
        woven([Clause("rows come by day", "one"), Clause(second, "two")], Random(seed), "brief")
        for seed in range(20)
    ]

    assert {len(sentences) for sentences in said} == {2}


@given(clauses=clauses, seed=st.integers(0, 99), length=st.sampled_from(["brief", "exam"]))
def test_weaving_keeps_every_word_in_order(clauses: list[str], seed: int, length: Length) -> None:
    """Only ', and' is added, within the bounds; each fact keeps a span."""
    facts = [Clause(text, f"fact {n}") for n, text in enumerate(clauses)]

    said = woven(facts, Random(seed), length)
    stem, spans = assemble(said)

    bare = stem.lower().replace(", and ", " ").replace(".", "")
    assert bare == " ".join(clauses)
    assert len(facts) - len(said) <= JOINS[length]
    assert all(len(one.text.split()) <= JOINED_WORDS[length] for one in said if ", and" in one.text)
    assert len(spans) == len(facts)


def test_most_short_neighbors_are_joined() -> None:
    """Three times in four two short clauses share a sentence; else they stand apart."""
    facts = [Clause("rows come by day", "one"), Clause("labels come by night", "two")]

    joins = sum(len(woven(facts, Random(seed), "brief")) == 1 for seed in range(400))

    assert 260 <= joins <= 340


@pytest.mark.parametrize(("count", "off"), [(51, 1), (52, 0), (101, 0), (110, 9)])
def test_distance_from_the_bounds(count: int, off: int) -> None:
    """Inside the bounds, ends included, nothing is missing."""
    assert distance(count, (52, 101)) == off
