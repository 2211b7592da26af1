"""The real exam: what came of it, when it may be taken again, and official samples on the way.

What is entered teaches the allowance: how much harder the exam is than our items. It is computed
once, with what is known at that moment, and kept in the event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from roadworthy.errors import BadInput, Refused
from roadworthy.items.identity import digest
from roadworthy.journal.event import study_day, zone_named
from roadworthy.learner.allowance import Learned, after_exam, after_samples
from roadworthy.learner.readiness import LEAST_ANSWERS
from roadworthy.learner.state import ExamTaken, LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.course import Course

EXAM_ENDS = time(12, 0)
SAMPLES = "official samples"
MOST_SITTINGS = 2
LONGEST_TEXT = 400
LOW_READINESS = 0.60
WARN_DAYS = 7
GOAL_READINESS = 0.75
"""The chance that a date 'that would do' should reach."""
_ASKS = re.compile(
    r"\?|\bwhich (of the following|option|service|approach|two)\b|\bwhat should (you|they)\b"
    r"|\b(you|your company|your team) (are|is|need|want|must)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\s*(?:[A-E][.):]|[-*•]|\d[.)])\s+\S", re.MULTILINE)


def like_an_item(text: str) -> str | None:
    """Why a text looks like a question of the exam, in a sentence; None if it does not."""
    if len(_LISTED.findall(text)) >= 2:
        return "It lists options."
    if _ASKS.search(text):
        return "It asks what to choose."
    if len(text) > LONGEST_TEXT:
        return f"It is longer than {LONGEST_TEXT} characters."
    return None


def earliest_retake(exams: Sequence[ExamTaken], waits: Sequence[int]) -> date | None:
    """The first day on which the exam may be taken again; None after a pass or without a fail."""
    failed: list[ExamTaken] = []
    for one in exams:
        failed = [] if one.passed else [*failed, one]
    if not failed or not waits:
        return None
    return failed[-1].date + timedelta(days=waits[min(len(failed), len(waits)) - 1])


def enter_exam(
    course: Course,
    *,
    day: date,
    passed: bool,
    weak: Sequence[str],
    text: str,
    now: datetime,
    seed: int,
) -> Learned | None:
    """Keep the outcome of a real exam; what it taught, None before eight answers that count.

    Raises ``BadInput`` for a day to come or an unknown section, ``Refused`` for a text that looks
    like a question of the exam, and ``Conflict`` where that day has another outcome.
    """
    state = course.state()
    if day > study_day(now, course.zone):
        raise BadInput(
            f"{day} is still to come.", where="date", mend="Enter the exam after you have sat it."
        )
    unknown = [one for one in weak if one not in course.pack.blueprint.sections]
    if unknown:
        known = ", ".join(course.pack.blueprint.sections)
        raise BadInput(
            f"The exam has no section {unknown[0]}.", where="weak sections", mend=f"Use {known}."
        )
    reason = like_an_item(text)
    if reason:
        raise Refused(
            f"This text looks like a question of the exam. {reason} It is not saved.",
            where="your words",
            mend="You agreed not to share the exam's content. Say how it felt, without questions.",
        )
    at = datetime.combine(day, EXAM_ENDS, zone_named(course.zone)).astimezone(UTC)
    learned = None
    if enough(state):
        learned = after_exam(state, course.pack, passed=passed, at=min(at, now), seed=seed)
    payload = {
        "date": day.isoformat(),
        "passed": passed,
        "weak_sections": list(dict.fromkeys(weak)),
        "text": text.strip() or None,
        "allowance": _kept(learned),
    }
    course.journal.append(
        "exam_sat", payload, key=f"exam_sat:{day.isoformat()}", now=now, zone=course.zone
    )
    return learned


def enter_samples(
    course: Course, *, right: int, of: int, day: date, now: datetime, seed: int
) -> Learned | None:
    """Keep a sitting of the official samples; what it taught, None before eight answers.

    Raises ``BadInput`` for more than two sittings, two on one day, or figures that cannot be.
    """
    state = course.state()
    before = [one for one in state.checkpoints if one.which == SAMPLES]
    if not 0 <= right <= of or of < 1:
        raise BadInput(
            f"{right} right of {of} is not possible.", where="samples", mend="Look at your sheet."
        )
    if len(before) >= MOST_SITTINGS or any(one.on == day for one in before):
        raise BadInput(
            "Two sittings count, on different days: more would test your memory of the questions.",
            where="samples",
            mend="Take a mock instead.",
        )
    learned = None
    if enough(state):
        learned = after_samples(
            state, course.pack, right=right, of=of, again=bool(before), at=now, seed=seed
        )
    payload: dict[str, Any] = {
        "which": SAMPLES,
        "date": day.isoformat(),
        "right": right,
        "of": of,
        "allowance": _kept(learned),
    }
    key = f"checkpoint:{digest(SAMPLES, day.isoformat())}"
    course.journal.append("checkpoint", payload, key=key, now=now, zone=course.zone)
    return learned


def enough(state: LearnerState) -> bool:
    """Whether enough is known of the candidate for an outcome to teach something."""
    return sum(one.weight > 0 for one in state.responses) >= LEAST_ANSWERS


def moving_deadlines(pack: Pack, exam_at: datetime) -> dict[str, datetime]:
    """Way of taking the exam -> until when its date moves free."""
    return {way: exam_at - timedelta(hours=h) for way, h in pack.head.moving_hours.items()}


def _kept(learned: Learned | None) -> dict[str, float] | None:
    return None if learned is None else asdict(learned.after)
