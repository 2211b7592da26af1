from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput
from roadworthy.study.brought import MOST_BYTES, Brought, read_brought

LINE = {"stem": "Which way?", "options": ["By van.", "By bike."], "provenance": "ours"}


def test_json_lines_come_in_their_order() -> None:
    """Each line is one item; empty lines do not count."""
    text = "\n\n".join(json.dumps({**LINE, "stem": f"Which way {at}?"}) for at in range(3))
    assert [one.stem for one in read_brought(text)] == ["Which way 0?", "Which way 1?",
                                                        "Which way 2?"]  # fmt: skip


def test_plain_text_is_cut_at_the_letters() -> None:
    """Options begin with their letters in order, in any of three styles, and may go on."""
    text = "We bake.\nA. Smith asks. Which way?\nA. By van,\n   a red one\nB) By bike\n(C) On foot"
    assert read_brought(text.replace("A. Smith", "Mr. Smith"), "ours") == [
        Brought(
            "We bake.\nMr. Smith asks. Which way?",
            ("By van, a red one", "By bike", "On foot"),
            "ours",
        )
    ]


def test_the_line_goes_before_the_option_in_naming_where_it_comes_from() -> None:
    """What stands in the line wins; without it the option of the command serves."""
    own, bare = json.dumps(LINE), json.dumps({**LINE, "provenance": " "})
    assert [one.provenance for one in read_brought(f"{own}\n{bare}", "a book")] == [
        "ours", "a book",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("", "no text", "the text"),
        ("Which way?", "2 to 8 options", "the text"),
        (json.dumps({**LINE, "provenance": ""}), "where the question comes from", "line 1"),
        (json.dumps(LINE) + "\n{", "not JSON", "line 2"),
        (json.dumps({**LINE, "options": "By van"}), "no options", "line 1"),
        (json.dumps({**LINE, "options": ["By van", 3]}), "no options", "line 1"),
        (json.dumps({**LINE, "stem": 3}), "no stem", "line 1"),
        (json.dumps({**LINE, "options": ["x"] * 9}), "2 to 8 options", "line 1"),
        (json.dumps({**LINE, "stem": "x" * 9000}), "8,000 letters", "line 1"),
        ('{"stem": ' + "[" * 100_000, "not JSON", "line 1"),
        ("x" * (MOST_BYTES + 1), "longer than", "the text"),
    ],
)
def test_bad_input_is_one_error_with_its_place(text: str, what: str, where: str) -> None:
    """Each names what is wrong and the line, and none is a fault of the program."""
    with pytest.raises(BadInput) as caught:
        read_brought(text)
    assert what in caught.value.what and caught.value.where == where and caught.value.mend


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but items or BadInput comes of any text."""
    try:
        assert all(one.stem and len(one.options) >= 2 for one in read_brought(text, "ours"))
    except BadInput as error:
        assert error.what
