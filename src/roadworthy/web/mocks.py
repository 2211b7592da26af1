"""Mock exams: the running one, what can be started, and the ones that were taken."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.learner.readiness import CAP
from roadworthy.study.form import ReserveTooSmall, Scale, sizes
from roadworthy.study.form_result import forecast_of, result_of
from roadworthy.web.render import Renderer, checked_form, first, renderer, see_other, workspace
from roadworthy.web.room_words import FIRST_PASS, LAST_PASS
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
SCALE_WORDS: dict[Scale, str] = {
    "full": "Full mock",
    "longest": "Longest mock",
    "long": "Long mock",
    "half": "Half mock",
    "short": "Short mock",
}
EXHAUSTED = BadInput(
    "No mock exam can be drawn.",
    where="the pack",
    mend="Every situation that was kept for mocks is used up or was practiced.",
)


@router.get("/mocks")
def show(request: Request, desk: Desk, page: Page) -> Response:
    """The running mock, the lengths, and the results so far."""
    now = desk.now()
    running = desk.forms.open_form(now)
    taken = [view for view in desk.forms.forms() if not view.open]
    forecasts = [
        (view, forecast_of(view.form, desk.course.of_kinds("forecast"))) for view in taken[::-1]
    ]
    assumed = desk.course.state().settings.pass_mark
    return page.page(
        request,
        "mocks.html",
        place="mocks",
        running=running,
        seconds_left=running.seconds_left(now) if running else 0.0,
        lengths=[
            (scale, SCALE_WORDS[scale], size, round(desk.forms.minutes(size)))
            for scale, size in sizes(desk.pack).items()
        ],
        taken=[
            (view, told, result_of(view, pass_mark=(told or {}).get("pass_mark", assumed)).passed)
            for view, told in forecasts
        ],
        cap=CAP,
    )


@router.get("/mocks/new/{scale}")
def preview(request: Request, scale: str, desk: Desk, page: Page) -> Response:
    """The first page of a mock, before its clock runs: size, time, and what it cannot ask."""
    known = _scale(desk, scale)
    running = desk.forms.open_form(desk.now())
    if running is not None:
        return see_other(f"/mock/{running.form}")
    name = desk.forms.next_name(known)
    try:
        form = desk.forms.drawn(name, known)
    except ReserveTooSmall as small:
        raise EXHAUSTED from small
    minutes = round(desk.forms.minutes(form.size))
    considerations: dict[str, Any] = {
        id_: one
        for section in desk.pack.blueprint.sections.values()
        for objective in section.objectives.values()
        for id_, one in objective.considerations.items()
    }
    return page.page(
        request,
        "mock_start.html",
        place="mocks",
        form=form,
        minutes=minutes,
        first_pass=round(minutes * FIRST_PASS),
        last_pass=round(minutes * LAST_PASS),
        mock_time=desk.course.state().settings.mock_time,
        name=name,
        scale=known,
        scale_words=SCALE_WORDS[known],
        missing=[(id_, considerations[id_]) for id_ in form.missing if id_ in considerations],
        needed=form.size * desk.course.state().settings.pass_mark,
    )


@router.post("/mocks/start")
def start(form: Form, desk: Desk) -> Response:
    """Start the clock of the mock that the page showed."""
    name, scale = first(form, "form"), _scale(desk, first(form, "scale"))
    if not name or len(name) > 64:
        raise BadInput(
            "The page did not say which mock to start.", where="form", mend="Open Mocks again."
        )
    now = desk.now()
    running = desk.forms.open_form(now)
    if running is not None and running.form != name:
        return see_other(f"/mock/{running.form}")
    try:
        view = desk.forms.start(name, scale, now=now)
    except ReserveTooSmall as small:
        raise EXHAUSTED from small
    return see_other(f"/mock/{view.form}")


def _scale(desk: Workspace, text: str) -> Scale:
    for scale in sizes(desk.pack):
        if scale == text:
            return scale
    raise NotThere("There is no mock of that length.", where=text, mend="Choose one on Mocks.")
