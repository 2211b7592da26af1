"""One day of the plan: which blocks fill its minutes, in the order in which they are done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from roadworthy.pack.model import Pack
from roadworthy.study.day_course import Block, Course, Planned
from roadworthy.study.form import Scale
from roadworthy.study.lab_days import KEPT_FOR_PRACTICE
from roadworthy.study.learn_time import KNOWN_MINUTES, LEARN_MINUTES
from roadworthy.study.mock_days import MockDay
from roadworthy.study.outlook import Effect, Outlook
from roadworthy.study.reading_days import OFTEN_FROM
from roadworthy.study.teaching_order import ready_to_begin

MINUTES_A_NEW_DECISION = 30
"""One new decision for each so many minutes of a day, and more when they would not all fit."""
NEW_SHARE = 0.55
"""More than one new decision a day only within this share of its minutes."""
LOOK_BACK_MINUTES = 2
LOOK_BACK_SHARE = 0.25
READ_WORDS_A_MINUTE = 200
READ_LONGEST = 15
LEAST_MINUTES = 5
"""A block shorter than this is not worth beginning; its minutes go to another."""
NO_NEW_DAYS = 2
"""Days before the exam on which nothing new is begun."""
EXAM_LENGTH_DAYS = 7
WEAK_SHARE = 0.4
"""Of the minutes, for what felt weak, in the days after a failed exam."""

MOCK_TITLES: dict[Scale, str] = {
    "full": "Full mock exam", "longest": "Full mock exam", "long": "Long mock exam",
    "half": "Half mock exam", "short": "Short mock exam"
}  # fmt: skip


def fill_day(
    course: Course,
    outlook: Outlook,
    *,
    minutes: int,
    day: float,
    days_left: int,
    mock: MockDay | None = None,
    done: int = 0,
) -> Planned:
    """The blocks of a day, of exactly ``minutes`` together (none for 0). Changes both arguments.

    A ``mock`` comes first, while the head is fresh; what it leaves is for its misses and practice.
    A lab or a reading comes last. ``done``: minutes of the day that are over.
    """
    planned: Planned = []
    left = minutes
    if left <= 0:
        return planned
    if mock is not None and mock.scale is not None and mock.minutes <= left:
        planned.append(mock_block(outlook, mock, mock.minutes, day))
        left -= mock.minutes
        if 0 < left < LEAST_MINUTES:
            planned[0] = (replace(planned[0][0], minutes=minutes), planned[0][1])
            return planned
    extra = None if mock is not None else _extra(course, outlook, left, done, int(day))
    left -= extra.minutes if extra is not None else 0
    minutes = left
    left -= _weak_first(course, outlook, planned, minutes, day)
    left -= _look_back(course, outlook, planned, min(minutes, left), day)
    kept = KEPT_FOR_PRACTICE if extra is not None and extra.kind == "lab" else 0
    if left - kept >= LEARN_MINUTES or not kept:
        left -= _learn(course, outlook, planned, left - kept, minutes, day, days_left)
    if extra is None or minutes + done >= OFTEN_FROM:
        left -= _read(course, outlook, planned, left, day)
    if left > 0:
        _practise(course, outlook, planned, left, day, days_left)
    if extra is not None:
        planned.append((extra, []))
    return planned


def _extra(course: Course, outlook: Outlook, left: int, done: int, day: int) -> Block | None:
    """A lab, or else a part of a resource: neither buys anything that is counted.

    None where there is no time for all decisions. The minutes of a day that are over count for
    what it may hold, so an evening begun keeps its reading.
    """
    if course.scarce or left < LEAST_MINUTES:
        return None
    total = left + done
    met = {outlook.syllabus.decisions[number] for number in course.met}
    if (lab := course.bench.lab(day, total, left, met)) is not None:
        course.bench.take(lab, day)
        return Block("lab", lab.minutes, lab.lab, 0.0, lab.title, lab.why)
    part = course.shelf.part(day, total, left)
    if part is None or not (course.met or course.unmet):
        return None
    course.shelf.take(part, day)
    minutes = left if left - part.minutes < LEAST_MINUTES else part.minutes
    return Block("resource", minutes, part.of.resource, 0.0, part.title, part.why)


def mock_block(
    outlook: Outlook, mock: MockDay, minutes: int, day: float
) -> tuple[Block, list[Effect]]:
    """A mock exam of a day's length."""
    assert mock.scale is not None
    why = "Timed and without help, from situations that practice never shows."
    if mock.minutes < mock.full_minutes:
        why = (
            f"The longest form that fits into the day; a whole mock takes {mock.full_minutes} "
            "minutes."
        )
    title = f"{MOCK_TITLES[mock.scale]}, {mock.items} items"
    effect = outlook.sit(mock.items, day)
    return Block("mock", minutes, mock.scale, 0.0, title, why), [effect]


