"""The shapes of what-decides tables: plain data with all words filled, for the faces to draw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """Where a row comes from: the rule that memory is kept for, and its source."""

    rule: str  # 'decision.RULE' or 'decision.goal:cost'
    source: str
    checked: str  # ISO date


@dataclass(frozen=True)
class RuleRow:
    """A stated fact, and what falls by it."""

    stated: str  # 'Data arrive irregularly', several joined by 'and', values by 'or'
    unless: str | None  # a stated fact that lifts the rule
    falls: tuple[str, ...]  # option names
    because: str
    strength: str
    evidence: Evidence
    cases: tuple[str, ...] = ()  # of ``stated``, where it joins values of one fact


@dataclass(frozen=True)
class Ranked:
    """An option on a goal: a lower level is better."""

    option: str
    level: int
    because: str
    more_when: tuple[str, ...]  # stated facts that change the level, with the reason


@dataclass(frozen=True)
class GoalRow:
    """A goal, and what it favors among the options that are left, the best first."""

    name: str
    ranking: tuple[Ranked, ...]
    evidence: Evidence


@dataclass(frozen=True)
class ChoiceTable:
    """What decides among options: facts first, then the goal."""

    decision_id: str
    title: str
    frame: str  # the organization that the words are about
    options: tuple[tuple[str, str], ...]  # (name, why it fits)
    rules: tuple[RuleRow, ...]
    goals: tuple[GoalRow, ...]


@dataclass(frozen=True)
class QuantityRow:
    """A quantity and its formula, and the error that leads to it."""

    name: str
    words: str
    formula: str
    tempts: str
    evidence: Evidence


@dataclass(frozen=True)
class ComputeTable:
    """Which number is which."""

    decision_id: str
    title: str
    frame: str
    quantities: tuple[QuantityRow, ...]


@dataclass(frozen=True)
class After:
    """A step that has to come before, and what goes wrong otherwise."""

    step: str
    because: str
    evidence: Evidence


@dataclass(frozen=True)
class StepRow:
    """A step in its place: ``mode`` is setup (once) or runtime (for each case)."""

    number: int
    name: str
    mode: str
    fits: str
    after: tuple[After, ...]


@dataclass(frozen=True)
class StepsTable:
    """The order of the work, with the reason of each 'after'."""

    decision_id: str
    title: str
    frame: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class FaultRow:
    """A fault that an exhibit may have: what it does, and the change that mends it."""

    name: str
    because: str
    mend: str
    evidence: Evidence


@dataclass(frozen=True)
class FaultTable:
    """What may be wrong in an exhibit."""

    decision_id: str
    title: str
    frame: str
    faults: tuple[FaultRow, ...]


Table = ChoiceTable | ComputeTable | StepsTable | FaultTable
