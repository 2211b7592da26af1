"""Which limit to ask next: missed ones again soon, new ones, then those whose time has come.

A limit that was recalled comes back after 1, 3, 7 and 21 days. That is spacing by a fixed ladder,
not a memory model: a limit says nothing about readiness, so nothing finer is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadworthy.learner.state import LimitMemory
from roadworthy.pack.limit import Limit

LADDER = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=21))
AGAIN_AFTER_ITEMS = 3
"""A missed limit comes again in the same drill, after this many others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a limit stands: never asked, missed last time, or recalled so often in a row."""

    limit: str
    asked: int
    held: int
    missed: bool
    due: datetime | None  # None while it was never asked

    def is_due(self, now: datetime) -> bool:
        """Whether a drill would ask it now."""
        return self.due is None or self.due <= now


def standing_of(limit: str, memory: LimitMemory | None) -> Standing:
    """The standing of one limit by its answers."""
    if memory is None or not memory.answers:
        return Standing(limit, 0, 0, False, None)
    held = 0
    for _, _, right in reversed(memory.answers):
        if not right:
            break
        held += 1
    _, last, right = memory.answers[-1]
    due = last if not right else last + LADDER[min(held, len(LADDER)) - 1]
    return Standing(limit, len(memory.answers), held, not right, due)


def next_limit(
    limits: Mapping[str, Limit],
    memory: Mapping[str, LimitMemory],
    asked: Sequence[str],
    now: datetime,
) -> str | None:
    """The limit to ask now; None when nothing is due. ``asked``: limits of this drill, in order."""
    standings = [standing_of(name, memory.get(name)) for name in limits]
    recent = set(asked[-AGAIN_AFTER_ITEMS:])
    order = {name: number for number, name in enumerate(limits)}

    def rank(one: Standing) -> tuple[int, float, int]:
        kind = 0 if one.missed else 2 if one.due is None else 1
        return kind, one.due.timestamp() if one.due else 0.0, order[one.limit]

    due = sorted((one for one in standings if one.is_due(now)), key=rank)
    ready = [one for one in due if one.limit not in recent]
    return (ready or due)[0].limit if due else None
