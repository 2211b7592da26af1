"""One objective of the exam guide: its considerations, what decides on each, and what drills it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import Response

from roadworthy.errors import NotThere
from roadworthy.pack.blueprint import section_weights
from roadworthy.pack.catalog import Objective, Resource, Section, Source, TopicHead
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.pack.fields import Sourced
from roadworthy.pack.model import Pack
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.web.rule_cells import RuleCell, cells_by_decision, summary_of
from roadworthy.web.teaching import prose
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
DRILL_MINUTES = 15
MOST_RESOURCES = 6
"""Resources of a section that stand open; the shelf has the others."""


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective in the list: how many of its considerations have items."""

    id: str
    title: str
    covered: int
    count: int

    @property
    def coverage(self) -> str:
        """'items on 3 of 5 parts', 'items on all 5 parts' or 'no items yet'."""
        if not self.covered:
            return "no items yet"
        if self.covered == self.count:
            return f"items on all {self.count} parts"
        return f"items on {self.covered} of {self.count} parts"


@dataclass(frozen=True)
class Drill:
    """A decision or exhibit that asks on a consideration, and where the candidate stands on it."""

    decision: str
    title: str
    exhibit: bool
    cells: tuple[RuleCell, ...]
    standing: str


@dataclass(frozen=True)
class Part:
    """One consideration: its note with links, if there is one, and what drills it.

    ``limits`` counts numbers and names on it that are asked by heart, outside the forecast.
    """

    id: str
    text: str
    note: Markup | None
    links: tuple[tuple[Source, Sourced], ...]
    drills: tuple[Drill, ...]
    limits: int


@router.get("/learn/objectives/{objective}")
def show(
    request: Request,
    objective: str,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """The considerations of one objective with notes and drills."""
    pack = desk.pack
    section_id, section, found = _objective(pack, objective)
    ordered = [one.id for _, _, rows in rows_of(pack) for one in rows]
    place = ordered.index(objective)
    parts = parts_of(desk, objective, found)
    notes = pack.objectives.get(objective)
    return page.page(
        request,
        "objective.html",
        place="learn",
        id=objective,
        objective=found,
        section_id=section_id,
        section=section,
        weight=section_weights(pack.blueprint)[section_id],
        siblings=len(section.objectives),
        parts=parts,
        covered=sum(bool(part.drills) for part in parts),
        checked=notes.head.checked if notes is not None else None,
        topics=topics_on(pack, objective),
        resources=resources_on(pack, section_id),
        most_resources=MOST_RESOURCES,
        before=ordered[place - 1] if place else None,
        after=ordered[place + 1] if place + 1 < len(ordered) else None,
        new_session=desk.new_session_id(),
        drill_minutes=DRILL_MINUTES,
    )


def rows_of(pack: Pack) -> list[tuple[str, Section, list[ObjectiveRow]]]:
    """(section id, section, its objectives) in the order of the guide."""
    drilled = {one for decision in pack.decisions.values() for one in decision.considerations}
    return [
        (
            section_id,
            section,
            [
                ObjectiveRow(
                    id_,
                    one.title,
                    sum(name in drilled for name in one.considerations),
                    len(one.considerations),
                )
                for id_, one in section.objectives.items()
            ],
        )
        for section_id, section in pack.blueprint.sections.items()
    ]


def parts_of(desk: Workspace, objective_id: str, objective: Objective) -> list[Part]:
    """The considerations of an objective, in order."""
    known = cells_by_decision(desk)
    notes = desk.pack.objectives.get(objective_id)
    parts = []
    for name, one in objective.considerations.items():
        found = notes.note(name) if notes is not None else None
        drills = tuple(
            Drill(
                id_,
                desk.fill(decision.title),
                isinstance(decision, ExhibitDecision),
                tuple(known[id_]),
                summary_of(known[id_]),
            )
            for id_, decision in desk.pack.decisions.items()
            if name in decision.considerations
        )
        note = prose(desk, found[0]) if found else None
        links = tuple((desk.pack.sources[link.source], link) for link in found[1]) if found else ()
        limits = sum(name in limit.considerations for limit in desk.pack.limits.values())
        parts.append(Part(name, one.text, note, links, drills, limits))
    return parts


def topics_on(pack: Pack, objective: str) -> list[TopicHead]:
    """The topics that serve an objective, by number."""
    heads = (topic.head for topic in pack.topics.values())
    return sorted((one for one in heads if objective in one.objectives), key=lambda one: one.number)


def resources_on(pack: Pack, section: str) -> list[tuple[str, Resource]]:
    """Resources that serve a section, newer ones and the best rated first."""
    newer = [(id_, one) for id_, one in pack.resources.newer.items() if section in one.sections]
    rated = [(id_, one) for id_, one in pack.resources.article.items() if section in one.sections]
    return newer + sorted(rated, key=lambda pair: -(pair[1].rating or 0))


def _objective(pack: Pack, name: str) -> tuple[str, Section, Objective]:
    for section_id, section in pack.blueprint.sections.items():
        if name in section.objectives:
            return section_id, section, section.objectives[name]
    raise NotThere(
        "There is no such objective.", where=name, mend="Learn lists the objectives by section."
    )
