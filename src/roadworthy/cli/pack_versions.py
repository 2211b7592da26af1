"""Two versions of a pack: folders, or states of the folder in the history of git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from roadworthy.cli.reading import read_folder, whole_pack
from roadworthy.errors import BadInput, NotThere, PackBroken

if TYPE_CHECKING:
    from roadworthy.pack.model import Pack


@contextmanager
def pack_at(name: str, folder: Path) -> Iterator[Pack]:
    """The pack in the folder ``name``, or ``folder`` as it was at the git revision ``name``.

    Raises NotThere where it is neither, and PackBroken where it does not load.
    """
    there = Path(name).expanduser()
    if (there / "pack.yaml").is_file():
        yield whole_pack(read_folder(there))
        return
    if there.is_dir():
        raise BadInput(
            "This folder holds no pack.", where=name, mend="Name a folder with a pack.yaml."
        )
    with tempfile.TemporaryDirectory(prefix="roadworthy-") as scratch:
        archive = _git(folder, "archive", "--format=tar", _commit(folder, name))
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(scratch, filter="data")
        if not (Path(scratch) / "pack.yaml").is_file():
            raise NotThere(
                f"At {name} this folder held no pack.",
                where=str(folder),
                mend="Name a later revision, or another folder with --pack.",
            )
        yield _whole_at(name, Path(scratch))


def _whole_at(revision: str, scratch: Path) -> Pack:
    """The pack of a revision; its problems are placed as `HEAD~1:decisions/x.yaml`."""
    from roadworthy.problem import Place

    try:
        return whole_pack(read_folder(scratch))
    except PackBroken as broken:
        prefix = f"{scratch.as_posix()}/"
        problems = [
            replace(
                one,
                place=Place(
                    f"{revision}:{one.place.file.removeprefix(prefix)}",
                    one.place.line,
                    one.place.column,
                ),
            )
            for one in broken.problems
        ]
        raise PackBroken(
            f"The pack at {revision} did not load.",
            problems,
            mend="Name a revision at which it did; `git log` lists them.",
        ) from broken


def _commit(folder: Path, revision: str) -> str:
    """The commit that a revision names in the repository of the folder."""
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _git(folder, *arguments, told=revision).decode().strip()


def _git(folder: Path, *arguments: str, told: str = "") -> bytes:
    program = shutil.which("git")
    if program is None:
        raise BadInput("Git is not installed.", mend="Name two folders instead of revisions.")
    done = subprocess.run(
        [program, "-C", str(folder), *arguments], capture_output=True, check=False
    )
    if done.returncode != 0:
        raise NotThere(
            f"'{told or ' '.join(arguments)}' is no folder, and no revision of the pack's folder.",
            where=str(folder),
            mend="Name a folder with a pack.yaml, or a revision such as HEAD~1.",
        )
    return done.stdout
