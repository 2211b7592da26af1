"""Whether the minutes a day are enough to be taught everything, and how many would be.

Nothing here is a rule of thumb: each figure is the smallest that a whole plan with it bears out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.plan import Plan

STEPS = (10, 15, 20, 30, 45, 60, 75, 90, 105, 120, 150, 180, 240)
"""Minutes a day that are tried."""
MOST_SECTIONS = 2

Planned = Callable[[int, frozenset[str]], Plan]
"""The plan with other minutes a day, where some sections are taken for mostly known."""


@dataclass(frozen=True, slots=True)
class TooShort:
    """What a plan has no time to teach, and what would be enough.

    ``left``: ids of decisions without a place; ``of``: how many the pack has. ``bare``: short names
    of sections of which nothing is taught. ``needed``: minutes a day that teach all of them, None
    if none do; ``skipping``: the same if the diagnostic shows that ``skipped`` (short names) are
    mostly known, None where that would not help.
    """

    minutes: int
    left: tuple[str, ...]
    of: int
    bare: tuple[str, ...]
    needed: int | None
    skipping: int | None
    skipped: tuple[str, ...]

    def sentences(self) -> str:
        """The finding, and the minutes that would do."""
        has = "has" if len(self.left) == 1 else "have"
        found = (
            f"At {minutes_a_day(self.minutes)} a day {len(self.left)} of {self.of} decisions {has} "
            "no place before the exam"
        )
        if self.bare:
            found += f", among them all of {_list(self.bare)}"
        if self.needed is None:
            enough = (
                f"Even {minutes_a_day(STEPS[-1])} a day would not be enough; a later date would"
            )
        else:
            enough = f"All fit with {minutes_a_day(self.needed)} a day"
        if self.skipping is not None:
            verb = ", or" if self.needed is not None else "; but"
            enough += (
                f"{verb} {minutes_a_day(self.skipping)} if you skip by diagnostic: if it shows "
                f"that you know {_list(self.skipped)}"
            )
        return f"{found}. {enough}."


def too_short(state: LearnerState, pack: Pack, plan: Plan, planned: Planned) -> TooShort | None:
    """None where the plan teaches everything, or where there is no exam ahead to be short of."""
    if not plan.untaught or plan.exam_date is None or plan.exam_date <= plan.made_on:
        return None
    minutes = state.settings.minutes_per_day
    steps = [one for one in STEPS if one > minutes]
    needed = _least(steps, lambda one: planned(one, frozenset()))
    assumed = _own_sections(state, pack)
    skipping = None
    if assumed:
        fewer = [minutes, *(one for one in steps if needed is None or one < needed)]
        skipping = _least(fewer, lambda one: planned(one, assumed))
    sections = pack.blueprint.sections
    section_of = {
        name: pack.section_of(one.considerations[0]) for name, one in pack.decisions.items()
    }
    open_sections = {section_of[name] for name in section_of if name not in plan.untaught}
    bare = {section_of[name] for name in plan.untaught} - open_sections
    return TooShort(
        minutes=minutes,
        left=plan.untaught,
        of=len(pack.decisions),
        bare=tuple(one.short for name, one in sections.items() if name in bare),
        needed=needed,
        skipping=skipping,
        skipped=tuple(one.short for name, one in sections.items() if name in assumed),
    )


def minutes_a_day(minutes: int) -> str:
    """'45 min', '2 h', '1 h 15 min'."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


def _own_sections(state: LearnerState, pack: Pack) -> frozenset[str]:
    """Sections that the candidate rates highest: at work, or else with some experience."""
    said = {name: state.settings.experience.get(name) for name in pack.blueprint.sections}
    for level in ("work", "some"):
        found = frozenset(name for name, one in said.items() if one == level)
        if found:
            return found
    return frozenset()


def _least(steps: list[int], made: Callable[[int], Plan]) -> int | None:
    """The least of rising steps whose plan leaves nothing untaught; None if the last one does."""
    if not steps or made(steps[-1]).untaught:
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if made(steps[middle]).untaught:
            low = middle + 1
        else:
            high = middle
    return steps[high]


def _list(names: tuple[str, ...]) -> str:
    shown = list(names[:MOST_SECTIONS])
    more = len(names) - len(shown)
    if more:
        shown.append(f"{more} more section{'s' if more > 1 else ''}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
