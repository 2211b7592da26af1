"""Answers in tables, and counts that travel without answers.

A table has the columns learner, item and right (0 or 1), and may have option (id of what was
chosen) and ways (number of choices, for the guess floor). It is a .csv file, or a .parquet file
where pyarrow is installed. Rows of a learner and item after the first are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.counts import ExpectedCounts
from roadworthy.learner.calibration.first_answers import FirstAnswer

TABLES: Final = (".csv", ".parquet")
NEEDED: Final = ("learner", "item", "right")
RIGHT: Final = {"0": False, "1": True, "False": False, "True": True, "false": False, "true": True}


def table_answers(path: Path) -> Iterator[FirstAnswer]:
    """The rows of a table, read as they are used; BadInput for a table that cannot be used."""
    rows = _parquet_rows(path) if path.suffix == ".parquet" else _csv_rows(path)
    for number, row in enumerate(rows, start=1):
        try:
            if row["learner"] in ("", None) or row["item"] in ("", None):
                raise ValueError("a name is empty")
            answer = FirstAnswer(
                str(row["learner"]),
                str(row["item"]),
                RIGHT[str(row["right"])],
                str(row.get("option") or ""),
                int(row.get("ways") or 0),
            )
        except (KeyError, ValueError) as error:
            raise BadInput(
                "A row of the table cannot be read.",
                where=f"{path}, row {number}",
                mend="Give learner, item and right (0 or 1) in every row.",
            ) from error
        yield answer


def _csv_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_columns(path, reader.fieldnames or ())
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error


def _parquet_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as missing:
        raise BadInput(
            "A Parquet file needs pyarrow, which is not installed.",
            where=str(path),
            mend="Install pyarrow beside roadworthy, or hand the answers over as .csv.",
        ) from missing
    try:
        file = parquet.ParquetFile(path)
        _check_columns(path, file.schema_arrow.names)
        for batch in file.iter_batches():
            yield from batch.to_pylist()
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise _unreadable(path, error) from error


def _check_columns(path: Path, names: Any) -> None:
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise BadInput(
            f"The table has no column {' or '.join(lacking)}.",
            where=str(path),
            mend="Its columns are learner, item, right, and if known option and ways.",
        )


def write_counts(counts: ExpectedCounts, to: Path) -> None:
    """Expected counts as an .npz file: all that has to leave the machine where answers are."""
    with to.open("wb") as file:
        np.savez_compressed(
            file,
            seen=counts.seen,
            right=counts.right,
            log_likelihood=counts.log_likelihood,
            people=counts.people,
        )


def read_counts(path: Path) -> ExpectedCounts:
    """Counts that ``write_counts`` wrote; BadInput for another file."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            return ExpectedCounts(
                held["seen"],
                held["right"],
                float(held["log_likelihood"]),
                int(held["people"]),
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> BadInput:
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    why = said.splitlines()[0].rstrip(".") if said else type(error).__name__
    return BadInput(
        f"The file cannot be read: {why}.", where=str(path), mend="Check the path and the file."
    )
