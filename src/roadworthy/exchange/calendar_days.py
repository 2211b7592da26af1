"""Which calendar event is which day of the plan, from one export to the next.

An event keeps its id for good. A day that stays keeps its event; an event whose day has gone moves
to a day that is new; what is left over is cancelled, and may be used again. Days that have passed
stay as they were given. ``sequence`` grows with each change, so a calendar knows which is newer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from roadworthy.journal.event import Event, utc_text

Kind = Literal["evening", "exam"]
KIND: Final = "calendar_given"
USUAL_START: Final = "19:00"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day as the plan has it now."""

    kind: Kind
    date: date
    minutes: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it was given; the fields are those of the payload ``calendar_given``."""

    uid: str
    kind: Kind
    date: date
    minutes: int
    lines: tuple[str, ...]
    start: str
    zone: str
    sequence: int
    cancelled: bool
    changed: str

    @classmethod
    def from_payload(cls, told: Mapping[str, Any]) -> Entry:
        """The entry of a payload's record."""
        day, lines = date.fromisoformat(told["date"]), tuple(told["lines"])
        return cls(**{**told, "date": day, "lines": lines})

    def as_payload(self) -> dict[str, Any]:
        """The inverse of ``from_payload``."""
        return {**asdict(self), "date": self.date.isoformat(), "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Giving:
    """What an export is given by: the first day that may still change, and how days begin."""

    open_from: date
    start: str
    zone: str
    now: datetime
    owner: str
    """Ends every id, so that calendars of two people never meet."""


def given_entries(events: Sequence[Event]) -> list[Entry]:
    """What the last calendar held, from the events of ``KIND``."""
    return [Entry.from_payload(one) for one in events[-1].payload["entries"]] if events else []


def last_start(given: Iterable[Entry]) -> str:
    """The local time at which evenings began in the last calendar, or the usual one."""
    newest = max(given, key=lambda one: one.changed, default=None)
    return USUAL_START if newest is None else newest.start


def renewed(before: Sequence[Entry], wanted: Iterable[Wanted], giving: Giving) -> list[Entry]:
    """All events after a new plan, in the order of their ids; the same again if nothing changed."""
    days = [one for one in wanted if one.date >= giving.open_from]
    entries: list[Entry] = []
    kinds: tuple[Kind, ...] = ("exam", "evening")
    for kind in kinds:
        known = [one for one in before if one.kind == kind]
        asked = sorted((one for one in days if one.kind == kind), key=lambda one: one.date)
        entries += _of_kind(kind, known, asked, giving)
    return entries


def _of_kind(
    kind: Kind, known: list[Entry], asked: list[Wanted], giving: Giving
) -> Iterable[Entry]:
    after = {one.uid: one for one in known}
    free = [one for one in known if one.cancelled or one.date >= giving.open_from]
    standing = {one.date: one for one in free if not one.cancelled}
    matched = {one.date: standing[one.date] for one in asked if one.date in standing}
    kept = {one.uid for one in matched.values()}
    spare = sorted(
        (one for one in free if one.uid not in kept),
        key=lambda one: (one.cancelled, one.date, known.index(one)),
    )
    for day in asked:
        old = matched.get(day.date) or (spare.pop(0) if spare else None)
        made = _entry(old, f"{kind}-{len(after) + 1}-{giving.owner}", day, giving)
        after[made.uid] = made
    for one in spare:
        after[one.uid] = one if one.cancelled else _changed(replace(one, cancelled=True), giving)
    return after.values()


def _entry(old: Entry | None, uid: str, day: Wanted, giving: Giving) -> Entry:
    made = Entry(
        uid=uid if old is None else old.uid,
        kind=day.kind,
        date=day.date,
        minutes=day.minutes,
        lines=day.lines,
        start=giving.start,
        zone=giving.zone,
        sequence=0 if old is None else old.sequence,
        cancelled=False,
        changed=utc_text(giving.now) if old is None else old.changed,
    )
    return made if old is None or made == old else _changed(made, giving)


def _changed(entry: Entry, giving: Giving) -> Entry:
    return replace(entry, sequence=entry.sequence + 1, changed=utc_text(giving.now))
