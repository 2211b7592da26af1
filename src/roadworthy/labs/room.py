"""The labs of a pack on this machine: the one door of this package for both faces.

``cache``: where environments lie; ``home``: the candidate's folder, whose ``labs/`` holds the
files that are worked on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from roadworthy.errors import NotThere, PackBroken
from roadworthy.labs.checking import Bench, Checking
from roadworthy.labs.environment import Environment
from roadworthy.labs.install import Install, Progress
from roadworthy.labs.lifecycle import (
    FileDiff,
    diff_to_solution,
    remove_work,
    reset_work,
    start_work,
)
from roadworthy.pack.lab import Lab
from roadworthy.pack.lab_shelf import LABS, LabShelf, read_labs
from roadworthy.pack.wording import nearest
from roadworthy.problem import has_errors


class LabRoom:
    """Labs of one pack, one home and one cache. Reads the pack when it is first asked."""

    def __init__(self, pack_folder: Path | None, home: Path, cache: Path) -> None:
        self._pack_folder = pack_folder
        self.home = home
        self.cache = cache

    @cached_property
    def shelf(self) -> LabShelf:
        """What the pack holds. Raises ``PackBroken``."""
        shelf = LabShelf() if self._pack_folder is None else read_labs(self._pack_folder)
        if has_errors(shelf.problems):
            raise PackBroken(
                "The labs of this pack cannot be used.",
                shelf.problems,
                mend="roadworthy pack lint shows all of it.",
            )
        return shelf

    @property
    def labs(self) -> dict[str, Lab]:
        """By id, in their order."""
        return self.shelf.labs

    def lab(self, name: str) -> Lab:
        """A lab by its id or number. Raises ``NotThere``."""
        for lab in self.labs.values():
            if name in (lab.id, str(lab.number), f"{lab.number:02d}"):
                return lab
        known = ", ".join(f"{one.number} {one.id}" for one in self.labs.values())
        raise NotThere(
            f"There is no lab '{name[:60]}'{nearest(name, list(self.labs))}",
            where="labs of this pack",
            mend=f"Use one of: {known}." if known else "This pack has no labs.",
        )

    def folder(self, lab: Lab) -> Path:
        """Where the lab lies in the pack."""
        return self.shelf.folders[lab.id]

    def work(self, lab: Lab) -> Path:
        """Where the candidate edits."""
        return self.home / LABS / lab.id

    def started(self, lab: Lab) -> bool:
        return self.work(lab).is_dir()

    def environment(self, lab: Lab) -> Environment:
        """The environment that the lab runs in; other labs may share it."""
        return self.environment_named(lab.environment)

    def environment_named(self, name: str) -> Environment:
        """Raises ``NotThere``."""
        known = self.shelf.environments
        if name not in known or self._pack_folder is None:
            raise NotThere(
                f"There is no environment '{name[:60]}'.",
                where="labs of this pack",
                mend=f"Use one of: {', '.join(known) or 'none'}.",
            )
        lock = self._pack_folder / LABS / "environments" / f"{name}.lock"
        return Environment(name, known[name], lock, self.cache)

    def environments(self) -> list[Environment]:
        """All of the pack, whether they stand or not."""
        return [self.environment_named(name) for name in self.shelf.environments]

    def sharing(self, environment: str) -> list[int]:
        """The numbers of the labs that run in an environment."""
        return [lab.number for lab in self.labs.values() if lab.environment == environment]

    def expect_started(self, lab: Lab, folder: Path | None = None) -> Path:
        """The folder that is worked on, the candidate's or another. Raises ``NotThere``."""
        work = folder or self.work(lab)
        if not work.is_dir():
            raise NotThere(
                "You have not started this lab.",
                where=str(work),
                mend=f"Start it: roadworthy lab start {lab.id}.",
            )
        return work

    # -- what a candidate does

    def install(self, lab: Lab, system: Mapping[str, str]) -> Iterator[Progress]:
        """Make the lab's environment where it does not stand; see ``install.Install``."""
        return Install(self.environment(lab), system).run()

    def start(self, lab: Lab) -> bool:
        """Copy the starter; False when it was there already."""
        return start_work(self.folder(lab), self.work(lab))

    def checking(
        self,
        lab: Lab,
        system: Mapping[str, str],
        *,
        work: Path | None = None,
        only: str | None = None,
        cut_network: bool = False,
    ) -> Checking:
        """A run of the checks on the candidate's folder, or another. Raises ``NotThere``."""
        folder = self.expect_started(lab, work)
        environment = self.environment(lab)
        if not environment.stands():
            raise NotThere(
                "The environment of this lab is not installed.",
                where=str(environment.folder),
                mend=f"Install it: roadworthy lab start {lab.id}. What you edited stays.",
            )
        if only is not None and only not in lab.checks:
            raise NotThere(
                f"This lab has no check '{only[:60]}'{nearest(only, list(lab.checks))}",
                where=lab.id,
                mend=f"Use one of: {', '.join(lab.checks)}.",
            )
        bench = Bench(
            python=environment.python,
            lab_folder=self.folder(lab),
            work=folder,
            variables=environment.variables(system),
            cut_network=cut_network,
        )
        return Checking(lab, bench, time.monotonic, only)

    def reset(self, lab: Lab, now: datetime) -> Path | None:
        """Put the starter back; returns where the edited folder is kept, if it was edited."""
        return reset_work(self.folder(lab), self.work(lab), now)

    def solution(self, lab: Lab) -> list[FileDiff]:
        """From the candidate's files to the solution's. Raises ``NotThere``."""
        return diff_to_solution(self.folder(lab), self.work(lab), lab.reasons)

    def remove_work(self, lab: Lab, now: datetime) -> Path | None:
        """Take the candidate's folder away; returns where it is kept, if it was edited."""
        return remove_work(self.folder(lab), self.work(lab), now)
