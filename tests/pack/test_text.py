from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.pack.catalog import FormerName, Term
from roadworthy.pack.model import Pack
from roadworthy.pack.text import (
    DiagramHere,
    LessonText,
    Names,
    Prose,
    TableHere,
    latest_former,
    name_terms,
)


@pytest.fixture
def lesson(tiny_pack: Pack) -> LessonText:
    """A renderer for the tiny pack."""
    return LessonText(tiny_pack.terms, tiny_pack.sources)


def term(**former: str | None) -> Term:
    """A term with former names (spaces as _) and the months in which they ended."""
    return Term.model_validate(
        {
            "name": "New",
            "former": [
                {"name": name.replace("_", " "), "until": until} for name, until in former.items()
            ],
            "for_what": "x",
            "source": "s",
            "checked": "2026-11-24",
        }
    )


def test_today_mode_gives_the_current_name(tiny_pack: Pack) -> None:
    """Stems and options carry today's names alone."""
    text = "Use {@dispatch} with {@lockers}"
    assert name_terms(text, tiny_pack.terms) == "Use Crumbline Dispatch with Crumbline Lockers"


def test_both_mode_names_the_former_one_once_a_text(tiny_pack: Pack) -> None:
    """Lessons help readers of older pages, without repeating themselves."""
    names = Names(tiny_pack.terms, "both")
    assert names.fill("{@dispatch}, {@lockers}") == (
        "Crumbline Dispatch (formerly Crumb Desk), Crumbline Lockers"
    )
    assert names.fill("{@dispatch}") == "Crumbline Dispatch"


@pytest.mark.parametrize(
    ("one", "former"),
    [
        (term(), None),
        (term(Old=None), "Old"),
        (term(Older="2020-01", Old="2026-04"), "Old"),
        (term(Old="2026-04", Older="2020-01"), "Old"),
        (term(Undated=None, Dated="2020-01"), "Dated"),
        (term(First=None, Second=None), "First"),
    ],
)
def test_latest_former_name_is_by_date(one: Term, former: str | None) -> None:
    """The order of the list does not matter where dates are known."""
    assert latest_former(one) == former


def test_unknown_term_stays_visible(tiny_pack: Pack) -> None:
    """Loading reports it; a page that shows it anyway does not fail."""
    assert name_terms("{@nope}", tiny_pack.terms) == "{@nope}"


def test_lesson_is_prose_with_places_for_table_and_diagram(
    tiny_pack: Pack, lesson: LessonText
) -> None:
    """The faces put the table and the drawing where the lesson names them."""
    blocks = lesson.blocks([text for _, text in tiny_pack.topics["roads"].parts])
    assert [[type(block) for block in part] for part in blocks] == [
        [Prose],
        [Prose, TableHere, DiagramHere],
        [Prose],
    ]
    assert blocks[1][1:] == [TableHere("delivery-route"), DiagramHere("roads")]


def test_source_link_leads_to_the_page_and_says_when_it_was_read(lesson: LessonText) -> None:
    """Class, address and title come from sources.yaml."""
    assert lesson.html("[here](source:oven-manual)") == (
        '<p><a class="source" href="https://example.org/oven/manual" '
        'title="Manual of the deck oven, checked 2026-11-24" rel="noopener noreferrer">here</a></p>'
    )


def test_former_names_are_given_once_in_a_lesson(lesson: LessonText) -> None:
    """Parts of one lesson share what was mentioned; the next lesson starts anew."""
    for _ in range(2):
        parts = lesson.blocks(["{@dispatch}", "{@dispatch}\n\n{{diagram:roads}}\n\n{@dispatch}"])
        text = " ".join(one.html for part in parts for one in part if isinstance(one, Prose))
        assert text.count("formerly") == 1
        assert text.count("Crumbline Dispatch") == 3


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("`{@dispatch}`", "<p><code>{@dispatch}</code></p>"),
        ("from $5 to $10", "<p>from $5 to $10</p>"),
        ("### Part", "<h3>Part</h3>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("```sql\nselect 1\n```", '<pre><code class="language-sql">select 1\n</code></pre>'),
        ("[a](/learn/x)", '<p><a href="/learn/x" rel="noopener noreferrer">a</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("$\\bad{$", "<p><code>\\bad{</code></p>"),
    ],
)
def test_markdown_becomes_plain_html(lesson: LessonText, markdown: str, html: str) -> None:
    """What lessons may hold, and nothing else, becomes markup."""
    assert lesson.html(markdown) == html


def test_formulas_become_mathml(lesson: LessonText) -> None:
    """No script draws a formula."""
    inline = lesson.html("recall $\\frac{tp}{tp + fn}$")
    assert "<mfrac>" in inline and 'display="inline"' in inline and "$" not in inline
    assert 'display="block"' in lesson.html("$$\nx^2\n$$")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,x)",
        "![x](https://example.org/pixel.png)",
        '<img src=x onerror="alert(1)">',
        '[x](https://example.org/"onmouseover="alert(1))',
        "$\\text{<script>alert(1)</script>}$",
        "$\\href{javascript:alert(1)}{x}$",
        "<style>p{}</style>",
    ],
)
def test_no_markup_gets_through(lesson: LessonText, attack: str) -> None:
    """A pack from somewhere else cannot run code or fetch anything."""
    html = lesson.html(attack)
    tags = re.findall(r"<([a-z0-9]+)([^>]*)>", html)
    assert not {name for name, _ in tags} & {"script", "img", "style", "iframe"}
    assert not [rest for _, rest in tags if re.search(r"\son\w+=|javascript:|data:", rest)]


@given(st.text(max_size=80))
def test_any_text_can_be_rendered(text: str) -> None:
    """Whatever a lesson holds, rendering gives HTML without scripts."""
    html = LessonText({}, {}).html(text)
    assert "<script" not in html


def test_undated_names_are_allowed_in_a_term() -> None:
    """A former name without a month is None there."""
    assert term(Old=None).former == [FormerName(name="Old", until=None)]
