"""``roadworthy readiness``: the forecast with its range, in the terminal."""

from __future__ import annotations

import typer

from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace


def register(app: typer.Typer) -> None:
    """Add the command ``readiness``."""
    app.command()(readiness)


def readiness(home: HomeOption = None, clock: ClockOption = None) -> None:
    """Say how ready you are: chance to pass, its range, what moved it, what is lacking."""
    desk = open_workspace(home, clock_file=clock)
    try:
        from roadworthy.cli.day_text import readiness_lines

        for line in readiness_lines(desk):
            typer.echo(line)
    finally:
        desk.close()
