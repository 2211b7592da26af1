"""Readiness as a page shows it: beside the forecast, where it stood before and what moved it."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.workspace import Workspace


@dataclass(frozen=True)
class Cause:
    """One thing that moved the forecast, in points of 100."""

    text: str
    points: float


@dataclass(frozen=True)
class Standing:
    """``before``: the forecast with which this day began. ``with_plan``: if the plan is followed."""

    before: float | None
    with_plan: float | None
    causes: tuple[Cause, ...] = ()


def standing_of(desk: Workspace) -> Standing:
    """Where the candidate stands, beside the forecast itself."""
    today = desk.today(desk.now()).isoformat()
    kept = desk.journal.by_key(f"forecast:{today}")
    now_p = desk.readiness().p
    before = float(kept.payload["p"]) if kept is not None else None
    if before is not None and now_p is not None and round(before * 100) == round(now_p * 100):
        before = None
    followed = desk.followed()
    return Standing(before=before, with_plan=followed.p if followed else None)
