"""The sheet of misses: what was wrong, why, and the source; and no markup of a candidate's own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.web.conftest import Clock

from roadworthy.exchange.answers import own_answers
from roadworthy.exchange.formats import Sources, export
from roadworthy.exchange.markdown_text import address, block, plain
from roadworthy.exchange.misses import misses_sheet
from roadworthy.workspace import Workspace


def rendered(text: str) -> str:
    """HTML of the Markdown, with raw HTML let through."""
    return MarkdownIt("commonmark", {"html": True}).render(text)


@given(st.text(alphabet="<>&`*_[]()#!|~$\\:/.-+= 1abw\n\"'", max_size=40))
def test_any_text_stays_text(text: str) -> None:
    """As Markdown with HTML allowed it makes one paragraph that says the text and nothing else."""
    from html import unescape

    html = rendered(plain(text))
    shown = html.removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in shown
    assert unescape(shown) == " ".join(text.split())


def test_script_is_words() -> None:
    """A script tag and a script link come out as what was typed."""
    assert "<script" not in rendered(plain("<script>alert(1)</script>"))
    assert "href" not in rendered(plain("[x](javascript:alert(1))"))
    assert address("javascript:alert(1)") == ""


def test_no_line_ends_a_block_of_code() -> None:
    """A fence inside an exhibit does not close the one around it."""
    html = rendered(block(("```", "<b>x</b>")))
    assert html.count("<pre>") == 1 and "<b>" not in html


def test_each_miss_has_reason_and_source(sources: Sources, desk: Workspace) -> None:
    """Every situation that was missed is there once, with the key, the choice and a source."""
    sheet = export("markdown", sources).decode()
    wrong = [one for one in own_answers(desk.course.events()) if not one.row.right]
    situations = {one.row.situation for one in wrong}
    assert len(situations) >= 3
    assert sheet.count("\n### ") == len(situations)
    assert sheet.count("your choice") >= len(situations) - 1
    assert sheet.count("- Source: [") >= len(situations)
    for one in {one.row.situation: one for one in wrong}.values():
        assert plain(one.item.stem) in sheet


def test_a_sheet_without_misses_says_so(desk: Workspace, clock: Clock) -> None:
    """Nothing wrong gives a page that says it, not an empty file."""
    right = [
        replace(one, row=one.row.model_copy(update={"right": True}))
        for one in own_answers(desk.course.events())
    ]
    sheet = misses_sheet(right, desk.pack, desk.today(clock.now))
    assert "Nothing was answered wrong yet" in sheet