def _weak_first(
    course: Course, outlook: Outlook, planned: Planned, minutes: int, day: float
) -> int:
    """For two weeks after a failed exam: what felt weak comes first, taught where it was not."""
    if not course.weak or day >= course.weak_until:
        return 0
    met = [number for number in course.met if number in course.weak]
    ready = [number for number in _ready(course, outlook) if number in course.weak]
    used = int(minutes * WEAK_SHARE)
    values = outlook.decision_values(day)
    best = max(ready, key=lambda one: float(values[one]), default=None)
    if not met and best is not None and minutes >= course.minutes[best]:
        planned.append(_taught(course, outlook, best, course.minutes[best], day))
        return course.minutes[best]
    if not met or used < LEAST_MINUTES:
        return 0
    title = f"Practice where it felt weak: {' and '.join(course.weak_names)}"
    why = "You named it after the exam; the next plan begins with it."
    effect = outlook.practise(used, met, day)
    planned.append((Block("practise", used, None, 0.0, title, why), [effect]))
    return used


def _look_back(course: Course, outlook: Outlook, planned: Planned, minutes: int, day: float) -> int:
    """Rules that were missed, each once a day until it held twice."""
    room = int(minutes * LOOK_BACK_SHARE) // LOOK_BACK_MINUTES
    rules = list(course.beliefs)[:room]
    if not rules:
        return 0
    used = LOOK_BACK_MINUTES * len(rules)
    effect = outlook.answer(np.array([outlook.syllabus.place[rule] for rule in rules]), day)
    for rule in rules:
        course.beliefs[rule] -= 1
        if course.beliefs[rule] == 0:
            del course.beliefs[rule]
    title = "One rule that you missed" if len(rules) == 1 else f"{len(rules)} rules that you missed"
    why = "A new situation asks each again; two right answers on different days settle it."
    planned.append((Block("look_back", used, None, 0.0, title, why), [effect]))
    return used


