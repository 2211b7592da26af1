"""Decision models: one choice that an engineer meets, as facts, options, rules and costs.

Four forms share a head and a ``teach`` part: ``ChoiceDecision`` (kinds choice and diagnosis),
``ComputeDecision`` (numbers to work out), ``StepsDecision`` (kinds next_step and order) and
``ExhibitDecision`` (code, SQL, logs, tables or curves with one fault to find).
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
    brief: list[Text] = Field(min_length=2, description="the same in 5 to 8 words, standing alone")
    needs: list[Ident] = Field(default=[], description="frame tags that this value presumes")
    baits: list[Ident] = Field(default=[], description="colour only: options that it tempts to")


class Fact(Content):
    """Something that a stem may state."""

    role: Role = Field(description="place in the stem; a colour decides nothing")
    must: bool = Field(default=False, description="every situation states it")
    latent: bool = Field(default=False, description="a cause: its phrasings show only evidence")
    values: dict[Ident, FactValue] = Field(min_length=1, description="by id")


class Fits(Sourced):
    """Why an option works, in a positive sentence: the rationale of a key."""

    because: Text = Field(description="the positive reason, a clause")


class Option(Content):
    """A whole action. Style i of ``do`` (and of ``brief``) serves all options of an item."""

    name: Text = Field(description="two to four words for tables: 'pipeline schedule'")
    do: list[Text] = Field(min_length=2, description="14 to 52 words, imperative, no final dot")
    brief: list[Text] = Field(min_length=2, description="at most 12 words, imperative, no dot")
    fits: Fits = Field(description="the rationale where it is the key")


class Rule(Sourced):
    """One reason why options fall. It cites stated facts only."""

    id: RuleIdent = Field(
        description="2 to 4 capitals and 1 or 2 digits: TR7; memory is kept under it"
    )
    out: list[Ident] = Field(min_length=1, description="options that fall")
    when: Condition = Field(min_length=1, description="fact -> values; all facts must be stated")
    unless: Condition = Field(default={}, description="stated facts that lift the rule")
    because: Text = Field(description="the consequence, a clause that begins with a lower letter")
    strength: Strength = Field(
        description="how hard the reason is; impossible needs a page that says so"
    )
    misconception: Ident | None = Field(
        default=None, description="belief behind choosing what falls here"
    )


class CostAdds(Content):
    """A conditional cost: what a stated fact adds to a level."""

    when: Condition = Field(min_length=1, description="fact -> values; all facts must be stated")
    by: int = Field(ge=-10, le=10, description="what is added to the level")
    because: Text = Field(description="why, a clause")


class Cost(Sourced):
    """How much an option takes of a goal; 0 is best. Ids make it a rule that memory is kept for."""

    goal: GoalIdent = Field(description="id of a goal of this decision")
    option: Ident = Field(description="id of an option of this decision")
    level: int = Field(ge=0, le=20, description="0 is best")
    because: Text = Field(description="why, a clause")
    adds: list[CostAdds] = Field(default=[], description="what stated facts add")


class Goal(Content):
    """What to optimize among the options that survive."""

    name: Text = Field(description="'least operational effort'")
    say: list[Text] = Field(min_length=3, description="clauses: 'you want to keep …'")
    brief: list[Text] = Field(
        default=[], description="shown nowhere yet, may be left out: brief stems take a short `say`"
    )
    misconception: Ident | None = Field(
        default=None, description="belief behind choosing what is worse on this goal"
    )


class Require(Content):
    """If these facts are stated so, then these must be stated too: an expert would ask."""

    when: Condition = Field(min_length=1, description="fact -> values")
    state: list[Ident] = Field(min_length=1, description="facts that must then be stated")


class Scene(Content):
    """The frame of a stem. Setup and lead must be true for every fact value and every option."""

    needs: list[Ident] = Field(default=[], description="tags that a frame must carry")
    setup: list[Text] = Field(min_length=3, description="opening sentences without final dot")
    lead: list[Text] = Field(min_length=3, description="'you now have to decide …' clauses")
    ask: list[Text] = Field(
        default=["What should you do?"], min_length=1, description="last sentence, with its mark"
    )
    brief_setup: list[Text] = Field(
        default=[],
        description="whole sentences of at most 9 words; left out where a brief stem would pass 45",
    )
    brief_ask: list[Text] = Field(min_length=2, description="short final sentence with its mark")


class Misconception(Sourced):
    """A belief behind wrong choices, and its refutation."""

    belief: Text = Field(description="what a candidate may believe, as a sentence")
    refutation: Text = Field(description="what is true instead, and why")


class Teach(Content):
    """How a decision is taught before it is tested."""

    brief: Text = Field(description="Markdown, 120 to 200 words")
    misconceptions: dict[Ident, Misconception] = Field(
        min_length=2, max_length=6, description="by id"
    )


class Head(Content):
    """What all decisions share."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    id: Ident = Field(description="as in the file name")
    title: Text = Field(description="for lists and tables")
    topics: list[Ident] = Field(min_length=1, description="ids of topics that teach it")
    considerations: list[Ident] = Field(min_length=1, description="the first one is the main one")
    level: Literal["choose", "configure"] = Field(
        default="choose",
        description="choose: which service or method; configure: how to set it up",
    )


