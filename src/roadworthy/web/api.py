"""The JSON face: what Today, the plan and the readiness say, for other programs on this machine.

Errors have one shape, ``Fault``. The description of all of it is at ``/api/openapi.json``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from roadworthy.errors import NotThere
from roadworthy.study.day_course import Block
from roadworthy.study.plan import Plan
from roadworthy.web.render import workspace
from roadworthy.workspace import Workspace

Desk = Annotated[Workspace, Depends(workspace)]
Share = Annotated[float, Field(ge=0, le=1)]


class Answer(BaseModel):
    """Base of all answers: fields are final, and unknown ones are a fault of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(Answer):
    """What went wrong, where, and how to mend it."""

    error: str = Field(description="stable name, as in docs/messages.md")
    what: str
    where: str
    mend: str


class Range(Answer):
    """A chance with the range that holds 8 of 10 times, 0 to 1."""

    p: Share
    low: Share
    high: Share


class Cause(Answer):
    """One thing that moved readiness, in points of 100."""

    text: str
    points: float


class ReadinessAnswer(Answer):
    """The forecast without further practice; ``readiness`` is null before there is one."""

    readiness: Range | None
    if_plan_followed: Range | None
    expected_right: Range | None = Field(description="share of items right, with its range")
    exam_at: datetime
    pass_mark: Share = Field(description="share of right items that is assumed to pass")
    outside_share: Share = Field(description="share of the exam that has no items here")
    seen_share: Share = Field(description="share of the exam on which something was answered")
    answers: int = Field(ge=0, description="answers that count")
    lacking: list[str]
    moved_since: date | None
    causes: list[Cause]
    model: str
    weights: str
    pack: str


class BlockAnswer(Answer):
    """One stretch of a day. ``gain``: points of 100 that the plan would lose without it."""

    kind: str
    title: str
    why: str
    target: str | None
    minutes: int = Field(ge=0)
    gain: float

    @classmethod
    def of(cls, desk: Workspace, block: Block) -> BlockAnswer:
        return cls(
            kind=block.kind,
            title=desk.fill(block.title),
            why=desk.fill(block.why),
            target=block.target,
            minutes=block.minutes,
            gain=block.gain,
        )


class LeftOutAnswer(Answer):
    """What today has no room for, what that costs in points of 100, and when it comes back."""

    kind: str
    title: str
    target: str | None
    minutes: int = Field(ge=0)
    cost: float
    returns: date | None


class TodayAnswer(Answer):
    """The steps that are left today."""

    date: date
    days_to_exam: int | None
    minutes_done: int = Field(ge=0)
    minutes_left: int = Field(ge=0)
    steps: list[BlockAnswer]
    left_out: list[LeftOutAnswer]
    note: str


class DayAnswer(Answer):
    """One day of the plan."""

    date: date
    kind: Literal["study", "off", "exam"]
    minutes: int = Field(ge=0)
    blocks: list[BlockAnswer]


class StretchAnswer(Answer):
    """A named stretch of the plan, both days included."""

    name: str
    first: date
    last: date
    aim: str


class PlanAnswer(Answer):
    """All days from today to the exam."""

    made_on: date
    exam_date: date | None
    note: str
    stretches: list[StretchAnswer]
    days: list[DayAnswer]


router = APIRouter(
    prefix="/api",
    tags=["standing"],
    responses={
        400: {"model": Fault, "description": "A value that cannot be used"},
        403: {"model": Fault, "description": "A request from elsewhere"},
        404: {"model": Fault, "description": "There is no course yet"},
        503: {"model": Fault, "description": "The journal cannot be read"},
    },
)


@router.get("/today")
def today(
    desk: Desk,
    more: Annotated[int, Query(ge=0, le=240, description="minutes on top of today's")] = 0,
) -> TodayAnswer:
    """What to do today, what each step buys, and what is left out."""
    _enrolled(desk)
    plan = desk.plan()
    if more:
        plan = desk.plan(plan.today.minutes + more)
    return TodayAnswer(
        date=plan.made_on,
        days_to_exam=desk.days_to_exam(desk.now()),
        minutes_done=round(plan.done_today),
        minutes_left=sum(block.minutes for block in plan.today.blocks),
        steps=[BlockAnswer.of(desk, block) for block in plan.today.blocks],
        left_out=[
            LeftOutAnswer(
                kind=one.kind,
                title=desk.fill(one.title),
                target=one.target,
                minutes=one.minutes,
                cost=one.cost,
                returns=one.returns,
            )
            for one in plan.left_out
        ],
        note=plan.note,
    )


@router.get("/readiness")
def readiness(desk: Desk) -> ReadinessAnswer:
    """How ready the candidate is, with range, assumptions and what moved it."""
    _enrolled(desk)
    now = desk.now()
    forecast = desk.standing.readiness(now)
    followed, change = desk.standing.followed(now), desk.standing.change(now)
    return ReadinessAnswer(
        readiness=_range((forecast.p, forecast.low, forecast.high)),
        if_plan_followed=_range((followed.p, followed.low, followed.high)) if followed else None,
        expected_right=_range(forecast.score) if forecast.score else None,
        exam_at=forecast.exam_at,
        pass_mark=forecast.pass_mark,
        outside_share=forecast.outside_share,
        seen_share=forecast.seen,
        answers=forecast.answers,
        lacking=list(forecast.lacking),
        moved_since=change.since if change else None,
        causes=[Cause(text=one.text, points=one.points) for one in change.moved.causes]
        if change
        else [],
        model=forecast.model,
        weights=forecast.weights,
        pack=forecast.pack,
    )


@router.get("/plan")
def plan(desk: Desk) -> PlanAnswer:
    """The days that are left, with their blocks."""
    _enrolled(desk)
    made: Plan = desk.plan()
    return PlanAnswer(
        made_on=made.made_on,
        exam_date=made.exam_date,
        note=made.note,
        stretches=[
            StretchAnswer(name=one.name, first=one.first, last=one.last, aim=one.aim)
            for one in made.weeks
        ],
        days=[
            DayAnswer(
                date=day.date,
                kind="exam" if day.exam else "off" if day.off else "study",
                minutes=day.minutes,
                blocks=[BlockAnswer.of(desk, block) for block in day.blocks],
            )
            for day in made.days
        ],
    )


def _enrolled(desk: Workspace) -> None:
    if desk.course.state().enrolled_at is None:
        raise NotThere(
            "There is no course yet.",
            where="your journal",
            mend="Open Roadworthy in the browser, or run: roadworthy study",
        )


def _range(values: tuple[float | None, float | None, float | None]) -> Range | None:
    p, low, high = values
    if p is None or low is None or high is None:
        return None
    return Range(p=p, low=low, high=high)
