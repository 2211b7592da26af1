"""One decision: its brief, the table of its rules with a place for each, its beliefs, practice."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.web.rule_cells import cells_by_decision, summary_of
from roadworthy.web.teaching import decision_table_of, prose
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
PRACTICE_MINUTES = 15


@router.get("/learn/decisions/{decision}")
def show(
    request: Request,
    decision: str,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """What decides, rule by rule; ``#TR9`` opens at a rule."""
    model = desk.pack.decisions.get(decision)
    if model is None:
        raise NotThere(
            "There is no such decision.", where=decision[:60], mend="Learn lists what there is."
        )
    cells = cells_by_decision(desk)[decision]
    return page.page(
        request,
        "decision.html",
        place="learn",
        decision=model,
        title=desk.fill(model.title),
        topics=[desk.pack.topics[one].head for one in model.topics if one in desk.pack.topics],
        brief=prose(desk, model.teach.brief),
        table=decision_table_of(desk, decision),
        beliefs=[
            (desk.fill(one.belief), desk.fill(one.refutation))
            for one in model.teach.misconceptions.values()
            if one.status == "confirmed"
        ],
        cells=cells,
        standing=summary_of(cells) if cells else "",
        new_session=desk.new_session_id(),
        minutes=PRACTICE_MINUTES,
    )
