"""Errors of SQLite and of the file system, told in our words.

Each message says what happened, that nothing of this call was saved, and the mend.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import exc

from roadworthy.errors import DiskFull, JournalDamaged, JournalLocked, StoreTrouble

NOT_A_JOURNAL: Final = "The file is not a journal, or part of it is damaged."
RESTORE: Final = (
    "Restore a backup with roadworthy journal restore FILE; the damaged file is kept aside."
)


@contextmanager
def translated(path: Path, lost: str, *, then: str = "do it again") -> Iterator[None]:
    """Raise ``StoreTrouble`` or one of its kinds for any database or file error inside.

    ``lost`` says what was not done, as "This answer is not saved."; ``then`` ends the mend.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _told(error.orig or error, path, lost, then) from error
    except exc.TimeoutError as error:
        raise _locked(path, lost, then) from error
    except (sqlite3.Error, OSError) as error:
        raise _told(error, path, lost, then) from error


def _told(error: BaseException, path: Path, lost: str, then: str) -> StoreTrouble:
    where = str(path)
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            f"{lost} The disk is full.", where=where, mend=f"Free some space, then {then}."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _locked(path, lost, then)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return JournalDamaged(f"{lost} {NOT_A_JOURNAL}", where=where, mend=RESTORE)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StoreTrouble(
            f"{lost} The file or its folder cannot be opened for writing.",
            where=where,
            mend=f"Check that both exist and that you may write to them, then {then}.",
        )
    return StoreTrouble(
        f"{lost} The disk or the database reported: {error}.",
        where=where,
        mend=f"Check the disk, then {then}.",
    )


def _locked(path: Path, lost: str, then: str) -> JournalLocked:
    return JournalLocked(
        f"{lost} Another program holds the journal.",
        where=str(path),
        mend=f"Close the other program, then {then}.",
    )


def _primary_code(error: BaseException) -> int | None:
    """The SQLite result code without its extension; file errors as their SQLite likeness."""
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return sqlite3.SQLITE_FULL
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR):
            return sqlite3.SQLITE_CANTOPEN
        return None
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
