"""``advise.yaml``: how other authors say what our rules speak of, for items that are not ours.

Cues are read in a stem, marks in an option. A rule of advice lets the options with one mark fall
where all of its cues are stated. It adds no knowledge of its own: each leans on a rule or claim of
the pack and carries its source.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadworthy.pack.fields import Content, GoalIdent, Ident, RuleIdent, Sourced, Strength, Text


class Heard(Content):
    """What some words mean. Words stand in one sentence of a stem, or anywhere in an option."""

    says: Text = Field(description="what they mean, a short clause")
    any: list[Text] = Field(min_length=1, description="patterns, of which one is enough")
    none: list[Text] = Field(
        default=[], description="patterns that show that something else is meant"
    )


class Cue(Heard):
    """What a stem may state."""

    goal: GoalIdent | None = Field(default=None, description="the goal that it names, if it does")


class Veto(Heard):
    """Words beside which no cue is heard: a fact is taken back, or somebody else's.

    A cue is heard all the same where its own pattern asks for these words.
    """

    reach: Literal["sentence", "before", "both"] = Field(
        default="sentence",
        description="where cues fall silent: in its sentence, in all before it, or in both",
    )


class AdviceRule(Sourced):
    """When options of one mark fall, in whatever words an author put them."""

    id: RuleIdent = Field(description="AV1, AV2 …; shown beside the option")
    out: Ident = Field(description="options with this mark fall")
    when: list[Ident] = Field(default=[], description="cues that must all be stated")
    unless: list[Ident] = Field(default=[], description="cues that lift the rule")
    spare: list[Ident] = Field(default=[], description="marks that save an option")
    rival: list[Ident] = Field(
        default=[], description="another option must have one of these marks and not the first"
    )
    because: Text = Field(description="the consequence, a clause that begins with a lower letter")
    strength: Strength = Field(description="how hard the reason is")
    rules: list[Text] = Field(
        default=[], description="rules of decisions that it leans on: 'serving-mode.SM1'"
    )


class Advice(Content):
    """Names, cues, marks and rules for items that a candidate brings."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    aliases: dict[Ident, list[Text]] = Field(
        default={}, description="term -> short or loose names that authors use"
    )
    cues: dict[Ident, Cue] = Field(min_length=1, description="what stems state, by id")
    vetoes: dict[Ident, Veto] = Field(
        default={}, description="what silences cues, whichever they are, by id"
    )
    marks: dict[Ident, Heard] = Field(min_length=1, description="what options do, by id")
    rules: list[AdviceRule] = Field(description="in any order")
