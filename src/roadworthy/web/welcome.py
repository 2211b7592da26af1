"""The one form: when the exam is, how many minutes a day, days off, and experience by section."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.blueprint import section_weights
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    workspace,
)
from roadworthy.web.settings_form import (
    EXPERIENCE,
    FEWEST_MINUTES,
    MOST_MINUTES,
    USUAL_MINUTES,
    WEEKDAYS,
    days_ahead,
    default_date,
    read_plan_fields,
    shown_settings,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
DIAGNOSTIC = "diagnostic"
DIAGNOSTIC_MINUTES = 10


@router.get("/welcome")
def show(request: Request, desk: Desk, page: Page) -> Response:
    """The form with what stands, or with defaults that Enter alone can send."""
    known = desk.course.state().settings
    raw = shown_settings(known)
    told = desk.told()
    if "exam_date" not in told:
        raw["exam_date"] = default_date(desk.today(desk.now())).isoformat()
    if "experience" not in told:
        raw["experience"] = dict.fromkeys(desk.pack.blueprint.sections, "some")
    return _page(request, page, desk, raw, {})


@router.post("/welcome")
def save(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Save what was said, then go to the diagnostic, or to Today when it is skipped."""
    now = desk.now()
    known = desk.course.state().settings
    found = read_plan_fields(form, desk.today(now), known, desk.pack.blueprint)
    if found.errors:
        return _page(request, page, desk, found.raw, found.errors)
    desk.enrol(now)
    desk.save_settings(found.values, now)
    if first(form, "skip"):
        return see_other("/today")
    desk.course.start_session(
        DIAGNOSTIC, purpose="diagnostic", minutes=DIAGNOSTIC_MINUTES, target=None, now=now
    )
    return see_other(f"/session/{DIAGNOSTIC}")


def _page(
    request: Request, page: Renderer, desk: Workspace, raw: dict[str, Any], errors: dict[str, str]
) -> Response:
    today = desk.today(desk.now())
    return page.page(
        request,
        "welcome.html",
        status=422 if errors else 200,
        raw=raw,
        errors=errors,
        minutes=USUAL_MINUTES,
        fewest=FEWEST_MINUTES,
        most=MOST_MINUTES,
        weekdays=WEEKDAYS,
        experience=EXPERIENCE,
        shares=section_weights(desk.pack.blueprint),
        first_day=today.isoformat(),
        first_run=True,
        diagnostic_minutes=DIAGNOSTIC_MINUTES,
        date_words=_date_words(raw, today),
    )


def _date_words(raw: dict[str, Any], today: date) -> str:
    """The date that stands in the field, in words; '' when it holds none."""
    try:
        return days_ahead(date.fromisoformat(raw["exam_date"]), today)
    except ValueError:
        return ""
