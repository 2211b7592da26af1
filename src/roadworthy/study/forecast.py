"""The forecasts that a candidate sees: sat tomorrow, without more practice, and with the plan.

The learner knows no plan and the plan no forecast; here they meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from roadworthy.learner.readiness import CAP, HIGH, LOW, Forecast, may_exceed_cap, readiness
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.plan import Plan

NEXT_MORNING = timedelta(hours=12)
"""An exam 'today' is taken after a night: what was read a minute ago is not yet known."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The chance to pass if the plan is followed, with its 8-of-10 interval, 0 to 1."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlooks:
    """Three answers to 'how ready?'.

    ``sat_today``: the exam is taken tomorrow morning. ``unpractised``: on its date, without more
    practice; this is the number that the course shows and records. ``followed``: on its date, if
    the plan is followed; None as long as there is no forecast.
    """

    sat_today: Forecast
    unpractised: Forecast
    followed: Followed | None


def outlooks(state: LearnerState, pack: Pack, plan: Plan, *, now: datetime, seed: int) -> Outlooks:
    """The three forecasts of a state and its plan, with the same draws, so they compare."""
    return Outlooks(
        sat_today=sat_today(state, pack, now=now, seed=seed),
        unpractised=readiness(state, pack, plan.exam_at, now, seed),
        followed=followed(state, pack, plan, now=now, seed=seed),
    )


def sat_today(state: LearnerState, pack: Pack, *, now: datetime, seed: int) -> Forecast:
    """The forecast of an exam after the coming night."""
    return readiness(state, pack, now + NEXT_MORNING, now, seed)


def followed(
    state: LearnerState, pack: Pack, plan: Plan, *, now: datetime, seed: int
) -> Followed | None:
    """The chance to pass after the whole plan; the doubt about the candidate stays today's.

    The cap holds here too, unless the plan itself brings what a higher forecast needs.
    """
    today = readiness(state, pack, plan.exam_at, now, seed)
    if today.p is None:
        return None
    taught = {block.target for day in plan.days for block in day.blocks if block.kind == "learn"}
    free = may_exceed_cap(state, pack, more_answers=plan.answers, more_decisions=taught)
    top = 1.0 if free else CAP
    p = min(float(plan.chances.mean()), top)
    low = min(float(np.quantile(plan.chances, LOW)), p)
    high = min(max(float(np.quantile(plan.chances, HIGH)), p), top)
    return Followed(p, low, high)
