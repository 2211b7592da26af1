"""Today: what to do now, what it buys, what is left out, and how ready you are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.study.day_course import Block
from roadworthy.study.moving import moves_free, too_low
from roadworthy.study.other_plans import LEAST_POINTS
from roadworthy.study.plan import Plan
from roadworthy.study.readings import address_of, resources_of
from roadworthy.study.session_view import SessionView
from roadworthy.web.gains import gains_of
from roadworthy.web.minutes import FEWEST_MINUTES, MOST_MINUTES
from roadworthy.web.pack_changes import pack_note
from roadworthy.web.plan_days import day_change, mock_words
from roadworthy.web.reading_today import reading_today, settled_readings
from roadworthy.web.render import (
    NUMBER_WORDS,
    Renderer,
    day_words,
    plural,
    renderer,
    see_other,
    workspace,
)
from roadworthy.web.strip import strip_of
from roadworthy.web.welcome import DIAGNOSTIC, DIAGNOSTIC_MINUTES
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
MORE = (10, 20, 40)
FEWEST_TONIGHT = 10
LONGEST_TYPED = 6
VERBS = {
    "learn": "Learn",
    "read": "Read",
    "look_back": "Look back at",
    "practise": "",
    "resource": "Read",
    "lab": "Lab:",
}

UNCOUNTED = ("resource", "lab")
"""Kinds of blocks that buy nothing that is counted."""


@dataclass(frozen=True)
class Step:
    """A row of today: what to do, why, what it takes and buys, and how it is started.

    ``href`` leads to a text, a lab or a mock; without it the step is a session of ``purpose`` and
    ``target``. ``outside``: it leads out of the program. ``counted``: whether a gain is counted.
    ``lab``: id of the lab that it is, or ''.
    """

    verb: str
    title: str
    why: str
    minutes: int
    gain: float
    score: float
    href: str | None
    purpose: str
    target: str | None
    outside: bool = False
    counted: bool = True
    lab: str = ""

    @property
    def session_minutes(self) -> int:
        return min(max(self.minutes, FEWEST_MINUTES), MOST_MINUTES)


@router.get("/today")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    more: int = 0,
    minutes: str = "",
) -> Response:
    """The steps that are left today; with ``more``, those of so many minutes on top.

    ``minutes``: an evening of another length, as 10 to 120 typed into the page.
    """
    state = desk.course.state()
    if state.enrolled_at is None:
        return see_other("/")
    desk.standing.begin_day(desk.now())
    now = desk.now()
    today = desk.today(now)
    plan = desk.plan()
    more = more if more in MORE else 0
    tonight = _asked(minutes)
    if tonight or more:
        more = 0 if tonight else more
        plan = desk.plan(tonight or plan.today.minutes + more)
    forecast = desk.readiness()
    steps = [_step(desk, block) for block in plan.today.blocks]
    waiting = open_session(desk, today)
    diagnostic = forecast.p is None and not finished(desk, DIAGNOSTIC)
    evening = [step for step in steps if step.href is None]
    missed = None if more or tonight else desk.others.missed(now)
    mock = next((one for one in plan.mocks if one.date == today), None)
    return page.page(
        request, "today.html", place="today", plan=plan, steps=steps, more=more, choices=MORE,
        finding=_finding(plan, steps, today, diagnostic), diagnostic=diagnostic,
        diagnostic_begun=diagnostic and waiting is not None and waiting.session == DIAGNOSTIC,
        diagnostic_id=DIAGNOSTIC, diagnostic_minutes=DIAGNOSTIC_MINUTES,
        waiting=waiting, new_session=desk.new_session_id(), forecast=forecast,
        change=desk.standing.change(now),
        followed=desk.standing.followed(now), evening_minutes=_evening_minutes(evening),
        step_session=[desk.new_session_id() for _ in steps], next_day=_next_day(plan),
        strip=strip_of(plan), left_out=[(one, _fate(one.returns, today)) for one in plan.left_out],
        gains=gains_of(plan.today.blocks), done=round(plan.done_today), fewest=FEWEST_MINUTES,
        fill=desk.fill,
        pack_note=pack_note(desk, today), too_low=too_low(desk.standing, desk.course, now),
        moves_free=moves_free(desk.standing, desk.course, now), untold=_untold(desk, today),
        running=(running := desk.forms.open_form(now)),
        mock_left=running.seconds_left(now) if running else 0.0,
        missed=missed, day_back=desk.others.day_back(now) if missed else None,
        mock=mock, mock_words=mock and mock_words(mock, desk.plan().today.minutes),
        lessons=[step.target for step in steps if step.target],
        buys=_buys(desk, plan, now, more or tonight), asked=minutes, tonight=tonight,
        most=MOST_MINUTES, fewest_tonight=FEWEST_TONIGHT,
        reading=reading_today(desk, plan), settled=settled_readings(desk, now),
        change_today=day_change(desk, today, now, False),
    )  # fmt: skip


def open_session(desk: Workspace, today: date) -> SessionView | None:
    """The session of this study day that has not ended; None for one of an earlier day."""
    view = desk.course.open_session()
    if view is None or view.purpose == "opening" or desk.today(view.last_at) != today:
        return None
    return view


def step_words(desk: Workspace, block: Block) -> tuple[str, str]:
    """(verb, what) of a block: 'Learn', 'What starts a training run'."""
    verb = VERBS.get(block.kind, "")
    title = desk.fill(block.title)
    if block.kind == "look_back":
        title = title[:1].lower() + title[1:]
    return (verb, title) if verb else (title, "")


def _step(desk: Workspace, block: Block) -> Step:
    verb, title = step_words(desk, block)
    learn = block.kind == "learn"
    texts = {
        "read": f"/learn/topics/{block.target}",
        "mock": f"/mocks/new/{block.target}",
        "lab": f"/labs/{block.target}",
    }
    outside = block.kind == "resource"
    resource = resources_of(desk.pack).get(block.target or "") if outside else None
    href = address_of(resource) if resource is not None else texts.get(block.kind)
    return Step(
        verb=verb,
        title=title,
        why=desk.fill(block.why),
        minutes=block.minutes,
        gain=block.gain,
        score=block.score,
        href=href,
        purpose="topic" if learn else "evening",
        target=block.target if learn else None,
        outside=outside,
        counted=block.kind not in UNCOUNTED,
        lab=(block.target or "") if block.kind == "lab" else "",
    )


def _finding(plan: Plan, steps: list[Step], today: date, diagnostic: bool) -> str:
    """The heading: what this day asks, or that it is done."""
    if plan.exam_date == today:
        return "The exam is today"
    if diagnostic:
        return f"One step, about {DIAGNOSTIC_MINUTES} minutes: where you stand"
    if steps:
        count = len(steps)
        word = NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)
        minutes = plural(sum(step.minutes for step in steps), "minute")
        left = " left" if plan.done_today >= 1 else ""
        return f"{word} step{'' if count == 1 else 's'}, {minutes}{left}"
    if plan.done_today >= 1:
        return "That was today"
    return "A day off" if plan.today.off else "Nothing is planned today"


def _untold(desk: Workspace, today: date) -> bool:
    """Whether the day of the exam has come and its result is not entered."""
    state = desk.course.state()
    exam = state.settings.exam_date
    return exam is not None and exam <= today and all(one.date < exam for one in state.exams)


def _asked(text: str) -> int:
    """Minutes that were typed for tonight; 0 for none and for what is no such number."""
    minutes = int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_TYPED else 0
    return minutes if FEWEST_TONIGHT <= minutes <= MOST_MINUTES else 0


def _buys(desk: Workspace, plan: Plan, now: datetime, more: int) -> tuple[float, float] | None:
    """Points that today's steps buy, and what skipping them all would cost after a new plan.

    None where either is too small to tell.
    """
    buys = sum(block.gain for block in plan.today.blocks)
    costs = None if more or buys < LEAST_POINTS else desk.others.skipped(now)
    return (buys, costs) if costs is not None and costs >= LEAST_POINTS else None


def _evening_minutes(steps: list[Step]) -> int:
    """Minutes of the session that does all steps but the reading, within what a session may be."""
    total = sum(step.minutes for step in steps)
    return min(max(total, FEWEST_MINUTES), MOST_MINUTES) if steps else 0


def finished(desk: Workspace, session: str) -> bool:
    """Whether a session was walked to its end."""
    key = desk.journal.by_key(f"end:{session}")
    return key is not None


def _next_day(plan: Plan) -> tuple[str, str] | None:
    """The next day with something planned: ('Tomorrow', titles)."""
    for day in plan.days[1:]:
        if day.blocks:
            near = (day.date - plan.made_on).days == 1
            titles = "; ".join(dict.fromkeys(block.title for block in day.blocks))
            return ("Tomorrow" if near else day_words(day.date), titles)
    return None


def _fate(returns: date | None, today: date) -> str:
    """What becomes of something that is left out."""
    if returns is None:
        return "It has no place before the exam unless you add time."
    days = (returns - today).days
    if days == 1:
        return "Back tomorrow."
    return f"Back on {returns:%A}." if days < 7 else f"Back on {day_words(returns)}."
