"""If we did this, then …: each option of a decision with all that follows, from rules and costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.table_rows import ChoiceTable, Ranked, RuleRow
from roadworthy.web.coach_words import REASON_WORDS
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.web.rule_cells import when_of
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Consequence:
    """An option: why it holds where it does, where it falls, what it costs on each goal."""

    id: str
    name: str
    holds: str
    falls: tuple[RuleRow, ...]
    costs: tuple[tuple[str, Ranked], ...]  # (goal, level with its reason)

    @property
    def best_for(self) -> tuple[str, ...]:
        """Goals on which nothing speaks against it."""
        return tuple(goal for goal, ranked in self.costs if ranked.level == 0)


@router.get("/learn/decisions/{decision}/options")
def show(
    request: Request,
    decision: str,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """All options of a decision; ``#the-option`` opens at one."""
    model = desk.pack.decisions.get(decision)
    if not isinstance(model, ChoiceDecision):
        raise NotThere(
            "There are no options to look at here.",
            where=decision[:60],
            mend="Learn lists the decisions; those that choose among designs have this page.",
        )
    table = table_of(desk.pack, decision)
    assert isinstance(table, ChoiceTable)
    return page.page(
        request,
        "consequences.html",
        place="learn",
        decision=model,
        title=table.title,
        options=consequences_of(model, table),
        reasons=REASON_WORDS,
        sources=desk.pack.sources,
        when_of=when_of,
    )


def consequences_of(decision: ChoiceDecision, table: ChoiceTable) -> list[Consequence]:
    """The what-decides table, turned so that it reads by option."""
    return [
        Consequence(
            id=option,
            name=name,
            holds=because,
            falls=tuple(row for row in table.rules if name in row.falls),
            costs=tuple(
                (goal.name, ranked)
                for goal in table.goals
                for ranked in goal.ranking
                if ranked.option == name
            ),
        )
        for option, (name, because) in zip(decision.options, table.options, strict=True)
    ]
