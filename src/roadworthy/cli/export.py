"""``roadworthy export FORMAT``: what is yours, as a file for other programs or for people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from roadworthy.cli.journal_text import say
from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace
from roadworthy.cli.reading import printing
from roadworthy.errors import BadInput

_LOST: Final = "Nothing was exported."
STREAM: Final = "-"
SCHEMA: Final = "schema"
"""Asks for the schema of the JSON file, which needs no home."""


def register(app: typer.Typer) -> None:
    """Add the command ``export``."""
    app.command()(export)


def export(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, json, markdown (misses), ics (plan), apkg (Anki), or schema (of json).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="A new file; without it, the terminal."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="HH:MM", help="When evenings begin, for ics; it is kept."),
    ] = None,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Write your answers, misses or plan for other programs."""
    from roadworthy.exchange.formats import Sources, format_named

    if name == SCHEMA:
        _give(_schema(), "The schema of the JSON file", out)
        return
    wanted = format_named(name)
    if wanted.name == "apkg" and out is None:
        raise BadInput(
            f"{_LOST} A deck is no text for a terminal.",
            where="roadworthy export apkg",
            mend="Name a file, as --out roadworthy.apkg.",
        )
    desk = open_workspace(home, clock_file=clock)
    try:
        made = wanted.make(Sources(desk.course, desk.standing, desk.now(), desk.zone, at))
    finally:
        desk.close()
    _give(made, wanted.title, out)


def _schema() -> bytes:
    from roadworthy.exchange.json_out import schema_text

    return schema_text().encode()


def _give(made: bytes, title: str, out: Path | None) -> None:
    if out is None or str(out) == STREAM:
        with printing():
            sys.stdout.buffer.write(made)
        return
    target = out.expanduser().absolute()
    _write(target, made)
    say(f"{title}: exported to", target)


def _write(target: Path, content: bytes) -> None:
    """Write a new file, whole or not at all; raises BadInput where it cannot be made."""
    from roadworthy.journal.snapshot import new_private_file, publish
    from roadworthy.journal.trouble import translated

    if target.is_dir() or not target.parent.is_dir():
        raise BadInput(
            f"{_LOST} There is no folder for this file."
            if not target.is_dir()
            else f"{_LOST} This is a folder.",
            where=str(target),
            mend="Name a new file in a folder that is there.",
        )
    partial = new_private_file(target, lost=_LOST)
    try:
        with translated(target, _LOST):
            partial.write_bytes(content)
            publish(partial, target)
    finally:
        partial.unlink(missing_ok=True)
