"""Two journals of one learner made one: the union of their events by client key.

``union`` is a function of the set of events alone: which journal comes first does not matter,
merging again changes nothing, and three journals give the same in any order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from roadworthy.errors import Conflict
from roadworthy.journal.conflicts import KeyTaken
from roadworthy.journal.event import Event
from roadworthy.journal.kinds import same_content
from roadworthy.journal.whole import read_whole, write_whole

_LOST: Final = "Nothing was merged."
# Marks an event whose number, or whose key, a copy of the same journal had used too; never part of
# an id that we give.
_COPY_MARK: Final = "~"
# What the program records by itself, once a day or once a page. Two machines on one day record it
# twice under one key, and both are true; what a candidate says twice is a conflict.
_OF_EACH_MACHINE: Final = frozenset({"plan_made", "forecast", "lesson_read"})


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gave: all events, and how many came from one side only or from both."""

    events: int
    first_only: int
    second_only: int
    both: int


def merge(first: Path, second: Path, to: Path, *, journal: str) -> Merged:
    """Merge two journal files into the new file ``to``, which gets the new id ``journal``.

    The sources stay as they are. A new id is needed since caches name a journal's content by its
    id and last number. Raises ``Conflict`` if the learners differ or if one key has different
    content (both are shown), ``NotThere``, ``BadInput`` if ``to`` exists, and ``StoreTrouble``.
    """
    one, two = read_whole(first, lost=_LOST), read_whole(second, lost=_LOST)
    learners = sorted({w.identity.learner for w in (one, two) if w.identity.learner is not None})
    if len(learners) > 1:
        raise Conflict(
            f"{_LOST} The journals belong to two learners: {' and '.join(learners)}.",
            where=f"{first} and {second}",
            mend="Merge only journals of one person.",
        )
    events = union(one.events, two.events)
    write_whole(to, journal, events, lost=_LOST)
    return Merged(
        events=len(events),
        first_only=len(events) - len(two.events),
        second_only=len(events) - len(one.events),
        both=len(one.events) + len(two.events) - len(events),
    )


def union(first: Iterable[Event], second: Iterable[Event]) -> list[Event]:
    """All events of both, each client key once, in their order.

    Of one event that both hold, the earlier stands. Two copies of one journal that went on apart
    use the same numbers for different events; the one with the greater key then counts as of the
    journal ``id~2``. What each machine records by itself is kept from both, the later under a key
    ``key~`` and a digest. Raises ``KeyTaken`` if another key has different content.
    """
    kept: dict[str, list[Event]] = {}
    every = (_with_first_names(event) for event in (*first, *second))
    for event in sorted(every, key=lambda event: (event.order, _content(event))):
        known = kept.setdefault(event.key, [])
        if any(_same(event, earlier) for earlier in known):
            continue
        if known and not {event.kind, known[0].kind} <= _OF_EACH_MACHINE:
            raise KeyTaken(known[0], event.kind, event.payload)
        known.append(event)
    return sorted(_numbered_apart(one for known in kept.values() for one in _named_apart(known)))


def _same(one: Event, other: Event) -> bool:
    return one.kind == other.kind and same_content(one.payload, other.payload)


def _content(event: Event) -> str:
    return json.dumps([event.kind, event.payload], sort_keys=True)


def _named_apart(events: list[Event]) -> Iterable[Event]:
    yield events[0]
    for event in events[1:]:
        name = hashlib.sha256(_content(event).encode()).hexdigest()[:16]
        yield replace(event, key=f"{event.key}{_COPY_MARK}{name}")


def _with_first_names(event: Event) -> Event:
    """The event under the id and the key that it had before any merge."""
    key = event.key.partition(_COPY_MARK)[0] if event.kind in _OF_EACH_MACHINE else event.key
    return replace(event, journal=event.journal.partition(_COPY_MARK)[0], key=key)


def _numbered_apart(events: Iterable[Event]) -> list[Event]:
    taken: dict[tuple[str, int], int] = {}
    apart: list[Event] = []
    for event in sorted(events, key=lambda event: event.key):
        place = (event.journal, event.seq)
        taken[place] = number = taken.get(place, 0) + 1
        apart.append(
            event if number == 1 else replace(event, journal=f"{event.journal}{_COPY_MARK}{number}")
        )
    return apart
