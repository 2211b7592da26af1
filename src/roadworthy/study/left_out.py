"""What today has no room for: what it would add to the plan, and the day on which it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from roadworthy.study.day import (
    learn_block,
    practise_block,
    read_block,
    read_effect,
    rules_of_topic,
)
from roadworthy.study.day_course import Block, Course
from roadworthy.study.outlook import Effect, Outlook, Worth

SHOWN = 3
MORE_PRACTICE_MINUTES = 20


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that is not done today.

    ``cost``: points of 100 of the chance to pass that doing it today, on top of the plan, would
    add. ``score``: the same for the expected share of right items. ``returns``: the day on which
    the plan has it, None if it has no place before the exam.
    """

    kind: str
    target: str | None
    title: str
    minutes: int
    cost: float
    returns: date | None
    score: float = 0.0


def left_out(
    course: Course, outlook: Outlook, worth: Worth, returns: Mapping[str, date], days_left: int
) -> tuple[LeftOut, ...]:
    """The most costly things left out, at most three.

    ``course`` and ``outlook`` as they stand after today's blocks; ``returns``: target -> next day
    of the plan that holds it.
    """
    found: list[tuple[Block, list[Effect]]] = []
    for decision in course.unmet:
        block = learn_block(outlook, decision, course.minutes[decision])
        found.append((block, [outlook.copy().learn(decision, 0.0)]))
    for topic in course.unread:
        if not rules_of_topic(course, outlook, topic, True):
            continue  # a lesson comes after the first of its decisions, in every plan
        effect = read_effect(course, outlook.copy(), topic, 0.0)
        found.append((read_block(course.pack, topic), [effect]))
    if course.met:
        block, effects = practise_block(
            course, outlook.copy(), MORE_PRACTICE_MINUTES, 0.0, days_left
        )
        found.append((block, effects))
    more = [worth.of_more(effects) for _, effects in found]
    costs = [round(chance, 2) for chance, _ in more]
    order = sorted(range(len(found)), key=lambda number: -costs[number])
    result = []
    for number in order[:SHOWN]:
        block = found[number][0]
        title = "More mixed practice" if block.kind == "practise" else block.title
        again = returns.get(block.target or block.kind)
        score = round(more[number][1], 2)
        result.append(
            LeftOut(block.kind, block.target, title, block.minutes, costs[number], again, score)
        )
    return tuple(result)
