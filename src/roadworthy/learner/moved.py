"""Why readiness moved: the difference of two forecasts, told in up to three causes.

The two forecasts are walked from one to the other in steps that sum exactly: settings and doubts
first, then time, then one decision after the other whose items were answered or read, then what
those answers say about all the rest. How much a step takes depends a little on the order, so the
causes are honest to about a tenth of what they say, not to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.readiness import CAP, Sitting, readiness, sitting
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState, Response
from roadworthy.pack.model import Pack

Floats = NDArray[np.float64]
SHOWN = 3
LEAST_POINTS = 0.05
"""Smaller moves are not told; they would read as 0.0."""
LEAST_DAYS = 0.5


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: a sentence without final dot, and the points (of 100) that it moved."""

    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Moved:
    """``points`` from before to after; ``causes`` the largest ones, ``rest`` what they leave."""

    points: float
    causes: tuple[Cause, ...]
    rest: float


_KNOWN: Recent[LearnerState, Moved] = Recent(8)


def why_moved(
    before: LearnerState,
    after: LearnerState,
    pack: Pack,
    *,
    then: datetime,
    now: datetime,
    exam_before: datetime,
    exam_after: datetime,
    seed: int,
) -> Moved:
    """What moved readiness between two states of one learner. Empty without both forecasts.

    ``then`` and ``now``: when the two forecasts are made; ``exam_*``: the exams that they are of.
    """
    key = (id(before), before.until, pack.hash, id(pack), then, now, exam_before, exam_after, seed)

    def make() -> Moved:
        return _make(before, after, pack, then, now, exam_before, exam_after, seed)

    return _KNOWN.get_or_make(after, key, make)


def _make(
    before: LearnerState,
    after: LearnerState,
    pack: Pack,
    then: datetime,
    now: datetime,
    exam_before: datetime,
    exam_after: datetime,
    seed: int,
) -> Moved:
    first = readiness(before, pack, exam_before, then, seed)
    last = readiness(after, pack, exam_after, now, seed)
    if first.p is None or last.p is None:
        return Moved(0.0, (), 0.0)
    steps: list[Cause] = []
    start = sitting(before, pack, first.exam_at, seed)
    level = float(start.chances().mean())

    told = replace(before, settings=after.settings, disputed_rules=after.disputed_rules)
    there = start
    if _matters(before, told):
        there = sitting(told, pack, first.exam_at, seed)
        level = _step(steps, _said(before, told), level, there, None)
    if first.exam_at != last.exam_at:
        there = sitting(told, pack, last.exam_at, seed)
        level = _step(steps, _later(first.exam_at, last.exam_at), level, there, None)

    end = sitting(after, pack, last.exam_at, seed)
    logits = there.rule_logits + there.memory
    target = end.rule_logits + end.memory
    fresh = _fresh(before, after)
    for number, name in enumerate(end.syllabus.decisions):
        text = _what_happened(before, after, fresh, name, end.syllabus.titles[number])
        if text is None:
            continue
        rules = end.syllabus.rules_of[number]
        logits = logits.copy()
        logits[:, rules] = target[:, rules]
        level = _step(steps, text, level, end, logits)
    level = _step(steps, "What these answers say about rules not asked yet", level, end, target)
    return _told(steps, last.p - first.p, first.uncapped, last.uncapped)


def _told(steps: list[Cause], moved: float, before: float | None, after: float | None) -> Moved:
    """The largest causes. Above the cap nothing moves the number, so nothing is told."""
    if before is not None and after is not None and min(before, after) > CAP and moved == 0:
        return Moved(0.0, (), 0.0)
    steps.sort(key=lambda cause: -abs(cause.points))
    causes = tuple(
        Cause(cause.text, round(cause.points, 1))
        for cause in steps[:SHOWN]
        if abs(cause.points) >= LEAST_POINTS
    )
    points = 100.0 * moved
    return Moved(points, causes, points - sum(cause.points for cause in causes))


def _step(
    steps: list[Cause], text: str, level: float, there: Sitting, logits: Floats | None
) -> float:
    reached = float(there.chances(logits).mean())
    steps.append(Cause(text, 100.0 * (reached - level)))
    return reached


def _fresh(before: LearnerState, after: LearnerState) -> list[Response]:
    known = {one.presentation for one in before.responses}
    return [one for one in after.responses if one.presentation not in known and one.weight > 0]


def _matters(before: LearnerState, after: LearnerState) -> bool:
    names = ("pass_mark", "outside_share", "experience")
    changed = any(getattr(before.settings, n) != getattr(after.settings, n) for n in names)
    return changed or before.disputed_rules != after.disputed_rules


def _said(before: LearnerState, after: LearnerState) -> str:
    if before.settings.pass_mark != after.settings.pass_mark:
        return f"The pass mark is now set to {after.settings.pass_mark:.0%}"
    if before.settings.experience != after.settings.experience:
        return "You rated your experience anew"
    if before.disputed_rules != after.disputed_rules:
        out = after.disputed_rules - before.disputed_rules
        return "Rules in dispute left the forecast" if out else "Disputed rules came back"
    return "The share of the exam outside our items was changed"


def _later(before: datetime, after: datetime) -> str:
    """Time that passes before the exam: forgetting, or an exam that comes sooner."""
    days = (after - before).total_seconds() / 86_400
    count = max(1, round(abs(days)))
    unit = "one day" if count == 1 else f"{count} days"
    return f"{unit.capitalize()} of forgetting" if days > 0 else f"The exam comes {unit} sooner"


def _what_happened(
    before: LearnerState, after: LearnerState, fresh: list[Response], decision: str, title: str
) -> str | None:
    """What was answered or read of a decision; None if nothing was."""
    here = [one for one in fresh if one.decision == decision]
    if here:
        right = sum(one.right for one in here)
        return f"{right} of {len(here)} right on “{title}”"
    lesson = after.lessons.get(decision)
    if lesson is not None and lesson != before.lessons.get(decision):
        return f"You read about “{title}”"
    old = sum(len(one.readings) for one in before.rules.values() if one.decision == decision)
    new = sum(len(one.readings) for one in after.rules.values() if one.decision == decision)
    return f"You read about “{title}”" if new > old else None
