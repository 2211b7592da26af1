"""Wall clocks that are set while the program runs, and what that does to deadlines.

A deadline is an absolute time. Sleep is time that passes. A wall clock that is set is not: the
jump is kept as an event, and open deadlines shift by it, so that the time left stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from roadworthy.journal.event import checked_moment

# Less than this is the ordinary disciplining of a clock, or a slow reading of the two.
JUMP_SECONDS: Final = 60.0


class ClockWatch:
    """Compares the wall clock with one that nobody sets.

    A face reads both clocks, ``datetime.now(UTC)`` and ``time.clock_gettime(CLOCK_BOOTTIME)``
    (where that is missing, ``time.monotonic()``), and passes them in. It keeps each jump that
    ``observe`` returns as an event ``clock_jumped``. Safe to share between threads.
    """

    def __init__(self, wall: datetime, boot: float, kept: float | None = None) -> None:
        """Start from one reading: ``wall`` aware, ``boot`` in seconds from any origin.

        ``kept``: the ``offset`` of an earlier run in the same start of the machine. A clock that
        was set since then is a jump that the next reading finds.
        """
        self._lock = Lock()
        self._offset = _offset(wall, boot) if kept is None else kept

    @property
    def offset(self) -> float:
        """Seconds by which the wall clock is ahead of the one that nobody sets."""
        return self._offset

    def adopt(self, offset: float) -> None:
        """Take over an offset that another process has kept with its jump."""
        with self._lock:
            self._offset = offset

    def observe(self, wall: datetime, boot: float) -> float | None:
        """Seconds by which the wall clock jumped since the last jump, else ``None``.

        Forward is positive. A jump is returned once, to one thread. Small steps that go the same
        way add up, and are returned when they pass 60 seconds together.
        """
        with self._lock:
            jump = _offset(wall, boot) - self._offset
            if abs(jump) <= JUMP_SECONDS:
                return None
            self._offset += jump
            return jump

    def give_back(self, jump: float) -> None:
        """Undo ``observe`` when its jump could not be kept; the next reading finds it again."""
        with self._lock:
            self._offset -= jump


def shifted_deadline(deadline: datetime, jumps: Iterable[float]) -> datetime:
    """The deadline on the wall clock as it is set now, after ``jumps`` in seconds."""
    return deadline + timedelta(seconds=sum(jumps))


def _offset(wall: datetime, boot: float) -> float:
    return checked_moment(wall).timestamp() - boot
