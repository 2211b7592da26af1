"""Pairs of decisions: items that ask two things at once over one stem."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadworthy.pack.decision import Condition, Scene
from roadworthy.pack.fields import Content, GoalIdent, Ident, Text

PairKind = Literal["composite", "choose_two"]


class Half(Content):
    """One of the two decisions, and what of it fits the scene of the pair."""

    decision: Ident = Field(description="id of a decision of kind choice or diagnosis")
    about: Text = Field(description="what this half decides: 'the metric', 'what starts a run'")
    keep: Condition = Field(
        default={}, description="fact -> values that fit the scene; a fact with [] is left unsaid"
    )
    options: list[Ident] = Field(default=[], description="options that fit the scene; empty: all")
    goals: list[GoalIdent] = Field(
        default=[], description="goals that may be stated; empty: none, the facts decide alone"
    )


class Clash(Content):
    """What the halves may not state together, because it contradicts itself or is senseless."""

    first: Condition = Field(min_length=1, description="fact of the first half -> values")
    second: Condition = Field(min_length=1, description="fact of the second half -> values")


class Pair(Content):
    """``pairs/<id>.yaml``: kinds composite (2 × 2) and choose_two (a key from each half)."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    id: Ident = Field(description="as in the file name")
    title: Text = Field(description="for lists and tables")
    kinds: list[PairKind] = Field(min_length=1, description="kinds of items that it makes")
    first: Half = Field(description="the half whose facts are told first")
    second: Half = Field(description="the other half")
    scene: Scene = Field(description="the frame of the stem: true for all facts of both halves")
    ask_two: list[Text] = Field(
        default=["Which two actions should you take? (Choose two.)"],
        min_length=1,
        description="last sentence of items of kind choose_two",
    )
    max_facts: int = Field(default=2, ge=1, le=3, description="most facts of each half")
    forbid: list[Clash] = Field(default=[], description="what clashes between the halves")
