from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from roadworthy.errors import BadInput, Conflict
from roadworthy.journal.conflicts import LateResponse, StaleForm
from roadworthy.journal.forms import Entry, form_state
from roadworthy.journal.store import NewEvent

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate


def test_a_response_needs_an_item_that_was_shown(candidate: Candidate) -> None:
    """Responses, flips and withdrawals of an unknown presentation are bad input."""
    flip = {"presentation": "p1", "flip": 0, "chosen": 1, "right": True}
    acts: list[Callable[[], object]] = [
        lambda: candidate.responds("p1"),
        lambda: candidate.withdraws("p1"),
        lambda: candidate.does("flipped", flip, "f1"),
    ]
    for act in acts:
        with pytest.raises(BadInput, match="No item was shown under the presentation p1"):
            act()
    assert candidate.journal.last_seq() == 0


def test_the_key_of_a_response_is_its_presentation(candidate: Candidate) -> None:
    """Under another key one presentation could be answered twice, so it is refused."""
    candidate.sees("p1")
    with pytest.raises(BadInput, match='Use the key "p1"'):
        candidate.responds("p1", key="other")


def test_the_key_of_a_response_stays_free(candidate: Candidate) -> None:
    """An item cannot be shown under the key that its response needs."""
    shown = dict(candidate.sees("p1").payload) | {"presentation": "p2"}
    with pytest.raises(BadInput, match="shown:p2"):
        candidate.does("item_shown", shown, "p2")


def test_a_presentation_session_or_form_starts_once(candidate: Candidate) -> None:
    """The same id under another key is a conflict."""
    shown = candidate.sees("p1")
    with pytest.raises(Conflict, match="already in the journal for p1"):
        candidate.does("item_shown", dict(shown.payload), "again")
    started = candidate.starts_form("f1", 120)
    with pytest.raises(Conflict, match="already in the journal for f1"):
        candidate.does("form_started", dict(started.payload), "again")
    session = {"session": "s1", "purpose": "more", "minutes": 5, "target": None, "seed": 1}
    candidate.does("session_started", session, "s1")
    with pytest.raises(Conflict, match="already in the journal for s1"):
        candidate.does("session_started", session, "again")


def test_undo_lasts_until_the_next_item(candidate: Candidate) -> None:
    """A response can be taken back until its session shows another item."""
    candidate.sees("p1")
    candidate.responds("p1")
    candidate.sees("other", session="s2")
    candidate.withdraws("p1")
    candidate.sees("p2")
    candidate.responds("p2")
    candidate.sees("p3")
    with pytest.raises(Conflict, match="next item has been shown"):
        candidate.withdraws("p2")


def test_what_was_taken_back_cannot_be_answered(candidate: Candidate) -> None:
    """After a withdrawal no response comes in, and a second withdrawal is a conflict."""
    candidate.sees("p1")
    candidate.withdraws("p1")
    with pytest.raises(Conflict, match="was taken back"):
        candidate.responds("p1")
    with pytest.raises(Conflict, match="already in the journal for p1"):
        candidate.withdraws("p1", key="other")
    assert candidate.withdraws("p1").seq == 2


def test_a_retry_of_an_answer_holds_after_undo(candidate: Candidate) -> None:
    """The network may send the first answer again late: it is the one that is kept."""
    candidate.sees("p1")
    kept = candidate.responds("p1")
    candidate.withdraws("p1")
    assert candidate.responds("p1") == kept


def test_a_stale_rev_gets_the_state(candidate: Candidate) -> None:
    """Two tabs change one place: the second gets a conflict with the form as it stands."""
    candidate.starts_form("f1", 120)
    candidate.fills("f1", 1, chosen=0, rev=1)
    candidate.fills("f1", 2, chosen=3, rev=1)
    candidate.fills("f1", 1, chosen=2, rev=2)
    with pytest.raises(StaleForm, match="is at rev 2, so the next is 3, not 2") as stale:
        candidate.fills("f1", 1, chosen=1, rev=2, tab="b")
    assert stale.value.http_status == 409
    assert stale.value.state.entries == {1: Entry((2,), False, 2), 2: Entry((3,), False, 1)}
    assert stale.value.state.as_json()["entries"] == {
        "1": {"chosen": [2], "flagged": False, "rev": 2},
        "2": {"chosen": [3], "flagged": False, "rev": 1},
    }


