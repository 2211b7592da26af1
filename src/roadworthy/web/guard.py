"""What stands between a request and a page: host, origin, form token, and the headers of answers.

The server answers on the loopback interface only, yet any web page that is open in the same
browser can send requests to it. So a request must name this host, a change must come from one of
our own pages, and each form carries a token that is signed for this browser. With ``serve --lan``
it answers on one address of the network too; there all of this holds, and a device must be paired.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from roadworthy.errors import Refused
from roadworthy.web.pairing import OPEN_PATHS, Pairing, came_from_here

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
COOKIE = "roadworthy"
TOKEN_FIELD = "token"
TOKEN_LIFE_SECONDS = 14 * 24 * 3600
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no-referrer, plain forms send "Origin: null"
    "X-Content-Type-Options": "nosniff",
}

Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Checks requests and signs form tokens with the home folder's secret."""

    def __init__(self, secret: bytes, pairing: Pairing | None = None) -> None:
        self.pairing = pairing
        self._signer = URLSafeTimedSerializer(secret.hex(), salt="form")

    def check_host(self, request: Request) -> None:
        """Raises ``Refused`` for a request that was sent to another name than this machine's."""
        host = request.headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if self.pairing is not None and not came_from_here(request):
            known = host == self.pairing.host
        else:
            known = name in HOSTS
        if not known:
            raise Refused(
                "Roadworthy answers only under its own address on this machine.",
                where=f"Host: {host[:80]}",
                mend="Open http://127.0.0.1 with the port that it printed.",
            )

    def check_origin(self, request: Request) -> None:
        """Raises ``Refused`` for a change that was sent from a page of another site."""
        if request.method in SAFE:
            return
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        here = request.headers.get("host", "")
        foreign = site not in (None, "same-origin", "none")
        if origin is not None and origin != "null":
            foreign = foreign or urlsplit(origin).netloc != here
        if origin == "null" or foreign:
            raise Refused(
                "This change was sent from another site, so it was not made.",
                where=f"Origin: {(origin or site or '')[:80]}",
                mend="Open Roadworthy itself and try again.",
            )

    def is_let_in(self, request: Request) -> bool:
        """Whether this machine asks, or a paired device, or a device that wants to be paired."""
        if self.pairing is None or came_from_here(request):
            return True
        path = request.url.path
        if any(path == one or (one[-1] == "/" and path.startswith(one)) for one in OPEN_PATHS):
            return True
        return self.pairing.knows(request, request.cookies.get(COOKIE, ""))

    def token(self, request: Request) -> str:
        """The form token of this browser."""
        return str(self._signer.dumps(request.state.browser))

    def check_token(self, request: Request, token: str | None) -> None:
        """Raises ``Refused`` for a form without a token of this browser."""
        try:
            known = self._signer.loads(token or "", max_age=TOKEN_LIFE_SECONDS)
        except BadSignature:
            known = None
        if known is None or not secrets.compare_digest(str(known), request.state.browser):
            raise Refused(
                "This page is too old to be sent, so nothing was changed.",
                where="the form's token",
                mend="Load the page again and repeat what you did; your answers are safe.",
            )

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Middleware: name the browser, answer, and set the headers of every answer."""
        known = request.cookies.get(COOKIE, "")
        request.state.browser = known if len(known) >= 32 else secrets.token_urlsafe(32)
        response = await call_next(request)
        if known != request.state.browser and not request.url.path.startswith("/static"):
            response.set_cookie(
                COOKIE,
                request.state.browser,
                httponly=True,
                samesite="strict",
                path="/",
                max_age=365 * 24 * 3600,
            )
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.url.path.startswith("/static"):
            response.headers["Cache-Control"] = "no-store"
        return response
