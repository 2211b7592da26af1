"""What a finished form shows: by section, changes of answers, time, and the misses with kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from roadworthy.journal.event import Event
from roadworthy.learner.form_forecast import needed_to_pass
from roadworthy.learner.interval import EIGHT_OF_TEN, wilson
from roadworthy.study.form_view import FormView, Place

MissKind = Literal["open", "changed", "time", "belief", "rule"]
HURRIED = 0.25
"""Under this share of one's own median time an answer counts as hurried."""


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Right items of a section, with the 8-of-10 interval of the share that stands behind it."""

    section: str
    right: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Changes:
    """Final answers against first ones: how many changes helped, hurt, or did neither."""

    to_right: int
    to_wrong: int
    between_wrong: int


@dataclass(frozen=True, slots=True)
class Miss:
    """One wrong item. ``why``: what the answer looks like, in one word of the page's legend."""

    ordinal: int
    kind: MissKind
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormResult:
    """A finished form as its page shows it; ``as_json`` is the same, byte for byte, once more."""

    number: int
    size: int
    right: int
    needed: int
    pass_mark: float
    passed: bool
    scored: bool
    sections: tuple[SectionScore, ...]
    changes: Changes
    seconds: tuple[float, ...]
    misses: tuple[Miss, ...]
    unread: int

    @property
    def share(self) -> float:
        return self.right / self.size

    def as_json(self) -> dict[str, Any]:
        """Plain values only, in a fixed order."""
        return asdict(self)


def result_of(view: FormView, *, pass_mark: float, unread: int = 0) -> FormResult:
    """The result of a finished form. ``unread``: answers given faster than reading.

    ``pass_mark`` is the one of the forecast that was kept when the form began.
    """
    needed = needed_to_pass(view.size, pass_mark)
    usual = median([place.seconds for place in view.places] or [0.0])
    misses = tuple(
        Miss(place.ordinal, _kind(place, view, usual), _blamed(place))
        for place in view.places
        if not place.right
    )
    return FormResult(
        number=view.number,
        size=view.size,
        right=view.right,
        needed=needed,
        pass_mark=pass_mark,
        passed=view.right >= needed,
        scored=view.scored,
        sections=tuple(_sections(view.places)),
        changes=changes_of(view.places),
        seconds=tuple(round(place.seconds, 3) for place in view.places),
        misses=misses,
        unread=unread,
    )


def _sections(places: Sequence[Place]) -> list[SectionScore]:
    scores = []
    for section in sorted({place.item.section for place in places}):
        here = [place.right for place in places if place.item.section == section]
        low, high = wilson(sum(here), len(here), EIGHT_OF_TEN)
        scores.append(SectionScore(section, sum(here), len(here), low, high))
    return scores


def changes_of(places: Sequence[Place]) -> Changes:
    """First whole choice against the last one, where they differ."""
    counts = {"to_right": 0, "to_wrong": 0, "between_wrong": 0}
    for place in places:
        whole = [one for one in place.choices if len(one) == len(place.item.keys)]
        if not whole or not place.answered or whole[0] == place.chosen:
            continue
        was_right = set(whole[0]) == set(place.item.keys)
        name = "to_right" if place.right else "to_wrong" if was_right else "between_wrong"
        counts[name] += 1
    return Changes(**counts)


def _kind(place: Place, view: FormView, usual: float) -> MissKind:
    if not place.answered:
        return "open"
    keys = set(place.item.keys)
    if any(set(one) == keys for one, _ in pairwise(place.choices)):
        return "changed"
    if place.seconds and place.seconds < HURRIED * usual:
        return "time"
    wrong = [place.item.options[one] for one in place.chosen if one not in keys]
    return "belief" if any(one.misconception for one in wrong) else "rule"


def _blamed(place: Place) -> tuple[str, ...]:
    keys = set(place.item.keys)
    wrong = [place.item.options[one] for one in place.chosen if one not in keys]
    rules = [rule for option in wrong for rule in option.rules] or list(place.item.rules)
    return tuple(dict.fromkeys(rules))


def forecast_of(form: str, events: Sequence[Event]) -> Mapping[str, Any] | None:
    """The forecast that was kept before a form began; None where the journal lacks it."""
    for event in events:
        if event.kind == "forecast" and event.payload.get("form") == form:
            return event.payload
    return None
