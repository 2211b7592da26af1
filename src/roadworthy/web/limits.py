"""Limits by heart: what is due, and all of them with their standing; the drill starts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.limit import Limit
from roadworthy.study.recall_drill import Standing, standing_of
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
DRILL_MINUTES = 5


@dataclass(frozen=True)
class LimitRow:
    """One limit beside how it stands."""

    id: str
    limit: Limit
    name: str
    standing: Standing
    words: str
    due: bool


@router.get("/learn/limits")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """All limits by topic. Answers are not on this page: reading them would spoil the drill."""
    now = desk.now()
    memory = desk.course.state().limits
    rows = [_row(desk, name, standing_of(name, memory.get(name)), now) for name in desk.pack.limits]
    topics = [
        (topic, [row for row in rows if row.limit.topics[0] == topic.head.id])
        for topic in desk.pack.topics.values()
    ]
    return page.page(
        request,
        "limits.html",
        place="learn",
        topics=[(topic, found) for topic, found in topics if found],
        due=sum(row.due for row in rows),
        held=sum(row.standing.held > 0 for row in rows),
        total=len(rows),
        minutes=DRILL_MINUTES,
        new_session=desk.new_session_id(),
    )


def _row(desk: Workspace, name: str, standing: Standing, now: datetime) -> LimitRow:
    limit = desk.pack.limits[name]
    due = standing.is_due(now)
    if standing.asked == 0:
        words = "not asked yet"
    elif standing.missed:
        words = "missed last time"
    elif due:
        words = f"recalled {_times(standing.held)}, due"
    else:
        assert standing.due is not None
        days = max(1, round((standing.due - now) / timedelta(days=1)))
        words = f"recalled {_times(standing.held)}, due in {days} day{'s' if days > 1 else ''}"
    return LimitRow(name, limit, desk.fill(limit.name), standing, words, due)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times in a row"
