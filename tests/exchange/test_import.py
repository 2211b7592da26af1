"""Foreign items and answers: what fits comes in, what does not is told, and no forecast follows."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import START, Clock

from roadworthy.errors import BadInput, NotThere, Refused
from roadworthy.exchange.bounded import LARGEST_BYTES, read_file, text_of
from roadworthy.exchange.cells import guarded
from roadworthy.exchange.csv_out import letters
from roadworthy.exchange.foreign import KINDS, Batch, Report, batches, import_file, undo_import
from roadworthy.exchange.foreign_files import incoming_of
from roadworthy.exchange.formats import Sources, export
from roadworthy.exchange.incoming import Incoming
from roadworthy.workspace import Workspace

MINE = "my own notes, May 2026"
ITEMS = "stem,option_1,option_2,key,rationale\nWhat is left?,This,That,B,Since\n"
ANSWERS = "at,about,right,seconds\n2026-11-01T10:00:00+01:00,What is left?,yes,12\n"
texts = st.text(
    alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"),
    min_size=1, max_size=20,
).filter(str.strip)  # fmt: skip
items = st.lists(
    st.tuples(texts, st.lists(texts, min_size=2, max_size=8), st.integers(0, 1)),
    min_size=1, max_size=4,
)  # fmt: skip


def take(desk: Workspace, clock: Clock, text: str | bytes, provenance: str = MINE) -> Report:
    """Import a text as the file mine.csv."""
    data = text if isinstance(text, bytes) else text.encode()
    return import_file(
        data, "mine.csv", provenance, journal=desk.journal, now=clock.now, zone="UTC"
    )


def came(desk: Workspace) -> list[Batch]:
    """What came in and stands."""
    return batches(desk.course.of_kinds(*KINDS))


def read(text: str) -> Incoming:
    """What a text holds."""
    return incoming_of(text, "mine.csv", MINE, START)


def plain(taken: Incoming) -> list[tuple[str, list[str], int]]:
    """Items as the strategy makes them."""
    return [(one["stem"], one["options"], one["key"][0]) for one in taken.items]


@given(items)
def test_items_come_through_csv_as_they_were(some: list[tuple[str, list[str], int]]) -> None:
    """Quotes, line ends and guarded formulas reach the journal as they were written."""
    widest = max(len(options) for _, options, _ in some)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["stem", "key", *(f"option_{n + 1}" for n in range(widest))])
    for stem, options, key in some:
        rest = [""] * (widest - len(options))
        writer.writerow([guarded(stem), letters([key]), *map(guarded, options), *rest])
    taken = read(out.getvalue())
    assert plain(taken) == some
    assert taken.lost == []


@given(items)
def test_items_come_through_json_as_they_were(some: list[tuple[str, list[str], int]]) -> None:
    """A list of objects is taken as it is."""
    rows = [{"stem": stem, "options": options, "key": [key]} for stem, options, key in some]
    taken = read(json.dumps({"items": rows}))
    assert plain(taken) == some
    assert taken.lost == []


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    """No text brings the program down."""
    try:
        assert read(text).count
    except BadInput as wrong:
        assert wrong.what.startswith("Nothing was imported.")


@pytest.mark.parametrize("name", ["csv", "json"])
def test_own_answers_can_come_back_as_foreign(
    sources: Sources, desk: Workspace, clock: Clock, name: str
) -> None:
    """What we export is a file that we import; each answer once."""
    count = len(desk.course.state().responses)
    report = take(desk, clock, export(name, sources), "my other home folder")
    assert report.responses == count
    again = take(desk, clock, export("csv", sources), "my other home folder")
    assert (again.responses, again.known) == (0, count)


def test_what_came_in_leaves_again(desk: Workspace, clock: Clock, sources: Sources) -> None:
    """The JSON export holds foreign entries with their provenance, and brings them back."""
    take(desk, clock, ITEMS)
    take(desk, clock, ANSWERS)
    made = json.loads(export("json", sources))
    assert made["foreign_items"][0]["provenance"] == MINE
    assert made["foreign_responses"][0]["at"] == "2026-11-01T09:00:00.000Z"
    made["answers"] = []
    taken = incoming_of(json.dumps(made), "x.json", "another", clock.now)
    assert taken.items == made["foreign_items"]
    assert taken.responses == made["foreign_responses"]


def test_no_forecast_follows_from_foreign_content(desk: Workspace, clock: Clock) -> None:
    """Readiness, plan and the learner's record stay as they were."""
    before, state, plan = desk.readiness(), desk.course.state(), desk.plan().as_payload()
    take(desk, clock, ITEMS)
    take(desk, clock, ANSWERS)
    assert desk.readiness() == before
    after = desk.course.state()
    assert (after.responses, after.rules, after.minutes_by_day) == (
        state.responses, state.rules, state.minutes_by_day,
    )  # fmt: skip
    assert desk.plan().as_payload() == plan


def test_the_same_file_brings_nothing_twice(desk: Workspace, clock: Clock) -> None:
    """A second import says that all is here; after an undo it comes in once more."""
    first = take(desk, clock, ITEMS)
    assert (first.items, take(desk, clock, ITEMS).known) == (1, 1)
    undo_import(first.batch, journal=desk.journal, now=clock.now, zone="UTC")
    assert came(desk) == []
    assert take(desk, clock, ITEMS).items == 1
    assert [len(one.items) for one in came(desk)] == [1]
    with pytest.raises(NotThere):
        undo_import(first.batch, journal=desk.journal, now=clock.now, zone="UTC")


