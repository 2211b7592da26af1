"""Copies of the journal, and the way back: by hand, daily, before a restore; and the end of it.

Nothing here replaces a file without keeping it aside, and only ``erase`` deletes.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from roadworthy.errors import JournalDamaged, NotThere
from roadworthy.journal.event import checked_moment
from roadworthy.journal.migrations import refuse_newer
from roadworthy.journal.snapshot import connect, flush_folder, free_name, snapshot
from roadworthy.journal.trouble import NOT_A_JOURNAL, translated

PACK_CHANGE: Final = "pack"
"""The reason of copies that are made before another version of the pack comes into use."""
_NOT_RESTORED: Final = "Nothing was restored."
_NOT_ERASED: Final = "The journal was not erased."


def backup(journal_path: Path, to: Path) -> Path:
    """A checked copy of the journal, as of now, in the new file ``to``; returns ``to``.

    The journal may be in use. Raises as ``snapshot`` does.
    """
    return snapshot(journal_path, to)


def daily_backup(journal_path: Path, folder: Path, *, now: datetime, keep: int = 7) -> Path | None:
    """The first call of a UTC day copies the journal to ``folder``; later calls give ``None``.

    Of the daily copies of this journal the newest ``keep`` stay, and older ones go only after the
    new copy has been checked, so a damaged journal never pushes out a good copy.
    """
    day = checked_moment(now).date().isoformat()
    to = folder / f"{journal_path.stem}-{day}{journal_path.suffix}"
    if to.exists():
        return None
    snapshot(journal_path, to)
    for old in daily_backups(journal_path, folder)[keep:]:
        old.unlink(missing_ok=True)
    return to


def keep_copy(
    journal_path: Path, folder: Path, *, reason: str, now: datetime, keep: int = 7
) -> Path:
    """A copy of the journal in ``folder`` before something happens to it, named by ``reason``.

    Of the copies for one reason the newest ``keep`` stay. ``reason`` is one word of small letters.
    """
    moment = checked_moment(now).strftime("%Y-%m-%dT%H%M%S")
    to = free_name(folder / f"{journal_path.stem}-{reason}-{moment}{journal_path.suffix}")
    snapshot(journal_path, to)
    for old in kept_copies(journal_path, folder, reason)[keep:]:
        old.unlink(missing_ok=True)
    return to


def kept_copies(journal_path: Path, folder: Path, reason: str) -> list[Path]:
    """The copies of a journal that were made for one reason, newest first."""
    return _copies(journal_path, folder, rf"{reason}-\d{{4}}-\d\d-\d\dT\d{{6}}(-\d+)?")


def daily_backups(journal_path: Path, folder: Path) -> list[Path]:
    """The daily copies of a journal, newest first."""
    return _copies(journal_path, folder, r"\d{4}-\d\d-\d\d")


def _copies(journal_path: Path, folder: Path, pattern: str) -> list[Path]:
    stem, suffix = re.escape(journal_path.stem), re.escape(journal_path.suffix)
    name = re.compile(f"{stem}-{pattern}{suffix}")
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if name.fullmatch(path.name)), reverse=True)


def restore(
    copy: Path,
    journal_path: Path,
    *,
    now: datetime,
    then: Callable[[], None] = lambda: None,
) -> Path | None:
    """Put ``copy`` in the place of the journal; returns where the replaced file was kept.

    The program must not have the journal open (``JournalLocked``). ``now`` names the file kept
    aside. A copy that is damaged, newer or missing is refused before anything is touched. A
    damaged journal is replaced, and kept aside with its log. ``then`` is called when all is
    checked and nothing touched; if it raises, the journal stays as it is.
    """
    moment = checked_moment(now).strftime("%Y%m%dT%H%M%SZ")
    ready = journal_path.with_name(f"{journal_path.name}.restoring")
    with translated(journal_path, _NOT_RESTORED):
        ready.unlink(missing_ok=True)
    snapshot(copy, ready, lost=_NOT_RESTORED)
    try:
        _refuse_unusable(ready, copy)
        if not journal_path.exists():
            with translated(journal_path, _NOT_RESTORED):
                then()
                _remove_logs(journal_path)
                ready.replace(journal_path)
            return None
        aside = free_name(
            journal_path.with_name(f"{journal_path.stem}.replaced-{moment}{journal_path.suffix}")
        )
        with translated(journal_path, _NOT_RESTORED), _alone(journal_path, _NOT_RESTORED):
            then()
            # Aside first, then the log, then the new file: an old log beside a new file would
            # be taken for its own.
            _keep_aside(journal_path, aside)
            _remove_logs(journal_path)
            ready.replace(journal_path)
            flush_folder(journal_path.parent)
        return aside
    finally:
        ready.unlink(missing_ok=True)


def erase(journal_path: Path, *, backups: Path | None = None) -> list[Path]:
    """Delete the journal and the copies of it that the program made by itself.

    These lie beside it, and daily ones and those before a change of the pack in ``backups``.
    Returns what was deleted. Copies made by hand elsewhere stay. ``NotThere`` without a journal,
    ``JournalLocked`` while a program has it open.
    """
    if not journal_path.exists():
        raise NotThere(
            f"{_NOT_ERASED} There is no file.", where=str(journal_path), mend="Check the path."
        )
    stem, suffix = re.escape(journal_path.stem), re.escape(journal_path.suffix)
    beside = re.compile(rf"{stem}\.(schema-|replaced-).*{suffix}(-wal)?")
    doomed = [path for path in journal_path.parent.iterdir() if beside.fullmatch(path.name)]
    if backups is not None:
        doomed += daily_backups(journal_path, backups)
        doomed += kept_copies(journal_path, backups, PACK_CHANGE)
    with translated(journal_path, _NOT_ERASED), _alone(journal_path, _NOT_ERASED):
        # The journal goes last: when this is cut short, it can be called again.
        for path in doomed:
            path.unlink(missing_ok=True)
        _remove_logs(journal_path)
        journal_path.unlink()
        flush_folder(journal_path.parent)
    return [*doomed, journal_path]


@contextmanager
def _alone(path: Path, lost: str) -> Iterator[None]:
    """Hold the file for us alone, its log written back; ``JournalLocked`` if it is in use.

    A file that SQLite cannot read is nobody's: it is let through.
    """
    with translated(path, lost, then="do it again"), closing(connect(path, busy_timeout=0.2)) as c:
        try:
            # Leaving WAL needs the file for oneself, and writes the log back into it.
            c.execute("PRAGMA journal_mode=DELETE")
            c.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            code = (error.sqlite_errorcode or 0) & 0xFF
            if code not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
        yield


def _refuse_unusable(ready: Path, copy: Path) -> None:
    with translated(copy, _NOT_RESTORED), closing(connect(ready)) as connection:
        named = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('schema_version', 'events')"
        ).fetchone()[0]
        if named == 2:
            version = connection.execute("SELECT max(version) FROM schema_version").fetchone()[0]
            refuse_newer(version or 0, copy)
            return
    raise JournalDamaged(
        f"{_NOT_RESTORED} {NOT_A_JOURNAL}", where=str(copy), mend="Choose another backup."
    )


def _keep_aside(journal_path: Path, aside: Path) -> None:
    for ending in ("", "-wal"):
        source = journal_path.with_name(journal_path.name + ending)
        target = aside.with_name(aside.name + ending)
        if not source.exists():
            continue
        try:
            os.link(source, target)
        except OSError:
            # Not every file system has hard links.
            shutil.copy2(source, target)


def _remove_logs(journal_path: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        journal_path.with_name(journal_path.name + ending).unlink(missing_ok=True)
