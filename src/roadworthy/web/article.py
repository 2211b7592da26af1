"""The article that the pack grew from: its lists in its order, each line opening what it became."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import Renderer, renderer

router = APIRouter(include_in_schema=False)


@router.get("/article")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """The article, literally, with a link behind each of its lines."""
    return page.page(request, "article.html", place="learn")
