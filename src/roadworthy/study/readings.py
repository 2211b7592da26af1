"""Which resource to read next: those on the weakest sections first. Pure, and a proposal only.

A reading is evidence for nothing: it moves no chance. What moves one is the check of five items
that may follow it (``study/reading_check.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from roadworthy.learner.ability import ability_of
from roadworthy.learner.link import chance_over
from roadworthy.learner.predict import rule_chances
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.blueprint import section_weights
from roadworthy.pack.catalog import Resource
from roadworthy.pack.model import Pack


@dataclass(frozen=True, slots=True)
class Reading:
    """A resource that is open, with what speaks for it.

    ``minutes``: for what to take from it. ``sections``: those that it serves, the weakest first.
    ``need``: mean chance, 0 to 1, that a rule of these sections does not hold, by exam weight.
    """

    resource: str
    minutes: int
    sections: tuple[str, ...]
    need: float
    why: str


def next_readings(state: LearnerState, pack: Pack, now: datetime | None = None) -> list[Reading]:
    """Open resources that a plan may name, those for the weakest sections first.

    Resources that are done, optional, or only looked up are left out. Equal ones: those without
    a rating first, then the better rated, then the shorter. ``now``: the moment for which the
    sections are judged, the last evidence when it is not given.
    """
    held = section_chances(state, pack, now)
    open_ones = {
        name: one
        for name, one in resources_of(pack).items()
        if minutes_of(one) and not is_done(state, name)
    }
    return sorted(
        (_reading(name, one, pack, held) for name, one in open_ones.items()),
        key=lambda one: (-round(one.need, 3), _worth(open_ones[one.resource]), one.minutes),
    )


def readings_in_order(state: LearnerState, pack: Pack, now: datetime) -> list[Reading]:
    """Every resource: ``next_readings``, then the others that are open, then those done."""
    first = next_readings(state, pack, now)
    named = {one.resource for one in first}
    held = section_chances(state, pack, now)
    rest = [
        _reading(name, one, pack, held)
        for name, one in resources_of(pack).items()
        if name not in named
    ]
    rest.sort(key=lambda one: (is_done(state, one.resource), -round(one.need, 3)))
    return [*first, *rest]


def section_chances(
    state: LearnerState, pack: Pack, now: datetime | None = None
) -> dict[str, float]:
    """The chance that a rule of each section holds, 0 to 1, by the exam shares of its rules.

    A section without rules takes what the prior of its self-rating says.
    """
    syllabus = syllabus_of(pack)
    moment = now or (state.responses[-1].at if state.responses else state.enrolled_at)
    ability = ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS)
    doubt = WEIGHTS.sd_learner**2 + WEIGHTS.sd_section**2 + WEIGHTS.sd_rule**2
    prior = chance_over(ability.starts, doubt, 0.0, WEIGHTS)
    if moment is None:
        return dict(zip(syllabus.sections, prior.tolist(), strict=True))
    chances = rule_chances(state, syllabus.rules, syllabus.section_of, syllabus.sections, moment)
    held = {}
    for number, section in enumerate(syllabus.sections):
        here = syllabus.section_of == number
        shares = syllabus.rule_shares[here]
        known = float(np.average(chances[here], weights=shares)) if shares.sum() > 0 else None
        held[section] = float(prior[number]) if known is None else known
    return held


def resources_of(pack: Pack) -> dict[str, Resource]:
    """Every resource of the pack by id, the article's first."""
    return {**pack.resources.article, **pack.resources.newer}


def address_of(resource: Resource) -> str:
    """Where it is today."""
    return resource.new_url or resource.url


def minutes_of(resource: Resource) -> int:
    """Minutes for what to take from it; 0 when no plan should name it."""
    hours = resource.hours if resource.take_hours is None else resource.take_hours
    return round(hours * 60)


def is_done(state: LearnerState, resource: str) -> bool:
    """Whether the candidate called it worked through."""
    mark = state.resources.get(resource)
    return mark is not None and mark.done_at is not None


def _reading(name: str, one: Resource, pack: Pack, held: Mapping[str, float]) -> Reading:
    sections = tuple(sorted(one.sections, key=lambda section: held[section]))
    weights = section_weights(pack.blueprint)
    total = sum(weights[section] for section in sections)
    need = sum(weights[section] * (1.0 - held[section]) for section in sections)
    need = need / total if total else 0.0
    return Reading(name, minutes_of(one), sections, need, _why(sections, pack, held))


def _why(sections: tuple[str, ...], pack: Pack, held: Mapping[str, float]) -> str:
    """'Serves 4 Serving, where about 41 of 100 rules hold now, and 2 other sections.'"""
    if not sections:
        return "It serves no section by itself."
    if len(sections) == len(held):
        return "It serves all sections alike."
    weakest = sections[0]
    short = pack.blueprint.sections[weakest].short
    text = f"It serves {short}, where {round(held[weakest] * 100)} of 100 rules would hold now"
    others = len(sections) - 1
    if others:
        text += f", and {others} other section{'' if others == 1 else 's'}"
    return f"{text}."


def _worth(one: Resource) -> int:
    """0 without a rating, then from the best rated on."""
    return 0 if one.rating is None else 11 - one.rating
