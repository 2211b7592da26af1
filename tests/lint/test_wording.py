from __future__ import annotations

import pytest

from roadworthy.lint.wording import article_of, faults, longest_sentence, plain, sentences


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A  model is late.", "has two blanks in a row"),
        ("It is late .", "has a blank before a mark"),
        ("It is late..", "has two marks in a row"),
        ("It is {late}.", "shows a brace"),
        ("It is [late].", "shows a bracket"),
        ("Well done!", "has an exclamation mark"),
        ("Look at the the model.", "says a word twice"),
        ("A order is late.", "says `a order`"),
        ("It takes a hour.", "says `a hour`"),
        ("It is an unit.", "says `an unit`"),
        ("Use a LLM.", "says `a LLM`"),
        ("   ", "is empty"),
    ],
)
def test_fault_is_found(text: str, fault: str) -> None:
    """What a reader stumbles over has a name."""
    assert fault in list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "An order waits an hour, at an 80 percent load.",
        "A unit, a user, a one-time key and a European rule.",
        "Use an ML model, a ROC curve, an ROC curve, a SQL script and an SQL script.",
        "Choose option A only if B fails; wait... then go on.",
        "It is 2.5 times as long, at 12:30.",
        "You had had a model that said that that was so.",
    ],
)
def test_good_text_has_no_fault(text: str) -> None:
    """English that is right is left alone, and where readers differ both ways are."""
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("hour", "an"),
        ("house", "a"),
        ("useful", "a"),
        ("uncle", "an"),
        ("11th", "an"),
        ("SQL", None),
    ],
)
def test_article_follows_the_sound(word: str, article: str | None) -> None:
    """Not the letter decides, but how the word is spoken."""
    assert article_of(word) == article


def test_sentences_end_at_marks_before_a_blank() -> None:
    """A point inside a number ends nothing, nor does a colon."""
    text = "It is 2.5: so. Is it? Yes, “it is.” Well"

    assert sentences(text) == ["It is 2.5: so.", "Is it?", "Yes, “it is.”", "Well"]
    assert longest_sentence(text) == 4
    assert longest_sentence("") == 0


def test_plain_text_ends_entries_and_rows() -> None:
    """Lists and tables are no long sentences, and marks of Markdown are no words."""
    markdown = (
        "Look at **two** [things](source:x):\n\n- the `load`\n- the way\n\n"
        "| part | name |\n|---|---|\n| right | precision |\n\n## Then\nGo on\nfrom here."
    )

    text = plain(markdown)

    assert "*" not in text
    assert "source" not in text
    assert "---" not in text
    assert longest_sentence(text) == 4
    assert text.endswith("Then. Go on from here.")
