"""A state being changed: parts are copied when first touched, and put back at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from roadworthy.learner.state import (
    Awaited,
    LearnerState,
    Lesson,
    LimitMemory,
    Mark,
    Response,
    RuleMemory,
    WrongBelief,
)

K = TypeVar("K")
V = TypeVar("V")
LOOK_BACK = 200
"""Responses searched for the session of an event that names only a presentation."""


class Workbench:
    """Copy-on-write over a ``LearnerState``: read by name, write what an ``own_`` method gives."""

    def __init__(self, state: LearnerState) -> None:
        self.state = state
        self.until = state.until
        self.journal = state.journal
        self.before = state.before
        self.seen: Mapping[str, int] = state.seen
        self.rules: Mapping[str, RuleMemory] = state.rules
        self.wrong: Mapping[str, WrongBelief] = state.wrong
        self.lessons: Mapping[str, Lesson] = state.lessons
        self.limits: Mapping[str, LimitMemory] = state.limits
        self.awaited: Mapping[str, Awaited] = state.awaited
        self.marks: Mapping[tuple[str, int], Mark] = state.marks
        self.disputes: Mapping[str, tuple[str, ...]] = state.disputes
        self.last_event: Mapping[str, datetime] = state.last_event
        self.minutes_by_day: Mapping[date, float] = state.minutes_by_day
        self._responses: list[Response] | None = None
        self._owned: dict[str, Any] = {}

    def set(self, **fields: Any) -> None:
        """Set small fields of the state, at once."""
        self.state = replace(self.state, **fields)

    def session_of(self, payload: Mapping[str, Any]) -> str | None:
        """The session that an event belongs to, by its own word or by its presentation."""
        if "session" in payload:
            session = payload["session"]
            return None if session is None else str(session)
        presentation = payload.get("presentation")
        if presentation is None:
            return None
        awaited = self.awaited.get(presentation)
        if awaited is not None:
            return awaited.session
        responses = self.responses()
        for place in range(len(responses) - 1, max(-1, len(responses) - 1 - LOOK_BACK), -1):
            if responses[place].presentation == presentation:
                return responses[place].session
        return None

    def responses(self) -> list[Response] | tuple[Response, ...]:
        return self.state.responses if self._responses is None else self._responses

    def own_responses(self) -> list[Response]:
        if self._responses is None:
            self._responses = list(self.state.responses)
        return self._responses

    def own_seen(self) -> dict[str, int]:
        self.seen = owned = self._own("seen", self.seen)
        return owned

    def own_rules(self) -> dict[str, RuleMemory]:
        self.rules = owned = self._own("rules", self.rules)
        return owned

    def own_wrong(self) -> dict[str, WrongBelief]:
        self.wrong = owned = self._own("wrong", self.wrong)
        return owned

    def own_lessons(self) -> dict[str, Lesson]:
        self.lessons = owned = self._own("lessons", self.lessons)
        return owned

    def own_limits(self) -> dict[str, LimitMemory]:
        self.limits = owned = self._own("limits", self.limits)
        return owned

    def own_awaited(self) -> dict[str, Awaited]:
        self.awaited = owned = self._own("awaited", self.awaited)
        return owned

    def own_marks(self) -> dict[tuple[str, int], Mark]:
        self.marks = owned = self._own("marks", self.marks)
        return owned

    def own_disputes(self) -> dict[str, tuple[str, ...]]:
        self.disputes = owned = self._own("disputes", self.disputes)
        return owned

    def own_last_event(self) -> dict[str, datetime]:
        self.last_event = owned = self._own("last_event", self.last_event)
        return owned

    def own_minutes_by_day(self) -> dict[date, float]:
        self.minutes_by_day = owned = self._own("minutes_by_day", self.minutes_by_day)
        return owned

    def _own(self, name: str, part: Mapping[K, V]) -> dict[K, V]:
        """The part itself if it is a copy of ours, else a copy that is ours from now on."""
        if name in self._owned and isinstance(part, dict):
            return part
        owned = dict(part)
        self._owned[name] = owned
        return owned

    def finished(self) -> LearnerState:
        """The new state. The workbench must not be used afterwards."""
        changes: dict[str, Any] = {
            "until": self.until,
            "journal": self.journal,
            "before": self.before,
            **self._owned,
        }
        if self._responses is not None:
            changes["responses"] = tuple(self._responses)
        return replace(self.state, **changes)
