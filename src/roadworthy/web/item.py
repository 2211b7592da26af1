"""One item: the page to answer it, and the page that says why."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from roadworthy.errors import BadInput, Conflict, StoreTrouble
from roadworthy.items.recall import near_miss
from roadworthy.study.coach_log import coaching_of
from roadworthy.study.coaching import aids_of
from roadworthy.study.lab_round import LAB_ROUND, items_of
from roadworthy.study.reading_check import CHECK, CHECK_ITEMS
from roadworthy.study.recall_drill import LADDER, standing_of
from roadworthy.study.session_view import SessionView, Shown
from roadworthy.web.answer import CONFIDENCE, Given, given_by, missing_of
from roadworthy.web.coach import waiting_step
from roadworthy.web.coach_outcome import before_answer, miss_view, outcome_of, scored_stem
from roadworthy.web.exhibit import exhibit_words
from roadworthy.web.miss_words import belief_of
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    marked_stem,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
NOTHING = Given()
REOPENED_AFTER_MS = 15 * 60 * 1000
USUAL_PACE_SECONDS = 75  # a brief item with its reasons
TWICE = 2
"""Misses of a rule after which the session explains its decision again."""
STEP_WORDS = {
    "opening": (
        "As the exam asks it",
        "Then say how sure you are; a guess is fine.",
    ),
    "diagnostic": ("Where you stand", "Eight short items. A guess is fine: press 1 and say so."),
    "completion": ("Two options", "Find the fact that decides between them."),
    "pair": (
        "The pair",
        "The same options in another order; one fact or the goal differs. Find it.",
    ),
    "full": ("", ""),
    CHECK: ("Check", "On what you read. These answers count, as all others do."),
    LAB_ROUND: ("After the lab", "On what you mended. These answers count, as all others do."),
}


@router.get("/item/{presentation}")
def show(request: Request, presentation: str, desk: Desk, page: Page) -> Response:
    """The item to answer, or the feedback once it is answered."""
    view, shown = desk.course.presentation(presentation)
    if waiting_step(desk, view, shown) is not None:
        return see_other(f"/item/{presentation}/coach")
    if shown.answer is None:
        return _ask(request, page, desk, view, shown)
    return _feedback(request, page, desk, view, shown)


@router.get("/item/{presentation}/answer")
def again(presentation: str) -> Response:
    """The address that a refused answer leaves in the bar, loaded again: the item itself."""
    return see_other(f"/item/{presentation}")


@router.post("/item/{presentation}/answer")
def answer(request: Request, presentation: str, form: Form, desk: Desk, page: Page) -> Response:
    """Commit the answer, then say why. Without a choice or a level, say what is missing."""
    view, shown = desk.course.presentation(presentation)
    if shown.answer is not None:
        return see_other(f"/item/{presentation}")
    given = given_by(form, shown.item)
    missing = missing_of(given, shown.item)
    if missing:
        return _ask(request, page, desk, view, shown, given, missing)
    coaching = coaching_of(desk.course, presentation)
    done = coaching.done if coaching and coaching.helped and coaching.done else {}
    try:
        desk.course.answer(
            presentation,
            chosen=given.chosen,
            typed=given.typed if shown.item.recall else None,
            confidence=given.confidence,
            milliseconds=_milliseconds(form, desk, shown),
            eliminated=done.get("eliminated", ()),
            marked=done.get("marked", ()),
            aids=aids_of(coaching),
            now=desk.now(),
        )
    except StoreTrouble as trouble:
        return _ask(request, page, desk, view, shown, given, trouble=trouble)
    return see_other(f"/item/{presentation}")


@router.post("/item/{presentation}/undo")
def undo(presentation: str, form: Form, desk: Desk) -> Response:
    """Take the answer back; the item is shown again and does not count."""
    view, _ = desk.course.presentation(presentation)
    desk.course.undo(presentation, now=desk.now())
    return see_other(f"/session/{view.session}")


@router.post("/item/{presentation}/flip")
def flip(presentation: str, form: Form, desk: Desk) -> Response:
    """Record what the key would be after one change, and show what it is."""
    _, shown = desk.course.presentation(presentation)
    number, chosen = whole(form, "flip"), whole(form, "chosen")
    none = first(form, "chosen") == "none"
    if number is None or not (none or chosen in range(len(shown.item.options))):
        raise BadInput("Say which option is the key after the change.", mend="Choose one letter.")
    desk.course.flip(presentation, flip=number, chosen=chosen, now=desk.now())
    return see_other(f"/item/{presentation}#flip")


@router.post("/item/{presentation}/dispute")
def dispute(presentation: str, form: Form, desk: Desk) -> Response:
    """Save a dispute; the rules of the item leave the forecast on this machine until settled."""
    text = first(form, "text").strip()
    if not text:
        raise BadInput(
            "A dispute needs a sentence: what is wrong?",
            mend="Quote the page or say which fact the key ignores.",
        )
    with suppress(Conflict):  # it was disputed before: the first text stands
        desk.course.dispute(presentation, text[:4000], now=desk.now())
    return see_other(f"/item/{presentation}#dispute")


@router.get("/item/{presentation}/trace.json")
def trace(presentation: str, desk: Desk) -> Response:
    """Facts, rules, key and the dispute as a file to send to whoever keeps the pack."""
    _, shown = desk.course.presentation(presentation)
    disputes = [
        event.payload["text"]
        for event in desk.journal.read(kinds={"item_disputed"})
        if event.payload["presentation"] == presentation
    ]
    content = {
        "pack": desk.pack.head.id,
        "pack_version": desk.pack.head.version,
        "pack_hash": desk.pack.hash,
        "disputes": disputes,
        "item": shown.item.as_json(),
        "answer": dict(shown.answer or {}),
    }
    name = f"dispute-{presentation}.json"
    return JSONResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _milliseconds(form: dict[str, list[str]], desk: Workspace, shown: Shown) -> int:
    """Time from showing to answering by the server's clock, which works without script.

    An item that was opened again much later takes the page's own count instead.
    """
    since_shown = int((desk.now() - shown.at).total_seconds() * 1000)
    if since_shown <= REOPENED_AFTER_MS:
        return max(0, since_shown)
    told = whole(form, "milliseconds") or 0
    return min(told, since_shown) if told > 0 else REOPENED_AFTER_MS


def _ask(
    request: Request,
    page: Renderer,
    desk: Workspace,
    view: SessionView,
    shown: Shown,
    given: Given = NOTHING,
    missing: str = "",
    trouble: StoreTrouble | None = None,
) -> Response:
    step = view.purpose if view.purpose in (CHECK, LAB_ROUND) else shown.step
    title, hint = STEP_WORDS.get(step, ("", ""))
    coach = before_answer(desk, shown, coaching_of(desk.course, shown.presentation))
    if coach is not None and given is NOTHING:
        given = Given(coach.chosen, coach.confidence)
    status = trouble.http_status if trouble else 422 if missing else 200
    return page.page(
        request,
        "item.html",
        status=status,
        view=view,
        shown=shown,
        item=shown.item,
        chosen=given.chosen,
        confidence=given.confidence,
        typed=given.typed,
        missing=missing,
        trouble=trouble,
        coach=coach,
        step_title=title,
        step_hint=hint,
        before=_before(view, shown),
        number=len(view.shown),
        about=_about(desk, view),
        **exhibit_words(shown.item, corrected=False),
    )


def _about(desk: Workspace, view: SessionView) -> int:
    """About how many items the session will have, from its pace so far."""
    if view.purpose == "opening":
        return 1
    if view.purpose == "diagnostic":
        return 8
    if view.purpose == CHECK:
        return CHECK_ITEMS
    if view.purpose == LAB_ROUND:
        return items_of(desk.course.lab_rules(view.target or ""))
    done = len(view.answered)
    pace = view.used_seconds / done if done >= 3 else USUAL_PACE_SECONDS
    return max(len(view.shown), done + round(view.minutes_left() * 60 / pace))


def _feedback(
    request: Request, page: Renderer, desk: Workspace, view: SessionView, shown: Shown
) -> Response:
    item = shown.item
    if item.recall is not None:
        return _recall_feedback(request, page, desk, view, shown)
    option = item.options[shown.chosen] if shown.chosen is not None else None
    belief = belief_of(desk, option)
    response = next(
        (one for one in desk.course.state().responses if one.presentation == shown.presentation),
        None,
    )
    newest = view.last is not None and view.last.presentation == shown.presentation
    marked = (shown.answer or {}).get("marked")
    marks = scored_stem(item, marked) if marked else None
    return page.page(
        request,
        "feedback.html",
        view=view,
        shown=shown,
        item=item,
        option=option,
        belief=belief if not shown.right else None,
        response=response,
        sure=CONFIDENCE.get(shown.answer["confidence"] if shown.answer else 0, ""),
        stem=marks or marked_stem(item.stem, item.decisive, show=True),
        coached=outcome_of(desk, shown),
        miss=miss_view(desk.course, response, shown),
        sources=desk.pack.sources,
        flip=_flip_view(shown),
        number=len(view.shown),
        about=_about(desk, view),
        newest=newest,
        difference=_difference(view, shown),
        twice_missed=_twice_missed(desk, view, shown),
        fill=desk.fill,
        **exhibit_words(item, corrected=True),
    )


def _recall_feedback(
    request: Request, page: Renderer, desk: Workspace, view: SessionView, shown: Shown
) -> Response:
    """The answer of a limit, its reason, and when it comes back."""
    recall = shown.item.recall
    assert recall is not None
    memory = desk.course.state().limits.get(shown.item.facts["limit"])
    standing = standing_of(shown.item.facts["limit"], memory)
    return page.page(
        request,
        "recall_feedback.html",
        view=view,
        shown=shown,
        item=shown.item,
        near=near_miss(recall, shown.typed),
        wait=LADDER[min(max(standing.held, 1), len(LADDER)) - 1].days,
        sources=desk.pack.sources,
        number=len(view.shown),
        about=_about(desk, view),
        newest=view.last is not None and view.last.presentation == shown.presentation,
    )


def _twice_missed(desk: Workspace, view: SessionView, shown: Shown) -> bool:
    """Whether the rule was missed before, and its decision not explained again in this session."""
    if shown.chosen is None:
        return False
    wrong = desk.course.state().wrong
    return any(
        wrong[rule].misses >= TWICE and (wrong[rule].decision, "refutation") not in view.read
        for rule in shown.item.options[shown.chosen].rules
        if rule in wrong
    )


def _before(view: SessionView, shown: Shown) -> str | None:
    """For the second of a pair: the presentation before it."""
    places = [one.presentation for one in view.shown]
    place = places.index(shown.presentation)
    return places[place - 1] if shown.step == "pair" and place > 0 else None


def _flip_view(shown: Shown) -> dict[str, Any] | None:
    """The change that the page asks about, and what was answered."""
    if not shown.item.flips:
        return None
    number = int(shown.flip["flip"]) if shown.flip else 0
    return {"number": number, "flip": shown.item.flips[number], "answer": shown.flip}


def _difference(view: SessionView, shown: Shown) -> str | None:
    """For the second of a pair: the one stated thing that differs from the item before."""
    if shown.step != "pair":
        return None
    places = [one.presentation for one in view.shown]
    place = places.index(shown.presentation)
    if place == 0:
        return None
    before = view.shown[place - 1].item
    after = shown.item
    if before.decision != after.decision:
        return None
    if after.exhibit is not None:
        return "The options and the names are the same; another place of the text is wrong now."
    words = {row.fact: row.words for row in after.argue}
    old_words = {row.fact: row.words for row in before.argue}
    for fact in {*before.facts, *after.facts}:
        if before.facts.get(fact) != after.facts.get(fact):
            old = old_words.get(fact, "nothing was said on it")
            new = words.get(fact, "nothing is said on it")
            return f"Before: {old}. Now: {new}."
    if before.goal != after.goal:
        return f"Before: {before.goal_name or 'no goal'}. Now: {after.goal_name or 'no goal'}."
    return None
