"""Until when a product had an earlier name, in words."""

from __future__ import annotations

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def until_words(until: str | None) -> str:
    """'2026-04' as 'until April 2026', '2023' as 'until 2023', and nothing for no date."""
    if until is None:
        return ""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", until)
    if match is None or not 1 <= int(match[2]) <= len(MONTHS):
        return f"until {until}"
    return f"until {MONTHS[int(match[2]) - 1]} {match[1]}"
