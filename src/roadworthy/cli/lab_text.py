"""Labs as lines of a terminal: the list, a start with its bar, hints, the solution."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from roadworthy.cli.paper import plain, wrapped
from roadworthy.errors import NotThere
from roadworthy.labs.record import DEGREES

if TYPE_CHECKING:
    from roadworthy.labs.record import LabRecord
    from roadworthy.labs.room import LabRoom
    from roadworthy.pack.lab import Lab
    from roadworthy.workspace import Workspace

BAR = 24


def list_lines(desk: Workspace) -> Iterator[str]:
    """Every lab with minutes and state; below, the environments with their size."""
    room, records = desk.labs, desk.lab_records()
    if not room.labs:
        yield "This pack has no labs."
        return
    for lab in room.labs.values():
        yield f"{lab.number:>3}  {desk.fill(lab.title)} ({lab.id})"
        yield f"     {lab.minutes} min · {_state(room, lab, records.get(lab.id))}"
    yield ""
    for environment in room.environments():
        stands = environment.stands()
        size = f"{environment.shown_megabytes():.0f} MB"
        state = f"installed, {size}" if stands else f"not installed, about {size}"
        labs = ", ".join(map(str, room.sharing(environment.name))) or "none"
        yield wrapped(f"{environment.about.title}, for labs {labs}: {state}", "     ")
    yield ""
    yield "Begin one: roadworthy lab start NUMBER"


def _state(room: LabRoom, lab: Lab, record: LabRecord | None) -> str:
    if record is not None and record.passed_at is not None:
        return f"passed on {record.passed_at:%Y-%m-%d}"
    if record is not None and record.last:
        return f"{record.held} of {len(record.last)} checks hold"
    return "started" if room.started(lab) else "not started"


def install_with_bar(room: LabRoom, lab: Lab) -> None:
    """Make the environment with a progress bar; at once where it stands."""
    environment = room.environment(lab)
    if environment.stands():
        return
    typer.echo(
        wrapped(
            f"Installing {environment.about.title.lower()}, about "
            f"{environment.about.megabytes} MB, into {environment.cache}. "
            "It can be interrupted, and goes on where it was."
        )
    )
    live = sys.stdout.isatty()
    for progress in room.install(lab, dict(os.environ)):
        filled = round(BAR * progress.done / max(progress.of, 1))
        bar = "█" * filled + "░" * (BAR - filled)
        what = progress.what if len(progress.what) <= 40 else progress.what[:39] + "…"
        line = f"{bar} {progress.done:>3}/{progress.of} {what}"
        typer.echo(f"\r{line:<79}" if live else line, nl=not live)
    if live:
        typer.echo("\r" + " " * 79 + "\r", nl=False)
    typer.echo(f"Installed: {environment.megabytes():.0f} MB.")


def start_lines(desk: Workspace, lab: Lab, *, fresh: bool) -> Iterator[str]:
    """The story, where the files are, the steps, and what to type next."""
    yield f"Lab {lab.number}: {desk.fill(lab.title)} ({lab.minutes} min)"
    yield ""
    for paragraph in plain(desk, lab.story):
        yield paragraph
        yield ""
    for number, step in enumerate(lab.steps, start=1):
        yield wrapped(desk.fill(step.title), "    ", f"{number:>2}. ")
        for paragraph in plain(desk, step.text):
            yield wrapped(paragraph, "    ")
        if step.files:
            yield wrapped(", ".join(step.files), "          ", "    Open: ")
        yield ""
    work = desk.labs.work(lab)
    yield f"{'Your files' if fresh else 'Your files, as you left them'}: {work}"
    yield f"Its Python: {desk.labs.environment(lab).python}"
    yield f"Check them:  roadworthy lab check {lab.id}   (or lab watch: at every save)"
    yield f"Stuck:       roadworthy lab hint {lab.id}"


def hint_lines(desk: Workspace, lab: Lab, check: str | None) -> Iterator[str]:
    """The hints that are open by now, and one more; it goes into the journal first."""
    record = desk.lab_records().get(lab.id)
    name = check or _first_open(lab, record)
    if name not in lab.checks:
        raise NotThere(
            f"This lab has no check '{name[:60]}'.",
            where=lab.id,
            mend=f"Use one of: {', '.join(lab.checks)}.",
        )
    stated = lab.checks[name]
    degree = min((record.hints.get(name, 0) if record else 0) + 1, len(stated.hints))
    desk.record_hint(lab.id, name, degree, desk.now())
    yield wrapped(desk.fill(stated.title))
    for number in range(degree):
        yield ""
        yield f"Hint {number + 1} of {len(stated.hints)}, {DEGREES[number]}:"
        for paragraph in plain(desk, stated.hints[number]):
            yield wrapped(paragraph, "  ")
    if degree < len(stated.hints):
        yield ""
        yield f"The next one: roadworthy lab hint {lab.id} {name}"


def _first_open(lab: Lab, record: LabRecord | None) -> str:
    if record is not None:
        for one in record.last:
            if one["state"] != "passed" and one["check"] in lab.checks:
                return str(one["check"])
    return next(iter(lab.checks))


def solution_lines(desk: Workspace, lab: Lab, *, color: bool) -> Iterator[str]:
    """The diff file by file, each with its reason, then the faults that were planted."""
    for diff in desk.labs.solution(lab):
        yield f"== {diff.name}"
        yield from plain(desk, diff.why) if diff.why else ()
        if not diff.lines:
            yield "Yours is the same."
        for line in diff.lines:
            tint = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1]) if color else None
            yield typer.style(line, fg=tint) if tint else line
        yield ""
    yield "What was planted:"
    for fault in lab.faults:
        yield wrapped(desk.fill(fault.title), "    ", "  - ")
