"""The exam itself: the day, official samples before it, how it went, and what follows a fail."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, Conflict, Refused
from roadworthy.journal.event import zone_named
from roadworthy.learner.allowance import allowance_of
from roadworthy.learner.state import LearnerState
from roadworthy.pack.catalog import ExamFact
from roadworthy.study.exam_sat import (
    MOST_SITTINGS,
    SAMPLES,
    earliest_retake,
    enter_exam,
    enter_samples,
    moving_deadlines,
)
from roadworthy.study.moving import Advice, advice
from roadworthy.web.render import (
    NUMBER_WORDS,
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
OURS = 0.7
"""Share of our items, as the example that says what the allowance means."""
LIKELY = 1.2816
"""Standard deviations on either side that hold 8 of 10."""
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/exam")
def show(request: Request, desk: Desk, page: Page) -> Response:
    """Facts for the day, deadlines, samples, and the outcome once it is known."""
    return _page(request, desk, page)


@router.post("/exam/sat")
def sat(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Keep the outcome of a real exam; with an error, say it beside the fields."""
    now = desk.now()
    sent = {
        "date": first(form, "date"),
        "passed": first(form, "passed"),
        "weak": form.get("weak", []),
        "text": first(form, "text"),
    }
    try:
        day = date.fromisoformat(first(form, "date"))
        if sent["passed"] not in ("yes", "no"):
            raise BadInput("Say whether you passed.", where="outcome", mend="Choose one.")
        enter_exam(
            desk.course,
            day=day,
            passed=sent["passed"] == "yes",
            weak=form.get("weak", []),
            text=first(form, "text"),
            now=now,
            seed=desk.standing.seed(),
        )
    except ValueError:
        wrong = BadInput("Name the day as 2026-12-24.", where="date", mend="Choose it again.")
        return _page(request, desk, page, sent=sent, wrong=wrong)
    except Conflict:
        wrong = BadInput(
            "An exam of that day is entered with another outcome.",
            where="date",
            mend="What is kept stands; another exam has another day.",
        )
        return _page(request, desk, page, sent=sent, wrong=wrong)
    except (BadInput, Refused) as error:
        return _page(request, desk, page, sent=sent, wrong=error)
    return see_other("/exam#went")


@router.post("/exam/samples")
def samples(request: Request, form: Form, desk: Desk, page: Page) -> Response:
    """Keep a sitting of the official samples as evidence from outside."""
    known = desk.pack.head.samples
    right = whole(form, "right")
    now = desk.now()
    try:
        if known is None or right is None:
            raise BadInput("Say how many were right.", where="samples", mend="Write a number.")
        with contextlib.suppress(Conflict):  # sent twice: the first stands
            enter_samples(
                desk.course,
                right=right,
                of=known.count,
                day=desk.today(now),
                now=now,
                seed=desk.standing.seed(),
            )
    except BadInput as error:
        return _page(request, desk, page, wrong_samples=error)
    return see_other("/exam#samples")


def _page(
    request: Request,
    desk: Workspace,
    page: Renderer,
    *,
    sent: dict[str, Any] | None = None,
    wrong: BadInput | Refused | None = None,
    wrong_samples: BadInput | None = None,
) -> Response:
    now = desk.now()
    state = desk.course.state()
    zone = zone_named(desk.zone)
    head = desk.pack.head
    exam_at = desk.standing.exam_at(now)
    dated = state.settings.exam_date is not None and state.settings.exam_date >= desk.today(now)
    error = wrong or wrong_samples
    mean, sd = allowance_of(state).mean, allowance_of(state).sd
    facts = [head.facts[name] for name in head.exam_day]
    known = state.settings.exam_date
    due = known is not None and not any(one.date >= known for one in state.exams)
    told_on = known if known is not None and due else desk.today(now)
    return page.page(
        request,
        "exam.html",
        status=error.http_status if error else 200,
        place="mocks",
        facts=[(fact, desk.pack.sources.get(fact.source)) for fact in facts],
        shared_doubts=shared_doubts(facts),
        deadlines=[
            (way, until.astimezone(zone), until > now)
            for way, until in (moving_deadlines(desk.pack, exam_at) if dated else {}).items()
        ],
        advice=local_advice(desk, now),
        exams=state.exams,
        texts=_texts(desk),
        again=earliest_retake(state.exams, head.retake_waits),
        outcomes=_outcomes(desk),
        harder=[in_exam(mean + away * sd) for away in (-LIKELY, 0.0, LIKELY)],
        before_words=in_exam,
        sittings=[one for one in state.checkpoints if one.which == SAMPLES],
        most_sittings=MOST_SITTINGS,
        number_words=dict(enumerate(NUMBER_WORDS)),
        sample_source=desk.pack.sources.get(head.samples.source) if head.samples else None,
        sent=sent or {"date": told_on.isoformat(), "passed": "", "weak": [], "text": ""},
        told_open=wrong is not None or (due and told_on <= desk.today(now)),
        wrong=wrong,
        wrong_samples=wrong_samples,
        last_day=desk.today(now),
        local_now=now.astimezone(zone),
    )


def in_exam(allowance: float) -> int:
    """Percent right that is expected in the exam of who gets 70% of our items right.

    ``allowance``: how much harder the exam is, in logits, below 0 if it is harder.
    """
    return round(100 / (1 + math.exp(-(math.log(OURS / (1 - OURS)) + allowance))))


def shared_doubts(facts: Sequence[ExamFact]) -> dict[str, list[str]]:
    """Doubts that hold for several facts of the day, each with the names of those facts."""
    named: dict[str, list[str]] = {}
    for fact in facts:
        if fact.doubt:
            named.setdefault(fact.doubt, []).append(fact.name)
    return {doubt: names for doubt, names in named.items() if len(names) > 1}


def local_advice(desk: Workspace, now: datetime) -> Advice | None:
    """The advice to move the date, its deadlines in the candidate's zone."""
    found = advice(desk.standing, desk.course, now)
    if found is None:
        return None
    zone = zone_named(desk.zone)
    local = {way: at.astimezone(zone) for way, at in found.deadlines.items()}
    return replace(found, deadlines=local)


def _texts(desk: Workspace) -> dict[str, str]:
    return {
        event.payload["date"]: event.payload.get("text") or ""
        for event in desk.course.of_kinds("exam_sat")
    }


def _outcomes(desk: Workspace) -> list[tuple[datetime, str, float, float]]:
    """How each outcome moved the allowance: when, by what, and its mean before and after."""
    told: list[tuple[datetime, str, float, float]] = []
    mean = allowance_of(LearnerState()).mean
    for event in desk.course.of_kinds(*_TEACHES):
        learned = event.payload.get("allowance")
        if learned:
            told.append((event.at, _TEACHES[event.kind], mean, learned["mean"]))
            mean = learned["mean"]
    return told


_TEACHES = {"exam_sat": "the exam", "checkpoint": "the samples"}
