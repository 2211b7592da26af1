"""Learn: the topics, what is written of each, and where the candidate stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.catalog import TopicHead
from roadworthy.pack.model import Topic
from roadworthy.web.objective import rows_of as objectives_of
from roadworthy.web.render import NUMBER_WORDS, Renderer, plural, renderer, workspace
from roadworthy.web.rule_cells import RuleCell, cells_by_decision, summary_of
from roadworthy.web.teaching import minutes_to_read
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class TopicRow:
    """A topic in the list: its decisions, the rules of them, minutes, whether read."""

    topic: Topic
    decisions: tuple[tuple[str, str], ...]  # (id, title)
    cells: tuple[RuleCell, ...]
    standing: str
    minutes: int
    read: bool

    @property
    def counts(self) -> str:
        """'20 rules, 3 not met, 1 certain and wrong', to to stand under the map."""
        unmet = sum(cell.level == 0 for cell in self.cells)
        text = plural(len(self.cells), "rule")
        text += f", {'none met' if unmet == len(self.cells) else f'{unmet} not met'}"
        wrong = sum(cell.sure_and_wrong for cell in self.cells)
        return text + (f", {wrong} certain and wrong" if wrong else "")


@router.get("/learn")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """The topics in the order of the article."""
    rows = rows_of(desk)
    written = [row for row in rows if row.topic.head.written]
    unread = [row for row in written if not row.read]
    return page.page(
        request,
        "learn.html",
        place="learn",
        finding=_finding(written, unread),
        standing=_standing(rows),
        written=written,
        unwritten=[row for row in rows if not row.topic.head.written],
        next_lesson=unread[0] if unread else None,
        count=len(rows),
        objectives=objectives_of(desk.pack),
    )


def _finding(written: list[TopicRow], unread: list[TopicRow]) -> str:
    """'Three lessons to read, about 12 minutes', or that all are read."""
    if not written:
        return "No lesson is written yet"
    if not unread:
        return "You have read every lesson that is written"
    count = len(unread)
    word = NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)
    minutes = plural(sum(row.minutes for row in unread), "minute")
    return f"{word} lesson{'' if count == 1 else 's'} to read, about {minutes}"


def _standing(rows: list[TopicRow]) -> str:
    """Where the rules of all topics stand together; a rule of two topics counts once."""
    cells = {cell.rule: cell for row in rows for cell in row.cells}
    return summary_of(cells.values()) if cells else ""


def decisions_on(desk: Workspace, head: TopicHead) -> list[str]:
    """The decisions that a topic teaches, in its order; then those that only name it."""
    here = [one for one in head.decisions if one in desk.pack.decisions]
    more = [name for name, one in desk.pack.decisions.items() if head.id in one.topics]
    return list(dict.fromkeys([*here, *more]))


def rows_of(desk: Workspace) -> list[TopicRow]:
    """All topics by their number."""
    lessons, known = desk.course.state().lessons, cells_by_decision(desk)
    rows = []
    for topic in sorted(desk.pack.topics.values(), key=lambda one: one.head.number):
        decisions = decisions_on(desk, topic.head)
        read = lessons.get(topic.head.id)
        cells = tuple(cell for one in decisions for cell in known[one])
        rows.append(
            TopicRow(
                topic=topic,
                decisions=tuple(
                    (one, desk.fill(desk.pack.decisions[one].title)) for one in decisions
                ),
                cells=cells,
                standing=summary_of(cells) if cells else "",
                minutes=minutes_to_read(topic),
                read=read is not None and "topic" in read.steps,
            )
        )
    return rows
