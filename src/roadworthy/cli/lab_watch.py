"""``roadworthy lab watch``: the checks at every save, with keys for a hint and the end."""

from __future__ import annotations

import queue
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from roadworthy.labs.outcome import Outcome
    from roadworthy.pack.lab import Lab
    from roadworthy.workspace import Workspace

LOOK_SECONDS = 0.4
KEYS = "h hint · r run again · q quit (then Enter)"


def register(group: typer.Typer) -> None:
    """Add the command ``watch``."""
    group.command()(watch)


def watch(
    name: Annotated[str, typer.Argument(metavar="LAB", help="Its number or name; see lab list.")],
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Run the checks now and at every save of a file, until all hold or you type q."""
    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        _watch(desk, lab)
    finally:
        desk.close()


def _watch(desk: Workspace, lab: Lab) -> None:
    from roadworthy.cli.lab_run import run_and_record
    from roadworthy.cli.lab_text import hint_lines

    typed = _typed_lines()
    work = desk.labs.work(lab)
    while True:
        seen = _stamps(work)
        outcome = run_and_record(desk, lab, quiet=True)
        if outcome.passed:
            return
        typer.echo(f"Watching {work}\n{KEYS}")
        while True:
            said = _next_line(typed)
            if said == "q":
                typer.echo("You left; your files and the outcome are kept.")
                raise typer.Exit(_exit_code(outcome))
            if said == "h":
                for line in hint_lines(desk, lab, None):
                    typer.echo(line)
            if said == "r" or _stamps(work) != seen:
                typer.echo("")
                break


def _exit_code(outcome: Outcome) -> int:
    return 0 if outcome.passed else 1


def _typed_lines() -> queue.Queue[str]:
    """What is typed, line by line; the end of the input counts as q."""
    typed: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            typed.put(line.strip().lower())
        typed.put("q")

    threading.Thread(target=read, daemon=True).start()
    return typed


def _next_line(typed: queue.Queue[str]) -> str:
    try:
        return typed.get(timeout=LOOK_SECONDS)
    except queue.Empty:
        return ""


def _stamps(folder: Path) -> dict[str, int]:
    """Time of change of every file, in nanoseconds; what is being replaced right now is skipped."""
    from contextlib import suppress

    from roadworthy.labs.lifecycle import files_of

    found: dict[str, int] = {}
    for name in files_of(folder):
        with suppress(OSError):
            found[name] = (folder / name).stat().st_mtime_ns
    return found
