"""One thing that happened, and the order, the days and the text form of moments.

Events are never changed. They order by ``(at, journal, seq)``. A new event gets a later ``at`` and
a higher ``seq`` than all others of its file, so what is kept last is read last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from roadworthy.errors import BadInput

# Someone who studies past midnight is still on the evening before.
STUDY_DAY_BEGINS = timedelta(hours=4)
# The finest step of ``at``; two events of one file are at least this far apart.
TICK = timedelta(milliseconds=1)


@total_ordering
@dataclass(frozen=True, slots=True)
class Event:
    """One kept event.

    ``journal`` and ``seq`` (from 1) name it; ``at`` is aware UTC in whole milliseconds; ``zone``
    is the IANA name of where the candidate was; ``key`` is the client's own name for the event,
    unique in a journal; ``kind`` and ``payload`` are described in ``kinds.py``. A payload is
    plain JSON and is never changed by a reader.
    """

    journal: str
    seq: int
    at: datetime
    zone: str
    key: str
    kind: str
    payload: Mapping[str, Any] = field(hash=False)

    @property
    def order(self) -> tuple[datetime, str, int]:
        """What events are sorted by, in one journal and across several."""
        return (self.at, self.journal, self.seq)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self.order < other.order


def study_day(at: datetime, zone: str) -> date:
    """The day that an evening belongs to: the local date, in ``zone``, of ``at`` less 4 hours.

    The 4 hours are elapsed time, taken off before the change to local time, so that the day never
    runs backward when clocks are set. ``BadInput`` for a naive ``at`` or an unknown ``zone``.
    """
    return (checked_moment(at) - STUDY_DAY_BEGINS).astimezone(zone_named(zone)).date()


def zone_named(zone: str) -> ZoneInfo:
    """The time zone of an IANA name, as ``Europe/Berlin``; ``BadInput`` if there is none."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            f'There is no time zone "{zone}".',
            where="the time zone of an event",
            mend="Use an IANA name, as Europe/Berlin or UTC.",
        ) from error


def checked_moment(moment: datetime) -> datetime:
    """``moment`` in UTC; ``BadInput`` if it carries no zone, since it could mean any instant."""
    if moment.utcoffset() is None:
        raise BadInput(
            f"The moment {moment.isoformat()} has no time zone.",
            where="the time of an event",
            mend="Pass an aware datetime, as datetime.now(UTC).",
        )
    return moment.astimezone(UTC)


def to_milliseconds(moment: datetime) -> datetime:
    """``moment`` cut to whole milliseconds, the precision that is kept."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def utc_text(moment: datetime) -> str:
    """``2026-11-24T23:10:00.123Z``: always 24 characters, so that text order is time order."""
    whole = checked_moment(moment).replace(tzinfo=None)
    return whole.isoformat(timespec="milliseconds") + "Z"


def parse_utc(text: str) -> datetime:
    """The moment of an ISO 8601 text with offset zero; ``ValueError`` for all other text."""
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() != timedelta(0):
        raise ValueError(f'"{text}" is not a UTC time; write it as 2026-11-24T23:10:00Z')
    return moment.astimezone(UTC)
