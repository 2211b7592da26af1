"""How the steps of the coach went: which were faultless, and which are mastered by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roadworthy.items.item import Item
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.study.coach import DONE_WELL, Step, Struck, goal_of, score_marks, score_strikes
from roadworthy.study.coach_log import flip_right, item_of
from roadworthy.study.course import Course

PRECISE = 0.5
"""Marks are faultless when every place is found and at least this share of them decides."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step that was done: whether it was faultless, and whether the answer was right."""

    step: Step
    presentation: str
    faultless: bool
    right: bool


def turns(course: Course, of_each: int | None = None) -> Iterator[Turn]:
    """Steps that were done, newest first, each with its outcome. Unanswered ones are left out.

    ``of_each``: at most so many of each step; older ones are not looked up.
    """
    counts: Counter[str] = Counter()
    for event in reversed(course.of_kinds("coached")):
        done = event.payload
        if done["outcome"] != "done" or counts[done["step"]] == of_each:
            continue
        answer = course.journal.by_key(done["presentation"])
        if answer is None:
            continue
        counts[done["step"]] += 1
        item = item_of(course, done["presentation"])
        right = set(answer.payload["chosen"]) == set(item.keys)
        yield Turn(done["step"], done["presentation"], _faultless(course, done, item, right), right)


def _faultless(course: Course, done: Mapping[str, Any], item: Item, right: bool) -> bool:
    step = done["step"]
    if step == "mark":
        score = score_marks(item, done["marked"])
        return score.found == len(score.places) and score.precision >= PRECISE
    if step == "goal":
        return bool(done["said"] == goal_of(item))
    if step == "predict":
        return bool(done["said"] == item.options[item.key].id)
    if step == "eliminate":
        return all(one.fits for one in strikes_of(course, item, done))
    if step == "flip":
        return bool(flip_right(course, done["presentation"]))
    return right


def strikes_of(course: Course, item: Item, done: Mapping[str, Any]) -> tuple[Struck, ...]:
    """What was struck in a step that was done, with what holds."""
    struck = {one["option"]: one["reason"] for one in done["eliminated"]}
    words = {one["option"]: one["words"] for one in done["eliminated"]}
    return score_strikes(item, struck, strengths_of(course, item), words)


def strengths_of(course: Course, item: Item) -> dict[str, str]:
    """How hard each rule of the item's decision is, by rule id, as the pack has it now."""
    decision = course.pack.decisions.get(item.decision)
    if not isinstance(decision, ChoiceDecision):
        return {}
    return {f"{decision.id}.{rule.id}": rule.strength for rule in decision.rules}


def mastered(course: Course) -> set[Step]:
    """Steps whose last turns were faultless: the coach leaves them out."""
    newest = list(turns(course, DONE_WELL))
    counts = Counter(turn.step for turn in newest if turn.faultless)
    return {step for step, count in counts.items() if count == DONE_WELL}
