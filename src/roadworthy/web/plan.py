"""The plan: days and minutes until the exam as a calendar, made anew each morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.study.phases import Week
from roadworthy.study.plan import Plan
from roadworthy.web.gains import Gains, gains_of
from roadworthy.web.plan_days import day_change, mock_words
from roadworthy.web.reading_today import reading_today, settled_readings
from roadworthy.web.render import (
    Renderer,
    day_words,
    plural,
    renderer,
    see_other,
    short_day,
    workspace,
)
from roadworthy.web.settings_form import WEEKDAYS
from roadworthy.web.today import UNCOUNTED, step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
LINES = 2
DAY_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True)
class Line:
    """One block of a day in the detail: what, why, minutes; gain of the chance and of the score.

    ``resource``: the id of the resource that it reads.
    """

    kind: str
    verb: str
    title: str
    why: str
    minutes: int
    gain: float
    score: float
    resource: str | None = None

    @property
    def counted(self) -> bool:
        """Whether a gain is counted for it."""
        return self.kind not in UNCOUNTED


@dataclass(frozen=True)
class Cell:
    """A day in the calendar. ``kind``: past, today, planned, off, exam or outside."""

    date: date
    kind: str
    minutes: int
    summary: tuple[str, ...]
    lines: tuple[Line, ...]
    gains: Gains | None = None


@dataclass(frozen=True)
class Row:
    """A calendar week: (name, '' or 'from 13 Dec') of the stretches in it, and its days."""

    stretches: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Run:
    """Neighboring days that ask the same, as one line of the list."""

    first: Cell
    last: Cell

    @property
    def what(self) -> str:
        """'What starts a training run', 'mixed practice each day', 'off'."""
        cell = self.first
        if cell.kind == "off":
            return "off"
        if cell.summary:
            return " · ".join(cell.summary)
        many = " each day" if self.last != cell else ""
        return f"mixed practice{many}" if cell.lines else ""


@dataclass(frozen=True)
class Leg:
    """A named stretch of the plan with its days; the exam's day has a leg without a name."""

    stretch: Week | None
    runs: tuple[Run, ...]


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
    earlier = earlier_days(desk, plan)
    ahead = [cell for row in rows for cell in row.cells if cell.date >= plan.made_on]
    cells = [*earlier, *ahead]
    chosen = next((cell for cell in cells if cell.date.isoformat() == day), None)
    now = desk.now()
    followed = desk.standing.followed(now)
    shown = chosen or next(cell for cell in cells if cell.date == plan.made_on)
    mock = next((one for one in plan.mocks if one.date == shown.date), None)
    return page.page(
        request, "plan.html", place="plan", plan=plan, rows=rows, weekdays=WEEKDAYS,
        finding=finding_of(plan), totals=totals_of(desk, plan), followed=followed,
        chosen=shown, mock=mock, mock_words=mock and mock_words(mock, shown.minutes),
        change=day_change(desk, shown.date, now, told=chosen is not None),
        too_short=desk.others.too_short(now), untaught=_untaught(desk, plan),
        missed=(missed := desk.others.missed(now)),
        day_back=desk.others.day_back(now) if missed else None,
        reading=reading_today(desk, plan), settled=settled_readings(desk, now),
        readings=desk.others.readings(now), new_session=desk.new_session_id(),
        legs=legs_of(plan, ahead), earlier=earlier,
    )  # fmt: skip


def rows_of(desk: Workspace, plan: Plan) -> list[Row]:
    """Whole weeks from the current one to the end of the plan."""
    state = desk.course.state()
    monday = plan.made_on - timedelta(days=plan.made_on.weekday())
    last = plan.days[-1].date if plan.days else plan.made_on
    answers = Counter(one.day for one in state.responses)
    rows = []
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(7)]
        stretches = _names_in(plan.weeks, max(days[0], plan.made_on), days[-1])
        cells = tuple(_cell(desk, plan, one, answers[one], state.minutes_by_day) for one in days)
        rows.append(Row(stretches, cells))
        monday += timedelta(days=7)
    return rows


def earlier_days(desk: Workspace, plan: Plan) -> list[Cell]:
    """What was done on the days before, at most four weeks back, the latest last."""
    state = desk.course.state()
    began = min([*state.minutes_by_day, plan.made_on])
    answers = Counter(one.day for one in state.responses)
    first = max(began, plan.made_on - timedelta(days=27))
    days = [first + timedelta(days=number) for number in range((plan.made_on - first).days)]
    return [_cell(desk, plan, one, answers[one], state.minutes_by_day) for one in days]


