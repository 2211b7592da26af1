"""Settings: what the plan and the forecast assume, and how the program looks and listens."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.blueprint import exam_weights, section_weights
from roadworthy.web.pairing import came_from_here
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
    LOWEST_MARK,
    MOCK_TIMES,
    MOST_MINUTES,
    TEXT_SIZES,
    USUAL_MINUTES,
    WEEKDAYS,
    days_ahead,
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
    raw = shown_settings(settings)
    raw["outside_share"] = str(max(int(raw["outside_share"]), _uncovered(desk)))
    return _page(request, page, desk, raw, {}, saved=bool(saved))


@router.post("/settings")
def save(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Keep the settings; the plan and the forecast follow them at once."""
    now = desk.now()
    known = desk.course.state().settings
    found = read_all_fields(form, desk.today(now), known, desk.pack.blueprint, _uncovered(desk))
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
    known = desk.course.state().settings
    uncovered = _uncovered(desk)
    return page.page(
        request,
        "settings.html",
        status=422 if errors else 200,
        place="settings",
        raw=raw,
        errors=errors,
        saved=saved,
        coach=known.coach,
        minutes=USUAL_MINUTES,
        fewest=FEWEST_MINUTES,
        most=MOST_MINUTES,
        weekdays=WEEKDAYS,
        experience=EXPERIENCE,
        shares=section_weights(pack.blueprint),
        first_day=today.isoformat(),
        date_note=note_on_date(known.exam_date, today),
        date_words=days_ahead(known.exam_date, today),
        marks=(LOWEST_MARK, HIGHEST_MARK),
        mock_times=[(value, words, None) for value, words in MOCK_TIMES],
        text_sizes=[(value, words, None) for value, words in TEXT_SIZES],
        pairing=request.app.state.guard.pairing,
        here=came_from_here(request),
        home=desk.home,
        uncovered=uncovered,
        in_use=max(uncovered, round((known.outside_share or 0) * 100)),
    )


def _uncovered(desk: Workspace) -> int:
    """Percent of the exam, by weight, that has no items here."""
    return round(exam_weights(desk.pack.blueprint, desk.pack.decisions).outside_share * 100)
