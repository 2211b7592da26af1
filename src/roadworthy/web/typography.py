"""Marks of a finished page: curly apostrophes and quotes, and upright names in formulas.

Applied once to the whole HTML, so that templates, pack and messages may all be written with the
marks of a keyboard. Tags, and what stands in code, stay as they are.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    # All that stays as it is up to the next text with an apostrophe, in one piece: a page has
    # thousands of tags.
    r"(?P<kept>(?:"
    r"<(?P<name>script|style|code|pre|textarea|kbd)\b.*?</(?P=name)\s*>"
    r"|<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>"
    r"|[^<'&]++(?=<|\Z)"
    r")+)"
    r"|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"'|&#39;|&#x27;")
_OPENING = re.compile(r"(?<![\w.,;:!?)\]’”])'(?=\w)")
_LONG_NAME = re.compile(r"<mi>([A-Za-z]{2,})</mi>")


def set_type(html: str) -> str:
    """The page with curly apostrophes and single quotes in its text.

    A straight one before a word and after no other is an opening quote; each other is an
    apostrophe or a closing quote, which look the same.
    """
    upright = _LONG_NAME.sub(r"<mtext>\1</mtext>", html)
    return _PIECE.sub(_curled, upright)


def _curled(found: re.Match[str]) -> str:
    text = found["text"]
    if text is None or not _APOSTROPHE.search(text):
        return found[0]
    straight = _APOSTROPHE.sub("'", text)
    return _OPENING.sub("‘", straight).replace("'", "’")
