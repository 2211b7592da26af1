"""The plan: days and minutes until the exam as a calendar, made anew each morning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.study.plan import Plan
from roadworthy.web.render import Renderer, day_words, plural, renderer, see_other, workspace
from roadworthy.web.settings_form import WEEKDAYS
from roadworthy.web.today import step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
LINES = 2
DAY_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True)
class Line:
    """One block of a day in the detail: what, why, minutes, gain."""

    verb: str
    title: str
    why: str
    minutes: int
    gain: float


@dataclass(frozen=True)
class Cell:
    """A day in the calendar. ``kind``: past, today, planned, off, exam or outside."""

    date: date
    kind: str
    minutes: int
    summary: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A calendar week, with the stretches of the plan that run in it."""

    stretches: tuple[str, ...]
    cells: tuple[Cell, ...]


@router.get("/plan")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
    day: str = "",
) -> Response:
    """The days that are left and those that were; ``day`` is shown in full below."""
    if desk.course.state().enrolled_at is None:
        return see_other("/")
    desk.standing.begin_day(desk.now())
    plan = desk.plan()
    rows = rows_of(desk, plan)
    cells = [cell for row in rows for cell in row.cells]
    chosen = next((cell for cell in cells if cell.date.isoformat() == day), None)
    followed = desk.standing.followed(desk.now())
    return page.page(
        request, "plan.html", place="plan", plan=plan, rows=rows, weekdays=WEEKDAYS,
        finding=_finding(plan), totals=_totals(desk, plan), followed=followed,
        chosen=chosen or next(cell for cell in cells if cell.date == plan.made_on),
        ahead=[cell for cell in cells if cell.date >= plan.made_on and cell.kind != "outside"],
        earlier=[cell for cell in cells if cell.kind == "past"],
    )  # fmt: skip


def rows_of(desk: Workspace, plan: Plan) -> list[Row]:
    """Whole weeks from the first day of the course, or four weeks back, to the end of the plan."""
    state = desk.course.state()
    began = min([*state.minutes_by_day, plan.made_on])
    first = max(began, plan.made_on - timedelta(days=27))
    monday = first - timedelta(days=first.weekday())
    last = plan.days[-1].date if plan.days else plan.made_on
    answers = Counter(desk.today(one.at) for one in state.responses)
    rows = []
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(7)]
        stretches = tuple(
            week.name for week in plan.weeks if week.first <= days[-1] and week.last >= days[0]
        )
        cells = tuple(_cell(desk, plan, one, answers[one], began) for one in days)
        rows.append(Row(stretches, cells))
        monday += timedelta(days=7)
    return rows


def _cell(desk: Workspace, plan: Plan, day: date, answers: int, began: date) -> Cell:
    done = round(desk.course.state().minutes_by_day.get(day, 0.0))
    if day < plan.made_on:
        if day < began:
            return Cell(day, "outside", 0, (), ())
        summary = (plural(answers, "item"),) if answers else ("reading",) if done else ()
        return Cell(day, "past", done, summary, ())
    planned = plan.day(day)
    if planned is None:
        return Cell(day, "outside", 0, (), ())
    if planned.exam:
        length = plural(desk.pack.head.exam_minutes, "minute")
        return Cell(day, "exam", 0, (f"Exam, {length}",), ())
    lines = tuple(
        Line(*step_words(desk, one), desk.fill(one.why), one.minutes, one.gain)
        for one in planned.blocks
    )
    today = day == plan.made_on
    kind = "today" if today else "off" if planned.off and not lines else "planned"
    minutes = planned.minutes + (done if today else 0)
    return Cell(day, kind, minutes, _summary(lines, kind), lines)


def _summary(lines: tuple[Line, ...], kind: str) -> tuple[str, ...]:
    """At most two lines for a cell: what is new first, then that there is practice."""
    if not lines:
        return ("off",) if kind == "off" else ("done",) if kind == "today" else ()
    new = [line.title for line in lines if line.verb in ("Learn", "Read")]
    rest = [line.verb for line in lines if line.verb not in ("Learn", "Read")]
    words = [*new[:LINES], *(["practice"] if rest and len(new) < LINES else [])]
    return tuple(words or [rest[0]])[:LINES]


def _finding(plan: Plan) -> str:
    if plan.exam_date is None:
        return "The next four weeks, without an exam date"
    days = (plan.exam_date - plan.made_on).days
    if days < 0:
        return f"The exam was on {day_words(plan.exam_date)}"
    if days == 0:
        return "The exam is today"
    return f"{plural(days, 'day')} to {day_words(plan.exam_date)}"


def _totals(desk: Workspace, plan: Plan) -> str:
    """'19 h 20 min left · 60 minutes a day, Saturdays off'."""
    settings = desk.course.state().settings
    left = sum(day.minutes for day in plan.days)
    text = (
        f"{left // 60} h {left % 60} min left · {plural(settings.minutes_per_day, 'minute')} a day"
    )
    if settings.days_off:
        off = [DAY_NAMES[day] for day in settings.days_off]
        text += f", {' and '.join(off) if len(off) < 3 else plural(len(off), 'day')} off"
    return text
