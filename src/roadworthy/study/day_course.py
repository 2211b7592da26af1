"""What a day of the plan is made of: its blocks, and what the plan has still to bring in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.lab_days import Bench
from roadworthy.study.learn_time import learn_minutes
from roadworthy.study.outlook import Effect, Outlook
from roadworthy.study.phases import road_order
from roadworthy.study.reading_days import Shelf
from roadworthy.study.teaching_order import taught_before

WEAK_DAYS = 14
"""For so many days after a failed exam, a share of the minutes goes to what felt weak."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one day. ``kind``: learn, practise, read, resource, lab, look_back or mock.

    ``target``: decision of a learn, topic of a read, id of a resource or a lab, scale of a mock,
    else None. ``gain``: points
    of 100 that the forecast for the whole plan would lose without it. ``score``: the same for the
    expected share of right items.
    """

    kind: str
    minutes: int
    target: str | None
    gain: float
    title: str
    why: str
    score: float = 0.0


@dataclass
class Course:
    """What the plan has still to bring in: shrinks from day to day."""

    pack: Pack
    unmet: list[int]
    met: list[int]
    unread: list[str]
    beliefs: dict[str, int]  # rule -> right answers that it still needs, on days of their own
    before: dict[str, frozenset[str]]  # exhibit -> decisions of which one comes first
    minutes: tuple[int, ...]  # of learning each decision
    week: dict[int, int]  # decision -> its week of the road
    scarce: bool = False  # there is no time for all decisions
    weak: frozenset[int] = frozenset()  # decisions of sections that felt weak in a failed exam
    weak_names: tuple[str, ...] = ()
    shelf: Shelf = field(default_factory=Shelf)  # resources to read
    bench: Bench = field(default_factory=lambda: Bench([]))  # labs to do
    weak_until: float = 0.0  # day of the plan from which they have no share of their own any more


Planned = list[tuple[Block, list[Effect]]]


def course_of(
    state: LearnerState,
    pack: Pack,
    outlook: Outlook,
    today: date,
    *,
    known: frozenset[str] = frozenset(),
    assumed: frozenset[str] = frozenset(),
) -> Course:
    """What was not met, not read and not mended yet on a plan's first day.

    ``known``: decisions that take a short lesson; ``assumed``: sections of such decisions.
    """
    decisions = outlook.syllabus.decisions
    met = [
        number
        for number, name in enumerate(decisions)
        if name in state.lessons and "brief" in state.lessons[name].steps
    ]
    read = {name for name, lesson in state.lessons.items() if "topic" in lesson.steps}
    topics = sorted(pack.topics.items(), key=lambda one: one[1].head.number)
    wrong = [one for one in state.wrong.values() if one.rule in outlook.syllabus.place]
    wrong.sort(key=lambda one: (not one.sure, -one.misses, one.since))
    return Course(
        pack=pack,
        unmet=[number for number in range(len(decisions)) if number not in met],
        met=met,
        unread=[name for name, one in topics if one.head.written and name not in read],
        beliefs={one.rule: 1 if one.held else 2 for one in wrong},
        before=taught_before(pack),
        minutes=learn_minutes(state, outlook.syllabus, known, assumed),
        week=road_order(pack, decisions),
        weak=frozenset(
            number
            for number, section in enumerate(outlook.syllabus.section_of_decision)
            if outlook.syllabus.sections[section] in state.weak_sections
        ),
        weak_names=tuple(
            section.short
            for name, section in pack.blueprint.sections.items()
            if name in state.weak_sections
        ),
        weak_until=(
            WEAK_DAYS - (today - state.exams[-1].date).days if state.weak_sections else 0.0
        ),
    )
