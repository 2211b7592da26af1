"""How a command opens the candidate's home folder, and which clock it hands down.

Every command that needs a workspace takes ``HomeOption`` and calls ``open_workspace``. The heavy
imports happen inside, so that ``roadworthy --help`` stays quick.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.errors import BadInput, Refused

if TYPE_CHECKING:
    from roadworthy.workspace import Workspace

Clock = Callable[[], datetime]

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Folder with your journal and settings; ROADWORTHY_HOME names it too.",
    ),
]
ClockOption = Annotated[
    Path | None,
    typer.Option("--clock", metavar="FILE", hidden=True, help="For tests: a file with the time."),
]


def open_workspace(home: Path | None, *, clock_file: Path | None = None) -> Workspace:
    """Open the workspace that the options name.

    Raises BadInput for a home or clock that cannot be used, Refused for a clock outside tests,
    and what ``Workspace.open`` raises.
    """
    clock = clock_from(clock_file)
    folder = resolve_home(home)
    from roadworthy.workspace import Workspace

    return Workspace.open(folder, clock=clock)


def resolve_home(option: Path | None) -> Path:
    """The home folder as an absolute path, made with permissions 0700 where it did not exist.

    The option goes before ROADWORTHY_HOME, and that before the platform's folder for user data.
    Raises BadInput where the folder cannot be made or written.
    """
    folder = _named_home(option).expanduser().absolute()
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
        elif not any(folder.iterdir()):
            folder.chmod(0o700)
    except OSError as error:
        raise BadInput(
            f"The home folder cannot be used: {error.strerror}.",
            where=str(folder),
            mend="Name another folder with --home or ROADWORTHY_HOME.",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(
            "The home folder cannot be written.",
            where=str(folder),
            mend="Change its permissions, or name another folder with --home.",
        )
    if folder.stat().st_mode & 0o077:
        typer.echo(
            f"Other users can read {folder}, which holds your answers. Mend: chmod 700 {folder}",
            err=True,
        )
    return folder.resolve()


def _named_home(option: Path | None) -> Path:
    if option is not None:
        return option
    from_environment = os.environ.get("ROADWORTHY_HOME", "")
    if from_environment:
        return Path(from_environment)
    from platformdirs import user_data_dir

    return Path(user_data_dir("roadworthy", appauthor=False))


def clock_from(file: Path | None) -> Clock:
    """The system's clock in UTC, or one that reads the file anew at each call.

    Raises Refused for a file unless ROADWORTHY_TEST=1, and BadInput where it holds no time.
    """
    if file is None:
        return _system_time
    if os.environ.get("ROADWORTHY_TEST") != "1":
        raise Refused(
            "A clock from a file is for tests only.",
            where=f"--clock {file}",
            mend="Leave --clock out, or set ROADWORTHY_TEST=1 in a test.",
        )
    path = file.absolute()
    _time_in(path)
    return lambda: _time_in(path)


def _system_time() -> datetime:
    return datetime.now(UTC)


def _time_in(file: Path) -> datetime:
    """The aware time, in UTC, that a clock file holds; raises BadInput."""
    try:
        moment = datetime.fromisoformat(file.read_text(encoding="utf-8").strip())
    except (OSError, ValueError) as error:
        raise BadInput(
            "The clock file holds no time.",
            where=str(file),
            mend="Write one like 2026-11-24T20:00:00+01:00 into it.",
        ) from error
    if moment.tzinfo is None:
        raise BadInput(
            "The time in the clock file has no offset.",
            where=str(file),
            mend="Add one, as in 2026-11-24T20:00:00+01:00.",
        )
    return moment.astimezone(UTC)
