"""One topic: the lesson with its tables and drawings, where you stand, a drill, and its sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.pack.catalog import Resource
from roadworthy.pack.model import Topic
from roadworthy.web.learn import decisions_on
from roadworthy.web.render import (
    Renderer,
    checked_form,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.web.rule_cells import cells_by_decision, summary_of
from roadworthy.web.teaching import lesson_of, minutes_to_read, terms_of
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
DRILL_MINUTES = 15


@router.get("/learn/topics/{topic}")
def show(request: Request, topic: str, desk: Desk, page: Page) -> Response:
    """The lesson. A topic that is not written says so and names what to read instead."""
    found = _topic(desk, topic)
    head = found.head
    decisions = decisions_on(desk, head)
    known = cells_by_decision(desk)
    cells = [cell for one in decisions for cell in known[one]]
    lesson = desk.course.state().lessons.get(head.id)
    ordered = sorted(desk.pack.topics.values(), key=lambda one: one.head.number)
    place = ordered.index(found)
    return page.page(
        request,
        "topic.html" if head.written else "topic_planned.html",
        place="learn",
        topic=head,
        parts=lesson_of(desk, found),
        minutes=minutes_to_read(found),
        decisions=[(one, desk.fill(desk.pack.decisions[one].title)) for one in decisions],
        cells=cells,
        standing=summary_of(cells) if cells else "",
        sources=[desk.pack.sources[one] for one in head.sources if one in desk.pack.sources],
        terms=terms_of(desk, found),
        resources=resources_on(desk, head.id),
        read_at=lesson.steps.get("topic") if lesson else None,
        count=len(ordered),
        before=ordered[place - 1].head if place else None,
        after=ordered[place + 1].head if place + 1 < len(ordered) else None,
        new_session=desk.new_session_id(),
        drill_minutes=DRILL_MINUTES,
    )


@router.post("/learn/topics/{topic}/read")
def read(topic: str, form: Form, desk: Desk) -> Response:
    """Record that the lesson was read; its rules count as met."""
    head = _topic(desk, topic).head
    now = desk.now()
    desk.course.read_lesson(
        head.id,
        "topic",
        session=None,
        milliseconds=max(0, whole(form, "milliseconds") or 0),
        key=f"read:{head.id}:{desk.today(now).isoformat()}",
        now=now,
    )
    return see_other(f"/learn/topics/{head.id}#drill")


def resources_on(desk: Workspace, topic: str) -> list[tuple[str, Resource]]:
    """Resources that serve a topic, the best rated first, as (id, resource)."""
    all_of_them = {**desk.pack.resources.article, **desk.pack.resources.newer}
    found = [(name, one) for name, one in all_of_them.items() if topic in one.topics]
    return sorted(found, key=lambda pair: -(pair[1].rating or 0))


def _topic(desk: Workspace, name: str) -> Topic:
    try:
        return desk.pack.topics[name]
    except KeyError:
        raise NotThere(
            "There is no such topic.", where=name, mend="Learn lists all topics."
        ) from None
