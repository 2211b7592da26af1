"""What a mock showed: the result, its misses with reasons, and the record of all forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from markupsafe import Markup
from starlette.responses import Response

from roadworthy.errors import Conflict
from roadworthy.journal.event import zone_named
from roadworthy.study.form_result import Changes, FormResult, changes_of, forecast_of, result_of
from roadworthy.study.form_view import FormView, Place
from roadworthy.web.exhibit import exhibit_words
from roadworthy.web.miss_words import beliefs_behind, kinds_in_words, why_missed
from roadworthy.web.render import Renderer, marked_stem, renderer, see_other, workspace
from roadworthy.web.time_map import time_map
from roadworthy.web.today import step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
MISSES_SHOWN = 8


@router.get("/mock/{form}/result")
def show(request: Request, form: str, desk: Desk, page: Page) -> Response:
    """The result; an open form leads back into its room."""
    view, result = _finished(desk, form)
    if result is None:
        return see_other(f"/mock/{form}")
    forecast = forecast_of(form, desk.course.of_kinds("forecast"))
    done = [one for one in desk.forms.forms() if not one.open and one.number <= view.number]
    tomorrow = _tomorrow(desk)
    return page.page(
        request,
        "mock_result.html",
        place="mocks",
        view=view,
        result=result,
        forecast=forecast,
        before=(forecast or {}).get("today"),
        after=_after(desk, view),
        started=_local(desk, view.started_at),
        ended=_local(desk, view.ended_at or view.deadline),
        weakest=min(result.sections, key=lambda one: (one.right / one.of, -one.of)),
        ledger=_ledger(done),
        mocks_done=len(done),
        time=time_map(view, result),
        misses=[
            (miss, place, why_missed(desk, miss, place))
            for miss in result.misses
            for place in view.places[miss.ordinal - 1 : miss.ordinal]
        ],
        kinds=kinds_in_words(result),
        shown_misses=MISSES_SHOWN,
        tomorrow=tomorrow,
    )


@router.get("/mock/{form}/misses")
def misses(request: Request, form: str, desk: Desk, page: Page) -> Response:
    """Only what was missed, with the reason for each option: to read on screen or on paper."""
    view, result = _finished(desk, form)
    if result is None:
        return see_other(f"/mock/{form}")
    places = [view.places[miss.ordinal - 1] for miss in result.misses]
    return _review(request, desk, page, view, result, places)


@router.get("/mock/{form}/{ordinal:int}/why")
def why(request: Request, form: str, ordinal: int, desk: Desk, page: Page) -> Response:
    """One item of a finished mock with its reasons, right or wrong."""
    view, result = _finished(desk, form)
    place = view.place(ordinal)
    if result is None or place is None:
        return see_other(f"/mock/{form}")
    return _review(request, desk, page, view, result, [place])


def _review(
    request: Request,
    desk: Workspace,
    page: Renderer,
    view: FormView,
    result: FormResult,
    places: Sequence[Place],
) -> Response:
    return page.page(
        request,
        "mock_misses.html",
        place="mocks",
        view=view,
        result=result,
        shown=[_explained(desk, place) for place in places],
        sources=desk.pack.sources,
        day=_local(desk, view.started_at),
    )


@router.get("/mock/{form}/result.json")
def as_json(form: str, desk: Desk) -> Response:
    """The result as data: the same bytes for the same answers at the same times."""
    _, result = _finished(desk, form)
    if result is None:
        raise Conflict("This mock is running.", where=form, mend="Finish it first.")
    return JSONResponse(result.as_json())


def _finished(desk: Workspace, form: str) -> tuple[FormView, FormResult | None]:
    desk.forms.close_overdue(desk.now())
    view = desk.forms.form(form)
    if view.open:
        return view, None
    forecast = forecast_of(form, desk.course.of_kinds("forecast")) or {}
    state = desk.course.state()
    mark = float(forecast.get("pass_mark", state.settings.pass_mark))
    unread = sum(
        1 for one in state.responses if one.form == form and one.chosen and one.weight == 0
    )
    return view, result_of(view, pass_mark=mark, unread=unread)


def _explained(desk: Workspace, place: Place) -> dict[str, Any]:
    stem: Markup = marked_stem(place.item.stem, place.item.decisive, show=True)
    return {
        "place": place,
        "stem": stem,
        "beliefs": beliefs_behind(desk, place),
        **_exhibit(place),
    }


def _exhibit(place: Place) -> dict[str, Any]:
    empty = {"exhibit_lines": (), "exhibit_charts": (), "exhibit_rows": ()}
    return empty | exhibit_words(place.item, corrected=True)


def _after(desk: Workspace, view: FormView) -> dict[str, float] | None:
    """The chance to pass 'if you sat today' after a mock: the next kept one, else that of now."""
    seen_end = False
    for event in desk.course.of_kinds("form_finished", "forecast"):
        if event.kind == "form_finished" and event.payload["form"] == view.form:
            seen_end = True
        elif seen_end and event.kind == "forecast" and event.payload.get("today"):
            later: dict[str, float] = event.payload["today"]
            return later
    now: dict[str, float] | None = desk.standing.exam_chances(desk.now())["today"]
    return now


def _ledger(done: list[FormView]) -> Changes:
    """Changed answers over all mocks up to this one."""
    each = [changes_of(view.places) for view in done]
    return Changes(
        sum(one.to_right for one in each),
        sum(one.to_wrong for one in each),
        sum(one.between_wrong for one in each),
    )


def _tomorrow(desk: Workspace) -> dict[str, Any] | None:
    """The next study day of the plan: its date, minutes and steps in words."""
    days = [day for day in desk.plan().days[1:] if day.blocks]
    if not days:
        return None
    steps = [
        (
            _step_title(*step_words(desk, block)),
            block.minutes,
            desk.fill(block.why),
        )
        for block in days[0].blocks
    ]
    return {"date": days[0].date, "minutes": days[0].minutes, "steps": steps}


def _step_title(verb: str, what: str) -> str:
    """'Learn: What starts a training run'; 'Look back at' runs on without the colon."""
    if not what:
        return verb
    return f"{verb} {what}" if verb.endswith(" at") else f"{verb}: {what}"


def _local(desk: Workspace, at: datetime) -> datetime:
    return at.astimezone(zone_named(desk.zone))
