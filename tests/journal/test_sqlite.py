from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy.event
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput, Conflict, NotThere, StoreTrouble
from roadworthy.journal.conflicts import KeyTaken
from roadworthy.journal.event import Event, to_milliseconds
from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.journal.store import Journal, JournalIdentity, NewEvent

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate

NOTE = {"about": "rule-1", "text": "decided by label delay"}


def test_what_is_kept_comes_back(empty_journal: SqliteJournal, fixed_now: datetime) -> None:
    """An event is read as it was acknowledged, after the file was closed and opened again."""
    store: Journal = empty_journal
    kept = store.append("note", NOTE, key="n1", now=fixed_now, zone="Asia/Kathmandu")
    assert kept == Event("laptop", 1, fixed_now, "Asia/Kathmandu", "n1", "note", NOTE)
    store.close()
    with open_journal(empty_journal.path) as again:
        assert again.read() == [kept]
        assert again.by_key("n1") == kept
        assert again.by_key("n2") is None
        assert again.last_seq() == 1


def test_the_same_event_sent_again_is_kept_once(candidate: Candidate) -> None:
    """A retry gives back the kept event, although time has passed."""
    candidate.sees("p1")
    first = candidate.responds("p1", 1)
    assert candidate.responds("p1", 1) == first
    assert candidate.journal.last_seq() == 2


def test_other_content_under_a_key_is_a_conflict_that_shows_both(candidate: Candidate) -> None:
    """A presentation is answered once; the second tab learns what was kept and what it sent."""
    candidate.sees("p1")
    kept = candidate.responds("p1", 1)
    with pytest.raises(KeyTaken) as conflict:
        candidate.responds("p1", 3)
    assert "Kept: chosen [1]. Sent: chosen [3]." in conflict.value.what
    assert conflict.value.stored == kept
    assert conflict.value.sent["chosen"] == [3]
    assert candidate.journal.read(kinds={"responded"}) == [kept]


def test_another_kind_under_a_key_is_a_conflict(candidate: Candidate) -> None:
    """The kind belongs to the content of a key."""
    candidate.notes("a", "k1")
    with pytest.raises(Conflict, match='Kept: an event "note"'):
        candidate.does("bookmark", {"about": "rule-1", "on": True}, "k1")


def test_two_threads_answering_one_presentation_give_one_response(candidate: Candidate) -> None:
    """Of two tabs that answer at the same moment one is kept, the other gets a conflict."""
    candidate.sees("p1")
    together = threading.Barrier(2)

    def respond(chosen: int) -> str:
        response = {"presentation": "p1", "chosen": [chosen], "milliseconds": 1}
        together.wait()
        try:
            candidate.journal.append("responded", response, key="p1", now=candidate.now, zone="UTC")
        except KeyTaken:
            return "conflict"
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(respond, [0, 1])) == ["conflict", "kept"]
    assert len(candidate.journal.read(kinds={"responded"})) == 1


def test_threads_of_two_programs_keep_all_of_their_events(
    journal_path: Path, fixed_now: datetime
) -> None:
    """Eight threads over two openings of one file lose nothing and share no number."""
    with (
        open_journal(journal_path, create_as="laptop") as one,
        open_journal(journal_path) as two,
        ThreadPoolExecutor(8) as pool,
    ):

        def keep(number: int) -> int:
            journal = (one, two)[number % 2]
            kept = journal.append("note", NOTE, key=f"n{number}", now=fixed_now, zone="UTC")
            return kept.seq

        assert sorted(pool.map(keep, range(40))) == list(range(1, 41))
        assert [event.seq for event in one.read()] == list(range(1, 41))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.timedeltas(timedelta(days=-400), timedelta(days=400)), max_size=8))
def test_moments_never_go_back(steps: list[timedelta]) -> None:
    """However the clock is set, at grows by 1 ms at least, and is never before now."""
    now = datetime(2026, 11, 24, 12, 0, 0, 123_999, tzinfo=UTC)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_journal(Path(folder) / "j.sqlite", create_as="a") as journal,
    ):
        kept = []
        for number, step in enumerate(steps):
            now += step
            kept.append(journal.append("note", NOTE, key=f"n{number}", now=now, zone="UTC"))
            assert kept[-1].at >= to_milliseconds(now)
        assert all(b.at - a.at >= timedelta(milliseconds=1) for a, b in pairwise(kept))
        assert journal.read() == kept == sorted(kept)


def test_moments_are_kept_in_utc(empty_journal: SqliteJournal) -> None:
    """A moment in another zone is the same instant in UTC."""
    berlin = datetime.fromisoformat("2026-11-24T20:30:00+01:00")
    kept = empty_journal.append("note", NOTE, key="n", now=berlin, zone="Europe/Berlin")
    assert kept.at.isoformat() == "2026-11-24T19:30:00+00:00"


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        (datetime.fromisoformat("2026-11-24"), "UTC"),
        (datetime(2026, 11, 24, tzinfo=UTC), "Mars/Olympus"),
    ],
)
def test_a_moment_without_zone_is_refused(
    empty_journal: SqliteJournal, now: datetime, zone: str
) -> None:
    """A naive now or an unknown zone is bad input, and nothing is kept."""
    with pytest.raises(BadInput):
        empty_journal.append("note", NOTE, key="n", now=now, zone=zone)
    assert empty_journal.last_seq() == 0


