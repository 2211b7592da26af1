from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.phrase import (
    assemble,
    capitalized,
    distance,
    fill,
    joined,
    sentence,
    slots_of,
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
    """Two clauses in one sentence: each span still holds its own words."""
    one, other = sentence(" ".join(first), "one"), sentence(" ".join(second), "other")

    stem, spans = assemble([joined(one, other)])

    assert len(spans) == 2
    assert [word.strip(".,").lower() for word in stem.split()[slice(*spans["one"])]] == first
    assert [word.strip(".,").lower() for word in stem.split()[slice(*spans["other"])]] == second


@pytest.mark.parametrize(("count", "off"), [(51, 1), (52, 0), (101, 0), (110, 9)])
def test_distance_from_the_bounds(count: int, off: int) -> None:
    """Inside the bounds, ends included, nothing is missing."""
    assert distance(count, (52, 101)) == off
