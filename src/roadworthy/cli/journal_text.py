"""What the commands of ``roadworthy journal`` say, and how they read a journal untouched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from roadworthy.cli.opening import restore_hint
from roadworthy.errors import JournalDamaged, NotThere

if TYPE_CHECKING:
    from roadworthy.journal.carry import Brought
    from roadworthy.journal.event import Event
    from roadworthy.journal.whole import Whole


def whole_journal(path: Path, home: Path, *, lost: str) -> Whole:
    """All events of the journal, read from a copy; the file stays as it is."""
    from roadworthy.journal.whole import read_whole

    if not path.exists():
        raise no_journal(lost, path)
    with damage_told(home):
        return read_whole(path, lost=lost)


@contextmanager
def damage_told(home: Path) -> Iterator[None]:
    """A damaged journal is told with the command that restores its newest backup."""
    try:
        yield
    except JournalDamaged as damaged:
        damaged.mend = restore_hint(home, damaged.mend)
        raise


def absolute(option: Path | None) -> Path | None:
    """The path of an option, with ~ and the current folder filled in."""
    return None if option is None else option.expanduser().absolute()


def events_held(whole: Whole) -> str:
    """'412 events, 96 of them answers'."""
    answers = sum(event.kind in ("responded", "form_responded") for event in whole.events)
    return f"{count_of(len(whole.events), 'event')}, {answers:,} of them answers"


def count_of(number: int, word: str) -> str:
    """'1 event', '1,234 events'."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def moment_of(event: Event) -> str:
    """When it was, on the candidate's clock there: '24 November 2026, 20:15 (Europe/Berlin)'."""
    from roadworthy.journal.event import zone_named

    at = event.at.astimezone(zone_named(event.zone))
    return f"{at.day} {at:%B %Y, %H:%M} ({event.zone})"


def size_of(path: Path) -> str:
    """The size of the journal with its log: '57 kB', '1.2 MB', of 1,000 and 1,000,000 bytes."""
    log = path.with_name(f"{path.name}-wal")
    total = sum(one.stat().st_size for one in (path, log) if one.exists())
    return f"{total / 1_000_000:.1f} MB" if total >= 1_000_000 else f"{-(-total // 1000)} kB"


def no_journal(lost: str, path: Path) -> NotThere:
    """The error for a home without a journal; ``lost`` says what was not done."""
    return NotThere(
        f"{lost} There is no journal yet.",
        where=str(path),
        mend="Check --home; the first start of roadworthy makes one.",
    )


def tell_content(brought: Brought, home: Path) -> None:
    """What came out of a bundle beside the journal, and where that is which it replaced."""
    if brought.added:
        new = count_of(len(brought.added), "version")
        say(f"Content that was not here: {new}.", home / "packs")
    for one in brought.aside:
        say("What it replaced is kept in", one)


def say(line: str, path: Path | None = None) -> None:
    """A line of at most 80 columns, and a path below it, which may be longer."""
    typer.echo(line)
    if path is not None:
        typer.echo(f"  {path}")
