"""The record of forecasts: what was said beside what came."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.journal.event import study_day
from roadworthy.study.kept_word import words_kept
from roadworthy.study.record import LEAST_FOR_A_PLOT, Record, exam_record, form_record
from roadworthy.web.render import Renderer, percent, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
DAYS_SHOWN = 30
LEAST_SAID = 0.005
"""A chance below this would round to 0 in 100, which no forecast can know."""


@router.get("/mocks/record")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """Mocks and real exams beside their forecasts, then the forecast of each study day."""
    desk.forms.close_overdue(desk.now())
    events = desk.course.of_kinds("forecast", "exam_sat")
    daily = [
        (study_day(event.at, event.zone), event.payload)
        for event in events
        if event.kind == "forecast" and event.payload["about"] == "exam"
    ]
    mocks = form_record(desk.forms.forms(), events, desk.zone)
    shown = daily[-DAYS_SHOWN:][::-1]
    return page.page(
        request,
        "record.html",
        place="mocks",
        finding=finding_of(mocks),
        mocks=mocks,
        exams=exam_record(events),
        exam_entered=any(event.kind == "exam_sat" for event in events),
        daily=shown,
        evenings=words_kept(desk.course)[-DAYS_SHOWN:][::-1],
        models=list(dict.fromkeys(told["model"] for _, told in shown)),
        least=LEAST_FOR_A_PLOT,
    )


def finding_of(mocks: Record) -> str:
    """The heading: what was said of the mocks that count, and how many reached the mark."""
    counted = [one for one in mocks.held if one.counts]
    if not counted:
        return "Nothing to compare yet"
    mean = sum(one.p for one in counted) / len(counted)
    said = f"{'under 1' if mean < LEAST_SAID else percent(mean)}\u00a0in\u00a0100"
    if len(counted) == 1:
        came = "reached the mark" if counted[0].came else "fell below the mark"
        return f"One forecast so far: {said}, and the mock {came}"
    reached = sum(one.came for one in counted)
    return (
        f"{len(counted)} forecasts so far: {said} on average, "
        f"and {reached or 'none'} of {len(counted)} mocks reached the mark"
    )
