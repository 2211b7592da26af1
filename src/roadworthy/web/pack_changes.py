"""What changed: decisions and rules of the version before, and shown items with another key now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.items.item import Item
from roadworthy.journal.event import study_day
from roadworthy.study.pack_change import KeysNow, PackChange, compare, keys_now
from roadworthy.study.pack_versions import Change
from roadworthy.web.render import (
    Renderer,
    checked_form,
    plural,
    renderer,
    see_other,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Desk = Annotated[Workspace, Depends(workspace)]
LOOKED_AT = 200
"""The newest presentations whose key is solved anew."""
WHOLE_TEXT = ("order", "compute")
"""Kinds whose options have no name of their own."""


@dataclass(frozen=True)
class MovedRow:
    """An item with another key now: the options in words, ``now`` empty where not one holds."""

    presentation: str
    title: str
    day: date
    was: str
    now: str


@router.get("/pack-changes")
def show(request: Request, desk: Desk, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """The newest change of content and what it means for what was answered."""
    if desk.course.state().enrolled_at is None:
        return see_other("/")
    change = desk.pack_change()
    earlier = desk.earlier_pack(change.before) if change else None
    difference = compare(earlier, desk.pack) if earlier else None
    shown = recent_items(desk) if change else {}
    keys = keys_now(((name, item) for name, (_, item) in shown.items()), desk.pack)
    return page.page(
        request,
        "pack_changes.html",
        place="today",
        finding=_finding(change, difference, keys),
        change=change,
        earlier=earlier,
        difference=difference,
        keys=keys,
        moved=[
            MovedRow(
                one.presentation,
                desk.fill(one.item.title, one.item),
                shown[one.presentation][0],
                _option(one.item, one.item.key),
                "" if one.now is None else _option(one.item, one.now),
            )
            for one in keys.moved
        ],
        fill=desk.fill,
    )


@router.post("/pack-changes/seen")
def dismiss(form: Annotated[dict[str, list[str]], Depends(checked_form)], desk: Desk) -> Response:
    """Take the note off Today; a second press changes nothing."""
    change = desk.pack_change()
    if change is not None and not change.seen:
        kind, payload, key = change.as_seen()
        desk.journal.append(kind, payload, key=key, now=desk.now(), zone=desk.zone)
    return see_other("/today")


def pack_note(desk: Workspace, today: date) -> bool:
    """Whether Today says that the content changed: on that study day, until it is dismissed."""
    change = desk.pack_change()
    return change is not None and not change.seen and change.day == today


def recent_items(desk: Workspace) -> dict[str, tuple[date, Item]]:
    """Presentation -> its study day and the item as shown; the newest first, none taken back."""
    withdrawn: set[str] = set()
    found: dict[str, tuple[date, Item]] = {}
    for event in reversed(desk.course.of_kinds("withdrawn", "item_shown")):
        if len(found) == LOOKED_AT:
            break
        if event.kind == "withdrawn":
            withdrawn.add(event.payload["presentation"])
        elif event.kind == "item_shown" and event.payload["presentation"] not in withdrawn:
            day = study_day(event.at, event.zone)
            found[event.payload["presentation"]] = (day, Item.from_json(event.payload["item"]))
    return found


def _option(item: Item, place: int) -> str:
    option = item.options[place]
    return option.text if item.kind in WHOLE_TEXT else option.name


def _finding(change: Change | None, difference: PackChange | None, keys: KeysNow) -> str:
    if change is None:
        return "The content has not changed since you began"
    moved = len(keys.moved)
    tail = f"{plural(moved, 'item')} of yours {'has' if moved == 1 else 'have'} another key now"
    if difference is None:
        return f"The content changed; {tail}" if moved else "The content changed"
    counts = (
        (len(difference.changed), "changed"),
        (len(difference.added), "added"),
        (len(difference.removed), "removed"),
    )
    parts = [(count, word) for count, word in counts if count]
    if not parts:
        return "No decision changed"
    (count, word), *rest = parts
    text = ", ".join(
        [f"{plural(count, 'decision')} {word}", *(f"{count} {word}" for count, word in rest)]
    )
    return f"{text}; {tail}" if moved else text
