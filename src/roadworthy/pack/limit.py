"""``limits.yaml``: numbers and words to know by heart, drilled by typing them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from roadworthy.pack.fields import Content, Ident, Sourced, Text


class Near(Content):
    """A wrong answer that many give, and what it is true of."""

    value: Text = Field(description="as somebody would type it: '20', 'Reduction Server'")
    because: Text = Field(description="what it is true of, or why it is wrong; a clause")


class Limit(Sourced):
    """One fact to recall: a number with its unit, or a word."""

    name: Text = Field(description="two to five words, for lists: 'trials of a tuning job'")
    topics: list[Ident] = Field(min_length=1, description="ids of topics that teach it")
    considerations: list[Ident] = Field(min_length=1, description="the first one is the main one")
    ask: list[Text] = Field(min_length=2, description="whole sentences that end in '?'")
    number: float | None = Field(default=None, description="the answer, where it is a number")
    unit: Text | None = Field(default=None, description="shown beside the field: 'minutes'")
    word: Text | None = Field(default=None, description="the answer, where it is a word")
    accept: list[Text] = Field(default=[], description="other spellings that count as right")
    because: Text = Field(description="why it matters, one or two sentences")
    near: list[Near] = Field(default=[], description="wrong answers that deserve a reason")

    @model_validator(mode="after")
    def _one_answer(self) -> Limit:
        if (self.number is None) == (self.word is None):
            raise ValueError("give either `number` or `word`, not both")
        return self


class Limits(Content):
    """All limits of a pack, by id; memory is kept under 'limits.<id>'."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    limits: dict[Ident, Limit] = Field(description="by id")
