"""The reading coach: one step before an item, or after its answer; Skip and Never; its own page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput
from roadworthy.items.item import Item
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.study.coach import BLAMES, NO_GOAL, REASONS, fact_of
from roadworthy.study.coach_log import Coaching, coaching_of
from roadworthy.study.coaching import ask, finish_step, name_miss
from roadworthy.study.session_view import SessionView, Shown
from roadworthy.web.answer import CONFIDENCE, given_by, missing_of
from roadworthy.web.coach_outcome import words_of_fact
from roadworthy.web.coach_words import (
    BECAUSE,
    MARKING,
    REASON_WORDS,
    STEP_NAMES,
    record_of,
    step_rows,
)
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@router.get("/coach")
def about(request: Request, desk: Desk, page: Page, saved: int = 0) -> Response:
    """What the coach does, how its steps went so far, and its switch."""
    return page.page(
        request,
        "coach.html",
        place="settings",
        on=desk.course.state().settings.coach,
        rows=step_rows(desk.course),
        marking=record_of(desk.course),
        unproven=MARKING,
        saved=bool(saved),
    )


@router.post("/coach")
def switch(form: Form, desk: Desk) -> Response:
    """Switch the coach on or off."""
    now = desk.now()
    desk.enrol(now)
    desk.save_settings({"coach": first(form, "coach") == "on"}, now)
    return see_other("/coach?saved=1")


@router.get("/item/{presentation}/coach")
def show(request: Request, presentation: str, desk: Desk, page: Page) -> Response:
    """The step that waits; without one, the item."""
    view, shown = desk.course.presentation(presentation)
    coaching = waiting_step(desk, view, shown)
    if coaching is None:
        return see_other(f"/item/{presentation}")
    return _page(request, page, desk, view, shown, coaching)


@router.post("/item/{presentation}/coach")
def done(request: Request, presentation: str, form: Form, desk: Desk, page: Page) -> Response:
    """Keep what was done, skip the step, or switch the coach off."""
    view, shown = desk.course.presentation(presentation)
    coaching = waiting_step(desk, view, shown)
    if coaching is None:
        return see_other(f"/item/{presentation}")
    now, how = desk.now(), first(form, "do", "done")
    if how in ("skip", "never"):
        if how == "never":
            desk.save_settings({"coach": False}, now)
        finish_step(desk.course, presentation, coaching, now=now, outcome="skipped")
        return see_other(f"/item/{presentation}")
    told, missing = _told(form, shown, coaching, desk)
    if missing:
        return _page(request, page, desk, view, shown, coaching, told, missing)
    if coaching.step == "flip":
        desk.course.flip(presentation, flip=0, chosen=told.pop("flip"), now=now)
    finish_step(desk.course, presentation, coaching, now=now, outcome="done", **told)
    return see_other(f"/item/{presentation}")


@router.post("/item/{presentation}/miss")
def miss(presentation: str, form: Form, desk: Desk) -> Response:
    """Keep what the candidate says that a miss came from."""
    _, shown = desk.course.presentation(presentation)
    kind = next((one for one in BLAMES if one == first(form, "kind")), None)
    if kind is None or shown.answer is None or shown.right:
        raise BadInput(
            "This does not name what a miss came from.",
            mend="Choose misread, time or knowledge under an answer that was wrong.",
        )
    name_miss(desk.course, presentation, kind, now=desk.now())
    return see_other(f"/item/{presentation}#miss")


def waiting_step(desk: Workspace, view: SessionView, shown: Shown) -> Coaching | None:
    """The step to do now: before the answer, or for a flip between the answer and its reasons."""
    if shown.answer is None:
        found = ask(desk.course, view, shown, now=desk.now())
        return found if found is not None and found.waits and found.step != "flip" else None
    found = coaching_of(desk.course, shown.presentation)
    if found is None or not found.waits or found.step != "flip" or shown.flip is not None:
        return None
    return found


def _told(
    form: dict[str, list[str]], shown: Shown, coaching: Coaching, desk: Workspace
) -> tuple[dict[str, Any], str]:
    """What a form says of the step, and what it lacks, '' when nothing."""
    item = shown.item
    if coaching.step == "mark":
        count = len(item.stem.split())
        marked = sorted({place for place in _places(form.get("word", [])) if place < count})
        return {"marked": marked}, "" if marked else "Mark a word first, or skip this step."
    if coaching.step in ("goal", "predict"):
        known = dict(_goals(desk, shown) if coaching.step == "goal" else _options(desk, shown))
        said = first(form, "said")
        return {"said": said}, "" if said in known else "Choose one first, or skip this step."
    if coaching.step == "eliminate":
        struck: list[dict[str, Any]] = [
            {
                "option": place,
                "reason": reason,
                "words": _words_of(item, first(form, f"fact-{place}")),
            }
            for place in range(len(item.options))
            if (reason := first(form, f"reason-{place}")) in REASONS
        ]
        return {"eliminated": struck}, _missing_strike(len(struck), len(item.options))
    if coaching.step == "sure":
        given = given_by(form, item)
        told = {"chosen": list(given.chosen), "confidence": given.confidence}
        return told, missing_of(given, item)
    place = next(iter(_places([first(form, "flip")])), None)
    none = first(form, "flip") == "none"
    known_place = place is not None and place < len(item.options)
    return {"flip": None if none else place}, (
        "" if none or known_place else "Choose one first, or skip this step."
    )


def _words_of(item: Item, fact: str) -> list[int]:
    """The words that state a fact of the item; none for any other name."""
    return list(range(*item.spans[fact])) if fact in item.spans else []


def _missing_strike(struck: int, options: int) -> str:
    if struck == options:
        return "All are struck; keep the one that holds."
    return "" if struck else "Strike an option first, or skip this step."


def _places(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 4]


def _goals(desk: Workspace, shown: Shown) -> list[tuple[str, str]]:
    """All goals that the decision knows, and that none is named: (id, words)."""
    decision = desk.pack.decisions.get(shown.item.decision)
    known = decision.goals if isinstance(decision, ChoiceDecision) else {}
    named = [(name, desk.fill(goal.name, shown.item)) for name, goal in known.items()]
    return [*named, (NO_GOAL, "no goal is named")]


def _options(desk: Workspace, shown: Shown) -> list[tuple[str, str]]:
    """All options that the decision knows, shown or not, in a fixed order: (id, words)."""
    decision = desk.pack.decisions.get(shown.item.decision)
    known = decision.options if isinstance(decision, ChoiceDecision) else {}
    named = {name: desk.fill(option.name, shown.item) for name, option in known.items()}
    named |= {option.id: option.name for option in shown.item.options}
    return sorted(named.items(), key=lambda pair: pair[1].lower())


def _page(
    request: Request,
    page: Renderer,
    desk: Workspace,
    view: SessionView,
    shown: Shown,
    coaching: Coaching,
    told: dict[str, Any] | None = None,
    missing: str = "",
) -> Response:
    step = coaching.step
    return page.page(
        request,
        "coach_step.html",
        status=422 if missing else 200,
        view=view,
        shown=shown,
        item=shown.item,
        step=step,
        name=STEP_NAMES[step],
        because=BECAUSE[coaching.because],
        words=shown.item.stem.split(),
        facts=[(fact, words_of_fact(shown.item, fact)) for fact in shown.item.spans],
        choices=_goals(desk, shown) if step == "goal" else _options(desk, shown),
        chosen_facts={
            one["option"]: fact_of(shown.item, one["words"])
            for one in (told or {}).get("eliminated", ())
        },
        reasons=REASON_WORDS,
        levels=CONFIDENCE,
        told=told or {},
        unproven=MARKING,
        marking=record_of(desk.course) if step == "mark" else None,
        missing=missing,
        number=len(view.shown),
        about=None,
    )
