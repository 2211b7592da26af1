"""A candidate's course: the operations that both faces call, each committed before it returns.

Everything that is known is a fold over the journal. ``Course`` keeps the folded state and the
events in memory as a cache by sequence number; deleting it changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from roadworthy.errors import Conflict, NotThere
from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest, generator_hash
from roadworthy.items.item import Item
from roadworthy.journal.event import Event, study_day
from roadworthy.journal.store import Journal
from roadworthy.learner.replay import fold
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.diagnostic import order_by_narrowing
from roadworthy.study.evening import Evening
from roadworthy.study.history import DayEnd, Days
from roadworthy.study.lab_round import LAB_ROUND, next_of_lab
from roadworthy.study.learn_time import known_decisions
from roadworthy.study.policy import order_rules
from roadworthy.study.reading_check import CHECK, next_check
from roadworthy.study.session_view import SessionView, Shown, view_of
from roadworthy.study.step import Finished, Present, Read, Step


@dataclass(frozen=True, slots=True)
class Position:
    """Where a session stands: a presentation to answer, a text to read, or its end."""

    view: SessionView
    shown: Shown | None = None
    read: Read | None = None
    finished: Finished | None = None
    why: str = ""


class Course:
    """One learner, one pack, one journal. Safe to call from several threads."""

    def __init__(
        self,
        pack: Pack,
        generator: Generator,
        journal: Journal,
        zone: str,
        lab_rules: Callable[[str], Sequence[str]] = lambda _: (),
    ) -> None:
        """``lab_rules``: the rules of a lab by its id, for the items after it."""
        self.pack = pack
        self.lab_rules = lab_rules
        self.generator = generator
        self.journal = journal
        self.zone = zone
        self._lock = threading.RLock()
        self._events: list[Event] = []
        self._by_kind: dict[str, list[Event]] = {}
        self._began: dict[str, int] = {}  # session -> place of its start among the events
        self._days = Days()
        self._state = LearnerState()

    # -- reading

    def events(self) -> list[Event]:
        """All events, oldest first, the newest read from the journal."""
        with self._lock:
            after = self._events[-1].seq if self._events else 0
            fresh = self.journal.read(after=after)
            for place, event in enumerate(fresh, start=len(self._events)):
                self._days.begin(event, self._state)
                self._state = fold(self._state, event, self.pack)
                if event.kind == "session_started":
                    self._began.setdefault(event.payload["session"], place)
                self._by_kind.setdefault(event.kind, []).append(event)
            self._events.extend(fresh)
            return self._events

    def of_kinds(self, *kinds: str) -> list[Event]:
        """The events of some kinds, oldest first, without a walk over all of them."""
        with self._lock:
            self.events()
            found = [event for kind in kinds for event in self._by_kind.get(kind, ())]
        return sorted(found) if len(kinds) > 1 else found

    def state(self) -> LearnerState:
        """The folded state up to the last event."""
        with self._lock:
            self.events()
            return self._state

    def day_ends(self) -> list[DayEnd]:
        """The state at the end of each study day on which something was done, today's so far."""
        with self._lock:
            self.events()
            return self._days.ends(self._state)

    def begun_view(self, session: str) -> SessionView | None:
        """The session as it stands; None before its start. Events before that are not read."""
        with self._lock:
            events = list(self.since(session))
            return view_of(session, events) if events else None

    def since(self, session: str) -> Iterator[Event]:
        """All events from the start of a session on, oldest first; none if it never began."""
        with self._lock:
            events = self.events()
            start = self._began.get(session, len(events))
            return islice(events, start, None)

    def view(self, session: str) -> SessionView:
        """The session as it stands. Raises ``NotThere``."""
        view = self.begun_view(session)
        if view is None:
            raise NotThere("There is no such session.", where=session, mend="Start one from Today.")
        return view

    def presentation(self, identity: str) -> tuple[SessionView, Shown]:
        """A presentation and its session. Raises ``NotThere``."""
        event = self.journal.by_key(f"shown:{identity}")
        if event is None or event.kind != "item_shown":
            raise NotThere(
                "There is no such item in your journal.", where=identity, mend="Go to Today."
            )
        view = self.view(event.payload["session"])
        for shown in view.shown:
            if shown.presentation == identity:
                return view, shown
        raise NotThere(
            "This answer was taken back.", where=identity, mend="Go on with the session."
        )

    def open_session(self, now: datetime | None = None) -> SessionView | None:
        """The newest session if it has not ended and, with ``now``, was begun this study day."""
        started = self.of_kinds("session_started")
        view = self.begun_view(started[-1].payload["session"]) if started else None
        if view is None or view.finished:
            return None
        today = None if now is None else study_day(now, self.zone)
        begun = study_day(view.started_at, self.zone)
        return view if today in (None, begun) else None

    # -- acting

    def enrol(self, learner: str, *, now: datetime) -> None:
        """Begin the course; a second call changes nothing."""
        if self.state().enrolled_at is None:
            self._append(
                "enrolled", {"learner": learner, "pack": self.pack.head.id}, "enrolled", now
            )

    def save_settings(self, values: Mapping[str, Any], *, key: str, now: datetime) -> None:
        self._append("settings", {"values": dict(values)}, key, now)

    def start_session(
        self,
        session: str,
        *,
        purpose: str,
        minutes: int,
        target: str | None,
        now: datetime,
        lessons: Sequence[str] | None = None,
    ) -> str:
        """Start a session of that id; the same id again changes nothing.

        ``lessons``: decisions that an evening teaches, in the order of the plan; None where
        no plan says so and the session chooses.
        """
        seed = int(digest(session)[:7], 16)
        payload = {
            "session": session,
            "purpose": purpose,
            "minutes": minutes,
            "target": target,
            "lessons": None if lessons is None else list(lessons),
            "seed": seed,
        }
        self._append("session_started", payload, f"session:{session}", now)
        return session

    def advance(self, session: str, *, now: datetime) -> Position:
        """What comes next; a new item is committed to the journal before this returns."""
        with self._lock:
            view = self.view(session)
            if view.pending is not None:
                return Position(view, shown=view.pending)
            if view.finished:
                return Position(view, finished=Finished("This session has ended."))
            step = self._next_step(view, now)
            if isinstance(step, Read):
                return Position(view, read=step, why=step.why)
            if isinstance(step, Finished):
                self._append("session_finished", {"session": session}, f"end:{session}", now)
                return Position(self.view(session), finished=step)
            self._show(view, step, now)
            view = self.view(session)
            return Position(view, shown=view.pending, why=step.why)

    def _next_step(self, view: SessionView, now: datetime) -> Step:
        if view.purpose == CHECK:
            return next_check(view, self.state(), self.generator, now)
        if view.purpose == LAB_ROUND:
            rules = self.lab_rules(view.target or "")
            return next_of_lab(view, self.state(), self.generator, rules, now)
        return self.evening(view, now).next_step()

    def evening(self, view: SessionView, now: datetime) -> Evening:
        state = self.state()

        def ranking(rules: Sequence[str]) -> list[str]:
            return order_rules(state, self.pack, rules, now=now, seed=view.seed)

        def telling(rules: Sequence[str]) -> list[str]:
            return order_by_narrowing(state, self.pack, rules, now=now)

        known = known_decisions(state, self.pack, now)
        return Evening(view, state, self.generator, ranking, telling, now, known)

    def _show(self, view: SessionView, step: Present, now: datetime) -> None:
        identity = digest("presentation", view.session, view.next_ordinal)
        payload = self._shown_payload(
            view, step.item, step.step, step.purpose, step.aided, identity
        )
        try:
            self._append("item_shown", payload, f"shown:{identity}", now)
        except Conflict:
            self.events()  # another tab showed this ordinal first; its item stands

    def _shown_payload(
        self, view: SessionView, item: Item, step: str, purpose: str, aided: bool, identity: str
    ) -> dict[str, Any]:
        return {
            "presentation": identity,
            "session": view.session,
            "form": None,
            "ordinal": view.next_ordinal,
            "purpose": purpose,
            "step": step,
            "aided": aided,
            "item": item.as_json(),
            "pack_hash": self.pack.hash,
            "generator": generator_hash(),
        }

    def answer(
        self,
        presentation: str,
        *,
        chosen: int | Sequence[int] = (),
        typed: str | None = None,
        confidence: int | None,
        milliseconds: int,
        eliminated: Sequence[Mapping[str, Any]] = (),
        marked: Sequence[int] = (),
        aids: Sequence[str] = (),
        now: datetime,
    ) -> bool:
        """Commit an answer. True if it is this one that stands, False if another came first.

        ``chosen``: one position as shown, or as many as the item asks for; ``typed`` where it has
        no options.
        """
        payload = {
            "presentation": presentation,
            "chosen": [chosen] if isinstance(chosen, int) else sorted(set(chosen)),
            "typed": typed,
            "confidence": confidence,
            "milliseconds": milliseconds,
            "eliminated": list(eliminated),
            "marked": list(marked),
            "aids": list(aids),
        }
        try:
            self._append("responded", payload, presentation, now)
        except Conflict:
            self.events()
            return False
        return True

    def undo(self, presentation: str, *, now: datetime) -> None:
        """Take an answer back until the next item is shown; the item is shown again, as aided."""
        view, shown = self.presentation(presentation)
        self._append("withdrawn", {"presentation": presentation}, f"undo:{presentation}", now)
        view = self.view(view.session)
        identity = digest("presentation", view.session, view.next_ordinal)
        purpose = shown.purpose
        payload = self._shown_payload(view, shown.item, shown.step, purpose, True, identity)
        self._append("item_shown", payload, f"shown:{identity}", now)

    def flip(self, presentation: str, *, flip: int, chosen: int | None, now: datetime) -> None:
        """Record what the candidate said that the key is after one change."""
        _, shown = self.presentation(presentation)
        if not 0 <= flip < len(shown.item.flips):
            raise NotThere(
                "This item has no such change.", where=presentation, mend="Load the item again."
            )
        payload = {
            "presentation": presentation,
            "flip": flip,
            "chosen": chosen,
            "right": chosen == shown.item.flips[flip].key,
        }
        try:
            self._append("flipped", payload, f"flip:{presentation}:{flip}", now)
        except Conflict:
            self.events()

    def dispute(self, presentation: str, text: str, *, now: datetime) -> None:
        """Take the item's rules out of the forecast until the dispute is settled."""
        _, shown = self.presentation(presentation)
        payload = {
            "presentation": presentation,
            "situation": shown.item.situation,
            "rules": list(shown.item.rules),
            "text": text,
        }
        self._append("item_disputed", payload, f"dispute:{presentation}", now)

    def read_lesson(
        self,
        lesson: str,
        step: str,
        *,
        session: str | None,
        milliseconds: int,
        key: str,
        now: datetime,
    ) -> None:
        """Record that a brief, a worked situation or a topic was read; its rules count as met."""
        rules: list[str] = []
        if lesson in self.pack.decisions:
            rules = self.generator.rules[lesson]
        elif lesson in self.pack.topics:
            for decision in self.pack.topics[lesson].head.decisions:
                rules.extend(self.generator.rules.get(decision, []))
        payload = {
            "lesson": lesson,
            "step": step,
            "rules": rules,
            "milliseconds": milliseconds,
            "session": session,
        }
        try:
            self._append("lesson_read", payload, key, now)
        except Conflict:
            self.events()

    def finish(self, session: str, *, now: datetime) -> None:
        """End a session early; everything in it stands."""
        self._append("session_finished", {"session": session}, f"end:{session}", now)

    def keep(self, kind: str, payload: Mapping[str, Any], *, key: str, now: datetime) -> Event:
        """Commit an event of a kind that has no operation of its own here."""
        return self._append(kind, payload, key, now)

    def _append(self, kind: str, payload: Mapping[str, Any], key: str, now: datetime) -> Event:
        return self.journal.append(kind, payload, key=key, now=now, zone=self.zone)
