"""Conflicts that carry what a face needs to show the state as it is. Each is a ``Conflict``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roadworthy.errors import Conflict
from roadworthy.journal.event import Event
from roadworthy.journal.forms import FormState

_LONGEST_VALUE = 160


class KeyTaken(Conflict):
    """The client key is kept with other content. ``stored`` is the event that is kept."""

    def __init__(self, stored: Event, kind: str, payload: Mapping[str, Any]) -> None:
        super().__init__(
            f'The journal holds other content under the key "{stored.key}". '
            f"{_both(stored, kind, payload)}",
            where=f"journal {stored.journal}, event {stored.seq}",
            mend="What is kept stands; load the page again to see it.",
        )
        self.stored = stored
        self.sent_kind = kind
        self.sent = payload


class StaleForm(Conflict):
    """A form has moved on since the page was loaded. ``state`` is the form as it stands."""

    def __init__(self, what: str, state: FormState) -> None:
        super().__init__(
            what,
            where=f"form {state.form}",
            mend="Load the page again; it shows the form as it stands.",
        )
        self.state = state


class LateResponse(StaleForm):
    """A form response after the deadline: refused, and kept as ``form_late``."""

    def __init__(self, state: FormState, seconds: float) -> None:
        super().__init__(
            f"The time was over {seconds:.1f} seconds before this answer came. It does not count.",
            state,
        )
        self.mend = "All earlier answers are saved; open the result."
        self.seconds = seconds


def _both(stored: Event, kind: str, payload: Mapping[str, Any]) -> str:
    if stored.kind != kind:
        return f'Kept: an event "{stored.kind}". Sent: an event "{kind}".'
    names = [
        name
        for name in dict.fromkeys([*stored.payload, *payload])
        if stored.payload.get(name) != payload.get(name)
    ]
    kept = ", ".join(f"{name} {_short(stored.payload.get(name))}" for name in names)
    sent = ", ".join(f"{name} {_short(payload.get(name))}" for name in names)
    return f"Kept: {kept}. Sent: {sent}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
