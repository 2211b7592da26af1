"""Rules as cells of a map: whether each was met, and the chance that it holds on the exam day."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.workspace import Workspace

LEVELS = (0.40, 0.60, 0.75, 0.90)
"""Chances at which a cell turns to the next of five steps."""


@dataclass(frozen=True)
class RuleCell:
    """One rule: ``level`` 0 when it was not met, else 1 to 5 by its chance to hold."""

    rule: str
    decision: str
    chance: float | None
    level: int
    sure_and_wrong: bool


def cells_of(desk: Workspace, decision: str) -> list[RuleCell]:
    """The cells of a decision's rules, in the order of the decision."""
    state = desk.course.state()
    cells = []
    for rule in desk.generator.rules[decision]:
        memory = state.rules.get(rule)
        wrong = state.wrong.get(rule)
        met = memory is not None and memory.last_seen is not None
        cells.append(
            RuleCell(rule, decision, None, 1 if met else 0, wrong is not None and wrong.sure)
        )
    return cells