@pytest.mark.parametrize("rev", [2, 7])
def test_a_rev_cannot_be_skipped(candidate: Candidate, rev: int) -> None:
    """The first response of a place has rev 1."""
    candidate.starts_form("f1", 120)
    with pytest.raises(StaleForm, match="the next is 1"):
        candidate.fills("f1", 1, chosen=0, rev=rev)


def test_a_form_has_its_places(candidate: Candidate) -> None:
    """A place beyond the form, and a form that never started, are bad input."""
    candidate.starts_form("f1", 120, size=3)
    with pytest.raises(BadInput, match="there is no place 4"):
        candidate.fills("f1", 4, chosen=0, rev=1)
    with pytest.raises(BadInput, match="No form was started under f2"):
        candidate.fills("f2", 1, chosen=0, rev=1)


def test_a_late_response_is_refused_and_kept_as_late(candidate: Candidate) -> None:
    """After the deadline nothing counts, but what was sent is in the journal, once."""
    started = candidate.starts_form("f1", 120)
    candidate.fills("f1", 1, chosen=0, rev=1)
    candidate.now = started.at + timedelta(minutes=121)
    for _ in range(2):
        with pytest.raises(LateResponse, match="The time was over") as late:
            candidate.fills("f1", 1, chosen=2, rev=2)
        assert late.value.state.entries[1].chosen == (0,)
    [kept] = candidate.journal.read(kinds={"form_late"})
    assert kept.payload["chosen"] == [2]
    assert kept.payload["seconds"] == pytest.approx(62, abs=1)
    assert len(candidate.journal.read(kinds={"form_responded"})) == 1


def test_a_response_at_the_deadline_counts(candidate: Candidate) -> None:
    """The last moment belongs to the form."""
    started = candidate.starts_form("f1", 120)
    deadline = started.at + timedelta(minutes=120, seconds=-1)
    candidate.now = deadline - timedelta(seconds=1)
    assert candidate.fills("f1", 1, chosen=0, rev=1).at == deadline


def test_a_late_event_takes_its_whole_batch_with_it(candidate: Candidate) -> None:
    """Of a batch with a late response only the note that it was late is kept."""
    candidate.starts_form("f1", 1)
    late = {"form": "f1", "ordinal": 1, "chosen": [1], "flagged": False, "rev": 1}
    batch: list[NewEvent] = [
        ("note", {"about": "f1", "text": "x"}, "n1"),
        ("form_responded", late, "r1"),
    ]
    now = candidate.now + timedelta(minutes=5)
    with pytest.raises(LateResponse):
        candidate.journal.append_all(batch, now=now, zone="UTC")
    assert [event.kind for event in candidate.journal.read()] == ["form_started", "form_late"]


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_set_leaves_the_time_that_is_left(candidate: Candidate, hours: int) -> None:
    """With 60 minutes left a jump of two hours leaves 60 minutes, forward or back."""
    candidate.starts_form("f1", 60)
    jump = timedelta(hours=hours)
    candidate.now += jump
    candidate.does("clock_jumped", {"seconds": jump.total_seconds()}, "jump")
    candidate.now += timedelta(minutes=58)
    candidate.fills("f1", 1, chosen=0, rev=1)
    candidate.now += timedelta(minutes=3)
    with pytest.raises(LateResponse):
        candidate.fills("f1", 2, chosen=0, rev=1)


def test_a_jump_before_the_start_does_not_count(candidate: Candidate) -> None:
    """A deadline is shifted only by what happened to the clock after it was set."""
    candidate.does("clock_jumped", {"seconds": 7200.0}, "jump")
    started = candidate.starts_form("f1", 60)
    state = form_state(candidate.journal.read(), "f1")
    assert state is not None
    assert state.deadline == started.at + timedelta(minutes=60, seconds=-1)


def test_a_finished_form_is_closed(candidate: Candidate) -> None:
    """After the end neither a response nor a second end comes in."""
    candidate.starts_form("f1", 120)
    candidate.does("form_finished", {"form": "f1", "reason": "finished"}, "end:f1")
    with pytest.raises(StaleForm, match="finished") as closed:
        candidate.fills("f1", 1, chosen=0, rev=1)
    assert closed.value.state.finished
    with pytest.raises(StaleForm):
        candidate.does("form_finished", {"form": "f1", "reason": "time_over"}, "end-2:f1")
    assert form_state(candidate.journal.read(), "f2") is None
