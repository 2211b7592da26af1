"""The kinds of events: the name of each, its payload, and what it is about.

A new kind needs no migration: a program that does not know it passes it over. A changed payload
needs one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from roadworthy.errors import BadInput, SettingsBroken
from roadworthy.journal import payloads_coach as coach
from roadworthy.journal import payloads_record as record
from roadworthy.journal import payloads_study as study
from roadworthy.journal.payload_fields import Payload

KINDS: Final[Mapping[str, type[Payload]]] = {
    "enrolled": study.Enrolled,
    "settings": study.Settings,
    "plan_made": study.PlanMade,
    "session_started": study.SessionStarted,
    "session_finished": study.SessionFinished,
    "item_shown": study.ItemShown,
    "responded": study.Responded,
    "flipped": study.Flipped,
    "withdrawn": study.Withdrawn,
    "coach_asked": coach.CoachAsked,
    "coached": coach.Coached,
    "miss_named": coach.MissNamed,
    "form_started": record.FormStarted,
    "form_responded": record.FormResponded,
    "form_late": record.FormLate,
    "form_finished": record.FormFinished,
    "forecast": record.Forecast,
    "exam_sat": record.ExamSat,
    "lesson_read": study.LessonRead,
    "lab_checked": record.LabChecked,
    "lab_put_off": record.LabPutOff,
    "hint_used": record.HintUsed,
    "resource_done": study.ResourceDone,
    "resource_read": study.ResourceRead,
    "resource_rated": study.ResourceRated,
    "note": study.Note,
    "bookmark": study.Bookmark,
    "item_disputed": study.ItemDisputed,
    "dispute_settled": study.DisputeSettled,
    "checkpoint": study.Checkpoint,
    "weights_adopted": record.WeightsAdopted,
    "imported": record.Imported,
    "import_undone": record.ImportUndone,
    "calendar_given": record.CalendarGiven,
    "pack_changed": record.PackChanged,
    "pack_change_seen": record.PackChangeSeen,
    "clock_jumped": record.ClockJumped,
}

# The field that holds the id of what an event is about; the store finds events by it.
_SUBJECT_FIELD: Final[Mapping[str, str]] = {
    "session_started": "session",
    "session_finished": "session",
    "item_shown": "presentation",
    "responded": "presentation",
    "flipped": "presentation",
    "withdrawn": "presentation",
    "coach_asked": "presentation",
    "coached": "presentation",
    "miss_named": "presentation",
    "item_disputed": "presentation",
    "dispute_settled": "presentation",
    "form_started": "form",
    "form_responded": "form",
    "form_late": "form",
    "form_finished": "form",
}
# Kinds by which a candidate answers; messages about them speak of the answer.
ANSWERS: Final = frozenset({"responded", "form_responded"})
_SHOWN_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is checked and not yet kept."""

    kind: str
    payload: Mapping[str, Any]
    key: str

    @property
    def subject(self) -> str | None:
        """The id of the presentation, session or form that the event is about, if any."""
        return subject_of(self.kind, self.payload)


def draft(kind: str, payload: Mapping[str, Any], key: str) -> Draft:
    """A checked event; ``BadInput`` or ``SettingsBroken`` name every field that is wrong."""
    if not isinstance(key, str) or not 1 <= len(key) <= 200:
        raise BadInput(
            "The client key of an event is 1 to 200 characters long.",
            where=f'the event "{kind}"',
            mend="Give each event a key of its own.",
        )
    return Draft(kind=kind, payload=checked_payload(kind, payload), key=key)


def checked_payload(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as plain JSON with all defaults filled in; ``BadInput`` if it does not fit."""
    model = model_of(kind)
    try:
        text = to_json(model.model_validate(dict(payload)).model_dump())
        text.encode()
    except ValidationError as error:
        raise _refusal(kind, error) from error
    except (ValueError, TypeError) as error:
        # Values that JSON cannot hold: not a number, half a surrogate pair, an object.
        raise _refused(kind, str(error)) from error
    plain: dict[str, Any] = json.loads(text)
    return plain


def model_of(kind: str) -> type[Payload]:
    """The payload model of a kind; ``BadInput`` if there is no such kind."""
    model = KINDS.get(kind)
    if model is None:
        raise BadInput(
            f'The journal knows no event "{kind}".',
            where="the kind of an event",
            mend=f"Use one of: {', '.join(KINDS)}.",
        )
    return model


def subject_of(kind: str, payload: Mapping[str, Any]) -> str | None:
    """The id of the presentation, session or form that an event is about, if any."""
    name = _SUBJECT_FIELD.get(kind)
    return None if name is None else str(payload[name])


def to_json(payload: Mapping[str, Any]) -> str:
    """The text that is kept. Fields stay in their order, since an item is shown in it."""
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def same_content(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Whether two payloads say the same, whatever the order of their fields."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def _refusal(kind: str, error: ValidationError) -> BadInput:
    faults = [
        f"{'.'.join(map(str, fault['loc'])) or 'the whole'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    shown = "; ".join(faults[:_SHOWN_AT_MOST])
    if len(faults) > _SHOWN_AT_MOST:
        shown += f"; and {len(faults) - _SHOWN_AT_MOST} more"
    return _refused(kind, shown)


def _refused(kind: str, why: str) -> BadInput:
    broken = SettingsBroken if kind == "settings" else BadInput
    return broken(
        f'The event "{kind}" cannot be kept. {why.rstrip(".")}.',
        where=f'the payload of "{kind}"',
        mend="Correct these fields; nothing was saved.",
    )