def _learn(
    course: Course,
    outlook: Outlook,
    planned: Planned,
    left: int,
    minutes: int,
    day: float,
    days_left: int,
) -> int:
    """New decisions, the most valuable first; none in the last days unless none is met."""
    if days_left <= NO_NEW_DAYS and course.met:
        return 0
    needed = sum(course.minutes[one] for one in course.unmet) / max(1, days_left - NO_NEW_DAYS)
    used = count = 0
    while course.unmet and (room := left - used) >= LEAST_MINUTES:
        paced = count < max(1, minutes // MINUTES_A_NEW_DECISION)
        if not paced and used >= needed:
            break
        best = _next_new(course, outlook, day)
        in_share = used + course.minutes[best] <= int(minutes * NEW_SHARE)
        if not paced and not in_share:
            break  # enough for all to be met in time, if the minutes allow
        length = min(course.minutes[best], room)
        if room - length < LEAST_MINUTES:
            length = room  # no scrap of a few minutes is left behind
        planned.append(_taught(course, outlook, best, length, day))
        used += length
        count += 1
    return used


def _next_new(course: Course, outlook: Outlook, day: float) -> int:
    """The decision to begin: by the road's weeks and then by value, while all will fit.

    Where time is scarce, each section gets its first decision before any gets another.
    """
    values = outlook.decision_values(day)
    section_of = outlook.syllabus.section_of_decision
    begun = {int(section_of[one]) for one in course.met}

    def rank(one: int) -> tuple[bool, int, float]:
        order = int(section_of[one]) not in begun if course.scarce else -course.week[one]
        return one in course.weak, int(order), float(values[one])

    return max(_ready(course, outlook), key=rank)


def _taught(
    course: Course, outlook: Outlook, decision: int, minutes: int, day: float
) -> tuple[Block, list[Effect]]:
    """A decision taught on a day: its block and effect; it counts as met from then on."""
    course.unmet.remove(decision)
    course.met.append(decision)
    quick = course.minutes[decision] <= KNOWN_MINUTES
    effect = outlook.learn(decision, day, 1) if quick else outlook.learn(decision, day)
    return learn_block(outlook, decision, minutes, quick), [effect]


def _ready(course: Course, outlook: Outlook) -> list[int]:
    """Positions of decisions that may be begun; an exhibit waits for a decision of its topic."""
    names = outlook.syllabus.decisions
    met = {names[number] for number in course.met}
    found = ready_to_begin((names[one] for one in course.unmet), met.__contains__, course.before)
    place = {names[one]: one for one in course.unmet}
    return [place[name] for name in found]


def learn_block(outlook: Outlook, decision: int, minutes: int, quick: bool = False) -> Block:
    """A block that teaches one decision; ``quick`` where answers say that it is mostly known."""
    name = outlook.syllabus.decisions[decision]
    share = 100.0 * outlook.syllabus.weights.share(name)
    why = f"New: about {share:.1f}% of the exam, taught before it is tested."
    if quick:
        why = f"About {share:.1f}% of the exam. Your answers say you know it: brief and one item."
    return Block("learn", minutes, name, 0.0, outlook.syllabus.titles[decision], why)


def _read(course: Course, outlook: Outlook, planned: Planned, left: int, day: float) -> int:
    """At most one lesson a day, of a topic whose decisions are met, if half of the time is left."""
    for topic in course.unread:
        length = read_minutes(course.pack, topic)
        if length + LEAST_MINUTES > left // 2 or not rules_of_topic(course, outlook, topic, True):
            continue
        planned.append((read_block(course.pack, topic), [read_effect(course, outlook, topic, day)]))
        course.unread.remove(topic)
        return length
    return 0


def read_block(pack: Pack, topic: str) -> Block:
    """A block that reads one topic."""
    head = pack.topics[topic].head
    why = "The lesson behind decisions that you have met: how they hang together."
    return Block("read", read_minutes(pack, topic), topic, 0.0, head.title, why)


def read_minutes(pack: Pack, topic: str) -> int:
    """Minutes that a lesson takes at an easy pace."""
    words = sum(len(text.split()) for _, text in pack.topics[topic].parts)
    return min(READ_LONGEST, max(LEAST_MINUTES, -(-words // READ_WORDS_A_MINUTE)))


def read_effect(course: Course, outlook: Outlook, topic: str, day: float) -> Effect:
    """What reading a topic adds to the rules of its decisions."""
    rules = rules_of_topic(course, outlook, topic, False)
    return outlook.read(np.array(rules, dtype=np.int64), day)


def rules_of_topic(course: Course, outlook: Outlook, topic: str, met_only: bool) -> list[int]:
    """Rules of the decisions of a topic: of all, or of those that were met."""
    wanted = set(course.pack.topics[topic].head.decisions)
    return [
        int(rule)
        for number, name in enumerate(outlook.syllabus.decisions)
        if name in wanted and (not met_only or number in course.met)
        for rule in outlook.syllabus.rules_of[number]
    ]


def _practise(
    course: Course, outlook: Outlook, planned: Planned, left: int, day: float, days_left: int
) -> None:
    """The minutes that are left. A few are added to the block before instead."""
    if planned and left < LEAST_MINUTES:
        block, effects = planned[-1]
        planned[-1] = (replace(block, minutes=block.minutes + left), effects)
        return
    if not course.met:
        # Too little time to be taught anything new: the opening of the next decision at least.
        if course.unmet:
            planned.append(_taught(course, outlook, _next_new(course, outlook, day), left, day))
        return
    planned.append(practise_block(course, outlook, left, day, days_left))


def practise_block(
    course: Course, outlook: Outlook, minutes: int, day: float, days_left: int
) -> tuple[Block, list[Effect]]:
    """Mixed practice on all decisions met, where a minute buys most."""
    values = outlook.decision_values(day)
    first = sorted(course.met, key=lambda one: -float(values[one]))[:2]
    names = " and ".join(f"“{outlook.syllabus.titles[one]}”" for one in first)
    long = days_left <= EXAM_LENGTH_DAYS
    title = "Practice at exam length" if long else "Mixed practice"
    why = f"Most gain per minute: {names}."
    effect = outlook.practise(minutes, course.met, day)
    return Block("practise", minutes, None, 0.0, title, why), [effect]
