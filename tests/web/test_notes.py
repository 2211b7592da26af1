"""Notes and bookmarks: on each kind of thing, taken back, listed, found, and never lost."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadworthy.study.notes import LONGEST_NOTE

from .conftest import Visitor, main_of

DECISION = "/notes/decision/delivery-route"
PAGE = "/learn/decisions/delivery-route"


def answered(visitor: Visitor) -> str:
    """The id of a presentation that the candidate has answered."""
    return str(visitor.desk.course.of_kinds("responded")[-1].payload["presentation"])


def kept(visitor: Visitor) -> list[str]:
    """The notes and bookmarks of the journal, as their payloads say them."""
    events = visitor.desk.course.of_kinds("note", "bookmark")
    return [str(event.payload.get("text", event.payload.get("on"))) for event in events]


def field_of(page: str) -> str:
    """What the note's field holds."""
    found = re.search(r'<textarea id="note-text"[^>]*>([^<]*)</textarea>', page)
    assert found is not None
    return found[1]


def test_empty_page_says_how_to_begin(settled: Visitor) -> None:
    """Without notes there is one sentence on what will stand here, and one way on."""
    words = main_of(settled.get("/notes"))
    assert "Nothing noted yet" in words and "Notes and bookmarks stand here" in words
    assert 'href="/learn" data-key="Enter"' in settled.get("/notes")


def test_note_on_a_decision_is_kept_and_shown(settled: Visitor) -> None:
    """A saved note stands on its page and in the list, with its lines, and never as markup."""
    answer = settled.post(DECISION, text="Low bridges\r\nfirst <b>", back="thing")
    assert answer.headers["location"] == f"{PAGE}?noted=note#note"
    page = settled.get(f"{PAGE}?noted=note")
    assert field_of(page) == "Low bridges\nfirst &lt;b&gt;" and "Note saved." in page
    listed = settled.get("/notes")
    assert "1 note and no bookmarks" in main_of(listed)
    assert "Low bridges\nfirst &lt;b&gt;" in listed and f'href="{PAGE}"' in listed


def test_each_kind_of_thing_takes_note_and_bookmark(settled: Visitor) -> None:
    """The page of its note opens, and leads back to the page that shows the thing."""
    for kind in ("topic/roads", "resource/handbook", "decision/delivery-route"):
        path = f"/notes/{kind}"
        settled.post(path, text=f"on {kind}")
        settled.post(f"{path}/bookmark", on="1")
        page = settled.get(path)
        assert field_of(page) == f"on {kind}" and "Take the bookmark away" in page
        back = re.search(r'<a href="([^"#]+)[^"]*">Open the page that it is on', page)
        assert back is not None and path in settled.get(back[1])
    assert len(kept(settled)) == 6


def test_note_on_an_answered_item(studying: Visitor) -> None:
    """The page that gives the reasons has the field, and the list leads back to that item."""
    presentation = answered(studying)
    assert f'action="/notes/item/{presentation}"' in studying.get(f"/item/{presentation}")
    studying.post(f"/notes/item/{presentation}", text="read the goal first", back="thing")
    assert field_of(studying.get(f"/item/{presentation}")) == "read the goal first"
    assert f'href="/item/{presentation}"' in studying.get("/notes?kind=item")


def test_last_change_can_be_taken_back(settled: Visitor) -> None:
    """Undo brings back the text before, also after a removal; undo again redoes."""
    settled.post(DECISION, text="first")
    settled.post(DECISION, text="second")
    gone = settled.post(DECISION, text="  ", back="list")
    assert "Note removed." in settled.get(gone.headers["location"])
    assert "Nothing noted yet" in settled.get("/notes")
    undone = settled.post(f"{DECISION}/undo", back="list")
    assert field_of(settled.get(DECISION)) == "second"
    assert "Redo" in settled.get(undone.headers["location"])
    settled.post(f"{DECISION}/undo")
    assert kept(settled) == ["first", "second", "", "second", ""]


def test_same_again_changes_nothing(settled: Visitor) -> None:
    """A second press of Save or Bookmark leaves no event; taking the mark away leaves one."""
    for _ in range(2):
        settled.post(DECISION, text="once")
        settled.post(f"{DECISION}/bookmark", on="1")
    assert kept(settled) == ["once", "True"]
    for _ in range(2):
        settled.post(f"{DECISION}/bookmark", on="0")
    assert kept(settled) == ["once", "True", "False"]
    assert "1 note and no bookmarks" in main_of(settled.get("/notes"))


