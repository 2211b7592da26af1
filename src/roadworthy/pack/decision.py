"""Decision models: one choice that an engineer meets, as facts, options, rules and costs.

Three forms share a head and a ``teach`` part: ``ChoiceDecision`` (kinds choice and diagnosis),
``ComputeDecision`` (numbers to work out) and ``StepsDecision`` (kinds next_step and order).
``docs/pack-format.md`` is generated from the field descriptions here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roadworthy.pack.fields import (
    Content,
    GoalIdent,
    Ident,
    RuleIdent,
    Sourced,
    Strength,
    Text,
)

Condition = dict[Ident, list[Ident]]
Role = Literal["problem", "state", "constraint", "colour"]


class FactValue(Content):
    """One value of a fact, in words."""

    short: Text = Field(description="clause for rationales and tables: 'data arrive irregularly'")
    say: list[Text] = Field(
        min_length=3, description="clauses for an exam stem, no capital, no dot"
    )
    brief: list[Text] = Field(min_length=2, description="the same in at most 12 words")
    needs: list[Ident] = Field(default=[], description="frame tags that this value presumes")
    baits: list[Ident] = Field(default=[], description="colour only: options that it tempts to")


class Fact(Content):
    """Something that a stem may state."""

    role: Role
    must: bool = Field(default=False, description="every situation states it")
    latent: bool = Field(default=False, description="a cause: its phrasings show only evidence")
    values: dict[Ident, FactValue] = Field(min_length=1)


class Fits(Sourced):
    """Why an option works, in a positive sentence: the rationale of a key."""

    because: Text


class Option(Content):
    """A whole action. Style i of ``do`` (and of ``brief``) serves all options of an item."""

    name: Text = Field(description="two to four words for tables: 'pipeline schedule'")
    do: list[Text] = Field(min_length=2, description="14 to 52 words, imperative, no final dot")
    brief: list[Text] = Field(min_length=2, description="at most 12 words, imperative, no dot")
    fits: Fits


class Rule(Sourced):
    """One reason why options fall. It cites stated facts only."""

    id: RuleIdent
    out: list[Ident] = Field(min_length=1, description="options that fall")
    when: Condition = Field(min_length=1, description="fact -> values; all facts must be stated")
    unless: Condition = Field(default={}, description="stated facts that lift the rule")
    because: Text = Field(description="the consequence, a clause that begins with a lower letter")
    strength: Strength
    misconception: Ident | None = None


class CostAdds(Content):
    """A conditional cost: what a stated fact adds to a level."""

    when: Condition = Field(min_length=1)
    by: int = Field(ge=-10, le=10)
    because: Text


class Cost(Sourced):
    """How much an option takes of a goal; 0 is best. Ids make it a rule that memory is kept for."""

    goal: GoalIdent
    option: Ident
    level: int = Field(ge=0, le=20)
    because: Text
    adds: list[CostAdds] = []


class Goal(Content):
    """What to optimize among the options that survive."""

    name: Text = Field(description="'least operational effort'")
    say: list[Text] = Field(min_length=3, description="clauses: 'you want to keep …'")
    brief: list[Text] = Field(min_length=2, description="'with the least operational effort'")
    misconception: Ident | None = None


class Require(Content):
    """If these facts are stated so, then these must be stated too: an expert would ask."""

    when: Condition = Field(min_length=1)
    state: list[Ident] = Field(min_length=1)


class Scene(Content):
    """The frame of a stem. Setup and lead must be true for every fact value and every option."""

    needs: list[Ident] = Field(default=[], description="tags that a frame must carry")
    setup: list[Text] = Field(min_length=3, description="opening sentences without final dot")
    lead: list[Text] = Field(min_length=3, description="'you now have to decide …' clauses")
    ask: list[Text] = Field(default=["What should you do?"], min_length=1)
    brief_ask: list[Text] = Field(min_length=2, description="short final sentence with its mark")


class Misconception(Sourced):
    """A belief behind wrong choices, and its refutation."""

    belief: Text
    refutation: Text


class Teach(Content):
    """How a decision is taught before it is tested."""

    brief: Text = Field(description="Markdown, 120 to 200 words")
    misconceptions: dict[Ident, Misconception] = Field(min_length=2, max_length=6)


class Head(Content):
    """What all decisions share."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Ident
    title: Text
    topics: list[Ident] = Field(min_length=1)
    considerations: list[Ident] = Field(min_length=1, description="the first one is the main one")


