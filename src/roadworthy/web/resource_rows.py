"""Resources as rows of a page: what is true of each, the candidate's marks, its check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from roadworthy.learner.state import LearnerState, ResourceMark
from roadworthy.pack.catalog import Crosswalk, Guide, Resource
from roadworthy.study.noted import all_kept
from roadworthy.study.notes import Kept
from roadworthy.study.reading_check import CHECK, checked_decisions
from roadworthy.study.readings import minutes_of, readings_in_order
from roadworthy.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """The newest check on a resource: right answers of so many, and its study day."""

    day: date
    right: int
    count: int


@dataclass(frozen=True)
class Row:
    """A resource, what the candidate said of it, and its check.

    ``can_check``: whether any item is on what it serves. ``why``: what speaks for it now, where
    the page is in that order.
    """

    id: str
    resource: Resource
    mark: ResourceMark
    kept: Kept
    can_check: bool
    checked: Checked | None
    guides: tuple[tuple[str, Guide], ...]
    why: str = ""

    @property
    def done(self) -> bool:
        return self.mark.done_at is not None

    @property
    def note_path(self) -> str:
        """The page of its note, the one place where it is written."""
        return f"/notes/resource/{self.id}"

    @property
    def first_words(self) -> str:
        """The first sentence of what to take."""
        return _sentences(self.resource.take)[0]

    @property
    def other_words(self) -> str:
        """What to take, without its first sentence; '' for one sentence."""
        return _sentences(self.resource.take)[1]

    @property
    def made(self) -> tuple[str, ...]:
        """('Rahul Pandey', '2021/03'), as far as known."""
        told = map(_known, (self.resource.author, self.resource.published))
        return tuple(filter(None, told))

    @property
    def guide(self) -> str:
        return guide_words(self.resource.guide)

    @property
    def take_minutes(self) -> int | None:
        """Minutes for what to take, where that is less than all of it; None else."""
        less = self.resource.take_hours is not None
        return minutes_of(self.resource) if less else None

    @property
    def needs_care(self) -> bool:
        """Whether nobody opened it for us, or something about it could not be confirmed."""
        return "not " in self.resource.state


@dataclass(frozen=True)
class Shelf:
    """Resources under one heading."""

    title: str
    rows: tuple[Row, ...]


def shelves_of(desk: Workspace) -> list[Shelf]:
    """The article's headings in their order; rated resources go from the highest rating down."""
    shelves = []
    rows = rows_of(desk, desk.pack.resources.article)
    for title, found in groupby(rows, key=lambda row: row.resource.section):
        ordered = sorted(found, key=lambda row: -(row.resource.rating or 0))
        shelves.append(Shelf(title, tuple(ordered)))
    return shelves


def shelves_by_need(desk: Workspace) -> list[Shelf]:
    """The article's list as one shelf, and the newer ones as another, weakest sections first."""
    order = readings_in_order(desk.course.state(), desk.pack, desk.now())
    why = {one.resource: one.why for one in order}
    place = {one.resource: number for number, one in enumerate(order)}
    shelves = []
    for title, resources in (
        ("The article's list, for your weakest sections first", desk.pack.resources.article),
        (NEWER, desk.pack.resources.newer),
    ):
        rows = rows_of(desk, resources, why)
        shelves.append(Shelf(title, tuple(sorted(rows, key=lambda row: place[row.id]))))
    return shelves


NEWER = "Newer, not in the article"
_END = re.compile(r"(?<=[A-Za-z0-9)”][.;]) (?=[A-Z“])")


def rows_of(
    desk: Workspace, resources: Mapping[str, Resource], why: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows of these resources, in their order."""
    state = desk.course.state()
    checks, kept = checks_of(state), all_kept(desk)
    return [
        Row(
            id=name,
            resource=one,
            mark=state.resources.get(name, ResourceMark()),
            kept=kept.get(about := f"resource:{name}", Kept(about)),
            can_check=bool(checked_decisions(desk.pack, name)),
            checked=checks.get(name),
            guides=guides_of(one, desk.pack.crosswalk),
            why=(why or {}).get(name, ""),
        )
        for name, one in resources.items()
    ]


def checks_of(state: LearnerState) -> dict[str, Checked]:
    """Resource id -> its newest check, from the answers of such sessions."""
    newest: dict[str, str | None] = {}
    found: dict[str, Checked] = {}
    for one in state.responses:
        kind, _, name = one.purpose.partition(":")
        if kind != CHECK or not name:
            continue
        before = found.get(name) if newest.get(name) == one.session else None
        right, count = (before.right, before.count) if before else (0, 0)
        newest[name] = one.session
        found[name] = Checked(one.day, right + one.right, count + 1)
    return found


def guides_of(resource: Resource, crosswalk: Crosswalk) -> tuple[tuple[str, Guide], ...]:
    """The earlier guides that a resource was written for, by id."""
    return tuple((name, crosswalk.guides[name]) for name in resource.guides)


def guide_words(guide: str) -> str:
    """'guide of 2020' as 'written for the guide of 2020'; of 'none; kept up to date' the end."""
    if guide.startswith("none"):
        return guide.removeprefix("none").removeprefix("; ")
    return f"written for the {guide}" if guide.startswith("guide") else guide


def usual_day(rows: Iterable[Row]) -> date | None:
    """The day on which most of them were looked at, which is said once; None for no row."""
    days = Counter(row.resource.checked for row in rows).most_common(1)
    return days[0][0] if days else None


def _known(text: str | None) -> str:
    """What is known of an author or a date; the lists write '-' where nothing is."""
    return "" if text is None or text.strip() == "-" else text


def _sentences(text: str) -> tuple[str, str]:
    """The first sentence and the rest; one ends at a period before a capital letter."""
    first, *rest = _END.split(" ".join(text.split()), maxsplit=1)
    return first, rest[0] if rest else ""