class WorkedSituation(Content):
    """A situation to show with its trace: stated facts and, if a goal decides, the goal."""

    facts: dict[Ident, Ident] = Field(min_length=1, description="fact -> value")
    goal: GoalIdent | None = Field(default=None, description="the goal, where one decides")


class Numbers(Content):
    """A numeric draw: from ``low`` to ``high`` in steps, the same for all of an item."""

    low: int = Field(description="least value")
    high: int = Field(description="greatest value")
    step: int = Field(default=1, ge=1, description="distance of values")


class ChoiceDecision(Head):
    """Kinds choice and diagnosis: stated facts rule options out, a goal picks among the rest."""

    kind: Literal["choice", "diagnosis"] = Field(description="diagnosis has a latent cause")
    scene: Scene = Field(description="the frame of the stem")
    facts: dict[Ident, Fact | Ident] = Field(
        min_length=2, description="a string names a shared fact of facts.yaml"
    )
    options: dict[Ident, Option] = Field(min_length=4, description="by id")
    rules: list[Rule] = Field(min_length=1, description="why options fall")
    goals: dict[GoalIdent, Goal] = Field(
        default={}, description="what decides among options that are left"
    )
    costs: list[Cost] = Field(
        default=[], description="level of an option on a goal; each option on each goal"
    )
    require: list[Require] = Field(default=[], description="facts that an expert would ask for")
    forbid: list[Condition] = Field(
        default=[],
        description="combinations that contradict themselves or make no sense; beside facts, "
        "`goal` names goals that are not asked with them",
    )
    margin: int = Field(default=2, ge=2, description="least gap of cost between key and next")
    max_facts: int = Field(default=4, ge=2, le=5, description="most facts that a stem states")
    numbers: dict[Ident, Numbers] = Field(default={}, description="draws, used as {name} in text")
    derive: dict[Ident, Text] = Field(default={}, description="expressions over numbers, rounded")
    worked: WorkedSituation = Field(description="the situation of the worked example")
    teach: Teach = Field(description="how it is taught")


class Quantity(Sourced):
    """A number to work out. Every quantity is askable, and a distractor when another is asked."""

    id: RuleIdent = Field(description="rule id that memory is kept under: CM1")
    name: Text = Field(description="'precision'")
    formula: Text = Field(description="expression over params: 'tp / (tp + fp)'")
    words: Text = Field(description="the formula in words, for rationales")
    ask: list[Text] = Field(min_length=2, description="clause for an exam stem")
    brief: list[Text] = Field(min_length=2, description="the same, short")
    tempts: Text = Field(description="the error that leads here when another quantity is asked")
    misconception: Ident | None = Field(default=None, description="belief that leads here")
    show: Literal["percent", "decimal", "whole"] = Field(
        default="percent", description="how the value is printed"
    )


class ComputeDecision(Head):
    """Kind compute: parameters drawn, one quantity asked, the others as distractors."""

    kind: Literal["compute"] = Field(description="the form of this decision")
    scene: Scene = Field(description="the frame of the stem")
    params: dict[Ident, Numbers] = Field(min_length=2, description="draws, used as {name} in text")
    derive: dict[Ident, Text] = Field(default={}, description="expressions over params, in order")
    say: list[Text] = Field(min_length=3, description="sentences that state the numbers, exam")
    brief: list[Text] = Field(min_length=2, description="the same, short")
    quantities: dict[Ident, Quantity] = Field(
        min_length=4, description="by id; any four can be shown together"
    )
    min_gap: float = Field(default=3.0, description="least gap between shown values, as printed")
    worked: dict[Ident, int] = Field(description="param -> value of the worked example")
    teach: Teach = Field(description="how it is taught")


