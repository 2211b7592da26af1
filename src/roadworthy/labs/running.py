"""Installs and checks that go on behind a page: at most one at a time, its newest state for all.

A run is a thread that only this module starts. What it does it tells here; what it came to is
handed to ``keep`` before the run counts as ended.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from roadworthy.errors import Conflict, RoadworthyError
from roadworthy.labs.checking import Checking
from roadworthy.labs.install import Progress, file_trouble
from roadworthy.labs.outcome import Began, Ended, Happening, Outcome, Said, outcome_of

KEPT_LINES = 60
"""Lines of output that a page shows; older ones fall away."""


@dataclass
class Run:
    """One install or check. Written by its thread, read by pages."""

    lab: str
    kind: Literal["install", "check"]
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    ended: list[Ended] = field(default_factory=list)
    current: str | None = None
    progress: Progress | None = None
    error: RoadworthyError | None = None
    stopped: bool = False
    going_on: bool = True


class Runs:
    """All runs of this process. ``clock``: seconds, for how long a run took."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._newest: dict[str, Run] = {}
        self._active: Run | None = None
        self._checking: Checking | None = None
        self._thread: threading.Thread | None = None

    def newest(self, lab: str) -> Run | None:
        """The newest run of a lab in this process, whether it goes on or has ended."""
        return self._newest.get(lab)

    @property
    def active(self) -> Run | None:
        """The run that goes on; None when nothing does."""
        return self._active

    def install(self, lab: str, steps: Iterator[Progress], then: Callable[[], object]) -> Run:
        """Begin an install; ``then`` runs when it is whole. Raises ``Conflict``."""

        def work(run: Run) -> None:
            for progress in steps:
                run.progress = progress
            then()

        return self._begin(Run(lab, "install"), work)

    def check(self, lab: str, checking: Checking, keep: Callable[[Outcome], object]) -> Run:
        """Begin a check; ``keep`` gets its outcome unless it was stopped. Raises ``Conflict``."""
        began = self._clock()

        def work(run: Run) -> None:
            told: list[Happening] = []
            try:
                for happening in checking:
                    told.append(happening)
                    _tell(run, happening)
            finally:
                checking.stop()
            if not run.stopped:
                keep(outcome_of(told, self._clock() - began, checking.megabytes))

        return self._begin(Run(lab, "check"), work, checking)

    def stop(self, lab: str) -> None:
        """Stop the check of a lab; an install goes on, because it would only be begun again."""
        active, checking = self._active, self._checking
        if active is not None and active.lab == lab and active.kind == "check" and checking:
            active.stopped = True
            checking.stop()

    def close(self) -> None:
        """Stop a check that goes on and wait for it: the program ends."""
        active, thread = self._active, self._thread
        if active is not None:
            self.stop(active.lab)
        if thread is not None and active is not None and active.kind == "check":
            thread.join(timeout=5.0)

    def wait(self, seconds: float) -> None:
        """Wait until nothing goes on, at most so long."""
        if self._thread is not None:
            self._thread.join(timeout=seconds)

    def _begin(
        self, run: Run, work: Callable[[Run], None], checking: Checking | None = None
    ) -> Run:
        with self._lock:
            if self._active is not None:
                raise Conflict(
                    f"An {self._active.kind} goes on already."
                    if self._active.kind == "install"
                    else "A check goes on already.",
                    where=self._active.lab,
                    mend="Wait until it has ended, or stop it on its page.",
                )
            self._active, self._checking = run, checking
            self._newest[run.lab] = run

        def carry_out() -> None:
            try:
                work(run)
            except RoadworthyError as error:
                run.error = error
            except OSError as error:
                run.error = file_trouble(error)
            finally:
                with self._lock:
                    self._active, self._checking = None, None
                run.current, run.going_on = None, False

        self._thread = threading.Thread(target=carry_out, name=f"lab-{run.kind}", daemon=True)
        self._thread.start()
        return run


def _tell(run: Run, happening: Happening) -> None:
    if isinstance(happening, Said):
        run.lines.append(happening.line)
    elif isinstance(happening, Began):
        run.current = happening.check
    else:
        run.current = None
        run.ended.append(happening)