def test_a_wrong_row_loses_itself_only(desk: Workspace, clock: Clock) -> None:
    """Good rows come in; each bad one and each unknown column is told and kept with the import."""
    rows = [
        "stem,option_1,option_2,key,notes", "Fine?,Yes,No,A,x", ",Yes,No,A,", "No key?,Yes,No,,",
        "Far key?,Yes,No,D,", "Lonely?,Yes,,A,", "Odd key?,Yes,No,?,", "Too,many,cells,A,b,c,d",
    ]  # fmt: skip
    report = take(desk, clock, "\n".join(rows))
    assert report.items == 1
    told = "\n".join(report.lost)
    for said in (
        "“notes”", "“stem” is empty", "no key says", "not among the 2", "1 options",
        "neither a letter", "more cells",
    ):  # fmt: skip
        assert said in told
    assert came(desk)[0].lost == report.lost


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-02-30", "is no date"), ("yesterday", "is no date"),
        ("2026-11-01T10:00:00", "no time zone"), ("1899-01-01", "before the year 2000"),
        ("2033-01-01", "in the future"), ("9999-12-31T23:59:59-14:00", "is no date"),
    ],
)  # fmt: skip
def test_wrong_dates_are_told(at: str, said: str) -> None:
    """Each wrong moment has its own words."""
    with pytest.raises(BadInput, match=said):
        read(f"at,about,right\n{at},What?,yes\n")


def packed(kind: str) -> bytes:
    """A bomb: ten million zeros in a few kilobytes."""
    zeros = bytes(10_000_000)
    if kind == "gzip":
        return gzip.compress(zeros)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("items.csv", zeros)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"SQLite format 3\0\1", "journal merge"), (packed("zip"), "packed"),
        (packed("gzip"), "packed"),
        (b"stem,key\n\xff\xfe broken", "line 2 has a broken sign"),
        ("stem".encode("utf-16"), "UTF-16"), (b"stem\0", "zero bytes"), (b" \n", "empty"),
        (b"a" * (LARGEST_BYTES + 1), "larger than 5 MB"),
        (b"[" * 100_000, "nested too deep"), (b'{"items": [1,', "no JSON"),
        (b'{"a": 1}\n{"b": 2}\n', "roadworthy journal import"),
        (b'{"items": [NaN]}', "NaN is no number"), (b'{"other": 1}', "no list"),
        (b'{"items": {"a": 1}}', "no list"), (b'{"items": [' + b"9" * 5000 + b"]}", "no JSON"),
        (b"stem,key,key\nA,B,C\n", "a column twice"),
        (b"what,answer\n", "neither stem and key"),
        (b'stem,key\n"open', "no CSV"), (b"stem,key\n" + b"a" * 200_000, "no CSV"),
    ],
    ids=range(19),
)  # fmt: skip
def test_bad_files_get_one_message(desk: Workspace, clock: Clock, data: bytes, said: str) -> None:
    """One clear line each, and the journal is as it was."""
    seq = desk.journal.last_seq()
    with pytest.raises(BadInput, match=said) as caught:
        take(desk, clock, data)
    assert "\n" not in str(caught.value)
    assert desk.journal.last_seq() == seq


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A file of 100 MB costs no more than the cap."""
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    data = read_file(large)
    assert len(data) == LARGEST_BYTES + 1
    with pytest.raises(BadInput, match="larger than 5 MB"):
        text_of(data, "large.csv")


@pytest.mark.parametrize("provenance", ["", "  ", "??", "x" * 1001])
def test_provenance_is_required(desk: Workspace, clock: Clock, provenance: str) -> None:
    """Without saying where it comes from, nothing comes in."""
    with pytest.raises(BadInput, match=r"come[s]? from|longer"):
        take(desk, clock, ITEMS, provenance)


@pytest.mark.parametrize("provenance", ["a Braindump site", "exam dumps 2026", "leaked to me"])
def test_dumps_are_refused(desk: Workspace, clock: Clock, provenance: str) -> None:
    """The reason is said; a row that names a dump is lost by itself."""
    with pytest.raises(Refused, match="no exam dumps"):
        take(desk, clock, ITEMS, provenance)
    rows = f"stem,option_1,option_2,key,provenance\nA?,x,y,A,{provenance}\nB?,x,y,A,mine\n"
    report = take(desk, clock, rows)
    assert report.items == 1 and "exam dump" in report.lost[0]


def test_more_rows_than_the_cap_are_told() -> None:
    """The first 5,000 come in."""
    rows: list[Any] = [{"stem": f"{n}?", "options": ["a", "b"], "key": 0} for n in range(5_003)]
    taken = read(json.dumps(rows))
    assert len(taken.items) == 5_000
    assert taken.lost == ["3 rows after the first 5,000: split the file."]


def test_signs_for_a_terminal_are_not_told_back() -> None:
    """An escape sequence in a file does not reach the screen."""
    taken = read("stem,option_1,option_2,key,\x1b[2Jx\nA?,x,y,A,\n")
    assert "\x1b" not in "".join(taken.lost) and taken.lost
