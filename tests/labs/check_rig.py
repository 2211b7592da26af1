"""A lab whose checks a test writes, and all that one run of them tells."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.labs.tiny_labs import with_checks

from roadworthy.labs.checking import Bench, Checking
from roadworthy.labs.outcome import Ended, Happening, Said
from roadworthy.labs.room import LabRoom
from roadworthy.pack.lab import Lab

HEAD = "import os, subprocess, sys, threading\nfrom roadworthy_lab import expect\n"


@dataclass
class Told:
    """All happenings of one run."""

    happenings: list[Happening] = field(default_factory=list)

    @property
    def ended(self) -> dict[str, Ended]:
        """By check, in the order in which they ended."""
        return {one.check: one for one in self.happenings if isinstance(one, Ended)}

    @property
    def states(self) -> dict[str, str]:
        return {name: one.state for name, one in self.ended.items()}

    @property
    def said(self) -> list[str]:
        return [one.line for one in self.happenings if isinstance(one, Said)]


class Rig:
    """A lab whose checks a test writes, with the candidate's files."""

    def __init__(self, room: LabRoom) -> None:
        self.room = room
        self.lab: Lab = room.lab("tiny")
        self.work = room.work(self.lab)
        self.folder = room.folder(self.lab)

    def write(self, source: str, *, needs: dict[str, list[str]] | None = None) -> None:
        """Take this as checks.py; its functions are the checks, in order."""
        (self.folder / "checks" / "checks.py").write_text(HEAD + source, encoding="utf-8")
        names = [
            line[4 : line.index("(")] for line in source.splitlines() if line.startswith("def ")
        ]
        fields = {name: {"needs": (needs or {}).get(name, [])} for name in names}
        self.lab = with_checks(self.lab, **fields)

    def checking(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        only: str | None = None,
        cut_network: bool = False,
    ) -> Checking:
        environment = self.room.environment(self.lab)
        variables = environment.variables(dict(os.environ))
        bench = Bench(environment.python, self.folder, self.work, variables, cut_network)
        return Checking(self.lab, bench, clock, only)

    def run(self, **how: bool | str) -> Told:
        """Run to the end."""
        return Told(list(self.checking(**how)))  # type: ignore[arg-type]
