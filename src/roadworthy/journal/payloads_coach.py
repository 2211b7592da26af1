"""Payloads of the coach: what it asked, what the candidate did, and what a miss was put down to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roadworthy.journal.payload_fields import Name, Payload, Positions, Prose
from roadworthy.journal.payloads_study import Elimination

CoachStep = Literal["mark", "goal", "predict", "eliminate", "sure", "flip"]
Blame = Literal["misread", "time", "knowledge"]


class CoachAsked(Payload):
    """The coach put one step before an item. Kept before the page is rendered."""

    presentation: Name = Field(description="id of the showing")
    step: CoachStep = Field(description="what the candidate is asked to do")
    because: Blame = Field(description="what earlier misses were put down to")


class Coached(Payload):
    """A step of the coach was done or skipped. Whether it was right follows from the item."""

    presentation: Name = Field(description="id of the showing")
    step: CoachStep = Field(description="the step")
    outcome: Literal["done", "skipped"] = Field(description="whether it was done")
    marked: Positions = Field(
        default_factory=list, description="mark: word indices into the stem as shown, from 0"
    )
    said: Prose | None = Field(
        None, description="goal: id of the goal named, or none; predict: id of an option"
    )
    eliminated: list[Elimination] = Field(
        default_factory=list, description="eliminate: options struck out"
    )
    chosen: Positions = Field(
        default_factory=list, description="sure: positions of the first answer, from 0"
    )
    confidence: Annotated[int, Field(ge=1, le=3)] | None = Field(
        None, description="sure: 1 guess, 2 likely, 3 certain"
    )


class MissNamed(Payload):
    """The candidate says what a miss came from. The latest one stands."""

    presentation: Name = Field(description="id of the showing")
    kind: Blame = Field(description="what it came from")
