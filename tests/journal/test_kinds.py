from __future__ import annotations

import json
from typing import Any

import pytest

from roadworthy.errors import BadInput, SettingsBroken
from roadworthy.journal.kinds import KINDS, checked_payload, draft, same_content, to_json

EXAMPLES: dict[str, dict[str, Any]] = {
    "enrolled": {"learner": "u-1", "pack": "gcp-pmle"},
    "settings": {"values": {"exam_date": "2026-12-20", "days_off": [6], "resources": ["r1"]}},
    "plan_made": {
        "date": "2026-11-24",
        "exam_date": None,
        "minutes": 45,
        "blocks": [{"kind": "reviews", "minutes": 10}],
        "days": [],
    },
    "session_started": {
        "session": "s1",
        "purpose": "evening",
        "minutes": 45,
        "target": None,
        "lessons": ["serving-mode"],
        "seed": -3,
    },
    "session_finished": {"session": "s1"},
    "item_shown": {
        "presentation": "p1",
        "session": "s1",
        "form": None,
        "ordinal": 0,
        "purpose": "weakest rule",
        "step": "completion",
        "aided": True,
        "item": {"stem": "Größe ≤ 1", "options": [], "decisive": [[0, 2]]},
        "pack_hash": "h",
        "generator": "1",
    },
    "responded": {
        "presentation": "p1",
        "chosen": [2, 0],
        "typed": None,
        "confidence": 3,
        "milliseconds": 0,
        "eliminated": [{"option": 1, "reason": "cannot do it", "words": [3, 4]}],
        "marked": [3],
        "aids": ["terms"],
    },
    "flipped": {"presentation": "p1", "flip": 0, "chosen": None, "right": False},
    "withdrawn": {"presentation": "p1"},
    "coach_asked": {"presentation": "p1", "step": "mark", "because": "misread"},
    "coached": {
        "presentation": "p1",
        "step": "eliminate",
        "outcome": "done",
        "marked": [3],
        "said": "none",
        "eliminated": [{"option": 1, "reason": "impossible", "words": []}],
        "chosen": [2],
        "confidence": 1,
    },
    "miss_named": {"presentation": "p1", "kind": "time"},
    "form_started": {
        "form": "f1",
        "size": 1,
        "seed": 1,
        "deadline": "2026-11-24T21:30:00Z",
        "allocation": {"1": 1},
        "presentations": [{"presentation": "p1"}],
        "scale": "half",
        "asked": 30,
        "minutes": 36.0,
        "missing": ["2.2.a"],
        "repeated": 1,
    },
    "form_responded": {
        "form": "f1",
        "ordinal": 1,
        "chosen": [],
        "flagged": True,
        "rev": 1,
        "milliseconds": 900,
    },
    "form_late": {
        "form": "f1",
        "ordinal": 1,
        "chosen": [1],
        "flagged": True,
        "rev": 1,
        "milliseconds": 900,
        "deadline": "2026-11-24T21:30:00Z",
        "seconds": 0.5,
    },
    "form_finished": {"form": "f1", "reason": "time_over"},
    "forecast": {
        "about": "exam",
        "form": None,
        "p": 0.6,
        "low": 0.4,
        "high": 0.8,
        "pass_mark": 0.7,
        "model": "1",
        "weights": "w",
        "pack": "h",
        "exam_date": "2026-12-20",
        "lacking": ["two mocks"],
        "today": {"p": 0.5, "low": 0.3, "high": 0.7},
        "followed": None,
        "skipped": {"p": 0.5, "low": 0.3, "high": 0.7},
        "score": [0.7, 0.6, 0.8],
    },
    "exam_sat": {
        "date": "2026-12-20",
        "passed": True,
        "weak_sections": [],
        "text": "long stems",
        "allowance": {"mean": -0.5, "sd": 0.25},
    },
    "lesson_read": {
        "lesson": "t1",
        "step": "brief",
        "rules": ["d.R1"],
        "milliseconds": 10,
        "session": "s1",
    },
    "lab_checked": {"lab": "l1", "passed": False, "checks": [{"check": "c1", "passed": False}]},
    "lab_put_off": {"lab": "l1", "later": "2026-12-02"},
    "hint_used": {"lab": "l1", "check": "c1", "degree": 1},
    "resource_done": {"resource": "r1", "done": True},
    "resource_read": {"resource": "r1", "minutes": 15, "later": "2026-12-02"},
    "resource_rated": {"resource": "r1", "rating": None, "note": "long"},
    "note": {"about": "d.R1", "text": ""},
    "bookmark": {"about": "d.R1", "on": True},
    "item_disputed": {"presentation": "p1", "situation": "s", "rules": [], "text": "Why?"},
    "dispute_settled": {"presentation": "p1", "outcome": "kept", "text": ""},
    "checkpoint": {
        "which": "official",
        "date": "2026-11-24",
        "right": 14,
        "of": 20,
        "allowance": {"mean": -0.5, "sd": 0.25},
    },
    "weights_adopted": {"hash": "w", "source": "simulation, 2026-11-01"},
    "imported": {
        "source": "mine.csv",
        "provenance": "written by me",
        "count": 2,
        "batch": "b1-0",
        "items": [
            {
                "id": "i1",
                "stem": "What is left?",
                "options": ["This", "That"],
                "key": [1],
                "rationale": "",
                "provenance": "written by me",
            }
        ],
        "responses": [
            {
                "at": "2026-11-24T19:00:00.000Z",
                "about": "What is left?",
                "right": True,
                "seconds": None,
                "provenance": "written by me",
            }
        ],
        "lost": ["Row 3: no key."],
        "lost_count": 1,
    },
    "import_undone": {"batch": "b1-0"},
    "calendar_given": {
        "entries": [
            {
                "uid": "evening-1-x@roadworthy",
                "kind": "evening",
                "date": "2026-11-24",
                "minutes": 45,
                "lines": ["Learn: drift, 12 min"],
                "start": "19:00",
                "zone": "Europe/Berlin",
                "sequence": 1,
                "cancelled": False,
                "changed": "2026-11-24T19:00:00.000Z",
            }
        ]
    },
    "pack_changed": {"before": "h1", "after": "h2"},
    "pack_change_seen": {"before": "h1", "after": "h2"},
    "clock_jumped": {"seconds": -3600.0},
}