def legs_of(plan: Plan, ahead: list[Cell]) -> list[Leg]:
    """The days from today on by stretch; days that ask the same, and have no lesson, together."""
    days = [cell for cell in ahead if cell.kind != "outside"]

    def stretch_of(cell: Cell) -> Week | None:
        return next((one for one in plan.weeks if one.first <= cell.date <= one.last), None)

    return [Leg(stretch, tuple(_runs(list(found)))) for stretch, found in groupby(days, stretch_of)]


def _runs(days: list[Cell]) -> list[Run]:
    runs: list[Run] = []
    for cell in days:
        same = (
            runs
            and cell.kind == runs[-1].last.kind == "planned"
            and not cell.summary
            and not runs[-1].last.summary
            and cell.minutes == runs[-1].last.minutes
        )
        if same:
            runs[-1] = Run(runs[-1].first, cell)
        else:
            runs.append(Run(cell, cell))
    return runs


def _names_in(weeks: tuple[Week, ...], first: date, last: date) -> tuple[tuple[str, str], ...]:
    """Stretches that begin in these days, or else the one that goes on in them."""
    begun = [one for one in weeks if first <= one.first <= last]
    if begun:
        return tuple(
            (one.name, "" if one.first == first else f"from {short_day(one.first)}")
            for one in begun
        )
    return tuple((one.name, "") for one in weeks if one.first <= first <= one.last)


def _cell(
    desk: Workspace, plan: Plan, day: date, answers: int, minutes_by_day: Mapping[date, float]
) -> Cell:
    done = round(minutes_by_day.get(day, 0.0))
    if day < plan.made_on:
        if day < min(minutes_by_day, default=plan.made_on):
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
        Line(
            one.kind,
            *step_words(desk, one),
            desk.fill(one.why),
            one.minutes,
            one.gain,
            one.score,
            one.target if one.kind == "resource" else None,
        )
        for one in planned.blocks
    )
    today = day == plan.made_on
    kind = "today" if today else "off" if planned.off and not lines else "planned"
    minutes = planned.minutes + (done if today else 0)
    idle = "off" if planned.off and not done else kind
    return Cell(day, kind, minutes, _summary(lines, idle), lines, gains_of(planned.blocks))


def _summary(lines: tuple[Line, ...], kind: str) -> tuple[str, ...]:
    """Lines for a cell: at most two on what is new, one on what is read or built.

    The rest of each day is mixed practice.
    """
    if not lines:
        return ("off",) if kind == "off" else ("done",) if kind == "today" else ()
    named = [line for line in lines if line.kind in ("mock", "learn", "read")][:LINES]
    extra = (f"{line.verb.rstrip(':')}: {line.title}" for line in lines if not line.counted)
    return (*(line.title or line.verb for line in named), *extra)


def _untaught(desk: Workspace, plan: Plan) -> list[tuple[str, list[str]]]:
    """What the plan has no time to teach: section, and the titles of its decisions."""
    sections, found = desk.pack.blueprint.sections, dict[str, list[str]]()
    for name in plan.untaught:
        decision = desk.pack.decisions[name]
        title = sections[desk.pack.section_of(decision.considerations[0])].title
        found.setdefault(title, []).append(desk.fill(decision.title))
    return sorted(found.items())


def finding_of(plan: Plan) -> str:
    """The heading: how many days are left, and to when."""
    if plan.exam_date is None:
        return "The next four weeks, without an exam date"
    days = (plan.exam_date - plan.made_on).days
    if days < 0:
        return f"The exam was on {day_words(plan.exam_date)}"
    if days == 0:
        return "The exam is today"
    return f"{plural(days, 'day')} to {day_words(plan.exam_date)}"


def totals_of(desk: Workspace, plan: Plan) -> str:
    """'19 h 20 min left, 60 minutes a day, Saturdays off'."""
    settings = desk.course.state().settings
    left = sum(day.minutes for day in plan.days)
    text = (
        f"{left // 60} h {left % 60} min left, {plural(settings.minutes_per_day, 'minute')} a day"
    )
    if settings.days_off:
        off = [DAY_NAMES[day] for day in settings.days_off]
        text += f", {' and '.join(off) if len(off) < 3 else plural(len(off), 'day')} off"
    return text
