"""Own answers leave as CSV and JSON, whole and exactly as they were given."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput
from roadworthy.exchange.answers import AnswerRow, own_answers
from roadworthy.exchange.cells import guarded, unguarded
from roadworthy.exchange.csv_out import COLUMNS, as_csv, letters, positions, rows_of
from roadworthy.exchange.formats import FORMATS, Sources, export
from roadworthy.exchange.json_out import AnswersFile, as_json, file_of, schema_text
from roadworthy.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
texts = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=30)
words = texts.filter(bool)
names = st.text(alphabet="abcXYZ.:019", min_size=1, max_size=8)
places = st.lists(st.integers(0, 30), unique=True, max_size=3).map(tuple)
rows = st.builds(
    AnswerRow,
    at=texts, zone=texts, day=texts, where=st.sampled_from(["session", "mock"]), purpose=texts,
    presentation=texts, item=texts, situation=texts, decision=texts, title=texts, section=texts,
    kind=texts, length=texts, rules=st.lists(names, max_size=3).map(tuple), stem=texts,
    options=st.lists(words, max_size=6).map(tuple), chosen=places, key=places, typed=texts,
    right=st.booleans(), confidence=st.none() | st.integers(1, 3),
    seconds=st.floats(0, 1e6, allow_nan=False), aided=st.booleans(),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(rows, max_size=3))
def test_csv_gives_back_what_it_was_given(answers: list[AnswerRow]) -> None:
    """Quotes, line ends, formulas and any other sign survive the way through a file."""
    assert rows_of(as_csv(answers)) == answers


@settings(max_examples=40)
@given(st.lists(rows, max_size=3))
def test_json_gives_back_what_it_was_given(answers: list[AnswerRow]) -> None:
    """The file reads back as the same answers."""
    file = AnswersFile(
        format="roadworthy-answers", version=1, made_at="now", program="1", pack="p",
        pack_hash="h", answers=tuple(answers), foreign_items=(), foreign_responses=(),
    )  # fmt: skip
    assert file_of(as_json(file)) == file


@given(st.text(alphabet="=+-@'\t\r\n aB1＝", max_size=6))
def test_no_cell_is_a_formula(text: str) -> None:
    """A guarded cell begins with no sign that a spreadsheet computes from, and can be undone."""
    cell = guarded(text)
    assert cell.lstrip(" ")[:1] not in set("=+-@\t\r\n＝")
    assert unguarded(cell) == text


def test_the_guard_leaves_plain_words_alone() -> None:
    """Only what could be computed gets an apostrophe."""
    assert guarded("'tis plain") == "'tis plain"
    assert guarded('=HYPERLINK("x")') == '\'=HYPERLINK("x")'


def test_positions_read_as_letters() -> None:
    """A to Z, then numbers; what is neither is refused."""
    assert letters((0, 2, 26)) == "A C 27"
    assert positions("a, C; 27") == (0, 2, 26)
    with pytest.raises(ValueError, match="neither a letter"):
        positions("?")


def test_every_answer_is_in_the_file(sources: Sources, desk: Workspace) -> None:
    """One row an answer, right and wrong as the learner's record has them."""
    told = desk.course.state().responses
    table = list(csv.DictReader(io.StringIO(export("csv", sources).decode("utf-8-sig"))))
    assert len(table) == len(told) > 5
    assert [row["right"] == "yes" for row in table] == [one.right for one in told]
    assert {row["presentation"] for row in table} == {one.presentation for one in told}


def test_csv_and_json_hold_the_same(sources: Sources) -> None:
    """Both files come from the same rows."""
    from_csv = rows_of(export("csv", sources).decode("utf-8-sig"))
    from_json = json.loads(export("json", sources))
    assert [row.model_dump(mode="json") for row in from_csv] == from_json["answers"]


def test_what_was_taken_back_is_left_out(desk: Workspace) -> None:
    """A withdrawn answer is no answer."""
    events = desk.course.events()
    before = own_answers(events)
    last = before[-1].row.presentation
    responded = [e for e in events if e.kind == "responded"][-1]
    taken = replace(
        responded, kind="withdrawn", seq=events[-1].seq + 1, key="w",
        payload={"presentation": last},
    )  # fmt: skip
    assert [one.row for one in own_answers([*events, taken])] == [one.row for one in before[:-1]]


def test_the_schema_is_published() -> None:
    """The page in docs is what the code says; mend: make docs."""
    assert (ROOT / "docs" / "exchange.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_takes_our_files_and_no_other(sources: Sources) -> None:
    """A validator that is not ours agrees with an export, and refuses it with a field changed."""
    validator = jsonschema_rs.validator_for(json.loads(schema_text()))
    made = json.loads(export("json", sources))
    assert made["answers"] and validator.is_valid(made)
    made["answers"][0]["confidence"] = 7
    assert not validator.is_valid(made)


def test_the_columns_are_documented() -> None:
    """The page names every column, in order."""
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    table = page[page.index("### Columns") :]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))[: len(COLUMNS)] == COLUMNS


def test_an_unknown_format_is_refused(sources: Sources) -> None:
    """The message names the formats that there are."""
    with pytest.raises(BadInput, match="csv, json"):
        export("xlsx", sources)
    assert set(FORMATS) >= {"csv", "json", "markdown"}
