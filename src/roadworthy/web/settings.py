"""Settings: what the plan and the forecast assume, and how the program looks and listens."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.blueprint import exam_weights, section_weights
from roadworthy.web.render import (
    Renderer,
    checked_form,
    renderer,
    see_other,
    workspace,
)
from roadworthy.web.settings_form import (
    EXPERIENCE,
    FEWEST_MINUTES,
    HIGHEST_MARK,
    HIGHEST_OUTSIDE,
    LOWEST_MARK,
    LOWEST_OUTSIDE,
    MOST_MINUTES,
    USUAL_MINUTES,
    WEEKDAYS,
    note_on_date,
    read_all_fields,
    shown_settings,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/settings")
def show(request: Request, desk: Desk, page: Page, saved: int = 0) -> Response:
    """All settings as they stand."""
    settings = desk.course.state().settings
    return _page(request, page, desk, shown_settings(settings), {}, saved=bool(saved))


@router.post("/settings")
def save(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Keep the settings; the plan and the forecast follow them at once."""
    now = desk.now()
    known = desk.course.state().settings
    found = read_all_fields(form, desk.today(now), known, desk.pack.blueprint)
    if found.errors:
        return _page(request, page, desk, found.raw, found.errors, saved=False)
    desk.enrol(now)
    desk.save_settings(found.values, now)
    return see_other("/settings?saved=1")


def _page(
    request: Request,
    page: Renderer,
    desk: Workspace,
    raw: dict[str, Any],
    errors: dict[str, str],
    *,
    saved: bool,
) -> Response:
    pack, today = desk.pack, desk.today(desk.now())
    exam = desk.course.state().settings.exam_date
    return page.page(
        request,
        "settings.html",
        status=422 if errors else 200,
        place="learn",
        raw=raw,
        errors=errors,
        saved=saved,
        minutes=USUAL_MINUTES,
        fewest=FEWEST_MINUTES,
        most=MOST_MINUTES,
        weekdays=WEEKDAYS,
        experience=EXPERIENCE,
        shares=section_weights(pack.blueprint),
        first_day=today.isoformat(),
        date_note=note_on_date(exam, today),
        marks=(LOWEST_MARK, HIGHEST_MARK),
        outside=(LOWEST_OUTSIDE, HIGHEST_OUTSIDE),
        home=desk.home,
        uncovered=exam_weights(pack.blueprint, pack.decisions).outside_share,
    )
