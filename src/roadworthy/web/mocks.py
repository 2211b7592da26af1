"""Mock exams: what will be here, and what there is instead until then."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.learner.readiness import CAP
from roadworthy.pack.blueprint import allocate, section_weights
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@router.get("/mocks")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """The empty state, with how a mock will be drawn by section."""
    blueprint, size = desk.pack.blueprint, desk.pack.head.exam_items_min
    shares = allocate(section_weights(blueprint), size, tie="lower")
    state = desk.course.state()
    planned = sum(block.minutes for block in desk.plan().today.blocks) if state.enrolled_at else 0
    return page.page(
        request, "mocks.html", place="mocks", size=size, shares=shares, planned=planned, cap=CAP
    )
