from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

from roadworthy.web.teaching import clean_drawing, decision_table_of, prose

from .conftest import Visitor, main_of


def test_learn_lists_all_topics(studying: Visitor) -> None:
    """Each topic is there with what is written of it, its decisions, and where one stands."""
    words = main_of(studying.get("/learn"))
    assert re.search(r"One lesson to read, about \d+ minutes?", words)
    assert "Not written yet: what to read instead" in words
    assert re.search(r"\d+ rules, \d+ would hold on exam day", words)


def test_a_topic_shows_lesson_table_and_drawing(settled: Visitor) -> None:
    """Prose with names, the table made from rules, the drawing, a drill, and sources with days."""
    page = settled.get("/learn/topics/roads")
    words = main_of(page)
    assert "Bread that arrives late" in words
    assert "What the situation says" in words and "none met yet" in words
    assert '<figure class="drawing"><svg' in page
    assert "{{" not in words and "{@" not in words
    assert "checked 24 Nov 2026" in words
    assert "<math" in page


def test_reading_a_topic_counts_its_rules_as_met(settled: Visitor) -> None:
    """'I have read this' is kept once a day, and the page and the map say so."""
    first = settled.post("/learn/topics/roads/read", milliseconds="90000")
    second = settled.post("/learn/topics/roads/read", milliseconds="90000")
    assert first.headers["location"] == second.headers["location"] == "/learn/topics/roads#drill"
    kinds = [event.kind for event in settled.desk.course.events()]
    assert kinds.count("lesson_read") == 1
    words = main_of(settled.get("/learn/topics/roads"))
    assert "You read this on Tuesday 24 November" in words
    assert "none met yet" not in words


def test_the_drill_starts_a_session_on_the_topic(settled: Visitor) -> None:
    """Practice from a topic asks its decisions only, and teaches them first."""
    answer = settled.post(
        "/session", session="drill", purpose="topic", target="roads", minutes="15"
    )
    place = settled.client.get(answer.headers["location"], follow_redirects=False)
    assert place.headers["location"] == "/session/drill/read/delivery-route/brief"
    page = settled.get(place.headers["location"])
    assert "What decides" in page and "What is often believed" in page


def test_an_unwritten_topic_says_so(settled: Visitor) -> None:
    """It names what covers it until then, and drills what has items already."""
    words = main_of(settled.get("/learn/topics/ovens"))
    assert "lesson not written yet" in words
    assert "There are items already on" in words


def test_an_unknown_topic_is_not_there(settled: Visitor) -> None:
    """A wrong address says so, on a page, with the way back."""
    assert "There is no such topic." in settled.get("/learn/topics/nonsense", status=404)


def test_every_kind_of_table_is_drawn(settled: Visitor) -> None:
    """Choice, compute, steps and faults each have a table of their own kind."""
    kinds = {
        name: decision_table_of(settled.desk, name).kind for name in settled.desk.pack.decisions
    }
    assert {"choice", "compute", "steps"} <= set(kinds.values())
    environment = settled.client.app.state.renderer.environment  # type: ignore[attr-defined]
    draw = environment.get_template("_teaching.html").module.table_of
    for name in kinds:
        html = draw(decision_table_of(settled.desk, name))
        assert re.search(r"checked \d+ Nov 2026", html)
        assert "{" not in re.sub(r"<[^>]+>", "", html)


def test_rules_that_state_the_same_stand_together(settled: Visitor) -> None:
    """Each statement is said once, above all that falls by it."""
    drawn = decision_table_of(settled.desk, "delivery-route")
    assert sum(len(rows) for _, rows in drawn.groups) == len(drawn.table.rules)  # type: ignore[union-attr]
    names = [words for words, _ in drawn.groups]
    assert all(one != two for one, two in pairwise(names))


def test_prose_is_sanitized(settled: Visitor) -> None:
    """HTML of a lesson is text, and a script link is no link."""
    html = prose(settled.desk, "A <b onclick=x>bold</b> [way](javascript:alert(1))")
    assert isinstance(html, Markup)
    assert "<b" not in html and "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_drawings_keep_shapes_only() -> None:
    """Scripts, foreign objects, styles and handlers go; shapes and words stay."""
    svg = (
        '<svg viewBox="0 0 9 9" onload="x()"><script>x()</script><style>*{}</style>'
        '<foreignObject><p>no</p></foreignObject><rect width="9" style="fill:red"/>'
        '<image href="http://evil.example/x.png"/><text x="1">Oven</text></svg>'
    )
    cleaned = clean_drawing(svg)
    for bad in ("script", "style", "onload", "foreign", "image", "evil"):
        assert bad not in cleaned.lower()
    assert '<rect width="9"' in cleaned and "Oven" in cleaned
    assert 'viewBox="0 0 9 9"' in cleaned
