"""The web application: guard, pages, and the one place where errors become answers."""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from roadworthy import __version__
from roadworthy.errors import BadInput, NotThere, Refused, RoadworthyError, StoreTrouble
from roadworthy.web import (
    advise,
    api,
    article,
    cheat_sheet,
    coach,
    consequences,
    decision,
    exam,
    exchange,
    form_result,
    form_room,
    glossary,
    how_it_works,
    item,
    keys,
    labs,
    ladders,
    learn,
    lesson,
    limits,
    map_play,
    mocks,
    named_topic,
    notes,
    objective,
    pack_changes,
    pair,
    plan,
    plan_days,
    plan_print,
    progress,
    reading_today,
    record,
    resources,
    search,
    session,
    session_end,
    settings,
    stage_map,
    start,
    takeaways,
    today,
    topic,
    welcome,
)
from roadworthy.web.guard import HEADERS, Guard
from roadworthy.web.pairing import Pairing
from roadworthy.web.render import Renderer
from roadworthy.workspace import Workspace

STATIC = Path(__file__).parent / "static"
_log = logging.getLogger("roadworthy")
LONGEST_ADDRESS = 60
"""Letters of an address in the heading of a page that is not there."""
_AGAIN = "Go to Today and begin from there; nothing was changed."
PAGES = (
    start,
    welcome,
    today,
    session,
    session_end,
    item,
    coach,
    lesson,
    learn,
    topic,
    limits,
    ladders,
    labs,
    objective,
    stage_map,
    map_play,
    cheat_sheet,
    article,
    resources,
    takeaways,
    named_topic,
    plan,
    plan_days,
    plan_print,
    reading_today,
    mocks,
    form_room,
    form_result,
    record,
    exam,
    progress,
    pack_changes,
    settings,
    exchange,
    how_it_works,
    search,
    advise,
    decision,
    consequences,
    glossary,
    notes,
    keys,
    pair,
    api,
)
PATHS = tuple(
    route.path
    for page in PAGES
    for route in page.router.routes
    if isinstance(route, Route) and "GET" in (route.methods or ())
)
"""Addresses of all pages, as routes write them: search offers none that is not among them."""


def make_app(workspace: Workspace, lan: str | Pairing | None = None) -> FastAPI:
    """The application for one open workspace.

    ``lan``: address and port at which phones in the network reach it too, or their pairing.
    """
    app = FastAPI(
        title="Roadworthy",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    secret = workspace.secret()
    guard = Guard(secret, Pairing(lan, secret) if isinstance(lan, str) else lan)
    app.state.workspace = workspace
    app.state.guard = guard
    app.state.renderer = Renderer(workspace, guard)
    app.state.pages = PATHS
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for page in PAGES:
        app.include_router(page.router)

    @app.middleware("http")
    async def guarded(request: Request, call_next):  # type: ignore[no-untyped-def]
        try:
            guard.check_host(request)
            guard.check_origin(request)
            if not guard.is_let_in(request):
                return _ask_for_code(request)
        except Refused as error:
            text = JSONResponse(_as_json(error), status_code=error.http_status, headers=HEADERS)
            return text
        return await guard(request, call_next)

    @app.get("/alive", include_in_schema=False)
    def alive() -> JSONResponse:
        return JSONResponse(
            {"program": "roadworthy", "home": str(workspace.home), "version": __version__}
        )

    @app.exception_handler(RoadworthyError)
    def known(request: Request, error: RoadworthyError) -> Response:
        return _answer(request, error)

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0] if error.errors() else {}
        name = str(first.get("loc", ("?",))[-1])
        return _answer(
            request,
            BadInput(
                f"The field '{name}' is missing or cannot be read.",
                where=request.url.path,
                mend="Go back, fill it in, and send it again.",
            ),
        )

    @app.exception_handler(HTTPException)
    def by_status(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return _answer(
                request,
                NotThere(
                    f"There is no page at {_short(request.url.path)}",
                    where=request.url.path,
                    mend="Your answers are safe. The address may be old or mistyped.",
                ),
            )
        what = str(error.detail).rstrip(".")
        if error.status_code == 405:
            what = f"This address does not take {request.method}"
        wrong = BadInput(f"{what}.", where=request.url.path, mend=_AGAIN)
        return _answer(request, wrong, status=error.status_code)

    @app.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> Response:
        _log.error("unexpected", exc_info=error)
        wrong = RoadworthyError(
            "Something went wrong in Roadworthy itself; what you answered before is safe.",
            where=request.url.path,
            mend="Load the page again. If it stays, start Roadworthy with --debug and report it.",
        )
        response = _answer(request, wrong)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return app


def _ask_for_code(request: Request) -> Response:
    """What a device gets that is not paired: the page for the code, or a refusal as JSON."""
    if request.method == "GET" and not request.url.path.startswith("/api/"):
        return RedirectResponse("/pair", status_code=303, headers=HEADERS)
    raise Refused(
        "This device is not paired with Roadworthy.",
        where=request.url.path[:80],
        mend="Open /pair on it and type the code that Settings shows on your computer.",
    )


def _answer(request: Request, error: RoadworthyError, status: int | None = None) -> Response:
    """The error as a page, or in the one JSON shape for the API."""
    status = status or error.http_status
    if request.url.path.startswith("/api/"):
        return JSONResponse(_as_json(error), status_code=status)
    renderer: Renderer = request.app.state.renderer
    again = getattr(request.state, "sent", None) if isinstance(error, StoreTrouble) else None
    try:
        return renderer.page(request, "error.html", status=status, error=error, again=again)
    except Exception as fault:
        # The page asks the journal for theme and date, and that may be what failed.
        _log.error("an error is shown without the journal", exc_info=fault)
        return renderer.bare("error_alone.html", status=status, error=error)


def _short(path: str) -> str:
    """An address as a heading can hold it."""
    return path if len(path) <= LONGEST_ADDRESS else f"{path[:LONGEST_ADDRESS]}…"


def _as_json(error: RoadworthyError) -> dict[str, str]:
    return {"error": error.slug, "what": error.what, "where": error.where, "mend": error.mend}
