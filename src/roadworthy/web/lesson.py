"""A lesson step inside a session: the brief with its table of rules, or a worked situation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.study.step import Read
from roadworthy.web.exhibit import exhibit_words
from roadworthy.web.render import (
    Renderer,
    checked_form,
    marked_stem,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.web.session import path_of
from roadworthy.web.teaching import decision_table_of, prose
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
STEPS = frozenset({"brief", "worked", "refutation"})


@router.get("/session/{session}/read/{decision}/{step}")
def show(
    request: Request, session: str, decision: str, step: str, desk: Desk, page: Page
) -> Response:
    """The text to read. The same page comes back until it was read."""
    view = desk.course.view(session)
    _refuse_unknown(desk, decision, step)
    model = desk.pack.decisions[decision]
    item = None
    if step == "worked":
        position = desk.course.advance(session, now=desk.now())
        waiting: Read | None = position.read
        item = waiting.item if waiting else None
        if item is None:
            return see_other(path_of(position))
    return page.page(
        request,
        "lesson_worked.html" if step == "worked" else "lesson_brief.html",
        view=view,
        decision=model,
        step=step,
        item=item,
        brief=prose(desk, model.teach.brief),
        table=decision_table_of(desk, decision),
        stem=marked_stem(item.stem, item.decisive, show=True) if item else "",
        sources=desk.pack.sources,
        fill=desk.fill,
        **exhibit_words(item, corrected=True),
    )


@router.post("/session/{session}/read/{decision}/{step}")
def done(session: str, decision: str, step: str, form: Form, desk: Desk) -> Response:
    """Record that it was read, then go on."""
    view = desk.course.view(session)
    _refuse_unknown(desk, decision, step)
    times = sum(read == (decision, step) for read in view.read)
    desk.course.read_lesson(
        decision,
        step,
        session=session,
        milliseconds=max(0, whole(form, "milliseconds") or 0),
        key=f"read:{session}:{decision}:{step}:{times}",
        now=desk.now(),
    )
    return see_other(path_of(desk.course.advance(session, now=desk.now())))


def _refuse_unknown(desk: Workspace, decision: str, step: str) -> None:
    """Raises ``NotThere`` for a lesson that the pack does not have."""
    if decision not in desk.pack.decisions or step not in STEPS:
        raise NotThere("There is no such lesson.", where=decision, mend="Go on with the session.")
