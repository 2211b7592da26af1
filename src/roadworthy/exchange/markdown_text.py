"""Any text as Markdown that shows exactly this text: no markup, no HTML, no link comes of it."""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_\[\]#|~^$])")
_AT_THE_START: Final = re.compile(r"^([-+=]|\d+(?=[.)]))")
_BARE_LINK: Final = re.compile(r"(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_AS_ENTITY: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain(text: str) -> str:
    """One line of Markdown for the text; spaces and line ends are folded to one space."""
    folded = " ".join(text.split())
    safe = "".join(_AS_ENTITY.get(sign, sign) for sign in _SPECIAL.sub(r"\\\1", folded))
    return _AT_THE_START.sub(_escaped, _BARE_LINK.sub(_escaped, safe))


def _escaped(found: re.Match[str]) -> str:
    """A sign with a backslash; behind a number at the start, the sign that would make a list."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def block(lines: tuple[str, ...]) -> str:
    """Lines as a block of code, fenced so that none of them can end it."""
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *(line.rstrip("\r\n") for line in lines), fence])


def address(url: str) -> str:
    """The target of a link: nothing in it can end the link or be another scheme than https."""
    if not url.startswith("https://"):
        return ""
    return "".join(
        sign if sign.isalnum() or sign in "-._~:/?#&=%+,;@!$" else f"%{ord(sign) & 0xFF:02X}"
        for sign in url
    )
