"""Which lab comes next, on which days the plan has one, and in how many parts.

A lab gives no credit to memory: items on the same rules follow it. So the plan begins one at most a
week, or every second day where there are 90 minutes, none while there is no time to teach every
decision, and none in the last stretch of the course. New ones begin on fixed days of the course's
week, so a lab that was left alone comes back a week later and not each evening. A lab takes at
most ``SHARE`` of a day: longer ones are spread over two or three days.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from roadworthy.learner.state import LearnerState
from roadworthy.pack.blueprint import section_weights
from roadworthy.pack.lab import Lab
from roadworthy.pack.model import Pack
from roadworthy.study.readings import section_chances

WEEK = 7
OFTEN_FROM = 90
"""Minutes of a day from which labs may be closer together."""
OFTEN = 2
KEPT_FOR_PRACTICE = 10
SHARE = 0.6
"""Of a day's minutes, for a lab."""
MOST_PARTS = 3
BEGIN_ON = (3, 4)
"""Days of each week of the course, from 0, on which a new lab may begin; the second serves where
the first is off."""
PUT_OFF_DAYS = 7


@dataclass(frozen=True, slots=True)
class LabToDo:
    """A lab that was not passed yet. ``need``: mean chance that a rule of its sections does not
    hold, 0 to 1, by exam weight. ``decisions``: one of them must be met before it.

    ``begun``: it was checked before, or a part of it lies on an earlier day of this plan.
    ``later``: day from which the candidate wants it again.
    """

    lab: str
    minutes: int
    need: float
    why: str
    title: str = ""
    decisions: frozenset[str] = frozenset()
    begun: bool = False
    later: date | None = None


@dataclass
class Bench:
    """The labs that a plan has still to place. ``last``: day on which the last one began;
    ``ends``: as for readings, the day on which the last stretch begins. ``since``: days of the
    course before the plan's first. ``today``: that day.
    """

    open: list[LabToDo]
    last: int = -WEEK
    ends: int = 0
    since: int = 0
    today: date = date.min

    def lab(self, day: int, total: int, left: int, met: Collection[str]) -> LabToDo | None:
        """The lab of a day of ``total`` minutes, of which ``left`` are open, with its minutes then.

        What was begun goes on before a new one. None for none.
        """
        if day >= self.ends:
            return None
        often = total >= OFTEN_FROM
        gap = OFTEN if often else WEEK - 1
        turn = often or (self.since + day) % WEEK in BEGIN_ON
        for one in self.open:
            part = part_of(one.minutes, total)
            if part is None or part + KEPT_FOR_PRACTICE > left:
                continue
            if one.later is not None and (one.later - self.today).days > day:
                continue
            fresh = turn and day - self.last >= gap
            if one.begun or (fresh and (not one.decisions or one.decisions.intersection(met))):
                return replace(one, minutes=part)
        return None

    def take(self, lab: LabToDo, day: int) -> None:
        """Count a lab, or its part, as done on a day."""
        place = next(number for number, one in enumerate(self.open) if one.lab == lab.lab)
        whole = self.open.pop(place)
        if not whole.begun:
            self.last = day
        if whole.minutes > lab.minutes:
            self.open.insert(0, replace(whole, minutes=whole.minutes - lab.minutes, begun=True))


def part_of(minutes: int, total: int) -> int | None:
    """Minutes of a lab on a day of ``total``: all of it, or equal parts; None where none fits."""
    for parts in range(1, MOST_PARTS + 1):
        part = math.ceil(minutes / parts)
        if part <= SHARE * total:
            return part
    return None


def next_labs(
    labs: Mapping[str, Lab], state: LearnerState, pack: Pack, now: datetime | None = None
) -> list[LabToDo]:
    """Labs that were not passed: first what was begun, with half of its minutes; then those for
    the weakest sections, then the shorter ones.
    """
    waiting = {name: one for name, one in labs.items() if name not in state.labs}
    if not waiting:
        return []
    held, weights = section_chances(state, pack, now), section_weights(pack.blueprint)
    found = [_to_do(name, one, state, pack, held, weights) for name, one in waiting.items()]
    return sorted(found, key=lambda one: (not one.begun, -round(one.need, 3), one.minutes))


def bench_of(
    labs: Mapping[str, Lab],
    state: LearnerState,
    pack: Pack,
    *,
    today: date,
    now: datetime,
    ends: int,
    since: int = 0,
) -> Bench:
    """The labs that are left, and when the last one was passed."""
    passed = [(one.date() - today).days for one in state.labs.values()]
    return Bench(next_labs(labs, state, pack, now), max([-WEEK, *passed]), ends, since, today)


def _to_do(
    name: str,
    one: Lab,
    state: LearnerState,
    pack: Pack,
    held: Mapping[str, float],
    weights: Mapping[str, float],
) -> LabToDo:
    sections = [
        section
        for section, content in pack.blueprint.sections.items()
        if set(content.objectives) & set(one.objectives)
    ]
    total = sum(weights[section] for section in sections)
    need = sum(weights[section] * (1.0 - held[section]) for section in sections)
    decisions = frozenset(rule.partition(".")[0] for rule in one.rules) & set(pack.decisions)
    why = "It runs here and checks itself. Items on the same rules follow it."
    if sections:
        weakest = min(sections, key=lambda section: held[section])
        short = pack.blueprint.sections[weakest].short
        why = f"For {short}, where {round(held[weakest] * 100)} of 100 rules would hold now. {why}"
    begun = name in state.labs_tried
    return LabToDo(
        lab=name,
        minutes=math.ceil(one.minutes / 2) if begun else one.minutes,
        need=need / total if total else 0.0,
        why=why,
        title=one.title,
        decisions=decisions,
        begun=begun,
        later=state.labs_later.get(name),
    )
