"""Runs the checks of a lab in its environment, and tells what happens while it happens.

The program in ``inside/`` runs in a session of its own, so that a stop reaches all that it
started. It is one process for all checks, because importing their libraries takes seconds; a check
that outlives its limit is stopped, and a new process goes on with the next.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from roadworthy.errors import BadInput
from roadworthy.labs.memory_used import session_megabytes
from roadworthy.labs.outcome import Began, Ended, Happening, Said
from roadworthy.pack.lab import Lab

PROGRAM = Path(__file__).parent / "inside" / "roadworthy_lab.py"
READY_SECONDS = 90.0
"""Until the program has read the checks: their libraries may be cold on the disk."""
END_SECONDS = 5.0
"""For the program to end after its last check."""
TICK_SECONDS = 0.2
IDLE_TICKS = 10
"""Without a line, after the end of the program, until its output counts as read."""
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a lab's checks run. ``python``: of the environment; ``variables``: for its tools."""

    python: Path
    lab_folder: Path
    work: Path
    variables: Mapping[str, str]
    cut_network: bool = False


class Checking:
    """One run. Iterate it once; ``stop`` may be called from another thread."""

    def __init__(
        self, lab: Lab, bench: Bench, clock: Callable[[], float], only: str | None = None
    ) -> None:
        self.lab = lab
        self.bench = bench
        self.megabytes: float | None = None
        self._clock = clock
        self._only = only
        self._process: subprocess.Popen[str] | None = None
        self._stopped = threading.Event()

    def __iter__(self) -> Iterator[Happening]:
        waiting, not_held = self._asked(), set[str]()
        while waiting and not self._stopped.is_set():
            name = waiting[0]
            lacking = [one for one in self.lab.checks[name].needs if one in not_held]
            run = (Ended(name, "waits", lacking[0]),) if lacking else self._run(waiting)
            for happening in run:
                if isinstance(happening, Ended):
                    waiting.remove(happening.check)
                    if happening.state != "passed":
                        not_held.add(happening.check)
                    if happening.state == "waits":
                        happening = self._waits(happening)
                yield happening

    def stop(self) -> None:
        """End the run and all that it started."""
        self._stopped.set()
        self._kill()

    def _asked(self) -> list[str]:
        """The checks to run, in order; with ``only`` that one and what it needs."""
        names = list(self.lab.checks)
        if self._only is None:
            return names
        wanted = {self._only}
        for name in reversed(names):
            if name in wanted:
                wanted |= set(self.lab.checks[name].needs)
        return [name for name in names if name in wanted]

    def _waits(self, ended: Ended) -> Ended:
        title = self.lab.checks[ended.text].title
        return Ended(ended.check, "waits", f"It waits for: {title}")

    def _run(self, names: list[str]) -> Iterator[Happening]:
        """One process over some checks, until its end, a late check, or a stop."""
        told: queue.Queue[tuple[str, str | None]] = queue.Queue()
        process = self._start(names)
        self._process = process
        if self._stopped.is_set():
            self._kill()
        for kind, stream in (("event", process.stdout), ("line", process.stderr)):
            assert stream is not None
            threading.Thread(target=_pump, args=(kind, stream, told), daemon=True).start()
        current: str | None = None
        began = self._clock()
        open_streams = {"event", "line"}
        left, idle = list(names), 0
        try:
            while open_streams:
                limit = self.lab.checks[current].seconds if current else READY_SECONDS
                if left and self._clock() - began > limit and not self._stopped.is_set():
                    yield Ended(current or left[0], "late", _late(limit), limit)
                    return
                try:
                    kind, text = told.get(timeout=TICK_SECONDS)
                except queue.Empty:
                    if "event" not in open_streams:
                        idle += 1
                        if idle > IDLE_TICKS:
                            break  # what escaped from the session holds the output open
                    self._weigh(process)
                    continue
                if text is None:
                    open_streams.discard(kind)
                    if kind == "event":
                        self._let_end(process)
                elif kind == "line":
                    yield Said(text[:LONGEST_LINE])
                else:
                    event = json.loads(text)
                    began = self._clock()
                    if event["kind"] == "began":
                        current = event["check"]
                        yield Began(event["check"])
                    elif event["kind"] == "ended":
                        current = None
                        left.remove(event["check"])
                        self._weigh(process)
                        yield _ended(event)
                    else:
                        yield from [Ended(one, "broken", event["text"]) for one in left]
                        left = []
            if left and not self._stopped.is_set():
                yield Ended(current or left[0], "broken", _how_it_ended(process.wait()))
        finally:
            self._kill()

    def _start(self, names: list[str]) -> subprocess.Popen[str]:
        bench = self.bench
        command = [str(bench.python), "-I", "-u", str(PROGRAM)]
        command += ["--lab", str(bench.lab_folder), "--work", str(bench.work)]
        command += ["--cut-network"] if bench.cut_network else []
        command += [f"{name}:{','.join(self.lab.checks[name].needs)}" for name in names]
        try:
            return subprocess.Popen(
                command,
                cwd=bench.work,
                env=dict(bench.variables),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise BadInput(
                f"The lab's Python does not start: {error.strerror}.",
                where=str(bench.python),
                mend="Remove the environment and make it again: roadworthy lab remove, then start.",
            ) from error

    def _weigh(self, process: subprocess.Popen[str]) -> None:
        now = session_megabytes(process.pid)
        if now is not None:
            self.megabytes = max(now, self.megabytes or 0.0)

    def _let_end(self, process: subprocess.Popen[str]) -> None:
        """Wait for the end of the program, then end what it has left running."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=END_SECONDS)
        self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


def _pump(kind: str, stream: IO[str], told: queue.Queue[tuple[str, str | None]]) -> None:
    with stream:
        for line in stream:
            told.put((kind, line.rstrip("\n")))
    told.put((kind, None))


def _late(limit: float) -> str:
    return f"It was stopped after {limit:.0f} s."


def _ended(event: Mapping[str, object]) -> Ended:
    state = event["state"]
    assert state in ("passed", "failed", "broken", "waits")
    seconds = event["seconds"]
    assert isinstance(seconds, (int, float))
    return Ended(str(event["check"]), state, str(event["text"]), float(seconds))


def _how_it_ended(code: int) -> str:
    if code < 0:
        return f"Its program was ended by signal {-code}; is there enough memory?"
    return f"Its program ended with code {code} before the check was over."
