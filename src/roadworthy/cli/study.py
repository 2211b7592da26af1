"""``roadworthy study``: a session in the terminal, on the same journal as the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace
from roadworthy.errors import BadInput

FEWEST_MINUTES, MOST_MINUTES = 5, 120


def register(app: typer.Typer) -> None:
    """Add the command ``study``."""
    app.command()(study)


def study(
    minutes: Annotated[
        int | None,
        typer.Option(
            min=FEWEST_MINUTES,
            max=MOST_MINUTES,
            metavar="N",
            help="Minutes of the session; without it, those of your settings.",
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Limit the session to one topic or decision."),
    ] = None,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Study in the terminal: read, answer by letter, see why. Everything is saved as you go."""
    desk = open_workspace(home, clock_file=clock)
    try:
        from roadworthy.cli.terminal_session import TerminalSession

        if topic is not None and topic not in {*desk.pack.topics, *desk.pack.decisions}:
            known = ", ".join([*desk.pack.topics, *desk.pack.decisions])
            raise BadInput(f"There is no topic '{topic}'.", mend=f"Use one of: {known}.")
        now = desk.now()
        desk.back_up(now)
        desk.enrol(now)
        usual = min(desk.course.state().settings.minutes_per_day, MOST_MINUTES)
        session = desk.course.start_session(
            desk.new_session_id(),
            purpose="evening" if topic is None else "topic",
            minutes=minutes or max(FEWEST_MINUTES, usual),
            target=topic or desk.lesson_today(),
            now=now,
        )
        TerminalSession(desk, session).run()
    finally:
        desk.close()
