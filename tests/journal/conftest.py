"""Fixtures of the journal tests: a fixed moment, an empty journal, a candidate who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.journal.event import Event
from roadworthy.journal.sqlite import SqliteJournal, open_journal

ITEM = {"stem": "Labels come 90 days late.", "options": [{"text": "Wait"}, {"text": "Proxy"}]}


@dataclass
class Candidate:
    """Appends what a candidate does, one second after the other, in Berlin."""

    journal: SqliteJournal
    now: datetime

    def does(self, kind: str, payload: dict[str, Any], key: str) -> Event:
        """Append one event, a second after the last one."""
        self.now += timedelta(seconds=1)
        return self.journal.append(kind, payload, key=key, now=self.now, zone="Europe/Berlin")

    def sees(self, presentation: str, session: str | None = "s1") -> Event:
        """Be shown an item."""
        shown = {
            "presentation": presentation,
            "session": session,
            "form": None,
            "ordinal": 1,
            "purpose": "weakest rule",
            "step": "full",
            "aided": False,
            "item": ITEM,
            "pack_hash": "pack-1",
            "generator": "1",
        }
        return self.does("item_shown", shown, f"shown:{presentation}")

    def responds(self, presentation: str, chosen: int = 0, key: str | None = None) -> Event:
        """Respond to an item."""
        response = {"presentation": presentation, "chosen": [chosen], "milliseconds": 9000}
        return self.does("responded", response, key or presentation)

    def withdraws(self, presentation: str, key: str | None = None) -> Event:
        """Take a response back."""
        return self.does(
            "withdrawn", {"presentation": presentation}, key or f"withdrawn:{presentation}"
        )

    def starts_form(self, form: str, minutes: int, size: int = 3) -> Event:
        """Start a form whose deadline is that many minutes from now."""
        deadline = self.now + timedelta(minutes=minutes)
        started = {
            "form": form,
            "size": size,
            "seed": 7,
            "deadline": deadline.isoformat(),
            "allocation": {"1": size},
            "presentations": [{"presentation": f"{form}.{n}"} for n in range(1, size + 1)],
        }
        return self.does("form_started", started, f"started:{form}")

    def fills(self, form: str, ordinal: int, chosen: int, rev: int, tab: str = "a") -> Event:
        """Respond at a place of a form."""
        response = {
            "form": form,
            "ordinal": ordinal,
            "chosen": [chosen],
            "flagged": False,
            "rev": rev,
        }
        return self.does("form_responded", response, f"{tab}:{form}:{ordinal}:{rev}")

    def notes(self, text: str, key: str) -> Event:
        """Write a note."""
        return self.does("note", {"about": "rule-1", "text": text}, key)


@pytest.fixture
def fixed_now() -> datetime:
    """A Tuesday evening in November."""
    return datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    """Where the journal of a new home folder will be."""
    return tmp_path / "home" / "journal.sqlite"


@pytest.fixture
def empty_journal(journal_path: Path) -> Iterator[SqliteJournal]:
    """A new journal with the id ``laptop``."""
    with open_journal(journal_path, create_as="laptop", busy_timeout=0.05) as journal:
        yield journal


@pytest.fixture
def candidate(empty_journal: SqliteJournal, fixed_now: datetime) -> Candidate:
    """A candidate at the empty journal."""
    return Candidate(empty_journal, fixed_now)
