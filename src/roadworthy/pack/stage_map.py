"""``map.yaml``: which product serves which stage of a model's life, level by level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from roadworthy.pack.fields import Content, Ident, Sourced, Text


class Level(Sourced):
    """A level of maturity: how much of the stages runs by itself."""

    title: Text = Field(description="a finding, for a heading: 'the pipeline trains by itself'")
    text: Text = Field(description="what is true on this level, two or three sentences")


class Stage(Content):
    """A stage of a model's life, in the order of the file."""

    title: Text = Field(description="for headings and buttons: 'Deploy and serve'")
    text: Text = Field(description="what happens there, one line")
    needs: Text = Field(
        description="what a product must do to belong there; follows 'it would have to'"
    )


class Placement(Sourced):
    """What one product does at one stage, on the levels where this is so."""

    term: Ident = Field(description="id in terms.yaml")
    stage: Ident = Field(description="id of a stage of this file")
    levels: list[Ident] = Field(min_length=1, description="ids of levels of this file")
    does: Text = Field(description="what it does at that stage on those levels, one line")


class StageMap(Content):
    """Stages, levels, and the products between them."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    levels: dict[Ident, Level] = Field(min_length=1, description="by id, the lowest first")
    stages: dict[Ident, Stage] = Field(min_length=2, description="by id, in their order")
    placements: list[Placement] = Field(description="in the order in which a page lists them")

    @model_validator(mode="after")
    def _said_once(self) -> StageMap:
        seen: set[tuple[str, str, str]] = set()
        for one in self.placements:
            for level in one.levels:
                if (one.term, one.stage, level) in seen:
                    raise ValueError(f"`{one.term}` stands twice at `{one.stage}` on level {level}")
                seen.add((one.term, one.stage, level))
        return self

    def on_level(self, level: str) -> Iterator[Placement]:
        """What may be shown on a level: the confirmed placements, in the order of the file."""
        for one in self.placements:
            if level in one.levels and one.status == "confirmed":
                yield one

    def stages_of(self, term: str, level: str) -> dict[str, Placement]:
        """Stage id -> what a product does there on that level, in the order of the stages."""
        found = {one.stage: one for one in self.on_level(level) if one.term == term}
        return {stage: found[stage] for stage in self.stages if stage in found}

    def first_stage_of(self, term: str) -> str | None:
        """The earliest stage at which a product stands on any level; None if it stands nowhere."""
        at = {
            one.stage for one in self.placements if one.term == term and one.status == "confirmed"
        }
        return next((stage for stage in self.stages if stage in at), None)
