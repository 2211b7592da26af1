"""``roadworthy journal``: look at it, copy it, bring a copy back, end it.

The journal is the one file that cannot be made anew. No command here replaces a file without
keeping it, and only ``erase`` deletes. Export, import and merge are in ``journal_exchange.py``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from roadworthy.cli.journal_exchange import export, import_, merge
from roadworthy.cli.journal_text import (
    absolute,
    count_of,
    damage_told,
    events_held,
    moment_of,
    no_journal,
    say,
    size_of,
    whole_journal,
)
from roadworthy.cli.opening import HomeOption, journal_copies, journal_file, resolve_home
from roadworthy.errors import BadInput, JournalDamaged

ERASE_WORD: Final = "erase"
NOT_CONFIRMED: Final = 1
CopyArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A backup of a journal.")]


def register(app: typer.Typer) -> None:
    """Add the group ``journal``."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    for command in (status, backup, restore, export, import_, merge, erase):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="journal")


def _group() -> None:
    """Look at your journal, copy it, bring it back, take it elsewhere."""


def status(home: HomeOption = None) -> None:
    """Say what the journal holds, how large it is, and which backups there are."""
    folder = resolve_home(home)
    path = journal_file(folder)
    whole = whole_journal(path, folder, lost="The journal cannot be read.")
    copies = journal_copies(folder)
    say(f"Journal  {path}")
    say(f"Holds    {events_held(whole)}")
    if whole.events:
        last = whole.events[-1]
        say(f"Last     {moment_of(last)}: {last.kind.replace('_', ' ')}")
    say(f"Size     {size_of(path)}")
    if not copies:
        say("Backups  none yet; one a day is made when you study")
    for number, copy in enumerate(copies):
        say(f"{'Backups  ' if number == 0 else '         '}{copy}")


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
    target = absolute(to) or free_name(
        folder / "backups" / f"{path.stem}-by-hand-{now:%Y-%m-%dT%H%M%S}{path.suffix}"
    )
    with damage_told(folder):
        copies.backup(path, target)
    say("The journal was copied and the copy checked.", target)


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
    whole = whole_journal(path, folder, lost="The journal cannot be read.")
    say(f"Restored: the journal holds {events_held(whole)}.", path)
    if aside is not None:
        say("What it replaced is kept in", aside)


def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: HomeOption = None,
) -> None:
    """Delete the journal and its daily backups. This cannot be undone."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal import backup as copies

    if not path.exists():
        raise no_journal("Nothing was erased.", path)
    if not yes:
        _ask_to_erase(path)
    erased = copies.erase(path, backups=folder / "backups")
    say(f"Erased: {count_of(len(erased), 'file')}, the journal last.", path)
    stay = journal_copies(folder)
    if stay:
        say("Copies made by hand stay:")
        for copy in stay:
            say(f"  {copy}")


def _ask_to_erase(path: Path) -> None:
    """Raises BadInput where nobody answers, and ends with 1 for any other word."""
    say("This deletes all of your answers, with the daily backups, for good:", path)
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
    say("Nothing was erased.")
    raise typer.Exit(NOT_CONFIRMED)
