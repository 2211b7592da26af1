"""What the clock was when it was last read, so that a clock set between two runs is noticed too.

The file says by how much the wall clock was ahead of the machine's count of seconds, and for which
start of the machine. It is a convenience: without it, or after the machine was started anew, the
time between two runs counts as the wall clock tells it.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_name() -> str | None:
    """What tells this start of the machine from all others; None where the platform has none."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip() or None
    except (OSError, ValueError):
        return None


def kept_offset(path: Path, boot: str | None) -> float | None:
    """The offset that was kept during this start of the machine; None if there is none."""
    if boot is None:
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return float(told["offset"]) if told["boot"] == boot else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_offset(path: Path, boot: str | None, offset: float) -> None:
    """Keep the offset in one step. A disk that is full changes nothing else."""
    if boot is None:
        return
    ready = path.with_name(path.name + ".new")
    with contextlib.suppress(OSError):
        ready.write_text(json.dumps({"boot": boot, "offset": offset}), encoding="utf-8")
        ready.replace(path)
