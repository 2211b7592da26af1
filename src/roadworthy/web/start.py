"""The first page: one item before any form."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import Renderer, checked_form, renderer, see_other, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
OPENING_MINUTES = 5


@router.get("/")
def index(
    request: Request,
    page: Annotated[Renderer, Depends(renderer)],
    desk: Annotated[Workspace, Depends(workspace)],
) -> Response:
    """Where the candidate left off: the first item, the plan form, or Today."""
    state = desk.course.state()
    if state.enrolled_at is None:
        return page.page(request, "start.html")
    if state.settings.exam_date is None and "minutes_per_day" not in desk.told():
        return see_other(desk.opening_path() or "/welcome")
    return see_other("/today")


@router.post("/start")
def start(
    form: Annotated[dict[str, list[str]], Depends(checked_form)],
    desk: Annotated[Workspace, Depends(workspace)],
) -> Response:
    """Begin the course and show the opening item; a second press changes nothing."""
    now = desk.now()
    desk.course.enrol(str(uuid.uuid4()), now=now)
    desk.course.start_session(
        "opening", purpose="opening", minutes=OPENING_MINUTES, target=None, now=now
    )
    return see_other("/session/opening")
