"""A phone in the same network is let in by a code that works once; off unless ``serve --lan``.

The code has 8 characters of an alphabet without look-alikes, some 39 bits. It stands in the
terminal and on Settings of the computer itself, for ten minutes. Five wrong codes in a minute close
the door for that minute, whoever typed them. A device that typed the right one gets a signed cookie
that is bound to its browser and ends with the program: nothing of a pairing is kept on disk.
"""

from __future__ import annotations

import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
CODE_LIFE_SECONDS = 600.0
WRONG_IN_A_MINUTE = 5
MINUTE = 60.0
COOKIE = "roadworthy-paired"
COOKIE_LIFE_SECONDS = 24 * 3600
OPEN_PATHS = ("/pair", "/static/")
"""What a device sees before it is paired: the page that asks for the code, and its style."""


@dataclass(frozen=True)
class Tried:
    """What came of a typed code: let in, or a status and the reason with its mend."""

    let_in: bool
    status: int = 200
    why: str = ""


class Pairing:
    """Codes and paired devices of one run of the program. Safe to call from several threads."""

    def __init__(
        self, host: str, secret: bytes, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``host``: address and port that phones use, as 192.168.1.5:8750."""
        self.host = host
        self._signer = URLSafeTimedSerializer(secret.hex(), salt=f"pair:{secrets.token_hex(16)}")
        self._clock = clock
        self._lock = threading.Lock()
        self._code: str | None = None
        self._made = 0.0
        self._wrong: list[float] = []

    def code(self) -> str:
        """The code to type now; a new one where the last was used or has expired."""
        with self._lock:
            now = self._clock()
            if self._code is None or now - self._made >= CODE_LIFE_SECONDS:
                self._code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
                self._made = now
            return self._code

    def minutes_left(self) -> int:
        """Whole minutes that the code of now still works, at least 1."""
        return max(1, round((self._made + CODE_LIFE_SECONDS - self._clock()) / MINUTE))

    def try_code(self, typed: str) -> Tried:
        """Let a device in by its code, which is used up by that."""
        code = "".join(typed.split()).replace("-", "").upper()
        with self._lock:
            now = self._clock()
            self._wrong = [at for at in self._wrong if now - at < MINUTE]
            if len(self._wrong) >= WRONG_IN_A_MINUTE:
                return Tried(
                    False,
                    429,
                    "Five wrong codes came within a minute. Wait a minute, then type it.",
                )
            known = self._code is not None and secrets.compare_digest(
                code.encode(), self._code.encode()
            )
            if not known:
                self._wrong.append(now)
                return Tried(
                    False, 403, "That is not the code. It stands on Settings on your computer."
                )
            self._code = None
            if now - self._made >= CODE_LIFE_SECONDS:
                return Tried(
                    False, 403, "That code has expired. Settings on your computer shows a new one."
                )
            return Tried(True)

    def cookie(self, browser: str) -> str:
        """The value of the cookie that lets this browser in from now on."""
        return str(self._signer.dumps(browser))

    def knows(self, request: Request, browser: str) -> bool:
        """Whether the request carries the cookie of a paired device, for this very browser."""
        try:
            said = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=COOKIE_LIFE_SECONDS)
        except BadSignature:
            return False
        return secrets.compare_digest(str(said).encode(), browser.encode())


def came_from_here(request: Request) -> bool:
    """Whether a request came in by the loopback interface, whatever name it calls us by."""
    server = request.scope.get("server")
    name = str(server[0]) if server else ""
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"
