from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.counts import expected_counts
from roadworthy.learner.calibration.curves import Curves, Grid
from roadworthy.learner.calibration.first_answers import FirstAnswer
from roadworthy.learner.calibration.partitions import read_counts, table_answers, write_counts
from roadworthy.simulate.two_parameter import draw_answers

GRID = Grid.of(31)
ROWS = [FirstAnswer("a", "x", True, "k", 4), FirstAnswer("b", "x", False, "m", 4)]


def test_halves_from_files_add_up_to_the_whole(tmp_path: Path) -> None:
    """Counts of two halves, written and read again, sum to those of all within 1e-9."""
    drawn = draw_answers(300, 20, share=0.5, floor=0.25, seed=1)
    curves = Curves(drawn.slope, -drawn.slope * drawn.difficulty, np.full(20, 0.25))
    for start, end in ((0, 100), (100, 300)):
        half = drawn.answers.people_between(start, end)
        write_counts(expected_counts(half, curves, GRID), tmp_path / f"{start}.npz")

    both = read_counts(tmp_path / "0.npz") + read_counts(tmp_path / "100.npz")

    whole = expected_counts(drawn.answers, curves, GRID)
    np.testing.assert_allclose(both.seen, whole.seen, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(both.right, whole.right, rtol=1e-9, atol=1e-9)
    assert both.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-9)
    assert both.people == 300


@pytest.mark.parametrize("content", [b"", b"no counts\n", b"PK\x03\x04 cut short"])
def test_a_file_without_counts_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty, another or a damaged file is bad input in one line; so is one without counts."""
    path = tmp_path / "counts.npz"
    path.write_bytes(content)
    other = tmp_path / "other.npz"
    np.savez(other, something=np.zeros(3))
    single = tmp_path / "single.npy"
    np.save(single, np.zeros(3))

    for one in (path, other, single, tmp_path / "none.npz"):
        with pytest.raises(BadInput, match="cannot be read") as told:
            read_counts(one)
        assert "\n" not in str(told.value)


def test_a_csv_table_is_read(tmp_path: Path) -> None:
    """Columns in any order, a byte order mark, and a table without option and ways."""
    path = tmp_path / "answers.csv"
    path.write_text("\ufeffways,right,item,option,learner\n4,1,x,k,a\n4,false,x,m,b\n", "utf-8")
    assert list(table_answers(path)) == ROWS

    path.write_text("learner,item,right\na,x,True\n", encoding="utf-8")
    assert list(table_answers(path)) == [FirstAnswer("a", "x", True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column learner or item or right"),
        ("learner,item\na,x\n", "no column right"),
        ("learner,item,right\na,x,1\na,y,2\n", "row 2"),
        ("learner,item,right\na,x\n", "row 1"),
        ("learner,item,right\n,x,1\n", "row 1"),
        ("learner,item,right,ways\na,x,1,four\n", "row 1"),
    ],
)
def test_a_table_that_cannot_be_used_says_where(tmp_path: Path, text: str, said: str) -> None:
    """Missing columns and rows that cannot be read are named."""
    path = tmp_path / "answers.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=said):
        list(table_answers(path))


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and a file that is not there, are bad input."""
    path = tmp_path / "answers.csv"
    path.write_bytes(b"learner,item,right\n\xff\xfe,x,1\n")
    for one in (path, tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            list(table_answers(one if one.suffix else one / "folder.csv"))


def test_parquet_without_pyarrow_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow is missing, a Parquet file is refused with what to install or do instead."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(BadInput, match=r"needs pyarrow, .* Install pyarrow .*\.csv"):
        list(table_answers(tmp_path / "answers.parquet"))


def test_parquet_is_read_where_pyarrow_is(tmp_path: Path) -> None:
    """A Parquet table gives the same answers as a .csv one; a file that is none is refused."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "answers.parquet"
    columns = {
        "learner": ["a", "b"], "item": ["x", "x"], "right": [True, False],
        "option": ["k", "m"], "ways": [4, 4],
    }  # fmt: skip
    parquet.write_table(pyarrow.table(columns), path)

    assert list(table_answers(path)) == ROWS

    path.write_text("no table", encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read"):
        list(table_answers(path))
