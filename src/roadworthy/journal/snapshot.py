"""A journal's file as a whole: private files, and a checked copy of one in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from roadworthy.errors import BadInput, JournalDamaged, NotThere
from roadworthy.journal.trouble import NOT_A_JOURNAL, RESTORE, translated

JOURNAL_FILE: Final = "journal.sqlite3"
"""Its name in a candidate's home folder."""
_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


def snapshot(source: Path, to: Path, *, lost: str = "No backup was made.") -> Path:
    """Copy the journal ``source``, as of now and even while it is in use, to the new file ``to``.

    The copy is one file, its content is checked, and it appears under its name only when it is
    whole. Raises ``NotThere`` without a source, ``BadInput`` if ``to`` exists, ``JournalDamaged``
    if the content does not check, and other ``StoreTrouble``.
    """
    if not source.is_file():
        raise NotThere(f"{lost} There is no journal.", where=str(source), mend="Check the path.")
    partial = new_private_file(to, lost=lost)
    try:
        with (
            translated(source, lost),
            closing(connect(source)) as origin,
            closing(connect(partial)) as copy,
        ):
            # SQLite's backup copies one moment while writers go on.
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise JournalDamaged(f"{lost} {NOT_A_JOURNAL}", where=str(source), mend=RESTORE)
        with translated(to, lost):
            publish(partial, to)
    finally:
        partial.unlink(missing_ok=True)
    return to


def connect(path: Path, *, busy_timeout: float = 5.0) -> sqlite3.Connection:
    """A plain connection to an existing file, without implicit transactions."""
    uri = f"{path.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(
        uri, uri=True, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )


def new_private_file(to: Path, *, lost: str) -> Path:
    """An empty file beside ``to``, for us alone, to be filled and then published as ``to``."""
    if to.exists():
        raise BadInput(
            f"{lost} The file {to.name} exists already.",
            where=str(to),
            mend="Choose another name, or move that file away.",
        )
    partial = to.with_name(f"{to.name}.partial")
    with translated(to, lost):
        private_folder(to.parent)
        partial.unlink(missing_ok=True)
        create_private(partial)
    return partial


def publish(partial: Path, to: Path) -> None:
    """Give a finished file its name, so that it is whole or absent after a loss of power."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(to)
    flush_folder(to.parent)


def create_private(path: Path) -> None:
    """Make an empty file that its owner alone may read; an existing one is left as it is."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))


def private_folder(path: Path) -> None:
    """Make a folder that its owner alone may enter; an existing one is left as it is."""
    path.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)


def flush_folder(folder: Path) -> None:
    """Put a folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_name(wanted: Path) -> Path:
    """``wanted``, or the same with -2, -3 before its suffix if that exists: nothing is replaced."""
    candidate, number = wanted, 1
    while candidate.exists():
        number += 1
        candidate = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return candidate
