"""Progress: readiness over time, how forecasts and sureness held, the map of rules, beliefs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState, WrongBelief
from roadworthy.study.record import exam_record, form_record
from roadworthy.web.curve import curve_of
from roadworthy.web.fading import fading_of
from roadworthy.web.progress_words import finding, map_sentence, record_sentence, trend
from roadworthy.web.render import Renderer, renderer, see_other, workspace
from roadworthy.web.rule_cells import (
    RuleCell,
    cells_by_decision,
    rule_words,
    short_rule,
    summary_of,
)
from roadworthy.web.sureness import Sureness, advice_on, leaning, sureness_of
from roadworthy.web.time_rows import times_of
from roadworthy.web.today import finished
from roadworthy.web.welcome import DIAGNOSTIC, DIAGNOSTIC_MINUTES
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
SIZES = (("wide", (752, 300)), ("narrow", (350, 220)), ("least", (286, 200)))
"""Pixels of the curve for a desk, for a phone, and for the smallest one."""
FLAT, FLAT_HEIGHT = 0.05, 150
"""Where all chances stay under ``FLAT``, the curve is drawn this low."""
CLOSE = 3
"""Points between the ends of the plan below which one label says both."""
PRACTICE_MINUTES = 15
_SURENESS: Recent[LearnerState, list[Sureness]] = Recent(4)
SHOWN_BELIEFS = 6
"""Misses that stand open; the others are folded."""


@dataclass(frozen=True)
class Group:
    """The rules of one decision on the map."""

    decision: str
    title: str
    cells: tuple[RuleCell, ...]
    standing: str


@dataclass(frozen=True)
class Belief:
    """Wrong answers that are not mended yet, those of one misconception together.

    ``belief`` is what was believed and is false; it is None where no belief is named behind the
    miss, and then ``truth`` is the rule that was missed.
    """

    rules: tuple[str, ...]
    title: str
    belief: str | None
    truth: str
    since: datetime
    misses: int
    sure: bool
    held: int
    presentation: str


_BELIEFS: Recent[LearnerState, list[Belief]] = Recent(4)


@router.get("/progress")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    decision: str = "",
) -> Response:
    """Where things stand. ``decision`` opens the rules of one decision below the map."""
    state = desk.course.state()
    if state.enrolled_at is None:
        return see_other("/")
    now = desk.now()
    today, exam = desk.today(now), desk.today(desk.standing.exam_at(now))
    forecast, followed = desk.readiness(), desk.standing.followed(now)
    past = desk.standing.history(now)
    tops = [forecast.high or 0.0, followed.high if followed else 0.0, *(day.high for day in past)]
    flat = max(tops) < FLAT
    dated = state.settings.exam_date is not None and state.settings.exam_date >= today
    sections = map_of(desk)
    chosen = next((one for _, some in sections for one in some if one.decision == decision), None)
    rows = _SURENESS.get_or_make(state, "", lambda: sureness_of(state.responses))
    events = desk.course.of_kinds("forecast", "exam_sat")
    return page.page(
        request,
        "progress.html",
        place="progress",
        finding=finding(forecast, followed, dated),
        trend=trend(past, forecast),
        dated=dated,
        shown_beliefs=SHOWN_BELIEFS,
        diagnostic_id=DIAGNOSTIC,
        diagnostic_minutes=DIAGNOSTIC_MINUTES,
        diagnostic_done=finished(desk, DIAGNOSTIC),
        forecast=forecast,
        followed=followed,
        past=past,
        exam=exam,
        curves=[
            (
                name,
                curve_of(
                    past,
                    forecast,
                    today,
                    exam,
                    followed,
                    width=width,
                    height=FLAT_HEIGHT if flat else height,
                ),
            )
            for name, (width, height) in SIZES
        ],
        close=followed is not None and (followed.high - followed.low) * 100 < CLOSE,
        untaught=len(desk.plan().untaught) if followed and round(followed.p * 100) == 0 else 0,
        kept=sum(day.kept for day in past),
        record=record_sentence(
            form_record(desk.forms.forms(), events, desk.zone),
            exam_record(events),
            sum(day.kept for day in past),
        ),
        sureness=rows,
        advice=advice_on(rows),
        leaning=leaning(rows),
        map_words=map_sentence(
            [
                (desk.pack.blueprint.sections[id_].short, [group.cells for group in groups])
                for id_, groups in sections
            ]
        ),
        fading=fading_of(desk, f"on {exam.day} {exam:%B}" if dated else "four weeks from now"),
        times=times_of(desk),
        sections=sections,
        chosen=chosen,
        words=rule_words(desk, chosen.decision) if chosen else {},
        beliefs=_BELIEFS.get_or_make(state, desk.pack.hash, lambda: beliefs_of(desk)),
        new_session=desk.new_session_id(),
        practice_minutes=PRACTICE_MINUTES,
    )


def map_of(desk: Workspace) -> list[tuple[str, list[Group]]]:
    """(section id, its decisions) in the order of the guide; sections without decisions too."""
    cells = cells_by_decision(desk)
    groups: dict[str, list[Group]] = {section: [] for section in desk.pack.blueprint.sections}
    for name, decision in desk.pack.decisions.items():
        section = desk.pack.section_of(decision.considerations[0])
        known = tuple(cells[name])
        if known:
            title = desk.fill(decision.title)
            groups[section].append(Group(name, title, known, summary_of(known)))
    return list(groups.items())


def beliefs_of(desk: Workspace) -> list[Belief]:
    """Certain and wrong first, then what was missed most often, then the oldest."""
    wrong = desk.course.state().wrong.values()
    together: dict[tuple[str, str], list[WrongBelief]] = {}
    for one in wrong:
        if one.decision in desk.pack.decisions:
            together.setdefault((one.decision, one.misconception or one.rule), []).append(one)
    found = [_belief(desk, group) for group in together.values()]
    return sorted(found, key=lambda one: (not one.sure, -one.misses, one.since))


def _belief(desk: Workspace, group: list[WrongBelief]) -> Belief:
    newest = max(group, key=lambda one: one.since)
    decision = desk.pack.decisions[newest.decision]
    named = decision.teach.misconceptions.get(newest.misconception or "")
    words = rule_words(desk, newest.decision).get(newest.rule, newest.rule)
    return Belief(
        rules=tuple(dict.fromkeys(short_rule(one.rule) for one in group)),
        title=desk.fill(decision.title),
        belief=desk.fill(named.belief) if named else None,
        truth=desk.fill(named.refutation) if named else words,
        since=newest.since,
        misses=sum(one.misses for one in group),
        sure=any(one.sure for one in group),
        held=min(len(one.held) for one in group),
        presentation=newest.presentation,
    )
