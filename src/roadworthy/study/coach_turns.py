"""How the steps of the coach went: which were faultless, and which are mastered by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, get_args

from roadworthy.items.item import Item
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.study.coach import DONE_WELL, Step, goal_of, score_marks, score_strikes
from roadworthy.study.coach_log import flip_right, item_of
from roadworthy.study.course import Course

LOOKED_BACK = 30
"""Turns that are looked at: six steps, of each the newest."""
PRECISE = 0.5
"""Marks are faultless when every place is found and at least this share of them decides."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step that was done: whether it was faultless, and whether the answer was right."""

    step: Step
    presentation: str
    faultless: bool
    right: bool


def turns(course: Course) -> Iterator[Turn]:
    """Steps that were done, newest first, each with its outcome. Unanswered ones are left out."""
    for event in reversed(course.of_kinds("coached")):
        done = event.payload
        answer = course.journal.by_key(done["presentation"])
        if done["outcome"] != "done" or answer is None:
            continue
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
        struck = {one["option"]: one["reason"] for one in done["eliminated"]}
        return all(one.fits for one in score_strikes(item, struck, strengths_of(course, item)))
    if step == "flip":
        return bool(flip_right(course, done["presentation"]))
    return right


def strengths_of(course: Course, item: Item) -> dict[str, str]:
    """How hard each rule of the item's decision is, by rule id, as the pack has it now."""
    decision = course.pack.decisions.get(item.decision)
    if not isinstance(decision, ChoiceDecision):
        return {}
    return {f"{decision.id}.{rule.id}": rule.strength for rule in decision.rules}


def mastered(course: Course) -> set[Step]:
    """Steps whose last turns were faultless: the coach leaves them out."""
    wanted = set(get_args(Step))
    newest: dict[Step, list[bool]] = {step: [] for step in wanted}
    for turn in islice(turns(course), LOOKED_BACK):
        if len(newest[turn.step]) < DONE_WELL:
            newest[turn.step].append(turn.faultless)
    return {step for step, told in newest.items() if len(told) == DONE_WELL and all(told)}
