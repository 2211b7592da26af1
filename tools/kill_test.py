"""Kill the journal's writer at random moments and count what is lost: nothing, or exit 1.

A child keeps responses one by one and prints each id after the journal has acknowledged it. The
parent kills it with SIGKILL at seeded moments, some of them while the file is being opened, opens
the journal again and compares. The next child first sends its last response again, as a browser
would. ``python tools/kill_test.py --kills 200`` is for measuring.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import roadworthy
from roadworthy.journal.sqlite import SqliteJournal, open_journal

# Every tenth child is killed within this time after it began to open the journal.
_OPENING_SECONDS = 0.03
# The others are killed within this time after their first acknowledged response.
_ANSWERING_SECONDS = 0.4
# An item of the usual size: about 4 kB with rationales.
_ITEM = {
    "stem": "A team serves a model to devices that are often offline. " * 6,
    "options": [
        {"text": "Send the requests again when the line is back. " * 2, "rationale": "r" * 600}
        for _ in range(4)
    ],
}


@dataclass
class Figures:
    """What came of all kills."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    gaps: int = 0
    damaged: int = 0
    unacknowledged: int = 0
    reopen_ms: list[float] = field(default_factory=list)
    append_ms: list[float] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every acknowledged response is there, once, in a sound file."""
        return not (self.lost or self.doubled or self.gaps or self.damaged)

    def as_text(self) -> str:
        """The figures, one a line."""
        return "\n".join(
            (
                f"kills: {self.kills}",
                f"acknowledged responses: {self.acknowledged}",
                f"lost: {len(self.lost)}",
                f"doubled: {len(self.doubled)}",
                f"gaps in seq: {self.gaps}",
                f"damaged files: {self.damaged}",
                f"kept but not acknowledged when killed: {self.unacknowledged}",
                f"reopen: p50 {_share(self.reopen_ms, 0.5):.1f} ms, "
                f"longest {max(self.reopen_ms, default=0):.1f} ms",
                f"append of a response: p50 {_share(self.append_ms, 0.5):.2f} ms, "
                f"p99 {_share(self.append_ms, 0.99):.2f} ms",
            )
        )


def run(kills: int, seed: int, home: Path) -> Figures:
    """Kill ``kills`` writers of one journal in ``home``; returns the figures."""
    draw = random.Random(seed)
    path = home / "journal.sqlite"
    figures = Figures()
    acknowledged: set[str] = set()
    for number in range(1, kills + 1):
        for line in _kill_one(path, draw, while_opening=number % 10 == 0):
            name, milliseconds = line.split()
            acknowledged.add(name)
            figures.append_ms.append(float(milliseconds))
        figures.kills = number
        _compare(path, acknowledged, figures)
    figures.acknowledged = len(acknowledged)
    return figures


def _kill_one(path: Path, draw: random.Random, *, while_opening: bool) -> list[str]:
    """Start a writer, kill it, and return the whole lines that it printed after "opening"."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--child", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(roadworthy.__file__).parents[1])},
    )
    assert child.stdout is not None
    with child, child.stdout as output:
        printed = output.readline()
        if not while_opening:
            printed += output.readline()
        try:
            child.wait(draw.uniform(0, _OPENING_SECONDS if while_opening else _ANSWERING_SECONDS))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        printed += output.read()
        if child.wait() != -signal.SIGKILL:
            raise SystemExit(f"The writer ended by itself with {child.returncode}.")
    # A last line without its end was cut by the kill: it was not acknowledged.
    return [line for line in printed.splitlines(keepends=True)[1:] if line.endswith("\n")]


def _compare(path: Path, acknowledged: set[str], figures: Figures) -> None:
    start = time.perf_counter()
    with open_journal(path, create_as="killed") as journal:
        figures.reopen_ms.append((time.perf_counter() - start) * 1000)
        kept = [event.payload["presentation"] for event in journal.read(kinds={"responded"})]
        last = journal.last_seq()
    lost, doubled = compare(acknowledged, kept)
    figures.lost += lost
    figures.doubled += doubled
    figures.unacknowledged += len(set(kept) - acknowledged)
    acknowledged |= set(kept)
    with closing(sqlite3.connect(path)) as connection:
        figures.damaged += connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
        figures.gaps += connection.execute("SELECT count(*) FROM events").fetchone()[0] != last


def compare(acknowledged: Iterable[str], kept: Iterable[str]) -> tuple[list[str], list[str]]:
    """The acknowledged ids that are not kept, and the ids that are kept more than once."""
    times = Counter(kept)
    lost = sorted(name for name in acknowledged if name not in times)
    return lost, sorted(name for name, count in times.items() if count > 1)


def write_responses(path: Path) -> None:
    """Child: keep items and responses until killed; print each id and its milliseconds."""
    print("opening", flush=True)
    journal = open_journal(path, create_as="killed")
    number = len(journal.read(kinds={"item_shown"}))
    # The last one again, whether it was kept or not: it must not be kept twice.
    number = max(number, 1)
    while True:
        _write_one(journal, number)
        number += 1


def _write_one(journal: SqliteJournal, number: int) -> None:
    presentation = f"p{number}"
    now = datetime.now(UTC)
    shown = {
        "presentation": presentation,
        "session": "s1",
        "form": None,
        "ordinal": number,
        "purpose": "measure",
        "step": "full",
        "aided": False,
        "item": _ITEM,
        "pack_hash": "none",
        "generator": "none",
    }
    journal.append("item_shown", shown, key=f"shown:{presentation}", now=now, zone="UTC")
    response = {"presentation": presentation, "chosen": [number % 4], "milliseconds": number}
    start = time.perf_counter()
    journal.append("responded", response, key=presentation, now=now, zone="UTC")
    print(presentation, f"{(time.perf_counter() - start) * 1000:.3f}", flush=True)


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else 0.0


def main() -> int:
    """Parse the arguments, kill, print the figures; exit 1 if anything is lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=30, help="how many writers to kill")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child is not None:
        write_responses(arguments.child)
    with tempfile.TemporaryDirectory(prefix="roadworthy-kill-") as home:
        figures = run(arguments.kills, arguments.seed, Path(home))
    print(figures.as_text())
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
