"""The room of a mock exam: one item at a time, a map, a clock, and no word on right or wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from roadworthy.errors import NotThere, StoreTrouble
from roadworthy.journal.event import parse_utc, utc_text, zone_named
from roadworthy.study.form_taking import Kept
from roadworthy.study.form_view import FormView, Place
from roadworthy.web import room_words
from roadworthy.web.exhibit import exhibit_words
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
SHORTEST_STAY_MS = 1000
LAST_MINUTES = 5


@router.get("/mock/{form}")
def enter(form: str, desk: Desk) -> Response:
    """Where the candidate was: the first open item, else the last; the result once it is over."""
    view = _running(desk, form)
    if not view.open:
        return see_other(f"/mock/{form}/result")
    place = next((one for one in view.places if not one.answered), view.places[-1])
    return see_other(f"/mock/{form}/{place.ordinal}")


@router.get("/mock/{form}/clock.json")
def clock(form: str, desk: Desk) -> Response:
    """Seconds left by the journal's clock, for a page that slept."""
    view, now = _running(desk, form), desk.now()
    told = room_words.as_json(_pace(view, now))
    return JSONResponse({"left": view.seconds_left(now), "open": view.open, **told})


@router.get("/mock/{form}/map")
def item_map(request: Request, form: str, desk: Desk, page: Page, at: str = "") -> Response:
    """All items with their states, for narrow screens; ``at`` is the item one came from."""
    view = _running(desk, form)
    if not view.open:
        return see_other(f"/mock/{form}/result")
    return page.page(request, "mock_map.html", at=_came_from(view, at), **_frame(view, desk))


@router.get("/mock/{form}/finish")
def ask_finish(request: Request, form: str, desk: Desk, page: Page, at: str = "") -> Response:
    """What is open and flagged, before the answers are closed."""
    view = _running(desk, form)
    if not view.open:
        return see_other(f"/mock/{form}/result")
    return page.page(
        request,
        "mock_finish.html",
        at=_came_from(view, at),
        half_words=room_words.half_words(view),
        time_left=room_words.time_left(view.seconds_left(desk.now())),
        **_frame(view, desk),
    )


@router.post("/mock/{form}/finish")
def finish(form: str, sent: Form, desk: Desk) -> Response:
    """Close the answers and show the result."""
    desk.forms.finish(form, now=desk.now())
    return see_other(f"/mock/{form}/result")


@router.get("/mock/{form}/{ordinal:int}")
def show(
    request: Request, form: str, ordinal: int, desk: Desk, page: Page, note: str = ""
) -> Response:
    """One item as it stands."""
    view = _running(desk, form)
    if not view.open:
        return see_other(f"/mock/{form}/result")
    return _item(request, page, desk, view, _place(view, ordinal), note=note)


@router.post("/mock/{form}/{ordinal:int}")
def move(request: Request, form: str, ordinal: int, sent: Form, desk: Desk, page: Page) -> Response:
    """Keep what the page says, then go where its button leads."""
    view = _running(desk, form)
    if not view.open:
        return see_other(f"/mock/{form}/result")
    place, go = _place(view, ordinal), first(sent, "go", "next")
    try:
        kept = _keep(sent, desk, place, view, go)
    except StoreTrouble as trouble:
        chosen = _chosen(sent)
        return _item(request, page, desk, view, place, trouble=trouble, chosen=chosen)
    if kept.late:
        return see_other(f"/mock/{form}/result")
    here = f"/mock/{form}/{ordinal}"
    if kept.overtaken:
        return see_other(f"{here}?note=overtaken")
    if go in ("flag", "clear", "stay"):
        return see_other(here)
    stands = kept.view.places[ordinal - 1]
    if stands.chosen and not stands.answered:
        return see_other(f"{here}?note=number")
    if go in ("map", "finish"):
        return see_other(f"/mock/{form}/{go}?at={ordinal}")
    return see_other(f"/mock/{form}/{_target(go, ordinal, view.size)}")


@router.post("/mock/{form}/{ordinal:int}/save")
def save(form: str, ordinal: int, sent: Form, desk: Desk) -> Response:
    """Keep a change at once, for a page with script; what it needs to go on comes back."""
    view = _running(desk, form)
    place = _place(view, ordinal)
    try:
        kept = _keep(sent, desk, place, view, "stay") if view.open else Kept(view, late=True)
    except StoreTrouble as trouble:
        told = {"error": trouble.slug, "what": trouble.what, "mend": trouble.mend}
        return JSONResponse(told, status_code=trouble.http_status)
    if kept.late:
        return JSONResponse({"error": "late", "go": f"/mock/{form}/result"}, status_code=409)
    if kept.overtaken:
        there = f"/mock/{form}/{ordinal}?note=overtaken"
        return JSONResponse({"error": "overtaken", "go": there}, status_code=409)
    stands, now = kept.view.places[ordinal - 1], desk.now()
    return JSONResponse(
        {
            "rev": stands.rev,
            "was": _was(stands),
            "since": utc_text(now),
            "saved": _local(desk, now),
            "left": kept.view.seconds_left(now),
            "answered": kept.view.answered,
            "state": room_words.state_words(stands),
            **room_words.as_json(_pace(kept.view, now), room_words.counts_of(kept.view)),
        }
    )


