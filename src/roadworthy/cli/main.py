"""The program ``roadworthy``: its command groups, and the one place where errors are caught.

A command module has a function ``register(app)`` that adds its commands or its group; it is listed
in ``COMMAND_MODULES`` below. Modules import what is heavy inside their commands, so that
``roadworthy --help`` and a mistyped command answer at once; a test watches that.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer

from roadworthy import __version__
from roadworthy.cli import (
    advise,
    calibrate,
    exam,
    export,
    import_file,
    items,
    journal,
    lab,
    pack,
    readiness,
    search,
    serve,
    study,
    today,
)
from roadworthy.errors import PackBroken, RoadworthyError

COMMAND_MODULES = (
    serve,
    study,
    today,
    readiness,
    exam,
    export,
    import_file,
    search,
    advise,
    lab,
    journal,
    calibrate,
    items,
    pack,
)
INTERRUPTED = 130
BAD_INPUT = 2

app = typer.Typer(
    name="roadworthy",
    help="From a certification's exam guide to passing the exam, on your own machine.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"roadworthy {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def roadworthy(
    context: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an error arose.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Study for a certification exam on your own machine. Without a command: serve."""
    if context.invoked_subcommand is None:
        context.invoke(serve.serve, context)


for module in COMMAND_MODULES:
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit: 0 done, 1 checked and failed, 2 bad input, 130 interrupted."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Carry out the arguments and return the exit code; ``--debug`` may stand anywhere."""
    debug = "--debug" in arguments
    rest = [argument for argument in arguments if argument != "--debug"]
    try:
        command()(["--debug", *rest] if debug else rest)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(bool(ending.code))
    except KeyboardInterrupt:
        return INTERRUPTED
    except RoadworthyError as error:
        if debug:
            traceback.print_exc()
        _report(error)
        return error.exit_code
    except Exception as fault:
        if debug:
            traceback.print_exc()
        _say(
            f"a fault in the program, {type(fault).__name__}: {fault}. "
            "What was acknowledged before is saved. Add --debug to see where it arose."
        )
        return BAD_INPUT
    return 0


@cache
def command() -> Callable[[Sequence[str]], object]:
    """All commands, read from the signatures of their functions once in a process."""
    return typer.main.get_command(app)


def _report(error: RoadworthyError) -> None:
    """One line for the error, ending with its entry in docs/messages.md; problems each below."""
    _say(f"{error} [{error.slug}]")
    if isinstance(error, PackBroken):
        for problem in error.problems:
            typer.echo(problem.as_text(), err=True)


def _say(line: str) -> None:
    typer.echo(f"roadworthy: {' '.join(line.split())}", err=True)


if __name__ == "__main__":
    main()
