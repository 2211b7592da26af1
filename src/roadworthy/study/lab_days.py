"""Which lab comes next, and on which days the plan has one.

A lab gives no credit to memory: items on the same rules follow it. So the plan has one at most a
week, or every second day where there are 90 minutes, none while there is no time to teach every
decision, and none in the last stretch of the course. A day with a lab keeps some practice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class LabToDo:
    """A lab that was not passed yet. ``need``: mean chance that a rule of its sections does not
    hold, 0 to 1, by exam weight. ``decisions``: one of them must be met before it.
    """

    lab: str
    minutes: int
    need: float
    why: str
    title: str = ""
    decisions: frozenset[str] = frozenset()


@dataclass
class Bench:
    """The labs that a plan has still to place. ``last``: day of the last one; ``ends``: as for
    readings, the day on which the last stretch begins.
    """

    open: list[LabToDo]
    last: int = -WEEK
    ends: int = 0

    def lab(self, day: int, total: int, left: int, met: Collection[str]) -> LabToDo | None:
        """The lab of a day of ``total`` minutes, of which ``left`` are open; None for none."""
        gap = OFTEN if total >= OFTEN_FROM else WEEK
        if day >= self.ends or day - self.last < gap:
            return None
        return next(
            (
                one
                for one in self.open
                if one.minutes + KEPT_FOR_PRACTICE <= left
                and (not one.decisions or one.decisions.intersection(met))
            ),
            None,
        )

    def take(self, lab: LabToDo, day: int) -> None:
        """Count a lab as done on a day."""
        self.open.remove(lab)
        self.last = day


def next_labs(
    labs: Mapping[str, Lab], state: LearnerState, pack: Pack, now: datetime | None = None
) -> list[LabToDo]:
    """Labs that were not passed, those for the weakest sections first, then the shorter ones."""
    waiting = {name: one for name, one in labs.items() if name not in state.labs}
    if not waiting:
        return []
    held, weights = section_chances(state, pack, now), section_weights(pack.blueprint)
    found = [_to_do(name, one, pack, held, weights) for name, one in waiting.items()]
    return sorted(found, key=lambda one: (-round(one.need, 3), one.minutes))


def bench_of(
    labs: Mapping[str, Lab],
    state: LearnerState,
    pack: Pack,
    *,
    today: date,
    now: datetime,
    ends: int,
) -> Bench:
    """The labs that are left, and when the last one was passed."""
    passed = [(one.date() - today).days for one in state.labs.values()]
    return Bench(next_labs(labs, state, pack, now), max([-WEEK, *passed]), ends)


def _to_do(
    name: str, one: Lab, pack: Pack, held: Mapping[str, float], weights: Mapping[str, float]
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
    return LabToDo(name, one.minutes, need / total if total else 0.0, why, one.title, decisions)
