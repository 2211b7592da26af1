"""From an item as shown and a choice to a response: right or wrong, what it blames, its weight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import comb
from typing import Any

from roadworthy.items.item import Recall
from roadworthy.journal.event import study_day
from roadworthy.learner.state import (
    MINIMUM_SHARE_OF_READING,
    READING_WORDS_PER_SECOND,
    Awaited,
    Response,
)

AIDED_STEPS = frozenset({"completion", "pair", "worked", "refutation"})
"""Steps that show help beside the item, or come right after their own explanation."""
OPEN = "No option was chosen, so it says nothing about what you know."


def awaited_of(shown: Mapping[str, Any], *, repeated: bool) -> Awaited:
    """What a response will need of an ``item_shown`` payload."""
    item = shown["item"]
    options = item["options"]
    texts = [item["stem"], *(one["text"] for one in options)]
    texts += (item.get("exhibit") or {}).get("lines", ())
    words = sum(len(text.split()) for text in texts)
    step = shown.get("step", "full")
    return Awaited(
        presentation=shown["presentation"],
        session=shown.get("session"),
        form=shown.get("form"),
        decision=item["decision"],
        section=item["section"],
        kind=item["kind"],
        length=item["length"],
        step=step,
        purpose=shown.get("purpose", ""),
        situation=item["situation"],
        rules=tuple(item["rules"]),
        options=tuple(
            (one["correct"], tuple(one["rules"]), one["misconception"]) for one in options
        ),
        words=words,
        aided=bool(shown.get("aided", False)) or step in AIDED_STEPS,
        repeated=repeated,
        recall=Recall.from_json(item["recall"]) if item.get("recall") else None,
    )


def judge(
    awaited: Awaited,
    *,
    at: datetime,
    zone: str,
    chosen: tuple[int, ...],
    confidence: int | None,
    seconds: float | None,
    aids: bool = False,
) -> Response:
    """The response as learning evidence. ``seconds`` is None where nobody took the time.

    ``zone``: the time zone where it was given, as ``Europe/Berlin``.
    """
    keys = {place for place, (key, _, _) in enumerate(awaited.options) if key}
    right = set(chosen) == keys
    misses = [awaited.options[place] for place in chosen if place not in keys]
    blamed = () if right else tuple(dict.fromkeys(rule for _, rules, _ in misses for rule in rules))
    misconception = next((one for _, _, one in misses if one), None)
    reading = awaited.words / READING_WORDS_PER_SECOND
    why = _why_no_weight(awaited.words, reading, seconds) if chosen else OPEN
    return Response(
        presentation=awaited.presentation,
        session=awaited.session,
        form=awaited.form,
        at=at,
        day=study_day(at, zone),
        decision=awaited.decision,
        section=awaited.section,
        kind=awaited.kind,
        length=awaited.length,
        step=awaited.step,
        purpose=awaited.purpose,
        situation=awaited.situation,
        rules=awaited.rules,
        blamed=blamed,
        right=right,
        confidence=confidence,
        seconds=reading if seconds is None else seconds,
        reading_seconds=reading,
        aided=awaited.aided or aids,
        repeated=awaited.repeated,
        options=comb(len(awaited.options), max(1, len(keys))),
        weight=0.0 if why else 1.0,
        why_no_weight=why,
        misconception=misconception,
        chosen=chosen,
    )


def _why_no_weight(words: int, reading: float, seconds: float | None) -> str | None:
    """The sentence that says why an answer faster than reading does not count, or None."""
    if seconds is None or seconds >= MINIMUM_SHARE_OF_READING * reading:
        return None
    return (
        f"Answered in {seconds:.1f} seconds; {words} words take about {reading:.0f} seconds to "
        "read. An answer this fast does not count for or against you."
    )
