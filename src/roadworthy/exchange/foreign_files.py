"""Foreign files in CSV and JSON, taken apart into rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NoReturn

from roadworthy.errors import BadInput
from roadworthy.exchange.bounded import NOTHING
from roadworthy.exchange.cells import unguarded
from roadworthy.exchange.csv_out import OPTION
from roadworthy.exchange.incoming import (
    ITEM_FIELDS,
    RESPONSE_FIELDS,
    Incoming,
    Row,
    take_items,
    take_responses,
)

_MEND: Final = "docs/exchange.md shows a file that fits."
_MEND_LINES: Final = "Lines of a journal come in by roadworthy journal import."
_ITEM_LISTS: Final = ("items", "foreign_items")
_RESPONSE_LISTS: Final = ("responses", "answers", "foreign_responses")
_HEAD_FIELDS: Final = frozenset({"format", "version", "made_at", "program", "pack", "pack_hash"})


def incoming_of(text: str, source: str, provenance: str, now: datetime) -> Incoming:
    """What a text in CSV or JSON holds. Raises ``BadInput`` where nothing of it can be taken."""
    taken = Incoming()
    if text.lstrip()[:1] in ("{", "["):
        _take_json(text, source, provenance, now, taken)
    else:
        _take_csv(text, source, provenance, now, taken)
    if not taken.count:
        first = taken.lost[0] if taken.lost else "It has no rows."
        more = f" And {len(taken.lost) - 1:,} more." if len(taken.lost) > 1 else ""
        raise BadInput(
            f"{NOTHING} No row of the file can be used. {first}{more}", where=source, mend=_MEND
        )
    return taken


def _take_csv(text: str, source: str, provenance: str, now: datetime, taken: Incoming) -> None:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        known = set(names)
        answers = {"at", "right"} <= known
        if not answers and not ("stem" in known and "key" in known):
            raise BadInput(
                f"{NOTHING} The first line names neither stem and key (items) nor at and right "
                "(answers).",
                where=source,
                mend=_MEND,
            )
        if len(known) < len(names):
            raise BadInput(
                f"{NOTHING} The first line names a column twice.", where=source, mend=_MEND
            )
        fits = RESPONSE_FIELDS | {"stem"} if answers else ITEM_FIELDS
        if extra := [one for one in names if one not in fits and not one.startswith(OPTION)]:
            taken.lose(f"Columns that are not kept: {_listed(extra)}.")
        rows = list(_csv_rows(reader, taken))
    except csv.Error as error:
        raise BadInput(
            f"{NOTHING} The file is no CSV: {error}.", where=source, mend=_MEND
        ) from error
    if answers:
        take_responses(rows, provenance, now, taken)
    else:
        take_items(rows, provenance, taken)


def _csv_rows(reader: csv.DictReader[str], taken: Incoming) -> Iterator[Row]:
    for record in reader:
        where = f"Line {reader.line_num}"
        if None in record:
            taken.lose(f"{where}: more cells than the first line names.")
            continue
        yield where, {name: unguarded(cell or "") for name, cell in record.items()}


def _take_json(text: str, source: str, provenance: str, now: datetime, taken: Incoming) -> None:
    try:
        found = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise BadInput(
            f"{NOTHING} The JSON is nested too deep.", where=source, mend=_MEND
        ) from error
    except ValueError as error:
        raise BadInput(
            f"{NOTHING} The file is no JSON: {error}.",
            where=source,
            mend=_MEND_LINES if "Extra data" in str(error) else _MEND,
        ) from error
    if isinstance(found, list):
        found = {"items": found}
    lists = {*_ITEM_LISTS, *_RESPONSE_LISTS}
    if not any(isinstance(found.get(name), list) for name in lists):
        raise BadInput(
            f"{NOTHING} The JSON has no list “items” and no list “responses”.",
            where=source,
            mend=_MEND,
        )
    if extra := [name for name in found if name not in lists | _HEAD_FIELDS]:
        taken.lose(f"Fields that are not kept: {_listed(extra)}.")
    for name in _ITEM_LISTS:
        take_items(_json_rows(found, name, ITEM_FIELDS, taken), provenance, taken)
    for name in _RESPONSE_LISTS:
        fits = RESPONSE_FIELDS | {"stem"}
        take_responses(_json_rows(found, name, fits, taken), provenance, now, taken)


def _json_rows(
    found: Mapping[str, Any], name: str, fits: Iterable[str], taken: Incoming
) -> Iterator[Row]:
    rows = found.get(name, [])
    if not isinstance(rows, list):
        taken.lose(f"“{name}” is no list.")
        return
    extra: dict[str, None] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            taken.lose(f"{name}, number {number}: no object.")
            continue
        extra |= dict.fromkeys(one for one in row if one not in fits)
        yield f"{name}, number {number}", row
    if extra:
        taken.lose(f"Fields of {name} that are not kept: {_listed(extra)}.")


def _listed(names: Iterable[str]) -> str:
    shown = [f"“{name[:30]}”" for name in names]
    more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
    return ", ".join(shown[:8]) + more


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
