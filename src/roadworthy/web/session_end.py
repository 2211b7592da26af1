"""The closing page of a session: what was believed, what is true, and tomorrow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.items.item import Item
from roadworthy.study.kept_word import word_of_today
from roadworthy.study.mending import NEXT_DAY
from roadworthy.study.session_view import SessionView
from roadworthy.web.miss_words import belief_of
from roadworthy.web.render import Renderer, day_words, renderer, workspace
from roadworthy.web.today import step_words
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
SHOWN_MISSES = 3
CERTAIN = 3
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]


@dataclass(frozen=True, slots=True)
class Miss:
    """What was chosen wrongly, the key in its own words, and the reason against the choice.

    ``belief`` and ``truth``: the misconception that the pack names for the choice and its
    refutation, or both ''. ``sure``: whether the answer was certain.
    """

    item: Item
    presentation: str
    chosen: str
    key: str
    reason: str
    times: int
    sure: bool
    belief: str = ""
    truth: str = ""

    @property
    def deciding(self) -> list[str]:
        """The words of the stem that decide, in their order, without the marks around them."""
        words = self.item.stem.split()
        return [
            " ".join(words[start:end]).strip(".,;:") for start, end in sorted(self.item.decisive)
        ]


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """The next day with steps: 'Tomorrow' or its date, minutes, and (verb, title, minutes)."""

    when: str
    minutes: int
    steps: tuple[tuple[str, str, int], ...]


@router.get("/session/{session}/end")
def end(request: Request, session: str, desk: Desk, page: Page) -> Response:
    """The closing page: what was believed, what is true, and tomorrow."""
    view = desk.course.view(session)
    return page.page(
        request,
        "session_end.html",
        place="today",
        view=view,
        misses=misses_of(desk, view),
        shown_misses=SHOWN_MISSES,
        tomorrow=tomorrow_of(desk),
        returning=returning(desk, desk.now()),
        right=sum(shown.right for shown in view.answered),
        minutes=round(view.used_seconds / 60),
        forecast=desk.readiness(),
        learned=learned(desk, view),
        word=word_of_today(desk.course, desk.standing, desk.now()),
        decisions=desk.pack.decisions,
        new_session=desk.new_session_id(),
    )


def misses_of(desk: Workspace, view: SessionView) -> list[Miss]:
    """The misses of a session, sure ones first, the same belief or reason once with its count."""
    found: dict[tuple[str, tuple[str, ...]] | str, Miss] = {}
    missed = [one for one in view.answered if not one.right and one.chosen is not None]
    for shown in sorted(missed, key=lambda one: -int((one.answer or {}).get("confidence") or 0)):
        assert shown.chosen is not None
        item, option = shown.item, shown.item.options[shown.chosen]
        belief = belief_of(desk, option)
        place = belief.belief if belief is not None else (option.id, option.rules)
        known = found.get(place)
        if known is not None:
            found[place] = replace(known, times=known.times + 1)
            continue
        found[place] = Miss(
            item=item,
            presentation=shown.presentation,
            chosen=option.text,
            key=item.options[item.key].text,
            reason=option.rationale,
            times=1,
            sure=(shown.answer or {}).get("confidence") == CERTAIN,
            belief="" if belief is None else desk.fill(belief.belief),
            truth="" if belief is None else desk.fill(belief.refutation),
        )
    return list(found.values())


def tomorrow_of(desk: Workspace) -> Tomorrow | None:
    """The next day that has something planned; None where the plan has no further day."""
    plan = desk.plan()
    for day in plan.days[1:]:
        if day.blocks:
            near = day.date - plan.made_on == timedelta(days=1)
            steps = tuple((*step_words(desk, block), block.minutes) for block in day.blocks)
            return Tomorrow("Tomorrow" if near else day_words(day.date), day.minutes, steps)
    return None


def returning(desk: Workspace, now: datetime) -> list[str]:
    """Titles of decisions whose missed rules are asked again by this time tomorrow."""
    day = now + timedelta(days=1)
    due = [
        one
        for one in desk.course.state().wrong.values()
        if one.decision in desk.pack.decisions and day - max([one.since, *one.held]) >= NEXT_DAY
    ]
    due.sort(key=lambda one: (not one.sure, -one.misses, one.since))
    names = dict.fromkeys(one.decision for one in due)
    return [desk.fill(desk.pack.decisions[name].title) for name in names]


def learned(desk: Workspace, view: SessionView) -> list[str]:
    """Titles of the decisions whose brief was read in the session, in order."""
    read = dict.fromkeys(decision for decision, step in view.read if step == "brief")
    return [desk.pack.decisions[name].title for name in read if name in desk.pack.decisions]
