"""Marks of a finished page: what is curled, and what stays as it was typed."""

from __future__ import annotations

import pytest

from roadworthy.web.typography import set_type


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("<p>the exam's length</p>", "<p>the exam’s length</p>"),
        ("<p>the exam&#39;s length</p>", "<p>the exam’s length</p>"),
        ("<p>say 'read it' first</p>", "<p>say ‘read it’ first</p>"),
        ("<p>Too early: &#39;copy&#39;.</p>", "<p>Too early: ‘copy’.</p>"),
        ("<p>the drivers' logs</p>", "<p>the drivers’ logs</p>"),
        ("<p>('a')</p>", "<p>(‘a’)</p>"),
    ],
)
def test_straight_marks_of_the_text_are_curled(typed: str, set_: str) -> None:
    """Apostrophes and single quotes, escaped or not, take their curly form."""
    assert set_type(typed) == set_


@pytest.mark.parametrize(
    "kept",
    [
        "<code>split == 'train'</code>",
        "<pre>a = 'b'\nc = &#39;d&#39;</pre>",
        '<textarea name="text">it\'s</textarea>',
        "<script>const name = 'x' < 'y';</script>",
        '<a title="the exam\'s page" href="/x">link</a>',
        "<meta content='{\"a\": 1 > 0}'>",
    ],
)
def test_code_and_attributes_stay(kept: str) -> None:
    """What a program or a tag says is not text."""
    assert set_type(kept) == kept


def test_long_names_in_formulas_stand_upright() -> None:
    """A name of several letters, as ln, is no product of variables."""
    assert set_type("<mi>ln</mi><mi>x</mi>") == "<mtext>ln</mtext><mi>x</mi>"