class WorkedSituation(Content):
    """A situation to show with its trace: stated facts and, if a goal decides, the goal."""

    facts: dict[Ident, Ident] = Field(min_length=1)
    goal: GoalIdent | None = None


class Numbers(Content):
    """A numeric draw: from ``low`` to ``high`` in steps, the same for all of an item."""

    low: int
    high: int
    step: int = Field(default=1, ge=1)


class ChoiceDecision(Head):
    """Kinds choice and diagnosis: stated facts rule options out, a goal picks among the rest."""

    kind: Literal["choice", "diagnosis"]
    scene: Scene
    facts: dict[Ident, Fact | Ident] = Field(
        min_length=2, description="a string names a shared fact of facts.yaml"
    )
    options: dict[Ident, Option] = Field(min_length=4)
    rules: list[Rule] = Field(min_length=1)
    goals: dict[GoalIdent, Goal] = {}
    costs: list[Cost] = []
    require: list[Require] = []
    forbid: list[Condition] = Field(
        default=[], description="combinations that contradict themselves or make no sense"
    )
    margin: int = Field(default=2, ge=2, description="least gap of cost between key and next")
    max_facts: int = Field(default=4, ge=2, le=5)
    numbers: dict[Ident, Numbers] = Field(default={}, description="draws, used as {name} in text")
    derive: dict[Ident, Text] = Field(default={}, description="expressions over numbers, rounded")
    worked: WorkedSituation
    teach: Teach


class Quantity(Sourced):
    """A number to work out. Every quantity is askable, and a distractor when another is asked."""

    id: RuleIdent
    name: Text = Field(description="'precision'")
    formula: Text = Field(description="expression over params: 'tp / (tp + fp)'")
    words: Text = Field(description="the formula in words, for rationales")
    ask: list[Text] = Field(min_length=2, description="clause for an exam stem")
    brief: list[Text] = Field(min_length=2)
    tempts: Text = Field(description="the error that leads here when another quantity is asked")
    misconception: Ident | None = None
    show: Literal["percent", "decimal", "whole"] = "percent"


class ComputeDecision(Head):
    """Kind compute: parameters drawn, one quantity asked, the others as distractors."""

    kind: Literal["compute"]
    scene: Scene
    params: dict[Ident, Numbers] = Field(min_length=2)
    derive: dict[Ident, Text] = {}
    say: list[Text] = Field(min_length=3, description="sentences that state the numbers, exam")
    brief: list[Text] = Field(min_length=2)
    quantities: dict[Ident, Quantity] = Field(min_length=4)
    min_gap: float = Field(default=3.0, description="least gap between shown values, as printed")
    worked: dict[Ident, int]
    teach: Teach


class Needs(Sourced):
    """An edge: the step comes after ``step``, because …"""

    id: RuleIdent
    step: Ident
    because: Text = Field(description="what goes wrong otherwise; clause, lower letter")
    strength: Strength = "impossible"
    misconception: Ident | None = None


class Step(Content):
    """One step of a procedure; setup steps are done once, runtime steps for each case."""

    name: Text
    mode: Literal["setup", "runtime"]
    do: list[Text] = Field(min_length=2, description="as an option: 14 to 52 words, imperative")
    brief: list[Text] = Field(min_length=2, description="at most 12 words")
    done: list[Text] = Field(
        min_length=3, description="clause that shows it is done, by its effect"
    )
    done_brief: list[Text] = Field(min_length=2)
    needs: list[Needs] = []
    fits: Fits


class StepsDecision(Head):
    """Kinds next_step (state of the work -> next step) and order (the whole chain)."""

    kind: Literal["steps"]
    scene: Scene
    order_ask: list[Text] = Field(min_length=1)
    steps: dict[Ident, Step] = Field(min_length=5)
    done_twice: Annotated[str, Field(min_length=1)] = Field(
        description="clause: why a step that is done is not done again"
    )
    worked: list[Ident] = Field(description="the done steps of the situation that is shown")
    teach: Teach


Decision = ChoiceDecision | ComputeDecision | StepsDecision
