"""Who studies in the policy worlds: traits, old knowledge, and which evenings they have.

Constants as in our references' simulation; all draws come from the run's seed, and all of them are
made whatever variant is run, so that a variant changes only what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.blueprint400 import Blueprint

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
OF_ABILITY, SECTION_SPREAD = 0.8, 0.6
OLD_BASE, OLD_BY_ABILITY, OLD_BY_DIFFICULTY, OLD_MOST = 0.55, 0.6, 0.5, 6
LAST_OLD, OLD_GAP = (3.0, 100.0), (3.0, 40.0)
FADING_SPREAD = 0.25
PACE_SPREAD = 0.15
ATTENDANCE = (8.0, 1.6)
MISREADING = (2.0, 20.0)
MINUTES = (45.0, 12.0)
LEAST_MINUTES = 10.0
STICKINESS = 0.35
"""How much an absence makes one on the next day likelier: the correlation of neighbor days."""
LAPSES, LAPSE_STICKINESS = 0.3, 0.75
"""Share of days missed by everyone, in runs of about six days."""


@dataclass(frozen=True)
class People:
    """L candidates over K rules; every array's first axis is L.

    ``ability`` [L, K]: of each rule's section, about N(0, 1). ``fading`` [L]: factor on how fast
    memory fades. ``pace`` [L]: factor on the time of an answer. ``misreads`` [L]: share of answers
    that overlook what decides. ``old`` [L, K, 6]: days (negative) of meetings before the course,
    oldest first, NaN where there was none. ``there`` [days, L]: who studies on a day. ``minutes``
    [days, L]: how long.
    """

    ability: Floats
    fading: Floats
    pace: Floats
    misreads: Floats
    old: Floats
    there: Mask
    minutes: Floats

    @property
    def count(self) -> int:
        return len(self.pace)


def draw_people(
    count: int,
    days: int,
    blueprint: Blueprint,
    seed: int,
    *,
    misreading: bool = False,
    lapses: bool = False,
    minutes: float | None = None,
) -> People:
    """``count`` candidates with ``days`` evenings.

    ``misreading``: a share of answers, Beta(2, 20) a candidate, ignores what decides. ``lapses``:
    everybody misses 30% of days, in runs. ``minutes``: as many on each evening, not N(45, 12).
    """
    rng = np.random.default_rng([seed, 1])
    sections = len(blueprint.shares)
    general = rng.standard_normal((count, 1))
    by_section = OF_ABILITY * general + SECTION_SPREAD * rng.standard_normal((count, sections))
    ability = by_section[:, blueprint.section_of]
    misreads = rng.beta(*MISREADING, count)
    absent = 1.0 - rng.beta(*ATTENDANCE, count)
    fading = rng.lognormal(0.0, FADING_SPREAD, count)
    pace = rng.lognormal(0.0, PACE_SPREAD, count)
    drawn = np.maximum(rng.normal(*MINUTES, (days, count)), LEAST_MINUTES)
    luck = rng.random((days, count))
    return People(
        ability=ability,
        fading=fading,
        pace=pace,
        misreads=misreads if misreading else np.zeros(count),
        old=_old_meetings(ability, blueprint.difficulty, rng),
        there=(
            _days(np.full(count, LAPSES), LAPSE_STICKINESS, luck)
            if lapses
            else _days(absent, STICKINESS, luck)
        ),
        minutes=drawn if minutes is None else np.full((days, count), minutes),
    )


def _days(absent: Floats, stickiness: float, luck: Floats) -> Mask:
    """A chain of two states for each candidate whose long-run share of absences is ``absent``."""
    there = np.empty(luck.shape, dtype=np.bool_)
    chance = absent
    for day, drawn in enumerate(luck):
        there[day] = drawn >= chance
        chance = absent * (1.0 - stickiness) + stickiness * ~there[day]
    return there


def _old_meetings(ability: Floats, difficulty: Floats, rng: np.random.Generator) -> Floats:
    hope = np.exp(OLD_BASE + OLD_BY_ABILITY * ability - OLD_BY_DIFFICULTY * difficulty)
    count = np.minimum(rng.poisson(hope), OLD_MOST)
    last = -rng.uniform(*LAST_OLD, ability.shape)
    gaps = rng.uniform(*OLD_GAP, (*ability.shape, OLD_MOST - 1))
    back = np.concatenate([np.zeros((*ability.shape, 1)), np.cumsum(gaps, axis=2)], axis=2)
    newest_first = np.where(np.arange(OLD_MOST) < count[..., None], last[..., None] - back, np.nan)
    return newest_first[..., ::-1]
