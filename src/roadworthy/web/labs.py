"""Labs: the list, and one lab with its story, steps, checks with live output, hints, solution.

Installs and checks go on behind the page (``labs/running.py``); the page shows how far they are
and loads that part again while they do.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput, NotThere
from roadworthy.labs.outcome import Outcome
from roadworthy.labs.record import DEGREES, LabRecord
from roadworthy.pack.lab import Lab
from roadworthy.study.lab_days import PUT_OFF_DAYS
from roadworthy.study.lab_round import LAB_ROUND, items_of, minutes_of
from roadworthy.web.lab_rows import check_rows, lab_state, parts_of
from roadworthy.web.render import Renderer, checked_form, first, renderer, see_other, workspace
from roadworthy.web.session import begin
from roadworthy.web.teaching import prose
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@dataclass(frozen=True)
class LabLine:
    """One lab of the list."""

    lab: Lab
    state: str
    passed: bool


@router.get("/labs")
def all_labs(request: Request, desk: Desk, page: Page) -> Response:
    """All labs with their minutes and state, and what their environments take on disk."""
    records = desk.lab_records()
    rows = [
        LabLine(lab, *lab_state(desk, lab, records.get(lab.id))) for lab in desk.labs.labs.values()
    ]
    environments = [
        (one, one.stands(), one.shown_megabytes(), desk.labs.sharing(one.name))
        for one in desk.labs.environments()
    ]
    return page.page(
        request,
        "labs.html",
        place="learn",
        rows=rows,
        environments=[row for row in environments if row[3]],
        passed=sum(row.passed for row in rows),
    )


@router.get("/labs/{name}")
def show(request: Request, name: str, desk: Desk, page: Page, done: str = "") -> Response:
    """One lab. ``done``: what was just carried out, said on top."""
    lab = desk.labs.lab(name)
    record = desk.lab_records().get(lab.id) or LabRecord()
    run, active = desk.lab_runs.newest(lab.id), desk.lab_runs.active
    environment = desk.labs.environment(lab)
    started = desk.labs.started(lab)
    passed = record.passed_at is not None
    return page.page(
        request,
        "lab.html",
        place="learn",
        lab=lab,
        record=record,
        passed=passed,
        started=started,
        stands=environment.stands(),
        environment=environment,
        disk=environment.shown_megabytes(),
        work=desk.labs.work(lab),
        run=run,
        elsewhere=active if active is not None and active.lab != lab.id else None,
        title=desk.fill(lab.title),
        story=prose(desk, lab.story),
        steps=[(step, prose(desk, step.text)) for step in lab.steps],
        parts=parts_of(desk, lab),
        marked=lambda text: prose(desk, text),
        sharing=[one for one in desk.labs.sharing(environment.name) if one != lab.number],
        rows=check_rows(lab, record, run),
        degrees=DEGREES,
        diffs=desk.labs.solution(lab) if passed and started else [],
        round_items=items_of(lab.rules),
        round_minutes=minutes_of(lab.rules),
        new_session=desk.new_session_id(),
        done=done,
        waits=_waits(desk, lab),
        kept=request.query_params.get("kept", ""),
    )


@router.post("/labs/{name}/start")
def start(name: str, form: Form, desk: Desk) -> Response:
    """Copy the files to mend; first the environment is installed where it is missing."""
    lab = desk.labs.lab(name)
    if desk.labs.environment(lab).stands():
        desk.labs.start(lab)
    else:
        desk.lab_runs.install(
            lab.id, desk.labs.install(lab, dict(os.environ)), lambda: desk.labs.start(lab)
        )
    return _back(lab)


@router.post("/labs/{name}/check")
def check(name: str, form: Form, desk: Desk) -> Response:
    """Begin the checks; what they come to goes into the journal when they end."""
    lab = desk.labs.lab(name)
    checking = desk.labs.checking(lab, dict(os.environ))

    def keep(outcome: Outcome) -> None:
        desk.record_lab(lab.id, outcome, desk.now())

    desk.lab_runs.check(lab.id, checking, keep)
    return _back(lab, "#checks")


@router.post("/labs/{name}/stop")
def stop(name: str, form: Form, desk: Desk) -> Response:
    """Stop the checks; nothing is recorded."""
    lab = desk.labs.lab(name)
    desk.lab_runs.stop(lab.id)
    desk.lab_runs.wait(5.0)
    return _back(lab, "#checks")


@router.post("/labs/{name}/hint")
def hint(name: str, form: Form, desk: Desk) -> Response:
    """Open the next hint of a check."""
    lab = desk.labs.lab(name)
    asked = first(form, "check")
    if asked not in lab.checks:
        raise NotThere("This lab has no such check.", where=asked[:60], mend="Load the lab again.")
    record = desk.lab_records().get(lab.id) or LabRecord()
    seen = record.hints.get(asked, 0)
    told = first(form, "degree")
    if told == str(seen + 1) and seen < len(lab.checks[asked].hints):
        desk.record_hint(lab.id, asked, seen + 1, desk.now())
    return _back(lab, f"#check-{asked}")


@router.post("/labs/{name}/reset")
def reset(name: str, form: Form, desk: Desk) -> Response:
    """Put the files back as they were; what was edited is kept beside them."""
    lab = desk.labs.lab(name)
    if not desk.labs.started(lab):
        raise NotThere("You have not started this lab.", where=lab.id, mend="Start it first.")
    kept = desk.labs.reset(lab, desk.now())
    return _back(lab, done="reset", kept="" if kept is None else kept.name)


@router.post("/labs/{name}/remove")
def remove(name: str, form: Form, desk: Desk) -> Response:
    """Remove the environment; what was edited stays."""
    lab = desk.labs.lab(name)
    if desk.lab_runs.active is not None:
        raise BadInput(
            "An install or a check goes on.", where=lab.id, mend="Remove it when that has ended."
        )
    desk.labs.environment(lab).remove()
    return _back(lab, done="removed")


@router.post("/labs/{name}/later")
def later(name: str, form: Form, desk: Desk) -> Response:
    """Let the plan wait with the lab for a week, or with ``undo`` no longer."""
    lab, now = desk.labs.lab(name), desk.now()
    until = desk.today(now) + timedelta(days=PUT_OFF_DAYS)
    waits = _waits(desk, lab) is not None
    undo = bool(first(form, "undo"))
    if undo == waits:
        payload = {"lab": lab.id, "later": None if undo else until.isoformat()}
        desk.record("lab_put_off", payload, now)
    return _back(lab, done="" if undo else "later")


@router.post("/labs/{name}/items")
def items(name: str, form: Form, desk: Desk) -> Response:
    """Start the items on the rules of the lab; the form's id makes a double press harmless."""
    lab = desk.labs.lab(name)
    session = f"{first(form, 'session') or desk.new_session_id()}-{lab.id}"
    return begin(
        desk,
        session,
        purpose=LAB_ROUND,
        minutes=minutes_of(lab.rules),
        target=lab.id,
        back_to="the lab",
    )


def _waits(desk: Workspace, lab: Lab) -> date | None:
    """The day from which the plan names the lab again; None where it does not wait."""
    day = desk.course.state().labs_later.get(lab.id)
    return day if day is not None and day > desk.today(desk.now()) else None


def _back(lab: Lab, anchor: str = "", **told: str) -> Response:
    said: Mapping[str, str] = {name: value for name, value in told.items() if value}
    query = "&".join(f"{name}={value}" for name, value in said.items())
    return see_other(f"/labs/{lab.id}{f'?{query}' if query else ''}{anchor}")