def test_mark_that_was_taken_away_in_the_list_can_be_brought_back(settled: Visitor) -> None:
    """The row is gone then, so the list itself offers to undo it."""
    settled.post(f"{DECISION}/bookmark", on="1")
    answer = settled.post(f"{DECISION}/bookmark", on="0", back="list")
    page = settled.get(answer.headers["location"])
    assert "Bookmark taken away." in page and f'action="{DECISION}/bookmark"' in page
    settled.post(f"{DECISION}/bookmark", on="1", back="list")
    assert "No notes and 1 bookmark" in main_of(settled.get("/notes"))


def test_notes_need_no_course(visitor: Visitor) -> None:
    """Who reads a lesson before the first question may write in it."""
    visitor.post(DECISION, text="early", back="thing")
    assert field_of(visitor.get(PAGE)) == "early" and "1 note" in visitor.get("/notes")


def test_too_long_a_note_stays_in_its_field(settled: Visitor) -> None:
    """Nothing is saved, the page says how long it may be, and what was typed is still there."""
    text = "x" * (LONGEST_NOTE + 1)
    answer = settled.post(DECISION, text=text)
    assert answer.status_code == 422 and kept(settled) == []
    assert f"A note holds {LONGEST_NOTE} characters" in answer.text
    assert field_of(answer.text) == text


def test_what_is_not_there_takes_no_note(settled: Visitor) -> None:
    """An unknown thing is a 404 with its mend, and nothing is kept."""
    for name in ("decision/none", "none/x", "item/none", "mock/a:9", "mock/x"):
        assert settled.client.get(f"/notes/{name}").status_code == 404
        answer = settled.post(f"/notes/{name}", text="lost")
        assert answer.status_code == 404 and "write the note there" in answer.text
    assert kept(settled) == []


def test_note_without_token_is_refused(settled: Visitor) -> None:
    """A form from elsewhere writes nothing down."""
    assert settled.client.post(DECISION, data={"text": "x"}).status_code == 403
    assert kept(settled) == []


def test_note_outlives_its_thing(settled: Visitor) -> None:
    """A note on content that is gone is still listed, found, and can be removed."""
    about = {"about": "decision:of-another-version", "text": "still true: salt"}
    settled.desk.record("note", about, settled.clock.now)
    assert "no longer in the content" in main_of(settled.get("/notes"))
    assert "still true" in settled.get("/notes/decision/of-another-version")
    settled.post("/notes/decision/of-another-version", text="")
    assert "Nothing noted yet" in settled.get("/notes")


def test_search_finds_notes_and_bookmarks(settled: Visitor) -> None:
    """Words of a note are found at once, a changed note by its new words only."""
    settled.post(DECISION, text="the zeppelin remark")
    page = settled.get("/search?q=zeppelin")
    assert f'href="{DECISION}"' in page and "Your notes and bookmarks" in main_of(page)
    settled.post(DECISION, text="the dirigible remark")
    assert "Nothing found" in settled.get("/search?q=zeppelin")
    settled.post("/notes/topic/roads/bookmark", on="1")
    title = settled.desk.pack.topics["roads"].head.title
    mine = settled.get(f"/search?q={title}&kind=note")
    assert re.findall(r'<a href="([^"]+)" data-result', mine) == ["/notes/topic/roads"]
    assert "Lessons" in main_of(mine), "the other kinds are one link away"


def test_mock_item_is_noted_after_its_end_only(studying: Visitor) -> None:
    """A running mock has no notes; each of its items has once it is over."""
    studying.post("/mocks/start", form="F", scale="short")
    assert studying.post("/notes/mock/F:1", text="early").status_code == 404
    studying.post("/mock/F/finish")
    answer = studying.post("/notes/mock/F:1", text="look at the tense", back="thing")
    assert answer.headers["location"] == "/mock/F/1/why?noted=note#note"
    assert field_of(studying.get("/mock/F/1/why")) == "look at the tense"
    assert "Your note: look at the tense" in main_of(studying.get("/mock/F/misses"))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_comes_back_as_it_was_written(settled: Visitor, text: str) -> None:
    """Whatever is written is kept, apart from space around it and the kind of line ends."""
    settled.post(DECISION, text=text)
    events = settled.desk.course.of_kinds("note")
    now = events[-1].payload["text"] if events else ""
    assert now == "\n".join(text.splitlines()).strip()
