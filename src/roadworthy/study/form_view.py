"""A form as it stands or stood: a fold over its events in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadworthy.items.item import Item
from roadworthy.journal.event import Event, parse_utc
from roadworthy.journal.forms import Entry, FormState, form_state
from roadworthy.learner.recent import Recent

OPEN = Entry((), False, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """One item of a form with what stands there. ``choices``: every choice in its order."""

    ordinal: int
    item: Item
    chosen: tuple[int, ...]
    flagged: bool
    rev: int
    seconds: float
    choices: tuple[tuple[int, ...], ...]

    @property
    def answered(self) -> bool:
        """Whether as many options are chosen as the item asks for."""
        return len(self.chosen) == len(self.item.keys)

    @property
    def right(self) -> bool:
        return set(self.chosen) == set(self.item.keys)


@dataclass(frozen=True, slots=True)
class FormView:
    """A form: what it holds, what stands at each place, and when it ends or ended.

    ``minutes`` is the whole time. ``deadline`` includes all clock jumps. ``ended_at`` is the
    moment at which the answers closed, None while it is open.
    """

    form: str
    number: int
    scale: str
    asked: int
    minutes: float
    seed: int
    started_at: datetime
    deadline: datetime
    places: tuple[Place, ...]
    missing: tuple[str, ...]
    repeated: int
    ended_at: datetime | None
    reason: str | None
    pack_hash: str

    @property
    def size(self) -> int:
        return len(self.places)

    @property
    def open(self) -> bool:
        return self.ended_at is None

    @property
    def answered(self) -> int:
        return sum(place.answered for place in self.places)

    @property
    def flagged(self) -> int:
        return sum(place.flagged for place in self.places)

    @property
    def right(self) -> int:
        return sum(place.right for place in self.places)

    @property
    def scored(self) -> bool:
        """Whether the outcome is held against the forecast."""
        return self.repeated == 0

    def place(self, ordinal: int) -> Place | None:
        """The place of that number, from 1; None outside the form."""
        return self.places[ordinal - 1] if 1 <= ordinal <= self.size else None

    def seconds_left(self, now: datetime) -> float:
        """Seconds until the answers close, never below 0."""
        return max(0.0, (self.deadline - now).total_seconds())

    def seconds_used(self, now: datetime) -> float:
        """Seconds since the start by the form's own clock, at most the whole time."""
        return self.minutes * 60 - self.seconds_left(now)

    def time_over(self, now: datetime) -> bool:
        return self.open and now > self.deadline


def form_views(events: Iterable[Event]) -> list[FormView]:
    """All forms of a journal, oldest first."""
    told = [event for event in events if event.kind in FORM_KINDS]
    names = [event.payload["form"] for event in told if event.kind == "form_started"]
    return [
        view
        for number, name in enumerate(dict.fromkeys(names), start=1)
        if (view := _view(name, number, told)) is not None
    ]


FORM_KINDS = frozenset({"form_started", "form_responded", "form_finished", "clock_jumped"})


def _view(name: str, number: int, events: list[Event]) -> FormView | None:
    state = form_state(events, name)
    own = [event for event in events if event.payload.get("form") == name]
    start = next((event for event in own if event.kind == "form_started"), None)
    if state is None or start is None:
        return None
    told = start.payload
    minutes = told.get("minutes") or (parse_utc(told["deadline"]) - start.at) / timedelta(minutes=1)
    end = next((event for event in own if event.kind == "form_finished"), None)
    return FormView(
        form=name,
        number=number,
        scale=told.get("scale", "full"),
        asked=told.get("asked") or told["size"],
        minutes=minutes,
        seed=told["seed"],
        started_at=start.at,
        deadline=state.deadline,
        places=tuple(_places(_items_of(start), state, own)),
        missing=tuple(told.get("missing", ())),
        repeated=told.get("repeated", 0),
        ended_at=None if end is None else min(end.at, state.deadline),
        reason=None if end is None else end.payload["reason"],
        pack_hash=told["presentations"][0].get("pack_hash", ""),
    )


_ITEMS: Recent[Event, tuple[Item, ...]] = Recent(16)


def _items_of(start: Event) -> tuple[Item, ...]:
    """The frozen items of a form, read once and not again at each of its answers."""
    shown = start.payload["presentations"]
    return _ITEMS.get_or_make(
        start, "", lambda: tuple(Item.from_json(one["item"]) for one in shown)
    )


def _places(items: Iterable[Item], state: FormState, own: list[Event]) -> Iterator[Place]:
    seconds: dict[int, float] = {}
    choices: dict[int, list[tuple[int, ...]]] = {}
    for event in own:
        if event.kind != "form_responded":
            continue
        ordinal, chosen = event.payload["ordinal"], tuple(event.payload["chosen"])
        spent = event.payload.get("milliseconds", 0) / 1000
        seconds[ordinal] = seconds.get(ordinal, 0.0) + spent
        made = choices.setdefault(ordinal, [])
        if chosen and (not made or made[-1] != chosen):
            made.append(chosen)
    for ordinal, item in enumerate(items, start=1):
        entry = state.entries.get(ordinal, OPEN)
        yield Place(
            ordinal=ordinal,
            item=item,
            chosen=entry.chosen,
            flagged=entry.flagged,
            rev=entry.rev,
            seconds=seconds.get(ordinal, 0.0),
            choices=tuple(choices.get(ordinal, ())),
        )
