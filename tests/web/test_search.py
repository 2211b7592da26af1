from __future__ import annotations

import re
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadworthy.web.app import PATHS

from .conftest import Visitor, main_of


def links(page: str) -> list[str]:
    """Where the results lead, in order."""
    inner = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'<a href="([^"]+)" data-result', inner)


def test_every_app_page_has_the_field(settled: Visitor) -> None:
    """A plain form in the header, with its key, and a link for narrow screens."""
    for path in ("/today", "/plan", "/settings"):
        page = settled.get(path)
        assert '<form class="top-search" role="search" action="/search" method="get">' in page
        assert page.count('data-key="/"') == 2
    assert settled.get("/search").count('data-key="/"') == 1


def test_the_empty_page_says_what_can_be_found(visitor: Visitor) -> None:
    """Kinds with their numbers, and examples that find something."""
    page = visitor.get("/search")
    assert "Everything here can be found" in main_of(page)
    assert "Commands and settings" in main_of(page)
    for example in re.findall(r'href="(/search\?q=[^"]+)"', page):
        assert links(visitor.get(example))


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("narrow lanes", "/learn/decisions/delivery-route"),
        ("loaf router", "/learn/cheat-sheet#t-dispatch"),
        ("start tonight", "/today"),
        ("exam date", "/settings#exam-date"),
        ("back up", "/settings#where"),
        ("outside share", "/glossary#outside-share"),
        ("handbook", "/resources#handbook"),
        ("papers by heart", "/takeaways#guess"),
        ("first stop", "/learn/limits"),
        ("snow", "/learn/objectives/2.1#2.1.b"),
    ],
)
def test_words_lead_to_their_page(settled: Visitor, words: str, opens: str) -> None:
    """Content, old names, settings, commands and words of the program are found."""
    found = links(settled.get(f"/search?q={words}"))
    assert [link for link in found if link.startswith(opens)], found


def test_every_result_opens(settled: Visitor) -> None:
    """Each path of the index is a page that is there, with its place on that page."""
    index = settled.client.app.state  # type: ignore[attr-defined]
    settled.get("/search?q=bread")
    paths = {one.paths[0] for one in index.search_index.documents}
    pages: dict[str, str] = {}
    lost = []
    for path in sorted(paths):
        page, _, anchor = path.partition("#")
        if page.startswith("https:"):
            continue
        if page not in pages:
            pages[page] = settled.get(page)
        if anchor and f'id="{anchor}"' not in pages[page]:
            lost.append(path)
    assert lost == []
    assert "/search" in PATHS


def test_results_stand_under_their_kind_with_its_number(settled: Visitor) -> None:
    """A kind alone is one link away, and an unknown kind is none."""
    words = main_of(settled.get("/search?q=goods"))
    assert re.search(r"\d+ results for “goods”", words)
    assert "Rules" in words and "Decisions" in words
    only = main_of(settled.get("/search?q=goods&kind=decision"))
    assert "Which way goods go" in only
    assert main_of(settled.get("/search?q=goods&kind=nothing&show=x")) == words


def test_more_results_are_one_link_away(settled: Visitor) -> None:
    """A kind with more than twenty shows twenty, and the link shows more."""
    page = settled.get("/search?q=the&kind=rule")
    if len(links(page)) == 20:
        assert len(links(settled.get("/search?q=the&kind=rule&show=40"))) > 20
    assert len(links(settled.get("/search?q=the&kind=rule&show=1"))) == 1


def test_each_kind_opens_its_list(settled: Visitor) -> None:
    """Without words, a kind lists all that is there of it; an unknown one lists the kinds."""
    start = settled.get("/search")
    assert 'href="/search?kind=decision"' in start
    page = settled.get("/search?kind=decision")
    assert "Which way goods go" in main_of(page)
    both = links(page) + links(settled.get("/search?kind=exhibit"))
    assert len(both) == len(settled.desk.pack.decisions)
    assert main_of(settled.get("/search?kind=nothing")) == main_of(start)


def test_nothing_found_says_what_to_try(settled: Visitor) -> None:
    """No dead end: what to try, and a name like the one that was typed."""
    words = main_of(settled.get("/search?q=zzzqqq"))
    assert "Nothing found for “zzzqqq”" in words and "Try fewer words" in words
    page = settled.get("/search?q=lof+ruter")
    assert "Did you mean" in page and "/search?q=Loaf%20Router" in page


def test_what_was_typed_is_escaped(settled: Visitor) -> None:
    """Markup in the words, the marks and the field stays text."""
    page = settled.get('/search?q="><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "<mark>goods</mark>" in settled.get("/search?q=goods")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=string.printable + 'éß"\x00…', max_size=30))
def test_any_words_give_a_page(settled: Visitor, text: str) -> None:
    """Whatever is asked for, the answer is a page."""
    answer = settled.client.get("/search", params={"q": text, "show": text, "kind": text})
    assert answer.status_code == 200


def test_a_decision_has_a_page_with_its_rules(settled: Visitor) -> None:
    """Brief, table with a place for each rule, beliefs, and practice of its rules."""
    page = settled.get("/learn/decisions/delivery-route")
    words = main_of(page)
    assert "What rules an option out" in words and "What many believe" in words
    assert 'name="target" value="delivery-route"' in page
    for decision in settled.desk.pack.decisions:
        places = re.findall(r' id="([^"]+)"', settled.get(f"/learn/decisions/{decision}"))
        assert len(places) == len(set(places))
    assert settled.client.get("/learn/decisions/nothing").status_code == 404


def test_the_glossary_is_a_page(visitor: Visitor) -> None:
    """Each word with its meaning and its place."""
    page = visitor.get("/glossary")
    assert 'id="readiness"' in page
    assert "The option that holds." in main_of(page)