def _running(desk: Workspace, form: str) -> FormView:
    desk.forms.close_overdue(desk.now())
    return desk.forms.form(form)


def _place(view: FormView, ordinal: int) -> Place:
    place = view.place(ordinal)
    if place is None:
        raise NotThere(
            f"This mock has {view.size} items.", where=f"item {ordinal}", mend="Go to one of them."
        )
    return place


def _came_from(view: FormView, at: str) -> int | None:
    """The item that an address names; None without one, or without such an item."""
    found = view.place(int(at)) if at.isdecimal() and len(at) < 4 else None
    return found.ordinal if found else None


def _pace(view: FormView, now: datetime) -> room_words.Pace:
    return room_words.pace_of(view, view.seconds_used(now))


def _chosen(sent: dict[str, list[str]]) -> tuple[int, ...]:
    return tuple(sorted({int(one) for one in sent.get("chosen", []) if one.isdigit()}))


def _was(place: Place) -> str:
    """Choice and flag as the page showed them: what is sent unchanged overtakes nothing."""
    return _said(place.chosen, place.flagged)


def _said(chosen: tuple[int, ...], flagged: bool) -> str:
    return f"{','.join(str(one) for one in chosen)}|{int(flagged)}"


def _keep(
    sent: dict[str, list[str]], desk: Workspace, place: Place, view: FormView, go: str
) -> Kept:
    """Keep choice, flag and time. Where the page changed nothing, only its time is added."""
    now = desk.now()
    chosen, flagged = _chosen(sent), first(sent, "flagged") == "1"
    if go == "flag":
        flagged = not flagged
    if go == "clear":
        chosen = ()
    spent = _milliseconds(sent, now, view)
    rev = (whole(sent, "rev") or 0) + 1
    if _said(chosen, flagged) == first(sent, "was"):
        if spent < SHORTEST_STAY_MS:
            return Kept(view)
        chosen, flagged, rev = place.chosen, place.flagged, place.rev + 1
    return desk.forms.respond(
        view.form,
        place.ordinal,
        chosen=chosen,
        flagged=flagged,
        rev=rev,
        milliseconds=spent,
        now=now,
    )


def _milliseconds(sent: dict[str, list[str]], now: datetime, view: FormView) -> int:
    """Time since the page was made, by the server's clock; 0 where the page does not say."""
    try:
        since = parse_utc(first(sent, "since"))
    except ValueError:
        return 0
    return max(0, round((now - max(since, view.started_at)).total_seconds() * 1000))


def _target(go: str, ordinal: int, size: int) -> int:
    if go.isdigit() and 1 <= int(go) <= size:
        return int(go)
    return max(1, ordinal - 1) if go == "back" else min(size, ordinal + 1)


def _item(
    request: Request,
    page: Renderer,
    desk: Workspace,
    view: FormView,
    place: Place,
    *,
    note: str = "",
    trouble: StoreTrouble | None = None,
    chosen: tuple[int, ...] | None = None,
) -> Response:
    now = desk.now()
    return page.page(
        request,
        "mock_item.html",
        status=trouble.http_status if trouble else 200,
        here=place,
        item=place.item,
        stem=room_words.named(room_words.bare_stem(place.item.stem), place.item.exhibit),
        option_texts=[room_words.named(one.text, place.item.exhibit) for one in place.item.options],
        chosen=place.chosen if chosen is None else chosen,
        lacking=len(place.item.keys) - len(place.chosen),
        was=_was(place),
        since=utc_text(now),
        note=note,
        trouble=trouble,
        **_frame(view, desk),
        **exhibit_words(place.item, corrected=False),
    )


def _frame(view: FormView, desk: Workspace) -> dict[str, Any]:
    """What the bar and the map of every page of the room show."""
    now = desk.now()
    left = view.seconds_left(now)
    pass_number, pass_words = room_words.pass_of(view, view.seconds_used(now))
    return {
        "view": view,
        "pass_number": pass_number,
        "pass_words": pass_words,
        "seconds_left": left,
        "pace": _pace(view, now),
        "counts": room_words.counts_of(view),
        "late": left <= LAST_MINUTES * 60,
        "saved": _local(desk, now),
        "with_seconds": desk.course.state().settings.mock_seconds,
        "states": [(place, room_words.state_words(place)) for place in view.places],
    }


def _local(desk: Workspace, now: datetime) -> str:
    return f"{now.astimezone(zone_named(desk.zone)):%H:%M:%S}"
