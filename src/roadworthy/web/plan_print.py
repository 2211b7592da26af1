"""The plan on paper: every day that is left with its steps, minutes, and a box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.study.phases import Week
from roadworthy.study.plan import DayPlan, Plan
from roadworthy.web.plan import finding_of, totals_of
from roadworthy.web.render import Renderer, renderer, see_other, workspace
from roadworthy.web.today import step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class PaperDay:
    """A day: its minutes, and (verb, what, minutes) of each step. ``kind``: study, off or exam."""

    date: date
    kind: str
    minutes: int
    steps: tuple[tuple[str, str, int], ...]


@router.get("/plan/print")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """All days to the exam by stretch."""
    if desk.course.state().enrolled_at is None:
        return see_other("/")
    plan = desk.plan()
    return page.page(
        request, "plan_print.html", place="plan", plan=plan, legs=legs_of(desk, plan),
        finding=finding_of(plan), totals=totals_of(desk, plan),
        exam_minutes=desk.pack.head.exam_minutes,
    )  # fmt: skip


def legs_of(desk: Workspace, plan: Plan) -> list[tuple[Week | None, list[PaperDay]]]:
    """The days of each stretch; the exam's stands last, without one."""
    legs: list[tuple[Week | None, list[PaperDay]]] = []
    for day in plan.days:
        found = (one for one in plan.weeks if one.first <= day.date <= one.last)
        stretch = None if day.exam else next(found, None)
        if not legs or legs[-1][0] != stretch:
            legs.append((stretch, []))
        legs[-1][1].append(_paper_day(desk, day))
    return legs


def _paper_day(desk: Workspace, day: DayPlan) -> PaperDay:
    steps = tuple((*step_words(desk, block), block.minutes) for block in day.blocks)
    kind = "exam" if day.exam else "study" if steps else "off"
    return PaperDay(day.date, kind, day.minutes, steps)