class Needs(Sourced):
    """An edge: the step comes after ``step``, because …"""

    id: RuleIdent = Field(description="rule id that memory is kept under: QT1")
    step: Ident = Field(description="id of the step that comes first")
    because: Text = Field(description="what goes wrong otherwise; clause, lower letter")
    strength: Strength = Field(default="impossible", description="how hard the reason is")
    misconception: Ident | None = Field(default=None, description="belief behind the wrong order")


class Step(Content):
    """One step of a procedure; setup steps are done once, runtime steps for each case."""

    name: Text = Field(description="two to four words, for tables")
    mode: Literal["setup", "runtime"] = Field(description="setup: once; runtime: for each case")
    do: list[Text] = Field(min_length=2, description="as an option: 14 to 52 words, imperative")
    brief: list[Text] = Field(min_length=2, description="at most 12 words")
    done: list[Text] = Field(
        min_length=3, description="clause that shows it is done, by its effect"
    )
    done_brief: list[Text] = Field(min_length=2, description="the same, short")
    needs: list[Needs] = Field(default=[], description="what has to come first")
    fits: Fits = Field(description="what the step is for")


class StepsDecision(Head):
    """Kinds next_step (state of the work -> next step) and order (the whole chain)."""

    kind: Literal["steps"] = Field(description="the form of this decision")
    scene: Scene = Field(description="the frame of the stem")
    order_ask: list[Text] = Field(
        min_length=1, description="last sentence where the whole order is asked"
    )
    steps: dict[Ident, Step] = Field(min_length=5, description="by id")
    done_twice: Annotated[str, Field(min_length=1)] = Field(
        description="clause: why a step that is done is not done again"
    )
    worked: list[Ident] = Field(description="the done steps of the situation that is shown")
    teach: Teach = Field(description="how it is taught")


class LineChange(Content):
    """One edit that makes a sound exhibit faulty."""

    sound: Annotated[str, Field(min_length=1)] = Field(
        description="text that stands once in the exhibit, spaces included"
    )
    faulty: str = Field(description="what stands there instead; empty to leave it out")


class Symptom(Content):
    """What somebody notices. Faults that share a symptom can be told apart only by reading."""

    say: list[Text] = Field(min_length=3, description="clauses for an exam stem")
    brief: list[Text] = Field(min_length=2, description="the same in at most 12 words")


class Fault(Sourced):
    """One fault that can be put into the exhibit, and the change that mends it, as an option."""

    id: RuleIdent = Field(description="rule id that memory is kept under: SQ1")
    name: Text = Field(description="two to five words, for tables: 'split inside TRANSFORM'")
    symptom: Ident = Field(description="id of what it shows")
    change: list[LineChange] = Field(default=[], description="edits of the exhibit; not of charts")
    series: dict[Text, list[float]] = Field(
        default={}, description="chart only: the curves with this fault, by name"
    )
    do: list[Text] = Field(min_length=2, description="the mend as an option, imperative, no dot")
    brief: list[Text] = Field(min_length=2, description="the same in at most 12 words")
    because: Text = Field(description="why the fault has this effect; clause, lower letter")
    sound: Text = Field(description="why this mend is not wanted where its place is right; clause")
    misconception: Ident | None = Field(default=None, description="belief that leads here")


class Chart(Content):
    """The axes of a chart exhibit, and how the curves look without a fault."""

    x: Text = Field(description="what runs along the bottom: 'epoch'")
    y: Text = Field(description="what is measured: 'loss'")
    series: dict[Text, list[float]] = Field(min_length=1, description="sound curves, by name")


class ExhibitDecision(Head):
    """Kind exhibit: a text or chart with one fault injected; the options are mends of four."""

    kind: Literal["exhibit"] = Field(description="the form of this decision")
    form: Literal["code", "log", "table", "chart"] = Field(description="how it is shown")
    language: Text = Field(description="what it is, for its caption: 'SQL', 'learning curves'")
    scene: Scene = Field(description="the frame of the stem")
    worlds: list[dict[Ident, Text]] = Field(
        min_length=3, description="names drawn together; <<name>> in the exhibit, {name} in prose"
    )
    exhibit: str = Field(default="", description="the sound text, with <<name>> for drawn names")
    chart: Chart | None = Field(default=None, description="for the form chart")
    symptoms: dict[Ident, Symptom] = Field(min_length=1, description="by id")
    faults: dict[Ident, Fault] = Field(min_length=4, description="by id")
    worked: Ident = Field(description="the fault that the worked example shows")
    teach: Teach = Field(description="how it is taught")


Decision = ChoiceDecision | ComputeDecision | StepsDecision | ExhibitDecision
