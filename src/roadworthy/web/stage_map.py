"""The map: which product serves which stage of a model's life, on each level of maturity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.pack.catalog import Source, Term
from roadworthy.pack.stage_map import Placement, Stage, StageMap
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Row:
    """One product at one stage: ``new`` if it does not do this on the level below."""

    id: str
    term: Term
    does: str
    placement: Placement
    source: Source
    new: bool


@router.get("/learn/map")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    level: str = "",
) -> Response:
    """The stages with their products, on one level."""
    stage_map = map_of(desk)
    level = level_of(stage_map, level)
    below = _level_below(stage_map, level)
    stages = stages_on(desk, stage_map, level)
    days = Counter(row.placement.checked for _, rows in stages for row in rows).most_common(1)
    return page.page(
        request,
        "map.html",
        place="learn",
        levels=stage_map.levels,
        level=level,
        below=below,
        stages=stages,
        usual_day=days[0][0] if days else None,
        products=len({row.id for _, rows in stages for row in rows}),
    )


def map_of(desk: Workspace) -> StageMap:
    """The map of the pack. Raises ``NotThere`` where it has none."""
    if desk.pack.map is None:
        raise NotThere(
            "This content has no map.", where="/learn/map", mend="Learn lists what there is."
        )
    return desk.pack.map


def level_of(stage_map: StageMap, asked: str) -> str:
    """The level that was asked for, or the lowest. Raises ``NotThere`` for an unknown one."""
    if not asked:
        return next(iter(stage_map.levels))
    if asked not in stage_map.levels:
        raise NotThere(
            f"The map has no level '{asked[:20]}'.",
            where="/learn/map",
            mend=f"Its levels are {', '.join(stage_map.levels)}.",
        )
    return asked


def stages_on(desk: Workspace, stage_map: StageMap, level: str) -> list[tuple[Stage, list[Row]]]:
    """Each stage with what products do there on a level; a stage may be empty."""
    below = _level_below(stage_map, level)
    rows: dict[str, list[Row]] = {stage: [] for stage in stage_map.stages}
    for one in stage_map.on_level(level):
        new = below is not None and below not in one.levels
        term, source = desk.pack.terms[one.term], desk.pack.sources[one.source]
        rows[one.stage].append(Row(one.term, term, desk.fill(one.does), one, source, new))
    return [(stage_map.stages[stage], found) for stage, found in rows.items()]


def _level_below(stage_map: StageMap, level: str) -> str | None:
    levels = list(stage_map.levels)
    place = levels.index(level)
    return levels[place - 1] if place else None
