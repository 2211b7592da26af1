"""The plan: days and minutes until the exam, made anew each morning."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import Renderer, renderer

router = APIRouter(include_in_schema=False)


@router.get("/plan")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """The days that are left."""
    return page.page(request, "plan.html", place="plan")
