"""Today and readiness as lines of at most 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

from roadworthy.cli.paper import WIDTH, wrapped
from roadworthy.learner.readiness import Forecast
from roadworthy.study.day_course import Block
from roadworthy.study.plan import Plan
from roadworthy.study.readings import address_of, resources_of
from roadworthy.study.standing import Change
from roadworthy.workspace import Workspace

VERBS = {
    "learn": "Learn: ",
    "read": "Read: ",
    "look_back": "Look back: ",
    "practise": "",
    "resource": "Read: ",
    "lab": "Lab: ",
}
LEAST_POINTS = 0.05
"""A smaller gain or cost would read as 0.0."""


def today_lines(desk: Workspace, more: int = 0) -> Iterator[str]:
    """The day: date, steps with minutes and gain, what is left out, and readiness in a line."""
    if desk.course.state().enrolled_at is None:
        yield "There is no course yet. Begin one with: roadworthy study"
        return
    plan = desk.plan()
    if more:
        plan = desk.plan(plan.today.minutes + more)
    yield _date_line(desk, plan)
    missed = None if more else desk.others.missed(desk.now())
    short = None if more else desk.others.too_short(desk.now())
    told = [
        plan.note,
        missed.sentence() if missed else "",
        short.sentences() if short else "",
    ]
    yield from (wrapped(text) for text in told if text)
    yield ""
    blocks = plan.today.blocks
    if blocks:
        yield f"{'':3} {'':58} {'time':>7} {'gain':>7}"
    for number, block in enumerate(blocks, 1):
        yield from _step_lines(desk, number, block)
    if not blocks:
        done = round(plan.done_today)
        yield f"That was today, {_count(done, 'minute')}." if done else "Nothing is planned today."
    if plan.left_out:
        yield ""
        yield "Left out today:"
        for one in plan.left_out:
            title = f"{desk.fill(one.title)}, {one.minutes} min"
            cost = f"costs {one.cost:.1f} points" if one.cost >= LEAST_POINTS else "costs little"
            yield wrapped(f"{title}: {cost}. {_fate(one.returns)}", "    ", "  - ")
    yield ""
    yield _readiness_line(desk.readiness())
    yield "Start: roadworthy study"


def readiness_lines(desk: Workspace) -> Iterator[str]:
    """The forecast with range, assumptions, what moved it, and what is lacking."""
    now = desk.now()
    forecast = desk.standing.readiness(now)
    yield _readiness_line(forecast)
    if forecast.p is None or forecast.score is None:
        yield from (wrapped(sentence) for sentence in forecast.lacking)
        return
    exam = desk.course.state().settings.exam_date
    when = f"on {exam.day} {exam:%B %Y}" if exam else "four weeks from now"
    yield ""
    yield wrapped(
        f"That is the chance {when} without further practice: about {_points(forecast.score[0])}% "
        f"right, where {_points(forecast.pass_mark)}% is assumed to pass. "
        f"{_points(forecast.outside_share)}% of the exam has no items here yet and is counted as "
        "not learned."
    )
    followed = desk.standing.followed(now)
    if followed is not None:
        yield wrapped(
            f"If you follow the plan: {_points(followed.p)}, likely between "
            f"{_points(followed.low)} and {_points(followed.high)}."
        )
    change = desk.standing.change(now)
    if change is not None and change.moved.causes:
        yield ""
        yield from _causes(change)
    if forecast.lacking:
        yield ""
        yield "What a forecast above 85 needs:"
        yield from (wrapped(sentence, "    ", "  - ") for sentence in forecast.lacking)


def _causes(change: Change) -> Iterator[str]:
    yield f"What moved it since {change.since:%A} began:"
    for cause in change.moved.causes:
        yield f"  {cause.points:+.1f}  {textwrap.shorten(cause.text, WIDTH - 8, placeholder='…')}"


def _readiness_line(forecast: Forecast) -> str:
    if forecast.p is None or forecast.low is None or forecast.high is None:
        return "No forecast yet. Readiness appears after your first eight answers that count."
    return (
        f"Readiness: {_points(forecast.p)} in 100 to pass, likely between "
        f"{_points(forecast.low)} and {_points(forecast.high)}."
    )


def _date_line(desk: Workspace, plan: Plan) -> str:
    day = f"{plan.made_on:%A} {plan.made_on.day} {plan.made_on:%B}"
    days = desk.days_to_exam(desk.now())
    if days is None:
        return day
    if days < 0:
        return f"{day} · the exam was {_count(-days, 'day')} ago"
    return f"{day} · {_count(days, 'day')} to the exam" if days else f"{day} · exam today"


def _step_lines(desk: Workspace, number: int, block: Block) -> Iterator[str]:
    title = textwrap.wrap(f"{VERBS.get(block.kind, '')}{desk.fill(block.title)}", 58)
    gain = f"{block.gain:+.1f}" if block.gain >= LEAST_POINTS else "-"
    yield f"{number:>2}  {title[0]:<58} {f'{block.minutes} min':>7} {gain:>7}"
    for line in title[1:]:
        yield f"    {line}"
    for line in textwrap.wrap(desk.fill(block.why), 72):
        yield f"    {line}"
    if block.kind == "resource" and block.target is not None:
        yield f"    {address_of(resources_of(desk.pack)[block.target])}"


def _fate(returns: date | None) -> str:
    return f"Back on {returns:%A} {returns.day} {returns:%B}." if returns else "Not in the plan."


def _points(share: float) -> int:
    return round(share * 100)


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
