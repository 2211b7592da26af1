"""Courses of simulated candidates, told to the learner model as the program would see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from roadworthy.items.item import Item
from roadworthy.learner.evidence import awaited_of, judge
from roadworthy.learner.learning import Learning
from roadworthy.learner.state import Awaited, LearnerState, Settings
from roadworthy.learner.weights import WEIGHTS
from roadworthy.learner.workbench import Workbench
from roadworthy.simulate.answering import ItemTable, respond
from roadworthy.simulate.candidates import Candidates
from roadworthy.simulate.world import World

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LESSON_MINUTES = 4.0
FEEDBACK_SECONDS = 25.0
EVENING_HOUR = 19.0


@dataclass
class Course:
    """One candidate as the learner model sees it: a state that grows, and right answers so far."""

    bench: Workbench
    right: list[bool] = field(default_factory=list)

    def state(self) -> LearnerState:
        """The state now; the course goes on from it."""
        done = self.bench.finished()
        self.bench = Workbench(done)
        return done


@dataclass(frozen=True)
class Material:
    """What can be studied: practice items with their table, by decision, and each one's rules."""

    items: Sequence[Item]
    table: ItemTable
    of_decision: Mapping[str, Ints]
    rules_of: Mapping[str, Sequence[str]]
    place_of: Mapping[str, int]
    awaited: Sequence[Awaited]


def material_of(
    items: Sequence[Item],
    table: ItemTable,
    rules_of: Mapping[str, Sequence[str]],
    place_of: Mapping[str, int],
) -> Material:
    """The items sorted by decision, each with what the learner model will need of it."""
    names = sorted({item.decision for item in items} & set(rules_of))
    of = {name: np.flatnonzero([item.decision == name for item in items]) for name in names}
    awaited = [
        awaited_of(
            {"presentation": f"i{number}", "item": item.as_json(), "session": None, "form": None},
            repeated=False,
        )
        for number, item in enumerate(items)
    ]
    return Material(items, table, of, rules_of, place_of, awaited)


def begin(count: int) -> list[Course]:
    """``count`` courses on which nothing has happened; no self-rating was given."""
    return [Course(Workbench(LearnerState(settings=Settings()))) for _ in range(count)]


def study_day(
    world: World,
    who: Candidates,
    material: Material,
    courses: Sequence[Course],
    *,
    day: int,
    start: datetime,
    order: Sequence[str],
    rng: np.random.Generator,
) -> None:
    """One evening of all candidates who attend: a new decision is taught, then mixed practice."""
    attends = rng.random(who.count) < who.attendance
    left = np.where(attends, who.minutes * 60.0, 0.0)
    clock = np.full(who.count, day + EVENING_HOUR / 24)
    taught = [order[(day * 2) % len(order)], order[(day * 2 + 1) % len(order)]]
    for name in taught:
        _teach(world, material, courses, name, clock, attends, start)
        left -= LESSON_MINUTES * 60
        clock += LESSON_MINUTES / 1440
    met = list(order[: day * 2 + 2])
    pool = np.concatenate([material.of_decision[name] for name in met])
    while (left > 0).any():
        items = rng.choice(pool, who.count)
        choice, seconds = respond(world, who, material.table, items, clock, rng)
        studies = left > 0
        clock = np.where(studies, clock + (seconds + FEEDBACK_SECONDS) / 86_400, clock)
        for number in np.flatnonzero(studies).tolist():
            at = start + timedelta(days=float(clock[number]))
            _tell(courses[number], material.awaited[items[number]], choice, seconds, number, at)
        world.meet(material.table.falls[items], clock, studies)
        left = left - seconds - FEEDBACK_SECONDS


def _teach(
    world: World,
    material: Material,
    courses: Sequence[Course],
    decision: str,
    clock: Floats,
    attends: NDArray[np.bool_],
    start: datetime,
) -> None:
    rules = [rule for rule in material.rules_of[decision] if rule in material.place_of]
    places = np.array([material.place_of[rule] for rule in rules])
    world.meet(np.tile(places, (len(clock), 1)), clock, attends)
    for number in np.flatnonzero(attends).tolist():
        at = start + timedelta(days=float(clock[number]))
        Learning(courses[number].bench, WEIGHTS).taught(rules, at)


def _tell(
    course: Course, awaited: Awaited, choice: Ints, seconds: Floats, number: int, at: datetime
) -> None:
    response = judge(
        awaited,
        at=at,
        zone="UTC",
        chosen=(int(choice[number]),),
        confidence=None,
        seconds=float(seconds[number]),
    )
    Learning(course.bench, WEIGHTS).take(response)
    course.right.append(response.right)
