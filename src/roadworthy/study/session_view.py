"""One session as it stands: a fold over its events in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from roadworthy.items.item import Item
from roadworthy.items.recall import holds

LONGEST_GAP_SECONDS = 180.0
"""A longer silence between two events of a session counts as this much study."""


class EventLike(Protocol):
    """What this module reads of an event; ``roadworthy.journal.event.Event`` has it."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One presentation of the session and what came of it."""

    presentation: str
    ordinal: int
    step: str
    purpose: str
    aided: bool
    at: datetime
    item: Item
    answer: Mapping[str, Any] | None = None
    answered_at: datetime | None = None
    flip: Mapping[str, Any] | None = None
    disputed: bool = False

    @property
    def right(self) -> bool:
        """Whether the answer is the key; False while there is none."""
        if self.answer is None:
            return False
        if self.item.recall is not None:
            return holds(self.item.recall, self.typed)
        return set(self.picked) == set(self.item.keys)

    @property
    def typed(self) -> str:
        """What was typed, '' while there is no answer or where options are chosen."""
        return str((self.answer or {}).get("typed") or "")

    @property
    def picked(self) -> tuple[int, ...]:
        """Positions that were chosen, () while there is no answer."""
        if self.answer is None:
            return ()
        return tuple(int(place) for place in self.answer["chosen"])

    @property
    def chosen(self) -> int | None:
        """The choice that is spoken of: the first wrong one, else the first."""
        wrong = [place for place in self.picked if place not in self.item.keys]
        return next(iter(wrong or self.picked), None)


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session: what was shown and read so far, and how long it took."""

    session: str
    purpose: str
    minutes: int
    target: str | None
    seed: int
    started_at: datetime
    last_at: datetime
    used_seconds: float = 0.0
    finished: bool = False
    shown: tuple[Shown, ...] = ()
    withdrawn: int = 0
    read: tuple[tuple[str, str], ...] = ()  # (decision, step) in the order read
    lessons: tuple[str, ...] | None = None

    @property
    def pending(self) -> Shown | None:
        """The presentation that waits for an answer."""
        last = self.last
        return last if last is not None and last.answer is None else None

    @property
    def last(self) -> Shown | None:
        return self.shown[-1] if self.shown else None

    @property
    def answered(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.shown if one.answer is not None)

    @property
    def next_ordinal(self) -> int:
        return len(self.shown) + self.withdrawn + 1

    def minutes_left(self) -> float:
        return max(0.0, self.minutes - self.used_seconds / 60)

    def share_used(self) -> float:
        """Used share of the planned time, from 0."""
        return self.used_seconds / (60 * self.minutes) if self.minutes else 1.0


def view_of(session: str, events: Iterable[EventLike]) -> SessionView | None:
    """The view of a session; None when the events do not hold its start."""
    start: EventLike | None = None
    shown: dict[str, Shown] = {}
    read: list[tuple[str, str]] = []
    used, withdrawn, finished = 0.0, 0, False
    last_at: datetime | None = None
    for event in events:
        payload = event.payload
        belongs = payload.get("session") == session or payload.get("presentation") in shown
        if event.kind == "lesson_read":
            belongs = start is not None and payload.get("session", session) == session
        if not belongs:
            continue
        if event.kind == "session_started":
            start = event
        if last_at is not None:
            used += min((event.at - last_at).total_seconds(), LONGEST_GAP_SECONDS)
        last_at = event.at
        if event.kind == "item_shown":
            identity = payload["presentation"]
            shown[identity] = Shown(
                presentation=identity,
                ordinal=payload["ordinal"],
                step=payload["step"],
                purpose=payload["purpose"],
                aided=payload["aided"],
                at=event.at,
                item=Item.from_json(payload["item"]),
            )
        elif event.kind == "responded":
            shown[payload["presentation"]] = _with(
                shown[payload["presentation"]], answer=payload, answered_at=event.at
            )
        elif event.kind == "withdrawn":
            del shown[payload["presentation"]]
            withdrawn += 1
        elif event.kind == "flipped":
            shown[payload["presentation"]] = _with(shown[payload["presentation"]], flip=payload)
        elif event.kind == "item_disputed":
            shown[payload["presentation"]] = _with(shown[payload["presentation"]], disputed=True)
        elif event.kind == "lesson_read":
            read.append((payload["lesson"], payload["step"]))
        elif event.kind == "session_finished":
            finished = True
    if start is None or last_at is None:
        return None
    told = start.payload
    return SessionView(
        session=session,
        purpose=told["purpose"],
        minutes=told["minutes"],
        target=told["target"],
        lessons=None if told.get("lessons") is None else tuple(told["lessons"]),
        seed=told["seed"],
        started_at=start.at,
        last_at=last_at,
        used_seconds=used,
        finished=finished,
        shown=tuple(shown.values()),
        withdrawn=withdrawn,
        read=tuple(read),
    )


def _with(shown: Shown, **changes: Any) -> Shown:
    return replace(shown, **changes)
