from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.journal.event import Event
from roadworthy.journal.sqlite import open_journal


@dataclass(frozen=True)
class Running:
    """A journal in the middle of its work: its file, its log, and what it has acknowledged."""

    file: Path
    log: Path
    kept: list[Event]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Twelve notes, one batch of three among them, all of them still in the log."""
    path = tmp_path_factory.mktemp("home") / "journal.sqlite"
    now = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
    with open_journal(path, create_as="laptop") as journal:
        for number in range(5):
            journal.append("note", note(number), key=f"n{number}", now=now, zone="UTC")
        batch = [("note", note(number), f"n{number}") for number in range(5, 8)]
        journal.append_all(batch, now=now, zone="UTC")
        for number in range(8, 12):
            journal.append("note", note(number), key=f"n{number}", now=now, zone="UTC")
        yield Running(path, path.with_name(f"{path.name}-wal"), journal.read())


def note(number: int) -> dict[str, str]:
    """A note of some pages, so that one event is several writes."""
    return {"about": "rule-1", "text": f"{number}" * 5000}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_crash_leaves_a_prefix(running: Running, data: st.DataObject) -> None:
    """Cut the log at any byte, with or without rubbish after it: the first events are there.

    No event is there in part, none without those before it, and a batch is whole or absent.
    """
    log = running.log.read_bytes()
    end = data.draw(st.integers(0, len(log)))
    rubbish = data.draw(st.binary(max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        shutil.copy(running.file, path)
        path.with_name("journal.sqlite-wal").write_bytes(log[:end] + rubbish * 600)
        with open_journal(path, create_as="laptop") as journal:
            found = journal.read()
            assert found == running.kept[: len(found)]
            assert len(found) not in (6, 7)
            if end == len(log):
                assert found == running.kept
            now = datetime(2026, 11, 25, tzinfo=UTC)
            goes_on = journal.append("note", note(0), key="next", now=now, zone="UTC")
            assert goes_on.seq == len(found) + 1


@pytest.fixture(scope="module")
def kill_test() -> Iterator[ModuleType]:
    """The tool that kills writers."""
    path = Path(__file__).parents[2] / "tools" / "kill_test.py"
    spec = importlib.util.spec_from_file_location("kill_test", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_test"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["kill_test"]


@pytest.mark.slow
def test_killed_writers_lose_nothing(kill_test: ModuleType, tmp_path: Path) -> None:
    """Three writers killed in the middle: each acknowledged response is there, once."""
    figures = kill_test.run(3, 20261124, tmp_path)
    assert figures.good, figures.as_text()
    assert figures.kills == 3 and figures.acknowledged >= 3


def test_the_kill_test_can_fail(kill_test: ModuleType) -> None:
    """A response that is lost or kept twice is counted, and makes the figures bad."""
    assert kill_test.compare({"p1", "p2"}, ["p2", "p3", "p3"]) == (["p1"], ["p3"])
    assert kill_test.Figures().good
    assert not kill_test.Figures(lost=["p1"]).good
    assert not kill_test.Figures(doubled=["p3"]).good