def test_every_kind_has_an_example() -> None:
    """The examples here cover all kinds, so that the tests below speak of all."""
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_payload_is_kept_as_it_is(kind: str) -> None:
    """A payload with all of its fields passes unchanged and survives JSON."""
    kept = checked_payload(kind, EXAMPLES[kind])
    assert kept == EXAMPLES[kind]
    assert json.loads(to_json(kept)) == kept


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_field_is_refused(kind: str) -> None:
    """A field that a kind does not have is named."""
    with pytest.raises(BadInput, match="surprise"):
        checked_payload(kind, {**EXAMPLES[kind], "surprise": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_payload_is_refused(kind: str) -> None:
    """No kind can be kept without saying anything."""
    with pytest.raises(BadInput, match=f'"{kind}"'):
        checked_payload(kind, {})


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("responded", "milliseconds", -1),
        ("responded", "milliseconds", "900"),
        ("responded", "milliseconds", True),
        ("responded", "confidence", 4),
        ("responded", "chosen", [1, 1]),
        ("responded", "chosen", [-1]),
        ("responded", "chosen", (1,)),
        ("responded", "eliminated", [{"option": 1, "reason": "x", "words": [], "more": 1}]),
        ("item_shown", "step", "half"),
        ("item_shown", "presentation", ""),
        ("item_shown", "item", {"at": object()}),
        ("item_shown", "item", {1: "a"}),
        ("session_started", "purpose", "fun"),
        ("form_started", "deadline", "2026-11-24T21:30:00"),
        ("form_started", "deadline", "soon"),
        ("form_started", "size", 2),
        ("form_responded", "rev", 0),
        ("form_responded", "ordinal", 0),
        ("forecast", "p", 1.5),
        ("forecast", "low", 0.9),
        ("forecast", "form", "f1"),
        ("forecast", "about", "form"),
        ("exam_sat", "date", "20261220"),
        ("exam_sat", "date", "2027-02-29"),
        ("resource_rated", "rating", 11),
        ("checkpoint", "right", 21),
        ("clock_jumped", "seconds", float("nan")),
        ("note", "text", "\ud800"),
        ("note", "text", None),
    ],
)
def test_a_value_out_of_its_form_is_refused(kind: str, field: str, value: Any) -> None:
    """Nothing is coerced: a wrong value is bad input in one line, and says where it is."""
    with pytest.raises(BadInput) as refusal:
        checked_payload(kind, {**EXAMPLES[kind], field: value})
    assert "\n" not in str(refusal.value)
    assert kind in refusal.value.what


@pytest.mark.parametrize("bad", [float("inf"), float("nan"), "\udfff"])
def test_what_json_cannot_hold_is_refused_inside_an_item(bad: Any) -> None:
    """Infinite numbers and half surrogate pairs are refused, however deep they sit."""
    shown = {**EXAMPLES["item_shown"], "item": {"a": [{"b": bad}]}}
    with pytest.raises(BadInput):
        checked_payload("item_shown", shown)


def test_optional_fields_are_filled_in() -> None:
    """A response that only names its choice is kept with all fields."""
    kept = checked_payload("responded", {"presentation": "p", "chosen": [1], "milliseconds": 5})
    assert list(kept) == list(EXAMPLES["responded"])
    assert kept["eliminated"] == [] and kept["confidence"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exam_date", "2026-13-01"),
        ("minutes_per_day", 0),
        ("minutes_per_day", "45"),
        ("days_off", [7]),
        ("experience", {"1": "expert"}),
        ("theme", "sepia"),
        ("pass_mark", 70),
        ("outside_share", 0.05),
        ("letters", "yes"),
    ],
)
def test_a_setting_out_of_its_form_is_refused(name: str, value: Any) -> None:
    """A known setting has its form; the message names it."""
    with pytest.raises(SettingsBroken, match=name):
        checked_payload("settings", {"values": {name: value}})


def test_settings_stay_partial() -> None:
    """Only the settings that were given are kept, so that others keep their value."""
    assert checked_payload("settings", {"values": {"theme": None}}) == {"values": {"theme": None}}


def test_an_unknown_kind_is_refused() -> None:
    """The message lists the kinds that there are."""
    with pytest.raises(BadInput, match="item_shown") as refusal:
        checked_payload("answered", {})
    assert 'no event "answered"' in refusal.value.what


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_has_a_length(key: str) -> None:
    """An empty or endless client key is refused."""
    with pytest.raises(BadInput, match="client key"):
        draft("note", EXAMPLES["note"], key)


def test_the_order_of_fields_does_not_make_other_content() -> None:
    """Content compares without regard to field order, but knows 1 from true."""
    assert same_content({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1})
    assert not same_content({"a": 1}, {"a": True})


def test_the_order_of_fields_is_kept() -> None:
    """An item comes back with its fields in the order in which they were shown."""
    shown = {**EXAMPLES["item_shown"], "item": {"z": 1, "a": 2, "m": {"y": 1, "b": 2}}}
    kept = json.loads(to_json(checked_payload("item_shown", shown)))["item"]
    assert list(kept) == ["z", "a", "m"] and list(kept["m"]) == ["y", "b"]
