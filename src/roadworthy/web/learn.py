"""Learn: the topics, what is written of each, and where the candidate stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.model import Topic
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.web.rule_cells import RuleCell, cells_by_decision, summary_of
from roadworthy.web.teaching import minutes_to_read
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class TopicRow:
    """A topic in the list: its decisions by title, the rules of them, minutes, whether read."""

    topic: Topic
    decisions: tuple[str, ...]
    cells: tuple[RuleCell, ...]
    standing: str
    minutes: int
    read: bool


@router.get("/learn")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """The topics in the order of the article."""
    rows = rows_of(desk)
    return page.page(
        request,
        "learn.html",
        place="learn",
        rows=rows,
        written=sum(row.topic.head.written for row in rows),
    )


def rows_of(desk: Workspace) -> list[TopicRow]:
    """All topics by their number."""
    lessons, known = desk.course.state().lessons, cells_by_decision(desk)
    rows = []
    for topic in sorted(desk.pack.topics.values(), key=lambda one: one.head.number):
        decisions = [one for one in topic.head.decisions if one in desk.pack.decisions]
        read = lessons.get(topic.head.id)
        cells = tuple(cell for one in decisions for cell in known[one])
        rows.append(
            TopicRow(
                topic=topic,
                decisions=tuple(desk.fill(desk.pack.decisions[one].title) for one in decisions),
                cells=cells,
                standing=summary_of(cells) if cells else "",
                minutes=minutes_to_read(topic),
                read=read is not None and "topic" in read.steps,
            )
        )
    return rows
