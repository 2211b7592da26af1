"""``roadworthy import FILE``: items and answers of other programs, with their provenance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from roadworthy.cli.journal_text import count_of, say
from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace

STREAM: Final = "-"
LOSSES_SHOWN: Final = 20


def register(app: typer.Typer) -> None:
    """Add the command ``import``."""
    app.command("import")(import_file)


def import_file(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=f"CSV or JSON; {STREAM} for the terminal.")
    ],
    provenance: Annotated[
        str,
        typer.Option("--provenance", metavar="TEXT", help="Who wrote it, and where it is from."),
    ],
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Take in items or answers of another program, apart from your own.

    They stay out of the forecast. To bring a journal of this program, use journal import.
    """
    from roadworthy.exchange.bounded import read_file, read_stream
    from roadworthy.exchange.foreign import checked_provenance
    from roadworthy.exchange.foreign import import_file as take_in

    checked_provenance(provenance)
    data = read_stream(sys.stdin.buffer) if file == STREAM else read_file(Path(file).expanduser())
    desk = open_workspace(home, clock_file=clock)
    try:
        report = take_in(
            data,
            "the terminal" if file == STREAM else file,
            provenance,
            journal=desk.journal,
            now=desk.now(),
            zone=desk.zone,
        )
    finally:
        desk.close()
    say(f"Came in: {count_of(report.items, 'item')}, {count_of(report.responses, 'answer')}.")
    if report.known:
        say(f"Here already, so not again: {report.known:,}.")
    say("They stay out of the forecast. The page Your data lists them and can take them out.")
    if report.lost:
        say(f"Did not come in, or not whole ({len(report.lost):,}):")
        for line in report.lost[:LOSSES_SHOWN]:
            typer.echo(f"  {line}")
        if len(report.lost) > LOSSES_SHOWN:
            typer.echo(f"  and {len(report.lost) - LOSSES_SHOWN:,} more")
