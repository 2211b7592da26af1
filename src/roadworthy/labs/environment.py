"""The environment of some labs: where it lies, whether it stands, what its tools are told.

It lies in ``<cache>/environments/<name>-<hash of the lock>/``, apart from the program; what waits
to be installed in ``<cache>/packages/<name>/``. A folder without its stamp is no environment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from roadworthy.labs.requirements import lock_hash
from roadworthy.pack.lab import LabEnvironment

STAMP = "roadworthy-lab-stamp.json"
QUIET = {"DO_NOT_TRACK": "1", "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
BENDING = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


class Environment:
    """One environment of a pack, as it is on this machine."""

    def __init__(self, name: str, about: LabEnvironment, lock: Path, cache: Path) -> None:
        self.name = name
        self.about = about
        self.lock = lock
        self.cache = cache

    @property
    def folder(self) -> Path:
        return self.cache / "environments" / f"{self.name}-{lock_hash(self.lock)}"

    @property
    def packages(self) -> Path:
        return self.cache / "packages" / self.name

    @property
    def python(self) -> Path:
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        return self.folder.joinpath(*inside)

    def stands(self) -> bool:
        """Whether it is whole, and its Python still starts from where it was made."""
        return (self.folder / STAMP).is_file() and self.python.exists()

    def variables(self, system: Mapping[str, str]) -> dict[str, str]:
        """The variables for programs in it: none that bends Python, each tool told to be quiet."""
        kept = unbent(system)
        path = os.pathsep.join([str(self.python.parent), kept.get("PATH", "")])
        return (
            kept | QUIET | {"PYTHONDONTWRITEBYTECODE": "1"} | self.about.switches | {"PATH": path}
        )

    def megabytes(self) -> float:
        """What it takes on disk, 10^6 bytes, packages that wait included."""
        places = [self.packages, *self.folders()]
        return sum(folder_megabytes(one) for one in places)

    def shown_megabytes(self) -> float:
        """What to say that it takes: measured once a process, or what its pack tells."""
        if not self.stands():
            return self.about.megabytes
        return _installed_megabytes(self.folder, (self.folder / STAMP).stat().st_mtime_ns)

    def remove(self) -> float:
        """Take it away, with what was fetched for it; returns the 10^6 bytes that became free."""
        freed = self.megabytes()
        for folder in [self.packages, *self.folders()]:
            shutil.rmtree(folder, ignore_errors=True)
        for empty in (self.cache / "environments", self.cache / "packages", self.cache):
            with suppress(OSError):
                empty.rmdir()
        return freed

    def folders(self) -> list[Path]:
        """Its folders of this and of earlier locks, whole or not."""
        return sorted((self.cache / "environments").glob(f"{self.name}-*"))

    def remove_older(self) -> None:
        """Take away those of earlier locks."""
        for folder in self.folders():
            if folder != self.folder:
                shutil.rmtree(folder, ignore_errors=True)


def folder_megabytes(folder: Path) -> float:
    """Size of all files below a folder, 10^6 bytes; links are not followed."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(path, name)).st_size
    return total / 1e6


@lru_cache(maxsize=8)
def _installed_megabytes(folder: Path, stamped: int) -> float:
    """Walked once for each install: ten thousands of files, and pages load again each second."""
    return folder_megabytes(folder)


def unbent(system: Mapping[str, str]) -> dict[str, str]:
    """The variables without those that would bend another Python."""
    return {name: value for name, value in system.items() if name not in BENDING}
