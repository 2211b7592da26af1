"""The record of forecasts: what was said beside what came."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.journal.event import study_day
from roadworthy.study.record import LEAST_FOR_A_PLOT, exam_record, form_record
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
DAYS_SHOWN = 30


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
    return page.page(
        request,
        "record.html",
        place="mocks",
        mocks=form_record(desk.forms.forms(), events, desk.zone),
        exams=exam_record(events),
        daily=daily[-DAYS_SHOWN:][::-1],
        least=LEAST_FOR_A_PLOT,
    )
