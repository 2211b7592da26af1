"""Play on the map: a product is named, the candidate says at which stage it belongs.

The state of a round stands in its address and in the form; nothing is journaled.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.errors import BadInput
from roadworthy.pack.stage_map import StageMap
from roadworthy.study.map_round import Placed, placed, round_of
from roadworthy.web.render import (
    Renderer,
    checked_form,
    first,
    renderer,
    see_other,
    whole,
    workspace,
)
from roadworthy.web.stage_map import level_of, map_of
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
PATH = "/learn/map/play"
LONGEST_LIST = 40
"""Ids that an address may name; a round needs ten."""


@dataclass(frozen=True)
class Round:
    """A round as its address tells it: seed, what comes first, and the stages given so far."""

    level: str
    seed: int
    before: tuple[str, ...]
    given: tuple[str, ...]

    def href(self, *, go_on: bool = False) -> str:
        """The address of the last answer's feedback, or with ``go_on`` of what comes next."""
        fields = {"level": self.level, "seed": str(self.seed)}
        if self.before:
            fields["before"] = ",".join(self.before)
        if self.given:
            fields["given"] = ",".join(self.given)
        if go_on:
            fields["next"] = "1"
        return f"{PATH}?{urlencode(fields, safe=',')}"

    def answered(self, stage_map: StageMap) -> tuple[tuple[str, ...], tuple[Placed, ...]]:
        """(products of the round, answers so far)."""
        terms = round_of(stage_map, self.level, self.seed, self.before)
        return terms, placed(stage_map, self.level, terms, self.given)


@router.get(PATH)
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """A product to place, what was right of the last one, or the result of the round."""
    stage_map = map_of(desk)
    asked = request.query_params
    fields = {name: [asked.get(name, "")] for name in ("level", "seed", "before", "given")}
    if not asked.get("seed"):
        return see_other(_new(level_of(stage_map, asked.get("level", ""))).href())
    now = _round(stage_map, fields)
    terms, answers = now.answered(stage_map)
    go_on = bool(asked.get("next")) or not answers
    done = len(answers) == len(terms)
    missed = tuple(one.term for one in answers if not one.right)
    last = None if go_on else answers[-1]
    asks = last.term if last else terms[len(answers)] if not done else None
    return page.page(
        request,
        "map_result.html" if asks is None else "map_play.html",
        place="learn",
        levels=stage_map.levels,
        stages=stage_map.stages,
        round=now,
        count=len(terms),
        term=desk.pack.terms[asks] if asks is not None else None,
        last=last,
        done=done,
        answers=answers,
        right=sum(one.right for one in answers),
        missed=missed,
        again=_new(now.level, missed).href(),
        fill=desk.fill,
    )


@router.post(PATH)
def place(
    form: Annotated[dict[str, list[str]], Depends(checked_form)],
    desk: Annotated[Workspace, Depends(workspace)],
) -> Response:
    """Take one placement and show what it was worth; the same again changes nothing."""
    stage_map = map_of(desk)
    now = _round(stage_map, form)
    chosen = first(form, "chosen")
    if chosen not in stage_map.stages:
        raise BadInput("No stage was chosen.", where=PATH, mend="Choose one of the stages.")
    terms, _ = now.answered(stage_map)
    given = (*now.given, chosen)[: len(terms)]
    return see_other(Round(now.level, now.seed, now.before, given).href())


def _new(level: str, before: tuple[str, ...] = ()) -> Round:
    return Round(level, secrets.randbelow(1_000_000), before, ())


def _round(stage_map: StageMap, form: dict[str, list[str]]) -> Round:
    """The round of a form or an address. Raises ``BadInput`` where it cannot be one."""
    seed = whole(form, "seed")
    before, given = (_ids(first(form, name)) for name in ("before", "given"))
    known = seed is not None and all(one in stage_map.stages for one in given)
    if seed is None or not known or max(len(before), len(given)) > LONGEST_LIST:
        raise BadInput(
            "This address holds no round of the map.", where=PATH, mend="Begin a new round."
        )
    return Round(level_of(stage_map, first(form, "level")), seed, before, given)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(",") if one)
