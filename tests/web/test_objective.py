from __future__ import annotations

from roadworthy.web.objective import rows_of

from .conftest import Visitor, main_of


def test_an_objective_shows_notes_links_and_drills(settled: Visitor) -> None:
    """What decides on each part, pages to read, and a button that practices each decision."""
    page = settled.get("/learn/objectives/2.1")
    words = main_of(page)
    assert "Section 2, Roads: about 35% of the exam, in 2 objectives" in words
    assert "2.1 Choosing a way to deliver: items on 1 of 2 parts" in words
    assert (
        "The street decides first" in words and "Crumbline Dispatch (formerly Crumb Desk)" in words
    )
    assert "The handbook says that streets come first" in words
    assert "Which way the bread goes" in words  # the topic on it
    assert 'name="target" value="delivery-route"' in page
    assert "Exhibit:" in words


def test_a_part_without_items_says_so(settled: Visitor) -> None:
    """One honest line; and a note that nobody has confirmed is not shown."""
    words = main_of(settled.get("/learn/objectives/2.1"))
    assert "2.1.b Plan for snow No items yet" in words
    assert "Nobody has confirmed" not in words


def test_limits_on_a_part_are_counted(settled: Visitor) -> None:
    """What is asked by heart is no item of the forecast, and the page leads to it."""
    page = settled.get("/learn/objectives/2.1")
    assert main_of(page).count("2 limits on it to know by heart") == 1
    assert 'href="/learn/limits"' in page


def test_an_objective_without_notes_stands_with_its_parts(settled: Visitor) -> None:
    """Where nothing is written, the parts and their drills are there all the same."""
    words = main_of(settled.get("/learn/objectives/1.1"))
    assert "1.1 Running an oven" in words and "items on all 3 parts" in words
    assert "The notes were held against" not in words


def test_each_drill_starts_a_session_of_its_own(settled: Visitor) -> None:
    """The ids of the sessions differ, so that a second button starts its own decision."""
    page = settled.get("/learn/objectives/1.1")
    ids = [part.split('"')[0] for part in page.split('name="session" value="')[1:]]
    assert len(ids) == len(set(ids)) >= 3
    answer = settled.post(
        "/session", session=ids[0], purpose="topic", target="oven-rounds", minutes="15"
    )
    assert answer.headers["location"] == f"/session/{ids[0]}"


def test_learn_lists_all_objectives_with_their_coverage(settled: Visitor) -> None:
    """By section, each with how much of it has items, and the way to map and cheat sheet."""
    page = settled.get("/learn")
    words = main_of(page)
    for _, _, rows in rows_of(settled.desk.pack):
        for row in rows:
            assert f'href="/learn/objectives/{row.id}"' in page
            assert f"{row.title} {row.coverage}" in words
    assert 'href="/learn/map"' in page and 'href="/learn/cheat-sheet"' in page


def test_a_topic_leads_to_its_objectives(settled: Visitor) -> None:
    """The ids above a lesson are links."""
    assert '<a href="/learn/objectives/2.1">2.1</a>' in settled.get("/learn/topics/roads")


def test_an_unknown_objective_is_not_there(settled: Visitor) -> None:
    """A wrong address says so."""
    assert "There is no such objective." in settled.get("/learn/objectives/9.9", status=404)