def test_a_batch_is_kept_whole_or_not_at_all(
    empty_journal: SqliteJournal, fixed_now: datetime
) -> None:
    """When the second event of a batch breaks a rule, the first is not kept either."""
    unknown = {"presentation": "p9", "chosen": [0], "milliseconds": 1}
    batch: list[NewEvent] = [("note", NOTE, "n1"), ("responded", unknown, "p9")]
    with pytest.raises(BadInput):
        empty_journal.append_all(batch, now=fixed_now, zone="UTC")
    assert empty_journal.read() == []
    kept = empty_journal.append_all(
        [("note", NOTE, "n1"), ("note", NOTE, "n2")], now=fixed_now, zone="UTC"
    )
    assert kept[1].at - kept[0].at == timedelta(milliseconds=1)
    assert empty_journal.append_all([], now=fixed_now, zone="UTC") == []


def test_reading_can_start_after_a_number_and_ask_for_kinds(candidate: Candidate) -> None:
    """Readers take up where they stopped, and get only the kinds that they ask for."""
    candidate.sees("p1")
    candidate.responds("p1")
    candidate.notes("later", "n1")
    read = candidate.journal.read
    assert [event.seq for event in read(after=1)] == [2, 3]
    assert [event.kind for event in read(kinds=["note", "responded"])] == ["responded", "note"]
    assert read(kinds=[]) == []
    with pytest.raises(BadInput, match='no event "answered"'):
        read(kinds={"answered"})


def test_the_learner_is_known_from_the_enrolment(candidate: Candidate) -> None:
    """Before enrolment there is no learner; a second pack keeps it, another learner is refused."""
    assert candidate.journal.identity == JournalIdentity("laptop", None)
    candidate.does("enrolled", {"learner": "u1", "pack": "gcp-pmle"}, "e1")
    candidate.does("enrolled", {"learner": "u1", "pack": "other"}, "e2")
    with pytest.raises(Conflict, match="belongs to the learner u1"):
        candidate.does("enrolled", {"learner": "u2", "pack": "gcp-pmle"}, "e3")
    assert candidate.journal.identity == JournalIdentity("laptop", "u1")


def test_a_new_journal_is_private(empty_journal: SqliteJournal) -> None:
    """The folder made for a journal, its file and its log are for their owner alone."""
    home = empty_journal.path.parent
    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in home.iterdir()} == {0o600}


def test_a_commit_is_flushed_to_the_disk(empty_journal: SqliteJournal) -> None:
    """The file is in WAL mode, and every connection of the pool synchronises fully."""
    with empty_journal._engine.connect() as one, empty_journal._engine.connect() as two:
        for connection in (one, two):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_the_id_of_a_journal_stays(empty_journal: SqliteJournal) -> None:
    """An existing journal keeps its id, whatever a later opening would call a new one."""
    with open_journal(empty_journal.path, create_as="other") as again:
        assert again.identity.journal == "laptop"


@pytest.mark.parametrize("journal", ["", "a b", "a~2", "ä", "x" * 65])
def test_an_id_that_would_not_merge_is_refused(journal_path: Path, journal: str) -> None:
    """Ids are plain, and nothing is created for a bad one."""
    with pytest.raises(BadInput):
        open_journal(journal_path, create_as=journal)
    assert not journal_path.exists()


def test_a_missing_journal_is_not_made_by_accident(journal_path: Path) -> None:
    """Without an id for a new one, a wrong path is an error and leaves nothing behind."""
    with pytest.raises(NotThere, match="There is no file"):
        open_journal(journal_path)
    assert not journal_path.parent.exists()


def test_a_closed_journal_says_so(candidate: Candidate) -> None:
    """After close, reading and writing give one clear error."""
    candidate.journal.close()
    uses: list[Callable[[], object]] = [
        candidate.journal.read,
        candidate.journal.last_seq,
        lambda: candidate.notes("x", "n1"),
        lambda: candidate.journal.backup(candidate.journal.path.with_name("b.sqlite")),
    ]
    for use in uses:
        with pytest.raises(StoreTrouble, match="The journal is closed"):
            use()


@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_that_was_moved_takes_no_more_events(candidate: Candidate, replaced: bool) -> None:
    """SQLite would go on writing into a file without a name; we refuse to say saved."""
    path = candidate.journal.path
    path.rename(path.with_name("moved.sqlite"))
    if replaced:
        path.touch()
    with pytest.raises(StoreTrouble, match="moved or replaced"):
        candidate.notes("x", "n1")


@pytest.mark.parametrize("statement", ["DELETE FROM events", "UPDATE events SET zone = 'UTC'"])
def test_kept_events_cannot_be_changed(candidate: Candidate, statement: str) -> None:
    """Not even another program changes or deletes an event by mistake."""
    kept = candidate.notes("x", "n1")
    with (
        closing(sqlite3.connect(candidate.journal.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="events are never"),
    ):
        connection.execute(statement)
    assert candidate.journal.read() == [kept]


def test_keeping_an_event_never_walks_the_journal(candidate: Candidate) -> None:
    """Every statement on the way of an answer uses an index that finds few rows."""
    statements: set[tuple[str, Any]] = set()

    def note_down(*said: object) -> None:
        if str(said[2]).startswith("SELECT"):
            statements.add((str(said[2]), said[3]))

    sqlalchemy.event.listen(candidate.journal._engine, "before_cursor_execute", note_down)
    candidate.sees("p1")
    candidate.responds("p1")
    candidate.withdraws("p1")
    candidate.journal.read(after=2)
    with closing(sqlite3.connect(candidate.journal.path)) as connection:
        plans = [
            step[3]
            for statement, values in statements
            for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert not [plan for plan in plans if plan.startswith("SCAN events")]
    assert not [plan for plan in plans if "by_kind" in plan and "at>" not in plan]
    assert [plan for plan in plans if "events_by_subject (subject=? AND kind=?)" in plan]
