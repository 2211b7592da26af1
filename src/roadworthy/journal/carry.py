"""The state of a home folder on its way: journal, ``packs/`` and ``weights/`` in one bundle.

Content is added, never taken away: events name it by hash, so more of it does no harm. What a
bundle replaces is kept aside, as the journal is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from roadworthy.errors import BadInput, StoreTrouble
from roadworthy.journal.backup import restore
from roadworthy.journal.bundle import LINES_FILE, SHELVES, unpack, write_bundle
from roadworthy.journal.event import checked_moment
from roadworthy.journal.lines import export_lines, import_lines
from roadworthy.journal.snapshot import JOURNAL_FILE, flush_folder, free_name, snapshot
from roadworthy.journal.sqlite import open_journal
from roadworthy.journal.trouble import translated

_NO_BACKUP: Final = "No backup was made."
_NOT_RESTORED: Final = "Nothing was restored."
_NOT_EXPORTED: Final = "Nothing was exported."
_NOT_IMPORTED: Final = "Nothing was imported."


@dataclass(slots=True)
class Brought:
    """What came out of a bundle: entries of the shelves that were new, and what was kept aside."""

    added: list[str] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    events: int = 0


def back_up_state(home: Path, to: Path, *, now: datetime, program: str) -> list[str]:
    """All state of ``home`` in the new bundle ``to``, while it may be in use; names of its packs.

    Raises as ``snapshot`` and ``write_bundle`` do.
    """
    with _room_for(to.parent, _NO_BACKUP) as folder:
        copy = snapshot(home / JOURNAL_FILE, folder / JOURNAL_FILE, lost=_NO_BACKUP)
        return write_bundle(to, copy, JOURNAL_FILE, home, now=now, program=program, lost=_NO_BACKUP)


def restore_state(bundle: Path, home: Path, *, now: datetime) -> Brought:
    """Put the journal of a bundle in the place of that in ``home``, and add its content.

    Everything is unpacked and checked before anything is touched. Raises as ``unpack`` and
    ``backup.restore`` do; then journal and content are as they were.
    """
    moment = checked_moment(now).strftime("%Y%m%dT%H%M%SZ")
    brought = Brought()
    with _room_for(home, _NOT_RESTORED) as folder:
        unpack(bundle, folder, holds=JOURNAL_FILE, lost=_NOT_RESTORED)
        copy = folder / JOURNAL_FILE
        try:
            aside = restore(
                copy,
                home / JOURNAL_FILE,
                now=now,
                then=lambda: _shelve(folder, home, moment, brought),
            )
        except StoreTrouble as trouble:
            if trouble.where == str(copy):  # a name that is gone by now
                trouble.where = str(bundle)
            raise
        if aside is not None:
            brought.aside.insert(0, aside)
    return brought


def export_state(home: Path, to: Path, *, now: datetime, program: str) -> int:
    """All state of ``home`` in the new bundle ``to``, events as JSON lines; number of events."""
    with (
        _room_for(to.parent, _NOT_EXPORTED) as folder,
        open_journal(home / JOURNAL_FILE) as journal,
    ):
        lines = folder / LINES_FILE
        with translated(to, _NOT_EXPORTED), lines.open("w", encoding="utf-8", newline="\n") as out:
            count = export_lines(journal, out)
        write_bundle(to, lines, LINES_FILE, home, now=now, program=program, lost=_NOT_EXPORTED)
    return count


def import_state(bundle: Path, to: Path, home: Path, *, now: datetime) -> Brought:
    """Make the new journal file ``to`` from an exported bundle, and add its content to ``home``.

    Raises as ``unpack`` and ``import_lines`` do; then nothing was written.
    """
    moment = checked_moment(now).strftime("%Y%m%dT%H%M%SZ")
    brought = Brought()
    with _room_for(home, _NOT_IMPORTED) as folder:
        unpack(bundle, folder, holds=LINES_FILE, lost=_NOT_IMPORTED)
        try:
            with (folder / LINES_FILE).open(encoding="utf-8") as lines:
                brought.events = import_lines(lines, to)
        except UnicodeDecodeError as error:
            raise BadInput(
                f"{_NOT_IMPORTED} The events are not text in UTF-8.",
                where=str(bundle),
                mend="Export them again.",
            ) from error
        with translated(home, "The journal was imported, its content was not."):
            _shelve(folder, home, moment, brought)
    return brought


@contextmanager
def _room_for(folder: Path, lost: str) -> Iterator[Path]:
    """A private folder inside ``folder``, on the same disk, removed in the end."""
    with translated(folder, lost):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        room = tempfile.TemporaryDirectory(
            dir=folder, prefix=".roadworthy-", ignore_cleanup_errors=True
        )
    with room as name:
        yield Path(name)


def _shelve(unpacked: Path, home: Path, moment: str, brought: Brought) -> None:
    """Move what is new from the unpacked shelves to those of the home; undone after an error."""
    moved: list[tuple[Path, Path]] = []
    before = Brought(list(brought.added), list(brought.aside))
    try:
        for shelf in SHELVES:
            if not (unpacked / shelf).is_dir():
                continue
            (home / shelf).mkdir(mode=0o700, exist_ok=True)
            for one in sorted((unpacked / shelf).iterdir()):
                target = home / shelf / one.name
                if target.exists():
                    if _content(target) == _content(one):
                        continue
                    aside = free_name(target.with_name(f"{target.name}.replaced-{moment}"))
                    target.rename(aside)
                    moved.append((target, aside))
                    brought.aside.append(aside)
                one.rename(target)
                moved.append((one, target))
                brought.added.append(f"{shelf}/{one.name}")
            flush_folder(home / shelf)
    except OSError:
        for was, now_at in reversed(moved):
            now_at.rename(was)
        brought.added, brought.aside = before.added, before.aside
        raise


def _content(entry: Path) -> dict[str, bytes]:
    """Every file of a folder, or the one file, by its path inside."""
    paths = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
    return {str(path.relative_to(entry)): path.read_bytes() for path in paths if path.is_file()}
