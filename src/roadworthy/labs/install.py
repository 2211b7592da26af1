"""Makes the environment of a lab from its lock, with digests, and tells how far it is.

Packages are fetched a few at a time and marked when they are there, so an interrupted install goes
on where it was. The stamp is written last.
"""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roadworthy.errors import BadInput, DiskFull, Refused, StoreTrouble
from roadworthy.labs.environment import STAMP, Environment, unbent
from roadworthy.labs.pip_wheel import pip_command
from roadworthy.labs.requirements import Requirement, lock_hash, read_lock

BATCH = 4
"""Packages fetched by one call of pip: what an interruption costs at most."""
ROOM = 2.2
"""Free space that is asked for, as a multiple of what the environment takes when it stands."""
MARKS, LISTING = "fetched.txt", "batch.txt"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an install is: ``done`` of ``of`` packages are fetched, and what happens now."""

    done: int
    of: int
    what: str


class Install:
    """Makes one environment. ``system``: the variables of this program."""

    def __init__(self, environment: Environment, system: Mapping[str, str]) -> None:
        self.environment = environment
        self.system = unbent(system)

    def run(self) -> Iterator[Progress]:
        """Make what is missing; each step is told before it begins.

        Raises ``Refused`` for an unfit Python, ``DiskFull``, ``StoreTrouble`` for a folder that
        cannot be written, and ``BadInput`` for a lock or a network that does not serve.
        """
        try:
            yield from self._steps()
        except OSError as error:
            raise file_trouble(error) from error

    def _steps(self) -> Iterator[Progress]:
        if self.environment.stands():
            return
        self._expect_python()
        self._expect_room()
        wanted = self._requirements()
        built = self.environment.about.built
        ready = [one for one in wanted if one.name not in built]
        from_source = [one for one in wanted if one.name in built]
        kept = self._kept()
        yield from self._fetch(ready, sys.executable, kept, len(wanted))
        yield Progress(len(ready), len(wanted), "Installing what was fetched")
        self._make_folder()
        self._install(ready)
        # Their build tools are among the packages that are there now.
        yield from self._fetch(from_source, str(self.environment.python), kept, len(wanted))
        if from_source:
            yield Progress(len(wanted), len(wanted), "Building what comes as source")
            self._install(from_source)
        yield Progress(len(wanted), len(wanted), "Compiling")
        self._compile()
        self._stamp()

    def _expect_python(self) -> None:
        about, found = self.environment.about, sys.version_info[:2]
        if not _pair(about.python_from) <= found < _pair(about.python_below):
            raise Refused(
                f"This lab's packages were chosen for Python {about.python_from} or later, "
                f"below {about.python_below}; this is {found[0]}.{found[1]}.",
                where=about.title,
                mend="Install Roadworthy with such a Python: make PYTHON=/path/to/python3 run.",
            )

    def _expect_room(self) -> None:
        cache = self.environment.cache
        cache.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(cache).free / 1e6
        asked = self.environment.about.megabytes * ROOM
        if free < asked:
            raise DiskFull(
                f"This environment needs {asked:.0f} MB while it is made, and {free:.0f} are free.",
                where=str(cache),
                mend="Free some space, or set ROADWORTHY_LABS to a folder on another disk.",
            )

    def _requirements(self) -> list[Requirement]:
        try:
            return read_lock(self.environment.lock)
        except (OSError, ValueError) as error:
            raise BadInput(
                f"The lock of this environment cannot be used: {error}.",
                where=str(self.environment.lock),
                mend="Install Roadworthy again.",
            ) from error

    def _kept(self) -> set[str]:
        """Packages that are fetched already; those of another lock are taken away."""
        packages = self.environment.packages
        marks = packages / MARKS
        head = f"lock:{lock_hash(self.environment.lock)}"
        kept = set(marks.read_text(encoding="utf-8").split()) if marks.exists() else set()
        if head not in kept:
            shutil.rmtree(packages, ignore_errors=True)
            packages.mkdir(parents=True)
            marks.write_text(f"{head}\n", encoding="utf-8")
            kept = {head}
        return kept

    def _fetch(
        self, wanted: Sequence[Requirement], python: str, kept: set[str], count: int
    ) -> Iterator[Progress]:
        open_ones = [one for one in wanted if _mark(one) not in kept]
        for start in range(0, len(open_ones), BATCH):
            batch = open_ones[start : start + BATCH]
            done = len(kept) - 1  # its first line names the lock
            yield Progress(done, count, f"Fetching {', '.join(one.name for one in batch)}")
            arguments = ["download", "--no-deps", "-d", str(self.environment.packages)]
            said = self._pip(python, arguments, batch)
            if said is not None:
                raise self._failed("fetched", said, f" {done} of {count} are kept.")
            kept |= {_mark(one) for one in batch}
            with (self.environment.packages / MARKS).open("a", encoding="utf-8") as file:
                file.write("".join(f"{_mark(one)}\n" for one in batch))

    def _make_folder(self) -> None:
        folder = self.environment.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
        done = subprocess.run(made, env=self.system, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise self._failed("installed", done.stderr)

    def _install(self, wanted: Sequence[Requirement]) -> None:
        arguments = ["install", "--no-index", "--find-links", str(self.environment.packages)]
        said = self._pip(
            str(self.environment.python), [*arguments, "--no-deps", "--no-compile"], wanted
        )
        if said is not None:
            raise self._failed("installed", said)

    def _pip(
        self, python: str, arguments: Sequence[str], batch: Sequence[Requirement]
    ) -> str | None:
        """Run pip on some packages; what it complained of, None when it did not."""
        listing = self.environment.packages / LISTING
        listing.write_text("".join(one.text for one in batch), encoding="utf-8")
        built = [one.name for one in batch if one.name in self.environment.about.built]
        source = ["--no-binary", ",".join(built)] if built else []
        with pip_command(python) as command:
            done = subprocess.run(
                [
                    *command,
                    *arguments,
                    *("--require-hashes", "--no-build-isolation", "--only-binary", ":all:"),
                    *source,
                    *("--disable-pip-version-check", "--no-input", "-q", "-r", str(listing)),
                ],
                env=self.system,
                text=True,
                capture_output=True,
                check=False,
            )
        return done.stderr if done.returncode != 0 else None

    def _failed(self, what: str, said: str, kept: str = "") -> BadInput | DiskFull:
        where = str(self.environment.cache)
        if "No space left" in said:
            return DiskFull(
                f"The disk became full while packages were {what}.{kept}",
                where=where,
                mend="Free some space and run it again; it goes on where it was.",
            )
        lines = [line for line in said.splitlines() if line.strip()]
        told = [line for line in lines if line.strip().lower().startswith("error")]
        words = (told or lines or ["nothing"])[-1].strip()
        return BadInput(
            f"Packages could not be {what}.{kept} pip says: {words[:300]}",
            where=where,
            mend="Check the network, then run it again; it goes on where it was.",
        )

    def _compile(self) -> None:
        """Compile all packages, whatever PYTHONDONTWRITEBYTECODE says: a check then starts quicker.

        Files of packages that are not meant to compile are passed over.
        """
        command = [str(self.environment.python), "-m", "compileall", "-q", "-q", "-j", "0"]
        variables = {**self.system, "PYTHONDONTWRITEBYTECODE": ""}
        subprocess.run([*command, str(self.environment.folder)], env=variables, check=False)

    def _stamp(self) -> None:
        folder = self.environment.folder
        partial = folder / f"{STAMP}.partial"
        stamp = {"lock": lock_hash(self.environment.lock), "python": sys.version}
        partial.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
        partial.replace(folder / STAMP)
        shutil.rmtree(self.environment.packages, ignore_errors=True)
        self.environment.remove_older()


def file_trouble(error: OSError) -> StoreTrouble:
    """What a user is told of a file that could not be read or written."""
    kind = DiskFull if error.errno == errno.ENOSPC else StoreTrouble
    return kind(
        f"A file of the lab cannot be used: {error.strerror}.",
        where=str(error.filename or ""),
        mend="See that there is room and that you may write there, then run it again.",
    )


def _mark(one: Requirement) -> str:
    return f"{one.name}=={one.version}"


def _pair(version: str) -> tuple[int, int]:
    first, second = version.split(".")
    return int(first), int(second)
