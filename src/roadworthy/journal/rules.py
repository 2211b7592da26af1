"""What may follow what. Checked once, when an event is kept, inside its transaction.

Events that are read, restored or merged are never checked again: they happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from roadworthy.errors import BadInput, Conflict
from roadworthy.journal.conflicts import LateResponse, StaleForm
from roadworthy.journal.event import Event
from roadworthy.journal.forms import FormState, form_state
from roadworthy.journal.kinds import Draft
from roadworthy.journal.lookup import Lookup

Rule = Callable[[Draft, Lookup, datetime], None]


def check_rules(draft: Draft, lookup: Lookup, now: datetime) -> None:
    """``BadInput`` or ``Conflict`` if the draft may not follow what the journal holds.

    ``now`` is the wall clock as it is set, not the event's ``at``: after a clock that was set
    back ``at`` stands still, and the time left must not.
    """
    rule = RULES.get(draft.kind)
    if rule is not None:
        rule(draft, lookup, now)


def _enrolled(draft: Draft, lookup: Lookup, now: datetime) -> None:
    first = lookup.first("enrolled")
    if first is not None and first.payload["learner"] != draft.payload["learner"]:
        raise Conflict(
            f"This journal belongs to the learner {first.payload['learner']}, "
            f"not to {draft.payload['learner']}.",
            where=f"journal {first.journal}",
            mend="Use another home folder for another person.",
        )


def _starts_once(draft: Draft, lookup: Lookup, now: datetime) -> None:
    subject = str(draft.subject)
    earlier = lookup.about(subject, draft.kind)
    if earlier:
        raise Conflict(
            f'"{draft.kind}" is already in the journal for {subject}.',
            where=f"journal {earlier[0].journal}, event {earlier[0].seq}",
            mend="Make a new id, or send it again under the same key.",
        )


def _item_shown(draft: Draft, lookup: Lookup, now: datetime) -> None:
    if draft.key == draft.payload["presentation"]:
        raise BadInput(
            "The presentation id is the key of the response, so it cannot be the key here.",
            where='the key of "item_shown"',
            mend=f'Use another key, as "shown:{draft.key}".',
        )
    _starts_once(draft, lookup, now)


def _shown(draft: Draft, lookup: Lookup) -> Event:
    presentation = draft.payload["presentation"]
    shown = lookup.about(presentation, "item_shown")
    if not shown:
        raise BadInput(
            f"No item was shown under the presentation {presentation}.",
            where=f'the event "{draft.kind}"',
            mend="Load the page again.",
        )
    return shown[0]


def _about_an_item(draft: Draft, lookup: Lookup, now: datetime) -> None:
    _shown(draft, lookup)


def _responded(draft: Draft, lookup: Lookup, now: datetime) -> None:
    presentation = draft.payload["presentation"]
    if draft.key != presentation:
        raise BadInput(
            "The key of a response is its presentation id, so that it is answered once.",
            where='the key of "responded"',
            mend=f'Use the key "{presentation}".',
        )
    _shown(draft, lookup)
    if lookup.about(presentation, "withdrawn"):
        raise Conflict(
            "This item was taken back, so it cannot be answered any more.",
            where=f"presentation {presentation}",
            mend="Load the page again; the session goes on from there.",
        )


def _withdrawn(draft: Draft, lookup: Lookup, now: datetime) -> None:
    shown = _shown(draft, lookup)
    _starts_once(draft, lookup, now)
    same = ("session", "form")
    for later in lookup.later(shown, "item_shown"):
        if all(later.payload[name] == shown.payload[name] for name in same):
            raise Conflict(
                "The next item has been shown, so this answer cannot be taken back any more.",
                where=f"presentation {draft.payload['presentation']}",
                mend="Go on; one answer moves the forecast little.",
            )


def _form(draft: Draft, lookup: Lookup) -> FormState:
    form = draft.payload["form"]
    events = lookup.about(form, "form_started", "form_responded", "form_finished")
    started = next((event for event in events if event.kind == "form_started"), None)
    jumps = [] if started is None else lookup.later(started, "clock_jumped")
    state = form_state(sorted([*events, *jumps]), form)
    if state is None:
        raise BadInput(
            f"No form was started under {form}.",
            where=f'the event "{draft.kind}"',
            mend="Load the page again.",
        )
    if state.finished:
        raise StaleForm("This form is finished; its answers are closed.", state)
    return state


def _form_responded(draft: Draft, lookup: Lookup, now: datetime) -> None:
    state = _form(draft, lookup)
    ordinal, rev = draft.payload["ordinal"], draft.payload["rev"]
    if ordinal > state.size:
        raise BadInput(
            f"The form has {state.size} places; there is no place {ordinal}.",
            where=f"form {state.form}",
            mend=f"Use a place from 1 to {state.size}.",
        )
    late = (now - state.deadline).total_seconds()
    if late > 0:
        raise LateResponse(state, late)
    expected = state.rev_of(ordinal) + 1
    if rev != expected:
        raise StaleForm(
            f"Place {ordinal} of the form is at rev {expected - 1}, so the next is {expected}, "
            f"not {rev}. It was changed elsewhere.",
            state,
        )


def _form_finished(draft: Draft, lookup: Lookup, now: datetime) -> None:
    _form(draft, lookup)


RULES: Final[Mapping[str, Rule]] = {
    "enrolled": _enrolled,
    "session_started": _starts_once,
    "item_shown": _item_shown,
    "responded": _responded,
    "flipped": _about_an_item,
    "coach_asked": _about_an_item,
    "coached": _about_an_item,
    "miss_named": _about_an_item,
    "withdrawn": _withdrawn,
    "form_started": _starts_once,
    "form_responded": _form_responded,
    "form_finished": _form_finished,
}
