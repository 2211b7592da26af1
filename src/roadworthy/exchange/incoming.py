"""Rows of a foreign file as items or answers, each checked; what does not fit is said row by row.

A row is a mapping of field names to values, whether it came from CSV or JSON. Names are those of
``docs/exchange.md``. One row that is wrong loses itself and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from roadworthy.exchange.csv_out import OPTION, positions
from roadworthy.items.identity import digest
from roadworthy.journal.event import utc_text

MOST_ROWS: Final = 5_000
LONGEST_TEXT: Final = 5_000
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 8
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
ITEM_FIELDS: Final = frozenset({"stem", "options", "key", "rationale", "provenance", "id"})
RESPONSE_FIELDS: Final = frozenset({"at", "about", "right", "seconds", "provenance"})
DUMP: Final = re.compile(
    r"\b(brain ?dumps?|exam ?dumps?|dumps?|leaked|recalled from (the|an|my) exam)\b", re.IGNORECASE
)
_YES: Final = frozenset({"yes", "true", "1", "right", "correct"})
_NO: Final = frozenset({"no", "false", "0", "wrong", "incorrect"})
Row = tuple[str, Mapping[str, Any]]
"""Where a row is, in words, and its fields."""


@dataclass
class Incoming:
    """What a file holds: items and answers as the journal keeps them, and what was lost."""

    items: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def lose(self, what: str) -> None:
        """Note something that does not come in, without signs that a terminal would act on."""
        self.lost.append(
            "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in what)
        )

    @property
    def count(self) -> int:
        return len(self.items) + len(self.responses)


def take_items(rows: Iterable[Row], provenance: str, into: Incoming) -> None:
    """Add the rows as items; a row that is wrong is told in ``into.lost``."""
    for where, row in _capped(rows, into):
        try:
            into.items.append(_item(row, provenance))
        except ValueError as why:
            into.lose(f"{where}: {why}.")


def take_responses(rows: Iterable[Row], provenance: str, now: datetime, into: Incoming) -> None:
    """Add the rows as answers; a row that is wrong is told in ``into.lost``."""
    for where, row in _capped(rows, into):
        try:
            into.responses.append(_response(row, provenance, now))
        except ValueError as why:
            into.lose(f"{where}: {why}.")


def _capped(rows: Iterable[Row], into: Incoming) -> Iterable[Row]:
    beyond = 0
    for number, row in enumerate(rows):
        if number < MOST_ROWS:
            yield row
        else:
            beyond += 1
    if beyond:
        into.lose(f"{beyond:,} rows after the first {MOST_ROWS:,}: split the file.")


def _item(row: Mapping[str, Any], provenance: str) -> dict[str, Any]:
    stem = _text(row, "stem", needed=True)
    options = _options(row)
    key = _key(row.get("key"))
    if not key:
        raise ValueError("no key says which option is right")
    if max(key) >= len(options) or len(set(key)) < len(key):
        raise ValueError(f"the key names an option that is not among the {len(options)}")
    return {
        "id": digest("foreign", stem, options),
        "stem": stem,
        "options": options,
        "key": list(key),
        "rationale": _text(row, "rationale"),
        "provenance": _provenance(row) or provenance,
    }


def _response(row: Mapping[str, Any], provenance: str, now: datetime) -> dict[str, Any]:
    about = _text(row, "about") or _text(row, "stem")
    if not about:
        raise ValueError("neither “about” nor “stem” says what was asked")
    return {
        "at": utc_text(_moment(_text(row, "at", needed=True), now)),
        "about": about,
        "right": _yes_or_no(row.get("right")),
        "seconds": _seconds(row.get("seconds")),
        "provenance": _provenance(row) or provenance,
    }


def _provenance(row: Mapping[str, Any]) -> str:
    said = _text(row, "provenance")
    if DUMP.search(said):
        raise ValueError("it comes from an exam dump, and we take in none")
    return said


def _text(row: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    value = row.get(name)
    if value is None or value == "":
        if needed:
            raise ValueError(f"“{name}” is empty")
        return ""
    if not isinstance(value, str):
        raise ValueError(f"“{name}” is no text")
    return _checked(value, f"“{name}”", needed=needed)


def _checked(value: str, what: str, *, needed: bool) -> str:
    if needed and not value.strip():
        raise ValueError(f"{what} is empty")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{what} is longer than {LONGEST_TEXT:,} characters")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(f"{what} holds half a sign")
    return value


def _options(row: Mapping[str, Any]) -> list[str]:
    listed = row.get("options")
    if listed is None:
        numbered = {name: value for name, value in row.items() if name.startswith(OPTION)}
        listed = [numbered[name] for name in sorted(numbered, key=_number_of) if numbered[name]]
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ValueError("“options” is no list of texts")
    if not FEWEST_OPTIONS <= len(listed) <= MOST_OPTIONS:
        raise ValueError(
            f"{len(listed)} options; an item has {FEWEST_OPTIONS} to {MOST_OPTIONS} of them"
        )
    return [_checked(one, "an option", needed=True) for one in listed]


def _number_of(name: str) -> tuple[int, str]:
    number = name.removeprefix(OPTION)
    return (int(number) if number.isascii() and number.isdigit() else 10**6, name)


def _key(value: Any) -> tuple[int, ...]:
    if value is None or isinstance(value, str):
        return positions(value or "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    whole = isinstance(value, list) and all(type(one) is int and one >= 0 for one in value)
    if not whole:
        raise ValueError("“key” is neither letters nor positions from 0")
    return tuple(value)


def _moment(text: str, now: datetime) -> datetime:
    """A moment with its zone, or the noon of a day in UTC. Raises ``ValueError``."""
    shown = text[:40]
    try:
        if len(text) == len("2026-11-24"):
            moment = datetime.combine(date.fromisoformat(text), time(12), tzinfo=UTC)
        else:
            moment = datetime.fromisoformat(text)
        if moment.utcoffset() is None:
            raise ValueError(f"“{shown}” has no time zone; write it as 2026-11-24T19:00:00Z")
        at = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if "time zone" in str(error):
            raise
        raise ValueError(f"“{shown}” is no date; write it as 2026-11-24T19:00:00Z") from error
    if not EARLIEST <= at <= now + timedelta(days=1):
        raise ValueError(f"“{shown}” lies before the year 2000 or in the future")
    return at


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, (str, int)) else ""
    if word not in _YES | _NO:
        raise ValueError("“right” says neither yes nor no")
    return word in _YES


def _seconds(value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        seconds = float(value) if isinstance(value, (str, int, float)) else -1.0
    except (ValueError, OverflowError):
        seconds = -1.0
    if not 0 <= seconds <= 1e9:
        raise ValueError("“seconds” is no time")
    return seconds
