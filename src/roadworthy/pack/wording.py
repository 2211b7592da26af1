"""Small phrases that the messages on packs share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


def shown(value: Any) -> str:
    """A value as the author wrote it, in backticks, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text if len(text) <= 40 else text[:37] + '...'}`"


def nearest(word: str, known: Iterable[str]) -> str:
    """'; did you mean `say`?' or '' when nothing is near."""
    near = get_close_matches(str(word), [str(one) for one in known], n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else "."


def listed(words: Iterable[str], limit: int = 12) -> str:
    """'a, b, c' with the rest counted."""
    all_words = [str(word) for word in words]
    more = len(all_words) - limit
    return ", ".join(all_words[:limit]) + (f" and {more} more" if more > 0 else "")
