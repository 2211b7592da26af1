"""The formats in which a candidate's own data leave, each by name: one call makes its bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from roadworthy import __version__
from roadworthy.errors import BadInput
from roadworthy.exchange.anki_notes import deck_notes
from roadworthy.exchange.answers import own_answers
from roadworthy.exchange.csv_out import as_csv
from roadworthy.exchange.foreign import KINDS, batches
from roadworthy.exchange.json_out import FORMAT, AnswersFile, as_json
from roadworthy.exchange.misses import misses_sheet
from roadworthy.journal.event import study_day, utc_text
from roadworthy.journal.payloads_record import ForeignItem, ForeignResponse
from roadworthy.study.course import Course
from roadworthy.study.standing import Standing

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Sources:
    """What all formats are made from; ``now`` is aware UTC."""

    course: Course
    standing: Standing
    now: datetime
    zone: str
    start: str | None = None
    """Local time at which evenings begin, for the calendar."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what is in its files, in words; their name, its ending, and their media type."""

    name: str
    title: str
    holds: str
    stem: str
    ending: str
    media: str
    make: Callable[[Sources], bytes]

    @property
    def file_name(self) -> str:
        """The name that a browser is offered."""
        return f"roadworthy-{self.stem}{self.ending}"


def export(name: str, sources: Sources) -> bytes:
    """The file of a format. Raises ``BadInput`` for an unknown name."""
    return format_named(name).make(sources)


def format_named(name: str) -> Format:
    """The format of that name; raises ``BadInput`` with the names that there are."""
    found = FORMATS.get(_ALSO.get(name.lower(), name.lower()))
    if found is None:
        raise BadInput(
            f"There is no format “{name[:40]}” to export to. Nothing was written.",
            where="the format",
            mend=f"Use one of: {', '.join(FORMATS)}.",
        )
    return found


def _csv(sources: Sources) -> bytes:
    # Spreadsheets take a file for UTF-8 by its byte order mark.
    rows = [one.row for one in own_answers(sources.course.events())]
    return (BYTE_ORDER_MARK + as_csv(rows)).encode()


def _json(sources: Sources) -> bytes:
    pack = sources.course.pack
    came = batches(sources.course.of_kinds(*KINDS))
    file = AnswersFile(
        format=FORMAT,
        version=1,
        made_at=utc_text(sources.now),
        program=__version__,
        pack=pack.head.id,
        pack_hash=pack.hash,
        answers=tuple(one.row for one in own_answers(sources.course.events())),
        foreign_items=tuple(
            ForeignItem.model_validate(one) for batch in came for one in batch.items
        ),
        foreign_responses=tuple(
            ForeignResponse.model_validate(one) for batch in came for one in batch.responses
        ),
    )
    return as_json(file).encode()


def _misses(sources: Sources) -> bytes:
    today = study_day(sources.now, sources.zone)
    answers = own_answers(sources.course.events())
    return misses_sheet(answers, sources.course.pack, today).encode()


def _calendar(sources: Sources) -> bytes:
    from roadworthy.exchange.calendar_out import give_calendar

    return give_calendar(
        sources.course, sources.standing, now=sources.now, zone=sources.zone, start=sources.start
    )


def _deck(sources: Sources) -> bytes:
    from roadworthy.exchange.apkg import as_apkg

    course = sources.course
    return as_apkg(deck_notes(course.pack, course.generator), course.pack, sources.now)


_ALL: Final = (
    Format(
        "csv",
        "Spreadsheet",
        "Every answer that stands, one row each, with the question as it was shown",
        "answers",
        ".csv",
        "text/csv; charset=utf-8",
        _csv,
    ),
    Format(
        "json",
        "JSON",
        "The same for other programs, with a published schema",
        "answers",
        ".json",
        "application/json",
        _json,
    ),
    Format(
        "markdown",
        "My misses",
        "What you answered wrong, the reason, and its source, to read or print",
        "misses",
        ".md",
        "text/markdown; charset=utf-8",
        _misses,
    ),
    Format(
        "ics",
        "Calendar",
        "The plan, one event a day in local time. Import it again after a new plan: events move",
        "plan",
        ".ics",
        "text/calendar; charset=utf-8",
        _calendar,
    ),
    Format(
        "apkg",
        "Anki deck",
        "Every rule and contrast pair as a note. Import it again: notes are updated, none doubled",
        "deck",
        ".apkg",
        "application/octet-stream",
        _deck,
    ),
)
_ALSO: Final = {
    "anki": "apkg",
    "calendar": "ics",
    "icalendar": "ics",
    "md": "markdown",
    "misses": "markdown",
}
"""Other names under which a format is asked for."""
FORMATS: Final[Mapping[str, Format]] = {one.name: one for one in _ALL}
