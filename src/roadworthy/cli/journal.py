"""``roadworthy journal``: copy it, bring a copy back, take it elsewhere, merge two, end it.

The journal is the one file that cannot be made anew. No command here replaces a file without
keeping it, and only ``erase`` deletes; each may run while nothing else has the journal open.
"""

from __future__ import annotations

import shlex
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from roadworthy.cli.opening import (
    HomeOption,
    journal_copies,
    journal_file,
    resolve_home,
    restore_hint,
)
from roadworthy.cli.reading import printing
from roadworthy.errors import BadInput, JournalDamaged, NotThere

if TYPE_CHECKING:
    from roadworthy.journal.event import Event
    from roadworthy.journal.whole import Whole

STREAM: Final = "-"
ERASE_WORD: Final = "erase"
NOT_CONFIRMED: Final = 1
_LOST_IMPORT: Final = "Nothing was imported."
CopyArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A backup of a journal.")]
LinesArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=f"A file of JSON lines; {STREAM} for the terminal.")
]


def register(app: typer.Typer) -> None:
    """Add the group ``journal``."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    for command in (status, backup, restore, export, merge, erase):
        group.command()(command)
    group.command("import")(import_)
    app.add_typer(group, name="journal")


def _group() -> None:
    """Look at your journal, copy it, bring it back, take it elsewhere."""


def status(home: HomeOption = None) -> None:
    """Say what the journal holds, how large it is, and which backups there are."""
    folder = resolve_home(home)
    path = journal_file(folder)
    whole = _whole(path, folder, lost="The journal cannot be read.")
    copies = journal_copies(folder)
    _say(f"Journal  {path}")
    _say(f"Holds    {_events(whole)}")
    if whole.events:
        last = whole.events[-1]
        _say(f"Last     {_moment(last)}: {last.kind.replace('_', ' ')}")
    _say(f"Size     {_size(path)}")
    if not copies:
        _say("Backups  none yet; one a day is made when you study")
    for number, copy in enumerate(copies):
        _say(f"{'Backups  ' if number == 0 else '         '}{copy}")


def backup(
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A new file; without it, one among the backups."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Copy the journal to a new file and check the copy. It may be in use."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal import backup as copies
    from roadworthy.journal.snapshot import free_name

    now = datetime.now(UTC)
    target = _absolute(to) or free_name(
        folder / "backups" / f"{path.stem}-by-hand-{now:%Y-%m-%dT%H%M%S}{path.suffix}"
    )
    with _damage_told(folder):
        copies.backup(path, target)
    _say("The journal was copied and the copy checked.", target)


def restore(file: CopyArgument, home: HomeOption = None) -> None:
    """Put a backup in the place of the journal; the replaced file is kept aside."""
    folder = resolve_home(home)
    path, copy = journal_file(folder), file.expanduser().absolute()
    from roadworthy.journal import backup as copies

    try:
        aside = copies.restore(copy, path, now=datetime.now(UTC))
    except JournalDamaged as damaged:
        if damaged.where == str(copy):
            damaged.mend = "Choose another one; `roadworthy journal status` lists the backups."
        raise
    whole = _whole(path, folder, lost="The journal cannot be read.")
    _say(f"Restored: the journal holds {_events(whole)}.", path)
    if aside is not None:
        _say("What it replaced is kept in", aside)


def export(file: LinesArgument, home: HomeOption = None) -> None:
    """Write all events as JSON lines, for other programs and for keeps."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal.lines import export_lines
    from roadworthy.journal.snapshot import new_private_file, publish
    from roadworthy.journal.sqlite import open_journal
    from roadworthy.journal.trouble import translated

    lost = "Nothing was exported."
    if not path.exists():
        raise _no_journal(lost, path)
    with _damage_told(folder), open_journal(path) as journal:
        if file == STREAM:
            with printing():
                export_lines(journal, typer.get_text_stream("stdout", encoding="utf-8"))
            return
        target = Path(file).expanduser().absolute()
        partial = new_private_file(target, lost=lost)
        try:
            with translated(target, lost):
                with partial.open("w", encoding="utf-8", newline="\n") as out:
                    count = export_lines(journal, out)
                publish(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    _say(f"Exported {_count(count, 'event')}.", target)


def import_(
    file: LinesArgument,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A new journal file; without it, that of the home."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Make a new journal from JSON lines. To add to one that is there, merge it afterward."""
    from roadworthy.journal.lines import import_lines

    target = _absolute(to)
    if target is None:
        target = journal_file(resolve_home(home))
        if target.exists():
            raise BadInput(
                f"{_LOST_IMPORT} There is a journal already.",
                where=str(target),
                mend="Import to a new file with --to, then merge: roadworthy journal merge.",
            )
    with _lines_of(file) as lines:
        count = import_lines(lines, target)
    _say(f"Imported {_count(count, 'event')}.", target)


def merge(
    first: Annotated[Path, typer.Argument(metavar="A", help="A journal.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one of the same person.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="The new journal file.")],
) -> None:
    """Make one journal of two, each event once. Both stay as they are."""
    from roadworthy.journal.merge import merge as merge_journals

    one, two, target = (path.expanduser().absolute() for path in (first, second, to))
    merged = merge_journals(one, two, target, journal=str(uuid.uuid4()))
    _say(f"Merged to {_count(merged.events, 'event')}: {merged.both} in both,")
    _say(f"{merged.first_only} only in the first, {merged.second_only} only in the second.", target)
    _say("To study with it:")
    _say(f"  roadworthy journal restore {shlex.quote(str(target))}")


def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: HomeOption = None,
) -> None:
    """Delete the journal and its daily backups. This cannot be undone."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal import backup as copies

    if not path.exists():
        raise _no_journal("Nothing was erased.", path)
    if not yes:
        _ask_to_erase(path)
    erased = copies.erase(path, backups=folder / "backups")
    _say(f"Erased: {_count(len(erased), 'file')}, the journal last.", path)
    stay = journal_copies(folder)
    if stay:
        _say("Copies made by hand stay:")
        for copy in stay:
            _say(f"  {copy}")


# --- what the commands share -----------------------------------------------------------------


def _whole(path: Path, home: Path, *, lost: str) -> Whole:
    """All events of the journal, read from a copy; the file stays as it is."""
    from roadworthy.journal.whole import read_whole

    if not path.exists():
        raise _no_journal(lost, path)
    with _damage_told(home):
        return read_whole(path, lost=lost)


@contextmanager
def _damage_told(home: Path) -> Iterator[None]:
    """A damaged journal is told with the command that restores its newest backup."""
    try:
        yield
    except JournalDamaged as damaged:
        damaged.mend = restore_hint(home, damaged.mend)
        raise


@contextmanager
def _lines_of(file: str) -> Iterator[Iterable[str]]:
    """The lines of a text file; raises BadInput where it cannot be read as UTF-8 text."""
    path = Path(file).expanduser()
    try:
        if file == STREAM:
            yield typer.get_text_stream("stdin", encoding="utf-8")
            return
        with path.open(encoding="utf-8-sig") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{_LOST_IMPORT} The file is not text in UTF-8.",
            where=str(path),
            mend="Name a file that `roadworthy journal export` wrote.",
        ) from error
    except OSError as error:
        raise BadInput(
            f"{_LOST_IMPORT} The file cannot be read: {error.strerror}.",
            where=str(path),
            mend="Check the path.",
        ) from error


def _ask_to_erase(path: Path) -> None:
    """Raises BadInput where nobody answers, and ends with 1 for any other word."""
    _say("This deletes all of your answers, with the daily backups, for good:", path)
    typer.echo(f"Type {ERASE_WORD} to go on: ", nl=False)
    said = sys.stdin.readline()
    if said.strip().lower() == ERASE_WORD:
        return
    if not said:
        typer.echo()
        raise BadInput(
            "Nothing was erased, for nobody answered.",
            where=str(path),
            mend="Answer in a terminal, or add --yes.",
        )
    _say("Nothing was erased.")
    raise typer.Exit(NOT_CONFIRMED)


def _absolute(option: Path | None) -> Path | None:
    return None if option is None else option.expanduser().absolute()


def _events(whole: Whole) -> str:
    """'412 events, 96 of them answers'."""
    answers = sum(event.kind in ("responded", "form_responded") for event in whole.events)
    return f"{_count(len(whole.events), 'event')}, {answers:,} of them answers"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _moment(event: Event) -> str:
    """When it was, on the candidate's clock there: '24 November 2026, 20:15 (Europe/Berlin)'."""
    from roadworthy.journal.event import zone_named

    at = event.at.astimezone(zone_named(event.zone))
    return f"{at.day} {at:%B %Y, %H:%M} ({event.zone})"


def _size(path: Path) -> str:
    """The size of the journal with its log, in megabytes of 1,000,000 bytes."""
    log = path.with_name(f"{path.name}-wal")
    total = sum(one.stat().st_size for one in (path, log) if one.exists())
    return f"{total / 1_000_000:.1f} MB"


def _no_journal(lost: str, path: Path) -> NotThere:
    return NotThere(
        f"{lost} There is no journal yet.",
        where=str(path),
        mend="Check --home; the first start of roadworthy makes one.",
    )


def _say(line: str, path: Path | None = None) -> None:
    """A line of at most 80 columns, and a path below it, which may be longer."""
    typer.echo(line)
    if path is not None:
        typer.echo(f"  {path}")
