"""How the commands for authors read a pack: without a home, and with all of its problems.

A candidate's commands open the pack through the workspace, which refuses one with problems. Those
that inspect content read the folder itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.errors import BadInput, PackBroken

if TYPE_CHECKING:
    from roadworthy.items.generate import Generator
    from roadworthy.pack.load import Reading
    from roadworthy.pack.model import Pack

PackOption = Annotated[
    Path | None,
    typer.Option("--pack", metavar="DIR", help="Folder of a pack; without it, the one built in."),
]


def read_folder(option: Path | None) -> Reading:
    """What is in the folder of a pack, problems and all; raises BadInput where there is none."""
    from roadworthy.pack.load import read_pack

    if option is None:
        from roadworthy.pack.find import find_pack
        from roadworthy.workspace import DEFAULT_PACK

        return read_pack(_as_seen_from_here(find_pack(DEFAULT_PACK)))
    folder = option.expanduser()
    if not (folder / "pack.yaml").is_file():
        raise BadInput(
            "This folder holds no pack.",
            where=str(folder),
            mend="Name a folder with a pack.yaml.",
        )
    return read_pack(folder)


def _as_seen_from_here(folder: Path) -> Path:
    """The folder below the current one where it is there, so that places of problems are short."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def whole_pack(reading: Reading) -> Pack:
    """The pack of a reading without errors; raises PackBroken with all of its problems."""
    from roadworthy.problem import has_errors

    if reading.pack is None or has_errors(reading.problems):
        raise broken(reading)
    return reading.pack


def broken(reading: Reading) -> PackBroken:
    """The error that lists the problems of a reading."""
    count = len(reading.problems)
    return PackBroken(
        f"The pack has {count} problem{'s' if count != 1 else ''}, so it was not loaded.",
        reading.problems,
        mend="Mend what is listed and try again.",
    )


def open_generator(option: Path | None) -> Generator:
    """The generator of a pack that loads; raises BadInput and PackBroken."""
    from roadworthy.items.generate import Generator

    return Generator(whole_pack(read_folder(option)))


@contextmanager
def printing() -> Iterator[None]:
    """Turns a reader that has gone (as ``| head`` does) into one line and exit 2."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer goes nowhere, so that the interpreter ends in peace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise BadInput(
            "The program that read the output closed it before the end.",
            mend="Let it read to the end, or ask for less.",
        ) from None
