"""``roadworthy today``: the steps of the day with their minutes and gain, in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace


def register(app: typer.Typer) -> None:
    """Add the command ``today``."""
    app.command()(today)


def today(
    more: Annotated[
        int, typer.Option(min=0, max=240, metavar="N", help="Minutes on top of today's.")
    ] = 0,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Say what to do today, what each step buys, and what is left out."""
    desk = open_workspace(home, clock_file=clock)
    try:
        from roadworthy.cli.day_text import today_lines

        for line in today_lines(desk, more):
            typer.echo(line)
    finally:
        desk.close()
