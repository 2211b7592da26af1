"""The coach in words: its steps and reasons, why it steps in, and how the steps went so far."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.study.coach import BLAMES, STEPS_FOR, Blame, Reason, Step
from roadworthy.study.coach_turns import mastered, turns
from roadworthy.study.course import Course

STEP_NAMES: dict[Step, str] = {
    "mark": "Mark the words that decide",
    "goal": "Name the goal",
    "predict": "Predict before you see the options",
    "eliminate": "Strike options, each with a reason",
    "sure": "A first answer, then a second look",
    "flip": "Flip one fact before the reasons",
}
BECAUSE: dict[Blame, str] = {
    "misread": "your latest misses were mostly misread: words that decide were passed over",
    "time": "your latest misses were mostly hurried or at the end of the clock",
    "knowledge": "your latest misses were mostly rules that you did not know yet",
}
BLAME_NAMES: dict[Blame, str] = {"misread": "Misread", "time": "Time", "knowledge": "Knowledge"}
REASON_WORDS: dict[Reason, str] = {
    "impossible": "It can't do this",
    "breaks_limit": "It breaks a stated limit",
    "worse": "It works, but worse on what is asked for",
    "unrequested_work": "It does work that nobody asked for",
    "deprecated": "Its product is retired",
}
MARKING = (
    "That marking words helps is unproven: we know of no trial. Your own answers can show it here."
)
FEW = 5
"""Answers on each side from which marking is compared."""


@dataclass(frozen=True)
class StepRow:
    """A step on the coach's own page."""

    name: str
    against: str
    turns: int
    faultless: int
    mastered: bool


def step_rows(course: Course) -> list[StepRow]:
    """Each step with how often it was done, how often without a fault, and whether it is over."""
    done, over = list(turns(course)), mastered(course)
    return [
        StepRow(
            STEP_NAMES[step],
            BLAME_NAMES[kind],
            sum(turn.step == step for turn in done),
            sum(turn.step == step and turn.faultless for turn in done),
            step in over,
        )
        for kind in BLAMES
        for step in STEPS_FOR[kind]
    ]


def record_of(course: Course) -> str:
    """Right answers on long items with marking and without any coaching; '' while there are few."""
    with_marks = [turn.right for turn in turns(course) if turn.step == "mark"]
    without = [
        one.right for one in course.state().responses
        if one.length == "exam" and one.step == "full" and not one.aided and one.form is None
    ]  # fmt: skip
    if min(len(with_marks), len(without)) < FEW:
        return ""
    return (
        f"So far you were right on {sum(with_marks)} of {len(with_marks)} long items that you "
        f"marked, and on {sum(without)} of {len(without)} without the coach."
    )
