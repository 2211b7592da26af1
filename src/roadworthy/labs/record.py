"""What the journal tells of labs: when each was passed, how its last check went, hints opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from roadworthy.journal.event import Event
from roadworthy.labs.outcome import Outcome

KINDS = ("lab_checked", "hint_used")
DEGREES = ("where to look", "what is wrong", "how to mend it")
"""What the hints of a check tell, from the first to the last."""


@dataclass(slots=True)
class LabRecord:
    """One lab. ``hints``: check -> highest degree opened; ``last``: the newest run's checks."""

    checked: int = 0
    passed_at: datetime | None = None
    last: list[Mapping[str, Any]] = field(default_factory=list)
    last_at: datetime | None = None
    hints: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """How many checks held in the newest run."""
        return sum(one["state"] == "passed" for one in self.last)


def records(events: Iterable[Event]) -> dict[str, LabRecord]:
    """By lab, from events of ``KINDS`` in order; labs without any are not in it."""
    found: dict[str, LabRecord] = {}
    for event in events:
        if event.kind not in KINDS:
            continue
        record = found.setdefault(event.payload["lab"], LabRecord())
        if event.kind == "hint_used":
            check, degree = event.payload["check"], event.payload["degree"]
            record.hints[check] = max(degree, record.hints.get(check, 0))
            continue
        record.checked += 1
        record.last, record.last_at = list(event.payload["checks"]), event.at
        if event.payload["passed"] and record.passed_at is None:
            record.passed_at = event.at
    return found


def checked_payload(lab: str, outcome: Outcome) -> dict[str, Any]:
    """The payload of ``lab_checked``."""
    checks = [
        {"check": one.check, "state": one.state, "text": one.text, "seconds": one.seconds}
        for one in outcome.checks
    ]
    return {"lab": lab, "passed": outcome.passed, "checks": checks}
