from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.labs.outcome import Ended, Outcome
from roadworthy.labs.record import checked_payload, records

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
OPEN = Outcome((Ended("runs", "passed"), Ended("weight", "failed", "It weighs double.", 0.2)))
HELD = Outcome((Ended("runs", "passed"), Ended("weight", "passed")))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """An empty journal."""
    with open_journal(tmp_path / "journal.sqlite3", create_as="journal-of-tests") as opened:
        yield opened


def keep(journal: SqliteJournal, kind: str, payload: Mapping[str, Any], minute: int) -> None:
    """Keep an event so many minutes after the start."""
    now = START + timedelta(minutes=minute)
    journal.append(kind, payload, key=f"{kind}:{minute}", now=now, zone="UTC")


def test_newest_run_counts_and_the_first_pass_stays(journal: SqliteJournal) -> None:
    """A lab that was passed stays passed on that day, whatever a later run says."""
    for minute, outcome in enumerate((OPEN, HELD, OPEN, HELD, OPEN)):
        keep(journal, "lab_checked", checked_payload("tiny", outcome), minute)

    record = records(journal.read())["tiny"]

    assert record.checked == 5
    assert record.passed_at == START + timedelta(minutes=1)
    assert record.last_at == START + timedelta(minutes=4)
    assert record.last[1] == {
        "check": "weight", "state": "failed", "text": "It weighs double.", "seconds": 0.2,
    }  # fmt: skip


def test_highest_hint_of_each_check_is_kept(journal: SqliteJournal) -> None:
    """Hints fold by check; a lower degree that comes later closes none."""
    for minute, (check, degree) in enumerate([("a", 1), ("a", 2), ("b", 1), ("a", 1)]):
        keep(journal, "hint_used", {"lab": "tiny", "check": check, "degree": degree}, minute)

    record = records(journal.read())["tiny"]

    assert record.hints == {"a": 2, "b": 1}
    assert (record.checked, record.passed_at, record.last) == (0, None, [])


def test_labs_are_told_apart_and_other_events_passed_over(journal: SqliteJournal) -> None:
    """Each lab has its own record, and a jump of the clock makes none."""
    keep(journal, "lab_checked", checked_payload("tiny", HELD), 0)
    keep(journal, "clock_jumped", {"seconds": 90.0}, 1)
    keep(journal, "hint_used", {"lab": "other", "check": "a", "degree": 3}, 2)

    found = records(journal.read())

    assert set(found) == {"tiny", "other"}
    assert found["other"].passed_at is None
