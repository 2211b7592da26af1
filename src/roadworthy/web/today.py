"""Today: what to do now, what it buys, and how ready you are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@router.get("/today")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """One session as the plan has it."""
    return page.page(
        request,
        "today.html",
        place="today",
        new_session=desk.new_session_id(),
        forecast=desk.readiness(),
        open_session=desk.course.open_session(),
    )
