"""What a lab's page shows of each check: its newest state, what was seen, and open hints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadworthy.labs.record import LabRecord
from roadworthy.labs.running import Run
from roadworthy.pack.catalog import Source
from roadworthy.pack.lab import Lab, LabCheck
from roadworthy.web.render import day_words
from roadworthy.workspace import Workspace

WORDS = {
    "passed": "holds",
    "failed": "does not hold",
    "broken": "could not run",
    "late": "stopped",
    "waits": "waits",
    "running": "running",
    "": "not run yet",
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check. ``state``: as in ``WORDS``; ``hints``: those that are open."""

    id: str
    check: LabCheck
    state: str
    text: str
    hints: tuple[str, ...]

    @property
    def words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the system with its names filled in, and the page that says so."""

    name: str
    cloud: str
    here: str
    cannot_show: str
    source: Source | None
    checked: date


def parts_of(desk: Workspace, lab: Lab) -> list[PartRow]:
    """Every part of the lab, in order."""
    return [
        PartRow(
            desk.fill(part.name),
            desk.fill(part.cloud).rstrip("."),
            desk.fill(part.here).rstrip("."),
            desk.fill(part.cannot_show).rstrip("."),
            desk.pack.sources.get(part.source),
            part.checked,
        )
        for part in lab.parts
    ]


def check_rows(lab: Lab, record: LabRecord, run: Run | None) -> list[CheckRow]:
    """Every check in order: from the run that goes on or just ended, else from the journal."""
    known = {one["check"]: (str(one["state"]), str(one["text"])) for one in record.last}
    if run is not None and run.kind == "check" and (run.going_on or run.stopped):
        known = {one.check: (one.state, one.text) for one in list(run.ended)}
        if run.going_on and run.current is not None:
            known[run.current] = ("running", "")
    rows = []
    for name, check in lab.checks.items():
        state, text = known.get(name, ("", ""))
        opened = tuple(check.hints[: record.hints.get(name, 0)])
        rows.append(CheckRow(name, check, state if state in WORDS else "", text, opened))
    return rows


def lab_state(desk: Workspace, lab: Lab, record: LabRecord | None) -> tuple[str, bool]:
    """How far the candidate is, in words, and whether the lab was passed."""
    if record is not None and record.passed_at is not None:
        return f"passed {day_words(desk.today(record.passed_at))}", True
    if record is not None and record.last:
        return f"{record.held} of {len(lab.checks)} checks hold", False
    return ("started" if desk.labs.started(lab) else "not started"), False
