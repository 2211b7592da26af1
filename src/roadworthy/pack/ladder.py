"""``ladders.yaml``: situations in which several designs work, and the constraint that strikes some.

A ladder names facts only. Which designs work, their order by effort, and what falls follow from
the costs and rules of its decision (``items/ladder.py``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from roadworthy.pack.fields import Content, GoalIdent, Ident


class Ladder(Content):
    """Workable designs from the easiest up, then the easiest that still holds."""

    decision: Ident = Field(description="a decision of kind choice or diagnosis")
    goal: GoalIdent = Field(default="operations", description="goal of it that orders the rungs")
    given: dict[Ident, Ident] = Field(min_length=1, description="fact -> value, stated at first")
    then: dict[Ident, Ident] = Field(
        min_length=1, description="fact -> value, stated after the order was told"
    )

    @model_validator(mode="after")
    def _said_once(self) -> Ladder:
        for fact in self.then:
            if fact in self.given:
                raise ValueError(f"`{fact}` stands under `given` and under `then`")
        return self


class Ladders(Content):
    """All ladders of a pack, by id, in the order in which a page lists them."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    ladders: dict[Ident, Ladder] = Field(description="by id")
