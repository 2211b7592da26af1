"""Two journals of one learner made one: the union of their events by client key.

``union`` is a function of the set of events alone: which journal comes first does not matter,
merging again changes nothing, and three journals give the same in any order.
"""

from __future__ import annotations

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
# Marks an event whose number a copy of the same journal had used too; never part of an id.
_COPY_MARK: Final = "~"


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
    ones, twos = {e.key for e in one.events}, {e.key for e in two.events}
    return Merged(
        events=len(events),
        first_only=len(ones - twos),
        second_only=len(twos - ones),
        both=len(ones & twos),
    )


def union(first: Iterable[Event], second: Iterable[Event]) -> list[Event]:
    """All events of both, each client key once, in their order.

    Of one event that both hold, the earlier stands. Two copies of one journal that went on apart
    use the same numbers for different events; the one with the greater key then counts as of the
    journal ``id~2``. Raises ``KeyTaken`` if a key has different content.
    """
    kept: dict[str, Event] = {}
    for event in sorted(_with_first_id(event) for event in (*first, *second)):
        earlier = kept.setdefault(event.key, event)
        if earlier.kind != event.kind or not same_content(earlier.payload, event.payload):
            raise KeyTaken(earlier, event.kind, event.payload)
    return sorted(_numbered_apart(kept.values()))


def _with_first_id(event: Event) -> Event:
    return replace(event, journal=event.journal.partition(_COPY_MARK)[0])


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
