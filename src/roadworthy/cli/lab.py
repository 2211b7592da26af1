"""``roadworthy lab``: systems that run here, broken on purpose, and checks that say why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli import lab_verify, lab_watch
from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace
from roadworthy.cli.reading import printing
from roadworthy.errors import CheckFailed, NotThere

if TYPE_CHECKING:
    from pathlib import Path

    from roadworthy.pack.lab import Lab

LabName = Annotated[str, typer.Argument(metavar="LAB", help="Its number or name; see lab list.")]


def register(app: typer.Typer) -> None:
    """Add the group ``lab``."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command(name="list")(list_labs)
    group.command()(start)
    group.command()(check)
    lab_watch.register(group)
    group.command()(hint)
    group.command()(reset)
    group.command()(solution)
    lab_verify.register(group)
    group.command()(remove)
    app.add_typer(group, name="lab")


def _group() -> None:
    """Mend systems that run on this machine; the checks say what is left."""


def list_labs(home: HomeOption = None, clock: ClockOption = None) -> None:
    """List the labs, how far you are in each, and what their environments take on disk."""
    from roadworthy.cli.lab_text import list_lines

    desk = open_workspace(home, clock_file=clock)
    try:
        with printing():
            for line in list_lines(desk):
                typer.echo(line)
    finally:
        desk.close()


def start(name: LabName, home: HomeOption = None, clock: ClockOption = None) -> None:
    """Install the lab's environment if it is missing, and copy its files for you to mend."""
    from roadworthy.cli.lab_text import install_with_bar, start_lines

    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        install_with_bar(desk.labs, lab)
        fresh = desk.labs.start(lab)
        with printing():
            for line in start_lines(desk, lab, fresh=fresh):
                typer.echo(line)
    finally:
        desk.close()


def check(
    name: LabName,
    only: Annotated[
        str | None, typer.Option(metavar="CHECK", help="Only this check, and what it needs.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Leave out what your code prints.")
    ] = False,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Run the checks. Exit 0 when all hold, 1 when one does not."""
    from roadworthy.cli.lab_run import run_and_record

    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        outcome = run_and_record(desk, lab, only=only, quiet=quiet)
        if not outcome.passed:
            raise typer.Exit(CheckFailed.exit_code)
    finally:
        desk.close()


def hint(
    name: LabName,
    check: Annotated[
        str | None, typer.Argument(metavar="CHECK", help="Without it: the first that is open.")
    ] = None,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Open the next hint of a check: where to look, then what is wrong, then how to mend it."""
    from roadworthy.cli.lab_text import hint_lines

    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        with printing():
            for line in hint_lines(desk, lab, check):
                typer.echo(line)
    finally:
        desk.close()


def reset(
    name: LabName,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Put the lab's files back as they were; what you edited is kept beside them."""
    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        desk.labs.expect_started(lab)
        kept = desk.labs.reset(lab, desk.now())
        typer.echo(f"The files are as they were at first: {desk.labs.work(lab)}")
        if kept is not None:
            typer.echo(f"What you had edited is kept: {kept}")
    finally:
        desk.close()


def solution(
    name: LabName,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Before the checks have passed.")
    ] = False,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Show what the solution does otherwise than yours, and why; after passing."""
    from roadworthy.cli.lab_text import solution_lines

    desk = open_workspace(home, clock_file=clock)
    try:
        lab = desk.labs.lab(name)
        record = desk.lab_records().get(lab.id)
        if not anyway and (record is None or record.passed_at is None):
            raise CheckFailed(
                "The solution opens when your own has passed all checks.",
                where=f"lab {lab.number}, {lab.title}",
                mend=f"Ask for a hint: roadworthy lab hint {lab.id}. Or add --anyway.",
            )
        with printing():
            for line in solution_lines(desk, lab, color=sys.stdout.isatty()):
                typer.echo(line)
    finally:
        desk.close()


def remove(
    name: Annotated[
        str | None, typer.Argument(metavar="LAB", help="Whose environment to remove.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The environments of all labs.")
    ] = False,
    files: Annotated[bool, typer.Option("--files", help="The lab's files of yours, too.")] = False,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Free the disk: remove a lab's environment. What you edited stays, unless --files."""
    desk = open_workspace(home, clock_file=clock)
    try:
        if everything == (name is not None):
            raise NotThere(
                "Which lab's environment?",
                where="roadworthy lab remove",
                mend="Name a lab, or give --all; lab list shows them.",
            )
        labs = list(desk.labs.labs.values()) if name is None else [desk.labs.lab(name)]
        for environment_name in dict.fromkeys(lab.environment for lab in labs):
            environment = desk.labs.environment_named(environment_name)
            freed = environment.remove()
            numbers = ", ".join(map(str, desk.labs.sharing(environment_name)))
            typer.echo(
                f"Removed {environment.about.title.lower()} (labs {numbers}): {freed:.0f} MB."
                if freed
                else f"Nothing to remove: {environment.about.title.lower()} is not installed."
            )
        for lab in labs if files else ():
            _say_files(desk.labs.remove_work(lab, desk.now()), lab)
    finally:
        desk.close()


def _say_files(kept: Path | None, lab: Lab) -> None:
    if kept is not None:
        typer.echo(f"Lab {lab.number}: what you had edited is kept: {kept}")
