"""The page on which a phone types the code that Settings shows; it is the only one open to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.web.pairing import (
    CODE_LENGTH,
    COOKIE,
    COOKIE_LIFE_SECONDS,
    Pairing,
    Tried,
    came_from_here,
)
from roadworthy.web.render import Renderer, checked_form, first, renderer, see_other

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/pair")
def show(request: Request, page: Page) -> Response:
    """The field for the code, or that this device is let in already."""
    return _page(request, page, _pairing(request))


@router.post("/pair")
def pair(request: Request, form: Form, page: Page) -> Response:
    """Let this browser in by its code. A wrong one says what is wrong, and keeps nothing."""
    pairing = _pairing(request)
    tried = pairing.try_code(first(form, "code")[:64])
    if not tried.let_in:
        return _page(request, page, pairing, tried)
    answer = see_other("/")
    answer.set_cookie(
        COOKIE,
        pairing.cookie(request.state.browser),
        httponly=True,
        samesite="strict",
        path="/",
        max_age=COOKIE_LIFE_SECONDS,
    )
    return answer


def _pairing(request: Request) -> Pairing:
    found: Pairing | None = request.app.state.guard.pairing
    if found is None:
        raise NotThere(
            "No phone is let in now.",
            where="roadworthy serve",
            mend="Start it with --lan to use it from a phone in the same network.",
        )
    return found


def _page(
    request: Request, page: Renderer, pairing: Pairing, tried: Tried | None = None
) -> Response:
    here = came_from_here(request)
    return page.page(
        request,
        "pair.html",
        status=tried.status if tried else 200,
        first_run=True,  # no places and no days to the exam before the code
        why=tried.why if tried else "",
        length=CODE_LENGTH,
        here=here,
        let_in=here or pairing.knows(request, request.state.browser),
    )
