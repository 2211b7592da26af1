"""Journals on disk for the tests of the journal commands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy.journal.event import Event
from roadworthy.journal.sqlite import open_journal

EVENING = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)


def write_journal(path: Path, notes: range, learner: str = "learner-1") -> list[Event]:
    """A journal of one learner with an enrolment and some notes, a second apart."""
    with open_journal(path, create_as=f"id-{path.stem}-{path.parent.name}"[:64]) as journal:
        journal.append(
            "enrolled",
            {"learner": learner, "pack": "gcp-pmle"},
            key="enrolled",
            now=EVENING,
            zone="Europe/Berlin",
        )
        for number in notes:
            journal.append(
                "note",
                {"about": "rule-1", "text": f"note {number}, ö"},
                key=f"note:{number}",
                now=EVENING + timedelta(seconds=number),
                zone="Europe/Berlin",
            )
        return journal.read()


def events_of(path: Path) -> list[Event]:
    """All events of a journal file."""
    with open_journal(path) as journal:
        return journal.read()


def damage(path: Path) -> None:
    """Overwrite all pages but the first two."""
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


def lines_said(capsys: pytest.CaptureFixture[str], *homes: Path) -> list[str]:
    """The lines on stdout, none over 80 columns apart from the paths of the test's own folder."""
    out = capsys.readouterr().out
    for line in out.splitlines():
        assert len(line) <= 80 or any(str(home) in line for home in homes), line
    return out.splitlines()


# --- status, backup, restore
