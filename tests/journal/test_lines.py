from __future__ import annotations

import io
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput
from roadworthy.journal.event import Event
from roadworthy.journal.lines import export_lines, import_lines
from roadworthy.journal.sqlite import open_journal
from roadworthy.journal.whole import write_whole

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of two journals as a merge may leave them: any text, any key, moments that tie."""
    contents = draw(st.lists(st.tuples(TEXTS, st.integers(0, 3)), max_size=6))
    keys = draw(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
            min_size=len(contents),
            max_size=len(contents),
            unique=True,
        )
    )
    events = [
        Event(
            journal=("laptop", "desk~2")[number % 2],
            seq=number + 1,
            at=START + timedelta(milliseconds=step),
            zone=("UTC", "Asia/Kathmandu")[step % 2],
            key=key,
            kind="note",
            payload={"about": "d.R1", "text": text},
        )
        for number, ((text, step), key) in enumerate(zip(contents, keys, strict=True))
    ]
    return sorted(events)


def exported(path: Path) -> str:
    """The lines of a journal."""
    out = io.StringIO()
    with open_journal(path) as journal:
        export_lines(journal, out)
    return out.getvalue()


@settings(max_examples=15, deadline=None)
@given(histories())
def test_what_was_exported_comes_back(events: list[Event]) -> None:
    """Export, import and export again: the same lines, the same events, the same id."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "a.sqlite", Path(folder) / "b.sqlite"
        write_whole(first, "laptop", events, lost="Not written.")
        lines = exported(first)
        assert import_lines(io.StringIO(lines, newline="\n"), second) == len(events)
        assert exported(second) == lines
        with open_journal(second) as journal:
            assert journal.read() == events
            assert journal.identity.journal == "laptop"


def test_an_imported_journal_goes_on(candidate: Candidate, tmp_path: Path) -> None:
    """After an import the numbers and the learner continue where they were."""
    candidate.does("enrolled", {"learner": "u1", "pack": "gcp-pmle"}, "e1")
    candidate.sees("p1")
    lines = exported(candidate.journal.path)
    import_lines(io.StringIO(lines), tmp_path / "b.sqlite")
    with open_journal(tmp_path / "b.sqlite") as candidate.journal:
        assert candidate.responds("p1").seq == 3
        assert candidate.journal.identity.learner == "u1"


def changed(line: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The line with other fields."""
    return {**line, **fields}


@pytest.mark.parametrize(
    ("number", "fields", "says"),
    [
        (1, {"format": "something"}, "Line 1: this is not the header"),
        (1, {"version": 2}, "Line 1: version 2 is not known"),
        (1, {"events": "3"}, "Line 1: the header lacks"),
        (1, {"events": 4}, "The header promises 4 events, the file has 3"),
        (2, {"more": 1}, "Line 2: an event has exactly the fields"),
        (2, {"seq": 0}, "Line 2: seq starts at 1"),
        (2, {"seq": "1"}, "Line 2: seq is a whole number"),
        (2, {"at": "yesterday"}, "Line 2: "),
        (2, {"zone": "Mars"}, 'Line 2: There is no time zone "Mars"'),
        (3, {"kind": "answered"}, 'Line 3: The journal knows no event "answered"'),
        (3, {"payload": {"about": 1}}, 'Line 3: The event "note" cannot be kept'),
        (3, {"key": "n0"}, 'Line 3: key "n0" or number 2 is there twice'),
        (3, {"seq": 1}, 'Line 3: key "n1" or number 1 is there twice'),
        (4, {"at": "2020-01-01T00:00:00Z"}, "Line 4: the event is older"),
    ],
)
def test_a_wrong_line_is_named(
    candidate: Candidate, tmp_path: Path, number: int, fields: dict[str, Any], says: str
) -> None:
    """A line that was changed by hand is named with its number, and nothing is written."""
    for each in range(3):
        candidate.notes("x", f"n{each}")
    lines = [json.loads(line) for line in exported(candidate.journal.path).splitlines()]
    lines[number - 1] = changed(lines[number - 1], **fields)
    to = tmp_path / "b.sqlite"
    with pytest.raises(BadInput) as wrong:
        import_lines([json.dumps(line) for line in lines], to)
    assert says in wrong.value.what
    assert not list(tmp_path.glob("b.sqlite*"))


@pytest.mark.parametrize("lines", [[], [""], ["[1]"], ["{"]])
def test_what_is_no_export_is_refused(tmp_path: Path, lines: list[str]) -> None:
    """An empty file and other JSON are named as line 1."""
    with pytest.raises(BadInput, match="Line 1"):
        import_lines(lines, tmp_path / "b.sqlite")


def test_a_file_that_was_cut_is_refused(candidate: Candidate, tmp_path: Path) -> None:
    """Wherever an export was cut, nothing of it is taken."""
    for each in range(2):
        candidate.notes("x", f"n{each}")
    lines = exported(candidate.journal.path)
    for end in range(0, len(lines) - 1, 37):
        with pytest.raises(BadInput):
            import_lines(io.StringIO(lines[:end]), tmp_path / "b.sqlite")


def test_an_import_replaces_nothing(candidate: Candidate) -> None:
    """An existing journal is not overwritten."""
    candidate.notes("x", "n1")
    lines = exported(candidate.journal.path)
    with pytest.raises(BadInput, match="exists already"):
        import_lines(io.StringIO(lines), candidate.journal.path)
