"""What a run of a lab's checks tells while it goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["passed", "failed", "broken", "late", "waits"]
"""broken: the check itself met a fault, or its program ended; late: stopped at its time limit;
waits: a check that it needs did not hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line that the candidate's code, or a tool that it runs, printed."""

    line: str


@dataclass(frozen=True, slots=True)
class Began:
    """A check began."""

    check: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A check ended. ``text``: what was seen and what should be; seconds of the clock."""

    check: str
    state: State
    text: str = ""
    seconds: float = 0.0


Happening = Said | Began | Ended


@dataclass(frozen=True, slots=True)
class Outcome:
    """All checks of one run, in order. ``megabytes``: peak memory of all its processes, 10^6."""

    checks: tuple[Ended, ...]
    seconds: float = 0.0
    megabytes: float | None = None

    @property
    def passed(self) -> bool:
        """Whether all held; a run without checks did not pass."""
        return bool(self.checks) and all(one.state == "passed" for one in self.checks)

    @property
    def first_open(self) -> Ended | None:
        """The first that does not hold: the one to mend next."""
        return next((one for one in self.checks if one.state != "passed"), None)


def outcome_of(happenings: Sequence[Happening], seconds: float, megabytes: float | None) -> Outcome:
    """What the happenings of one run came to."""
    ended = tuple(one for one in happenings if isinstance(one, Ended))
    return Outcome(ended, seconds, megabytes)
