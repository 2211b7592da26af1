"""How a command opens the candidate's home folder, and which clock it hands down.

Every command that needs a workspace takes ``HomeOption`` and calls ``open_workspace``. The heavy
imports happen inside, so that ``roadworthy --help`` stays quick.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.errors import BadInput, JournalDamaged, NotThere, Refused

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
    """Open the workspace that the options name, with the pack that the settings file names.

    Raises BadInput for a home or clock that cannot be used, SettingsBroken for a settings file,
    Refused for a clock outside tests, and what ``Workspace.open`` raises. A damaged journal is
    told with the command that restores its newest backup.
    """
    clock, boot = clock_from(clock_file), boot_clock_from(clock_file)
    boot_id = None if clock_file is None else f"clock file {clock_file.absolute()}"
    folder = resolve_home(home)
    wanted = _wanted_pack(folder)
    from roadworthy.workspace import Workspace

    try:
        desk = Workspace.open(
            folder,
            clock=clock,
            boot=boot,
            boot_id=boot_id,
            lab_cache=lab_cache(),
            **({} if wanted is None else {"pack": wanted}),
        )
    except JournalDamaged as damaged:
        damaged.mend = restore_hint(folder, damaged.mend)
        raise
    for trouble in desk.troubles:
        typer.echo(f"{trouble} You can go on until then.", err=True)
    return desk


def _wanted_pack(home: Path) -> str | None:
    """The pack that the settings file names; raises SettingsBroken where it does not exist."""
    from roadworthy.cli.preferences import read_preferences, unknown_pack
    from roadworthy.pack.find import named_pack

    wanted = read_preferences(home).pack
    if wanted is not None:
        try:
            named_pack(wanted)
        except NotThere as missing:
            raise unknown_pack(home, wanted, missing.mend) from missing
    return wanted


def lab_cache() -> Path:
    """Where environments of labs lie: ROADWORTHY_LABS, or the platform's folder for caches."""
    named = os.environ.get("ROADWORTHY_LABS", "")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("roadworthy", appauthor=False)) / "labs"


def journal_file(home: Path) -> Path:
    """Where the journal of a home folder is."""
    from roadworthy.journal.snapshot import JOURNAL_FILE

    return home / JOURNAL_FILE


def journal_copies(home: Path) -> list[Path]:
    """Daily backups and copies made by hand in the folder for backups, the newest first."""
    path = journal_file(home)
    copies = [
        copy
        for ending in (path.suffix, ".tar.gz")
        for copy in (home / "backups").glob(f"{path.stem}-*{ending}")
    ]
    return sorted(copies, key=lambda copy: copy.stat().st_mtime_ns, reverse=True)


def restore_hint(home: Path, otherwise: str) -> str:
    """The command that restores the newest backup; ``otherwise`` where there is none."""
    copies = journal_copies(home)
    if not copies:
        return otherwise
    return (
        f"Restore the newest backup: roadworthy journal restore {shlex.quote(str(copies[0]))} "
        f"--home {shlex.quote(str(home))}. The damaged file is kept aside."
    )


def resolve_home(option: Path | None) -> Path:
    """The home folder as an absolute path, made with permissions 0700 where it did not exist.

    The option goes before ROADWORTHY_HOME, and that before the platform's folder for user data.
    Raises BadInput where the folder cannot be made or written.
    """
    named = _named_home(option)
    try:
        folder = named.expanduser().absolute()
    except RuntimeError as error:  # ~name of a user whom this machine does not have
        raise BadInput(
            "The home folder cannot be found: this machine has no such user.",
            where=str(named),
            mend="Name another folder with --home or ROADWORTHY_HOME.",
        ) from error
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
    path = _test_clock(file)
    _time_in(path)
    return lambda: _time_in(path)


def boot_clock_from(file: Path | None) -> Callable[[], float] | None:
    """Seconds that pass by a clock file; None for the machine's own clock.

    In tests a later time in the file means that time has passed. A second word in it says by how
    many seconds somebody has set the wall clock, as ``2026-11-24T20:00:00Z +3600``.
    """
    if file is None:
        return None
    path = _test_clock(file)
    return lambda: _time_in(path).timestamp() - _set_by(path)


def _test_clock(file: Path) -> Path:
    if os.environ.get("ROADWORTHY_TEST") != "1":
        raise Refused(
            "A clock from a file is for tests only.",
            where=f"--clock {file}",
            mend="Leave --clock out, or set ROADWORTHY_TEST=1 in a test.",
        )
    return file.absolute()


def _system_time() -> datetime:
    return datetime.now(UTC)


def _time_in(file: Path) -> datetime:
    """The aware time, in UTC, that a clock file holds; raises BadInput."""
    try:
        moment = datetime.fromisoformat(_words_in(file)[0])
    except (OSError, ValueError, IndexError) as error:
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


def _set_by(file: Path) -> float:
    words = _words_in(file)
    return float(words[1]) if len(words) > 1 else 0.0


def _words_in(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split()
