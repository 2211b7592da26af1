"""The coach over a course: whether it is its turn, which step it asks, and what was done.

``coach.py`` decides and scores. An item is coached once, with one step; at most two a study day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from roadworthy.errors import Conflict
from roadworthy.items.item import Item
from roadworthy.journal.event import study_day
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.study.answer_time import LAST_WEEK_DAYS
from roadworthy.study.coach import AN_EVENING, Blame, can_be_coached, next_step, steps_on
from roadworthy.study.coach_log import Coaching, coaching_of
from roadworthy.study.coach_turns import mastered
from roadworthy.study.course import Course
from roadworthy.study.miss_causes import blames
from roadworthy.study.session_view import SessionView, Shown

PURPOSES = frozenset({"evening", "topic", "rule", "more"})
LEAST_MINUTES = 2.0
"""With less left of a session no item is coached."""


def ask(course: Course, view: SessionView, shown: Shown, *, now: datetime) -> Coaching | None:
    """The coach on an item that waits for its answer: as it is, or begun now if it is its turn."""
    known = coaching_of(course, shown.presentation)
    if known is not None or not _may_ask(course, view, shown, now):
        return known
    chosen = next_step(
        blames(course),
        steps_on(shown.item, goals_of(course, shown.item)),
        Counter(event.payload["step"] for event in course.of_kinds("coached")),
        mastered(course),
    )
    if chosen is None:
        return None
    step, because = chosen
    payload = {"presentation": shown.presentation, "step": step, "because": because}
    with suppress(Conflict):  # another tab asked first; its step stands
        course.keep("coach_asked", payload, key=f"coach:{shown.presentation}", now=now)
    return coaching_of(course, shown.presentation)


def finish_step(
    course: Course, presentation: str, coaching: Coaching, *, now: datetime, **told: Any
) -> None:
    """Keep what was done; the first of two tabs stands."""
    payload = {"presentation": presentation, "step": coaching.step, **told}
    with suppress(Conflict):
        course.keep("coached", payload, key=f"coached:{presentation}", now=now)


def name_miss(course: Course, presentation: str, kind: Blame, *, now: datetime) -> None:
    """Keep what the candidate says that a miss came from; the latest word stands."""
    before = [
        event for event in course.of_kinds("miss_named")
        if event.payload["presentation"] == presentation
    ]  # fmt: skip
    if before and before[-1].payload["kind"] == kind:
        return
    payload = {"presentation": presentation, "kind": kind}
    course.keep("miss_named", payload, key=f"miss:{presentation}:{len(before)}", now=now)


def aids_of(coaching: Coaching | None) -> tuple[str, ...]:
    """What an answer says of the help that it had."""
    return (f"coach:{coaching.step}",) if coaching is not None and coaching.helped else ()


def _may_ask(course: Course, view: SessionView, shown: Shown, now: datetime) -> bool:
    settings = course.state().settings
    today = study_day(now, course.zone)
    exam = settings.exam_date
    if not settings.coach or view.purpose not in PURPOSES or view.minutes_left() < LEAST_MINUTES:
        return False
    if shown.answer is not None or shown.step != "full" or shown.aided:
        return False
    if not can_be_coached(shown.item):
        return False
    if exam is not None and 0 <= (exam - today).days <= LAST_WEEK_DAYS:
        return False
    asked = course.of_kinds("coach_asked")
    if sum(study_day(one.at, one.zone) == today for one in asked[-AN_EVENING:]) >= AN_EVENING:
        return False
    long = [one for one in view.answered if one.item.length == "exam" and one.step == "full"]
    last = long[-1].presentation if long else None
    return not asked or asked[-1].payload["presentation"] != last


def goals_of(course: Course, item: Item) -> Sequence[str]:
    """Ids of the goals that the item's decision knows."""
    decision = course.pack.decisions.get(item.decision)
    return tuple(decision.goals) if isinstance(decision, ChoiceDecision) else ()
