"""Your data: what is the candidate's as files for other programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.exchange.calendar_days import KIND, given_entries, last_start
from roadworthy.exchange.formats import FORMATS, Sources, format_named
from roadworthy.web.render import Renderer, checked_form, first, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/your-data")
def show(request: Request, desk: Desk, page: Page) -> Response:
    """The formats, each with what it holds and a button."""
    return page.page(
        request,
        "your_data.html",
        place="settings",
        formats=tuple(FORMATS.values()),
        answers=len(desk.course.state().responses),
        start=last_start(given_entries(desk.course.of_kinds(KIND))),
    )


@router.post("/your-data/export/{name}")
def export(name: str, form: Form, desk: Desk) -> Response:
    """The file of a format, for the browser to keep."""
    wanted = format_named(name)
    start = first(form, "start") or None
    made = wanted.make(Sources(desk.course, desk.standing, desk.now(), desk.zone, start))
    return Response(
        made,
        media_type=wanted.media,
        headers={"Content-Disposition": f'attachment; filename="{wanted.file_name}"'},
    )
