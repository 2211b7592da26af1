"""``roadworthy journal``: look at it, copy it, bring a copy back, end it.

The journal is the one file that cannot be made anew. No command here replaces a file without
keeping it, and only ``erase`` deletes. Export, import and merge are in ``journal_exchange.py``.
"""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from roadworthy import __version__
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
    tell_content,
    whole_journal,
)
from roadworthy.cli.opening import HomeOption, journal_copies, journal_file, resolve_home
from roadworthy.errors import BadInput, JournalDamaged

ERASE_WORD: Final = "erase"
NOT_CONFIRMED: Final = 1
CopyArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A backup, as .tar.gz or the journal alone.")
]


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
        typer.Option(
            metavar="FILE",
            help="A new file; without it, one among the backups. "
            "A name in .tar.gz takes the content along, any other has the journal alone.",
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Copy the journal with its content, and check the copy. It may be in use."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal import backup as copies
    from roadworthy.journal.bundle import named_as_bundle
    from roadworthy.journal.carry import back_up_state

    now = datetime.now(UTC)
    target = absolute(to) or _unused(
        folder / "backups", f"{path.stem}-by-hand-{now:%Y-%m-%dT%H%M%S}", ".tar.gz"
    )
    if not path.exists():
        raise no_journal("No backup was made.", path)
    with damage_told(folder):
        if not named_as_bundle(target):
            copies.backup(path, target)
            say("The journal was copied and the copy checked.", target)
            say("The content that it names is not in it; a name in .tar.gz takes it along.")
            return
        packs = back_up_state(folder, target, now=now, program=__version__)
    content = count_of(len(packs), "version")
    say(f"The journal and {content} of its content were copied and checked.", target)


def _unused(folder: Path, stem: str, ending: str) -> Path:
    """A file name in a folder that no file has yet."""
    numbers = (f"-{number}" if number > 1 else "" for number in itertools.count(1))
    return next(
        path for number in numbers if not (path := folder / f"{stem}{number}{ending}").exists()
    )


def restore(file: CopyArgument, home: HomeOption = None) -> None:
    """Put a backup in the place of the journal; what it replaces is kept aside."""
    folder = resolve_home(home)
    path, copy = journal_file(folder), file.expanduser().absolute()
    from roadworthy.journal import backup as copies
    from roadworthy.journal.bundle import is_bundle
    from roadworthy.journal.carry import Brought, restore_state

    try:
        if is_bundle(copy):
            brought = restore_state(copy, folder, now=datetime.now(UTC))
        else:
            aside = copies.restore(copy, path, now=datetime.now(UTC))
            brought = Brought(aside=[] if aside is None else [aside])
    except JournalDamaged as damaged:
        if damaged.where == str(copy):
            damaged.mend = "Choose another one; `roadworthy journal status` lists the backups."
        raise
    whole = whole_journal(path, folder, lost="The journal cannot be read.")
    say(f"Restored: the journal holds {events_held(whole)}.", path)
    tell_content(brought, folder)


def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: HomeOption = None,
) -> None:
    """Delete the journal and its automatic backups. This cannot be undone."""
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
    say("This deletes all of your answers, with the automatic backups, for good:", path)
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
