"""A journal as JSON lines: one header, then one event a line, for other programs and for keeps.

The header is ``{"format": "roadworthy-journal", "version": 1, "journal": …, "learner": …,
"events": N}``; an event is ``{"journal", "seq", "at", "zone", "key", "kind", "payload"}``. Reading
what was written gives the same journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from roadworthy.errors import BadInput
from roadworthy.journal.event import Event, parse_utc, utc_text, zone_named
from roadworthy.journal.kinds import draft
from roadworthy.journal.sqlite import checked_id
from roadworthy.journal.store import Journal
from roadworthy.journal.whole import write_whole

FORMAT: Final = "roadworthy-journal"
VERSION: Final = 1
_LOST: Final = "Nothing was imported."
_FIELDS: Final = {"journal", "seq", "at", "zone", "key", "kind", "payload"}


def export_lines(journal: Journal, out: TextIO) -> int:
    """Write all events to ``out`` (UTF-8 text); returns their number."""
    events = journal.read()
    identity = journal.identity
    header = {
        "format": FORMAT,
        "version": VERSION,
        "journal": identity.journal,
        "learner": identity.learner,
        "events": len(events),
    }
    out.write(_line(header))
    for event in events:
        out.write(_line(event_as_json(event)))
    return len(events)


def import_lines(lines: Iterable[str], to: Path) -> int:
    """Make the new journal file ``to`` from exported lines; returns the number of events.

    ``BadInput`` names the first line that is wrong, and is raised when lines are missing or
    ``to`` exists; then nothing is written. To add to an existing journal, import to a new file
    and merge.
    """
    numbered = enumerate(lines, start=1)
    header = _header(numbered)
    events: list[Event] = []
    keys: set[str] = set()
    places: set[tuple[str, int]] = set()
    for number, line in numbered:
        if not line.strip():
            continue
        event = _event(number, line)
        if event.key in keys or (event.journal, event.seq) in places:
            raise _bad_line(number, f'key "{event.key}" or number {event.seq} is there twice')
        if events and event < events[-1]:
            raise _bad_line(number, "the event is older than the one before it")
        keys.add(event.key)
        places.add((event.journal, event.seq))
        events.append(event)
    if len(events) != header["events"]:
        raise BadInput(
            f"{_LOST} The header promises {header['events']} events, the file has {len(events)}.",
            where="the end of the file",
            mend="Export it again; this file is not whole.",
        )
    write_whole(to, header["journal"], events, lost=_LOST)
    return len(events)


def event_as_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object, as it stands in a line."""
    return {
        "journal": event.journal,
        "seq": event.seq,
        "at": utc_text(event.at),
        "zone": event.zone,
        "key": event.key,
        "kind": event.kind,
        "payload": dict(event.payload),
    }


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def _header(numbered: Iterator[tuple[int, str]]) -> dict[str, Any]:
    number, line = next(numbered, (1, ""))
    header = _object(number, line)
    if header.get("format") != FORMAT:
        raise _bad_line(number, "this is not the header of an exported journal")
    if header.get("version") != VERSION:
        raise _bad_line(number, f"version {header.get('version')} is not known, only {VERSION}")
    if not isinstance(header.get("events"), int) or not isinstance(header.get("journal"), str):
        raise _bad_line(number, "the header lacks the journal or the number of events")
    checked_id(header["journal"])
    return header


def _event(number: int, line: str) -> Event:
    content = _object(number, line)
    if set(content) != _FIELDS:
        raise _bad_line(number, f"an event has exactly the fields {', '.join(sorted(_FIELDS))}")
    if not isinstance(content["payload"], dict) or type(content["seq"]) is not int:
        raise _bad_line(number, "seq is a whole number, payload is an object")
    if content["seq"] < 1 or not isinstance(content["journal"], str) or not content["journal"]:
        raise _bad_line(number, "seq starts at 1, journal is an id")
    try:
        checked = draft(content["kind"], content["payload"], content["key"])
        zone_named(content["zone"])
        at = parse_utc(content["at"])
    except BadInput as error:
        raise _bad_line(number, error.what) from error
    except (ValueError, TypeError) as error:
        raise _bad_line(number, str(error)) from error
    return Event(
        journal=content["journal"],
        seq=content["seq"],
        at=at,
        zone=content["zone"],
        key=checked.key,
        kind=checked.kind,
        payload=checked.payload,
    )


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise _bad_line(number, f"this is not JSON ({error})") from error
    if not isinstance(content, dict):
        raise _bad_line(number, "this is not a JSON object")
    return content


def _bad_line(number: int, why: str) -> BadInput:
    return BadInput(
        f"{_LOST} Line {number}: {why.rstrip('.')}.",
        where=f"line {number}",
        mend="Correct the line, or export the journal again.",
    )
