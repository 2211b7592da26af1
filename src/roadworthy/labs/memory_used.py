"""Memory of a process and all that belongs to its session, as Linux counts it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_SESSION, _RSS = 3, 21  # places in /proc/PID/stat after the name, see proc(5)


def session_megabytes(session: int) -> float | None:
    """Resident memory of a session's processes, 10^6 bytes; None where /proc does not tell.

    Pages that several processes share count for each, so the figure is an upper one.
    """
    root = Path("/proc")
    if not (root / "self" / "stat").exists():
        return None
    pages = 0
    for entry in root.iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[_SESSION]) == session:
                    pages += int(fields[_RSS])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
