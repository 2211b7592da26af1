"""The article's advice, each with the feature that it became, and the one that we refuse."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.web.render import Renderer, renderer

router = APIRouter(include_in_schema=False)


@router.get("/takeaways")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """All takeaways in the order of the article."""
    return page.page(request, "takeaways.html", place="learn")
