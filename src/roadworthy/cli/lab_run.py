"""One run of a lab's checks in a terminal: what happens, then what is left, then the journal."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import typer

from roadworthy.cli.paper import wrapped
from roadworthy.labs.outcome import Began, Ended, Happening, Outcome, Said, outcome_of

if TYPE_CHECKING:
    from roadworthy.pack.lab import Lab
    from roadworthy.workspace import Workspace

MARKS = {"passed": "✓", "failed": "✗", "broken": "!", "late": "!", "waits": "·"}
_INDENT = "      "


def run_and_record(
    desk: Workspace, lab: Lab, *, only: str | None = None, quiet: bool = False
) -> Outcome:
    """Run, show, and keep the outcome in the journal unless only some checks were asked for."""
    checking = desk.labs.checking(lab, dict(os.environ), only=only)
    began = time.monotonic()
    told: list[Happening] = []
    typer.echo(f"Lab {lab.number}: {lab.title}")
    try:
        for happening in checking:
            told.append(happening)
            show(lab, happening, quiet=quiet)
    finally:
        checking.stop()
    outcome = outcome_of(told, time.monotonic() - began, checking.megabytes)
    if only is None:
        desk.record_lab(lab.id, outcome, desk.now())
    for line in closing_lines(lab, outcome):
        typer.echo(line)
    return outcome


def show(lab: Lab, happening: Happening, *, quiet: bool = False) -> None:
    """One happening as lines."""
    if isinstance(happening, Said):
        if not quiet and happening.line.strip():
            typer.echo(f"    │ {happening.line}")
    elif isinstance(happening, Began):
        if not quiet:
            typer.echo(f"  … {lab.checks[happening.check].title}")
    else:
        for line in ended_lines(lab, happening):
            typer.echo(line)


def ended_lines(lab: Lab, ended: Ended) -> list[str]:
    """What came of a check: its mark, its sentence, and what was seen."""
    lines = [wrapped(lab.checks[ended.check].title, "    ", f"  {MARKS[ended.state]} ")]
    if ended.text:
        lines.append(wrapped(ended.text, _INDENT))
    return lines


def closing_lines(lab: Lab, outcome: Outcome) -> list[str]:
    """How many hold, and what to do next."""
    held = sum(one.state == "passed" for one in outcome.checks)
    count = len(outcome.checks)
    if outcome.passed:
        return [
            "",
            f"All {count} checks hold, in {outcome.seconds:.0f} s.",
            f"Compare with ours: roadworthy lab solution {lab.id}",
            "Items on the same rules: roadworthy serve, then Labs.",
        ]
    open_one = outcome.first_open
    lines = ["", f"{held} of {count} checks hold."]
    if open_one is not None:
        lines.append(f"A hint: roadworthy lab hint {lab.id} {open_one.check}")
    return lines
