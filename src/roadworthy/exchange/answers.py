"""A candidate's own answers as rows, as CSV and JSON hold them: a fold over the journal's events.

``AnswerRow`` is the published shape: ``docs/exchange.schema.json`` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from roadworthy.items.item import Item
from roadworthy.items.recall import holds
from roadworthy.journal.event import Event, study_day, utc_text
from roadworthy.study.form_view import form_views

Position = Annotated[int, Field(ge=0, le=99)]


class AnswerRow(BaseModel):
    """One answer, with the item as it was shown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    at: str = Field(description="moment of the answer, UTC, as 2026-11-24T19:05:00.000Z")
    zone: str = Field(description="time zone of the candidate at that moment")
    day: str = Field(description="study day: the local date four hours before")
    where: Literal["session", "mock"] = Field(description="practice, or a mock exam")
    purpose: str = Field(description="why this item was shown; empty in a mock exam")
    presentation: str = Field(description="id of the showing, unique")
    item: str = Field(description="id of the item")
    situation: str = Field(description="id of the situation; survives new versions")
    decision: str = Field(description="id of the decision")
    title: str = Field(description="title of the decision")
    section: str = Field(description="section of the exam guide")
    kind: str = Field(description="kind of item, as choice or compute")
    length: str = Field(description="brief or exam")
    rules: tuple[str, ...] = Field(description="ids of the rules that it bears on")
    stem: str = Field(description="stem as shown")
    options: tuple[str, ...] = Field(description="options as shown, in order; empty when typed")
    chosen: tuple[Position, ...] = Field(description="positions that were chosen, from 0")
    key: tuple[Position, ...] = Field(description="positions of the key, from 0")
    typed: str = Field(description="what was typed; empty where options are chosen")
    right: bool = Field(description="whether the answer was right")
    confidence: Annotated[int, Field(ge=1, le=3)] | None = Field(
        description="1 guess, 2 likely, 3 certain; null where nothing was said"
    )
    seconds: float = Field(ge=0, description="time used")
    aided: bool = Field(description="whether help was on the page before the answer")


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A row, beside the item that it answers and the moment."""

    row: AnswerRow
    item: Item
    at: datetime


def own_answers(events: Iterable[Event]) -> list[OwnAnswer]:
    """All answers that stand, oldest first: of practice, and of mock exams that have ended.

    What was taken back is left out. A place of a mock exam counts once, as it stood at the end.
    """
    told = list(events)
    found = [*_practised(told), *_of_forms(told)]
    return sorted(found, key=lambda one: (one.at, one.row.presentation))


def _practised(events: Iterable[Event]) -> Iterator[OwnAnswer]:
    shown: dict[str, Event] = {}
    answered: dict[str, Event] = {}
    for event in events:
        if event.kind == "item_shown":
            shown[event.payload["presentation"]] = event
        elif event.kind == "responded":
            answered[event.payload["presentation"]] = event
        elif event.kind == "withdrawn":
            answered.pop(event.payload["presentation"], None)
    for name, event in answered.items():
        if name not in shown:
            continue
        before, told = shown[name].payload, event.payload
        item = Item.from_json(before["item"])
        chosen = tuple(int(place) for place in told["chosen"])
        typed = str(told.get("typed") or "")
        right = holds(item.recall, typed) if item.recall else set(chosen) == set(item.keys)
        yield _answer(
            item,
            event,
            where="session",
            presentation=name,
            purpose=before["purpose"],
            chosen=chosen,
            typed=typed,
            right=right,
            confidence=told.get("confidence"),
            seconds=round(told["milliseconds"] / 1000, 3),
            aided=bool(before["aided"] or told.get("aids")),
        )


def _of_forms(events: list[Event]) -> Iterator[OwnAnswer]:
    last = {
        (event.payload["form"], event.payload["ordinal"]): event
        for event in events
        if event.kind == "form_responded"
    }
    for view in form_views(events):
        for place in () if view.open else view.places:
            event = last.get((view.form, place.ordinal))
            if event is None or not place.chosen:
                continue
            yield _answer(
                place.item,
                event,
                where="mock",
                presentation=f"{view.form}:{place.ordinal}",
                purpose="",
                chosen=place.chosen,
                typed="",
                right=place.right,
                confidence=None,
                seconds=round(place.seconds, 3),
                aided=False,
            )


def _answer(
    item: Item,
    event: Event,
    *,
    where: Literal["session", "mock"],
    presentation: str,
    purpose: str,
    chosen: tuple[int, ...],
    typed: str,
    right: bool,
    confidence: int | None,
    seconds: float,
    aided: bool,
) -> OwnAnswer:
    row = AnswerRow(
        at=utc_text(event.at),
        zone=event.zone,
        day=study_day(event.at, event.zone).isoformat(),
        where=where,
        purpose=purpose,
        presentation=presentation,
        item=item.id,
        situation=item.situation,
        decision=item.decision,
        title=item.title,
        section=item.section,
        kind=item.kind,
        length=item.length,
        rules=item.rules,
        stem=item.stem,
        options=tuple(option.text for option in item.options),
        chosen=chosen,
        key=item.keys,
        typed=typed,
        right=right,
        confidence=confidence,
        seconds=seconds,
        aided=aided,
    )
    return OwnAnswer(row, item, event.at)
