"""``roadworthy journal export``, ``import``, ``merge``: a journal on its way between machines."""

from __future__ import annotations

import shlex
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from roadworthy import __version__
from roadworthy.cli.journal_text import (
    absolute,
    count_of,
    damage_told,
    no_journal,
    say,
    tell_content,
)
from roadworthy.cli.opening import HomeOption, journal_file, resolve_home
from roadworthy.cli.reading import printing
from roadworthy.errors import BadInput

STREAM: Final = "-"
_LOST_IMPORT: Final = "Nothing was imported."
LinesArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A name in .tar.gz has events and content, any other the events alone as JSON lines; "
        f"{STREAM} for the terminal.",
    ),
]


def export(file: LinesArgument, home: HomeOption = None) -> None:
    """Write all events as JSON lines, for other programs and for keeps."""
    folder = resolve_home(home)
    path = journal_file(folder)
    from roadworthy.journal.bundle import named_as_bundle
    from roadworthy.journal.carry import export_state
    from roadworthy.journal.lines import export_lines
    from roadworthy.journal.snapshot import new_private_file, publish
    from roadworthy.journal.sqlite import open_journal
    from roadworthy.journal.trouble import translated

    lost = "Nothing was exported."
    if not path.exists():
        raise no_journal(lost, path)
    bundle = Path(file).expanduser().absolute()
    if file != STREAM and named_as_bundle(bundle):
        with damage_told(folder):
            count = export_state(folder, bundle, now=datetime.now(UTC), program=__version__)
        say(f"Exported {count_of(count, 'event')}, with the content that they name.", bundle)
        return
    with damage_told(folder), open_journal(path) as journal:
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
    say(f"Exported {count_of(count, 'event')}.", target)
    say("The content that they name is not in it; a name in .tar.gz takes it along.")


def import_(
    file: LinesArgument,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A new journal file; without it, that of the home."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Make a new journal from an export. To add to one that is there, merge it afterward."""
    from roadworthy.journal.bundle import is_bundle
    from roadworthy.journal.lines import import_lines

    target = absolute(to)
    if target is None:
        target = journal_file(resolve_home(home))
        if target.exists():
            raise BadInput(
                f"{_LOST_IMPORT} There is a journal already.",
                where=str(target),
                mend="Import to a new file with --to, then merge: roadworthy journal merge.",
            )
    bundle = Path(file).expanduser().absolute()
    if file != STREAM and is_bundle(bundle):
        _import_bundle(bundle, target, resolve_home(home))
        return
    with _lines_of(file) as lines:
        count = import_lines(lines, target)
    say(f"Imported {count_of(count, 'event')}.", target)


def _import_bundle(bundle: Path, target: Path, home: Path) -> None:
    from roadworthy.journal.carry import import_state

    brought = import_state(bundle, target, home, now=datetime.now(UTC))
    say(f"Imported {count_of(brought.events, 'event')}.", target)
    tell_content(brought, home)


def merge(
    first: Annotated[Path, typer.Argument(metavar="A", help="A journal.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one of the same person.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="The new journal file.")],
) -> None:
    """Make one journal of two, each event once. Both stay as they are."""
    from roadworthy.journal.merge import merge as merge_journals

    one, two, target = (path.expanduser().absolute() for path in (first, second, to))
    merged = merge_journals(one, two, target, journal=str(uuid.uuid4()))
    say(f"Merged to {count_of(merged.events, 'event')}: {merged.both} in both,")
    say(f"{merged.first_only} only in the first, {merged.second_only} only in the second.", target)
    say("To study with it:")
    say(f"  roadworthy journal restore {shlex.quote(str(target))}")


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
