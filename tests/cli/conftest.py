"""A home folder, and one with a journal in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.journal_files import write_journal


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty private home folder, named by ROADWORTHY_HOME."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("ROADWORTHY_HOME", str(folder))
    return folder


@pytest.fixture
def journal(home: Path) -> Path:
    """The journal of that home: an enrolment and three notes."""
    path = home / "journal.sqlite3"
    write_journal(path, range(1, 4))
    return path
