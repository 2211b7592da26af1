"""Rules as cells of a map: whether each was met, and the chance that it holds on the exam day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from roadworthy.learner.predict import rule_chances
from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.model import Pack
from roadworthy.pack.table_rows import ChoiceTable, ComputeTable, FaultTable, RuleRow
from roadworthy.workspace import Workspace

STEPS = (0.40, 0.60, 0.75, 0.90)
"""Chances at which a cell turns to the next of five levels."""
HOLDS = 0.60
"""A rule with at least this chance is counted as one that would hold."""
MOST_CASES = 2
"""Cases of a rule that its sentence names; of more it names the first and counts the others."""

_CELLS: Recent[LearnerState, dict[str, list[RuleCell]]] = Recent(4)
_WORDS: Recent[Pack, dict[str, str]] = Recent(256)
"""(pack, decision) -> ``rule_words``."""


@dataclass(frozen=True)
class RuleCell:
    """One rule: ``level`` 0 when it was not met, else 1 to 5 by its chance to hold."""

    rule: str
    decision: str
    chance: float
    level: int
    sure_and_wrong: bool
    last_seen: datetime | None
    disputed: bool

    @property
    def name(self) -> str:
        """The rule without its decision: 'TR3', or 'goal' for what a goal favors."""
        return short_rule(self.rule)

    @property
    def percent(self) -> int:
        return round(self.chance * 100)

    @property
    def holds(self) -> bool:
        return self.level > 0 and self.chance >= HOLDS


def cells_by_decision(desk: Workspace) -> dict[str, list[RuleCell]]:
    """The cells of all served rules, by decision, in the order of each decision."""
    state, now = desk.course.state(), desk.now()
    moment = max(desk.standing.exam_at(now), now)
    key = (desk.pack.hash, moment)
    return _CELLS.get_or_make(state, key, lambda: _cells(state, desk.pack, moment))


def _cells(state: LearnerState, pack: Pack, moment: datetime) -> dict[str, list[RuleCell]]:
    syllabus = syllabus_of(pack)
    chances = rule_chances(state, syllabus.rules, syllabus.section_of, syllabus.sections, moment)
    cells: dict[str, list[RuleCell]] = {name: [] for name in pack.decisions}
    for rule, decision, chance in zip(syllabus.rules, syllabus.decision_of, chances, strict=True):
        memory, wrong = state.rules.get(rule), state.wrong.get(rule)
        last_seen = memory.last_seen if memory is not None else None
        name = syllabus.decisions[decision]
        cells[name].append(
            RuleCell(
                rule=rule,
                decision=name,
                chance=float(chance),
                level=0 if last_seen is None else 1 + bisect_right(STEPS, float(chance)),
                sure_and_wrong=wrong is not None and wrong.sure,
                last_seen=last_seen,
                disputed=rule in state.disputed_rules,
            )
        )
    return cells


def summary_of(cells: Iterable[RuleCell]) -> str:
    """'11 rules, 7 would hold on exam day, 2 not met yet'."""
    known = list(cells)
    unmet = sum(cell.level == 0 for cell in known)
    held = sum(cell.holds for cell in known)
    text = f"{len(known)} rule{'' if len(known) == 1 else 's'}, "
    if unmet == len(known):
        return text + ("not met yet" if len(known) == 1 else "none met yet")
    text += f"{held} would hold on exam day"
    text += f", {unmet} not met yet" if unmet else ""
    wrong = sum(cell.sure_and_wrong for cell in known)
    return text + (f", {wrong} certain and wrong" if wrong else "")


def short_rule(rule: str) -> str:
    """'retraining.TR3' as 'TR3'; the rules of a goal carry no number, so they are 'goal'."""
    name = rule.split(".", 1)[1]
    return "goal" if name.startswith("goal:") else name


def rule_words(desk: Workspace, decision: str) -> dict[str, str]:
    """Rule id -> what it says in one sentence: when which option is out, and why."""
    return _WORDS.get_or_make(desk.pack, decision, lambda: _rule_words(desk.pack, decision))


def _rule_words(pack: Pack, decision: str) -> dict[str, str]:
    table = table_of(pack, decision)
    if isinstance(table, ChoiceTable):
        words = {row.evidence.rule: _clause(row) for row in table.rules}
        for goal in table.goals:
            best, name = goal.ranking[0], _small(goal.name)
            why = _capital(best.because)
            words[goal.evidence.rule] = f"When the goal is {name}, “{best.option}” wins. {why}."
        return words
    if isinstance(table, ComputeTable):
        return {row.evidence.rule: f"“{row.name}” is {row.formula}." for row in table.quantities}
    if isinstance(table, FaultTable):
        return {
            row.evidence.rule: f"“{row.name}” is a fault. {_capital(row.because)}."
            for row in table.faults
        }
    return {
        need.evidence.rule: f"“{_capital(step.name)}” comes after “{need.step}”."
        for step in table.steps
        for need in step.after
    }


def _clause(row: RuleRow) -> str:
    quoted = [f"“{name}”" for name in row.falls]
    options = " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    return f"{_capital_after_quote(options)} is out when {when_of(row)}. {_capital(row.because)}."


def when_of(row: RuleRow) -> str:
    """When a rule strikes, as the end of a sentence: 'data arrive irregularly, unless …'."""
    if len(row.cases) > MOST_CASES:
        when = f"{row.cases[0]}, and in {len(row.cases) - 1} like cases"
    else:
        when = ", or when ".join(row.cases) or _small(row.stated)
    return when + (f", unless {row.unless}" if row.unless else "")


def _small(text: str) -> str:
    """The text as the middle of a sentence; a first word in capitals, as 'TPUs', stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _capital_after_quote(text: str) -> str:
    """'“drift alert” …' as '“Drift alert” …'."""
    return text[:1] + _capital(text[1:])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
