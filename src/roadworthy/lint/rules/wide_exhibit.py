"""RW233: exhibits that are wider than a page."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.exhibit_text import shown_with
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.pack.marks import Loc
from roadworthy.problem import Problem

MOST = 80


class WideExhibit(LintRule):
    """A line of an exhibit has more than 80 characters.

    What
        Each fault is put into the exhibit with each world of names, and the longest line is
        measured; charts have no lines.

    Why
        A longer line is cut or wraps, on a narrow screen and in a terminal. What is out of sight
        is not read, and a wrapped line looks like two.

    Example
        `SELECT` with nine columns on a line of 96 characters. Break it after the fourth.
    """

    code = "RW233"
    slug = "wide-exhibit"
    severity = "warning"
    verifies = f"each line of an exhibit has at most {MOST} characters"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.exhibits():
            told: set[str] = set()
            for name in decision.faults:
                line = _widest(decision, name)
                if len(line) <= MOST or line in told:
                    continue
                told.add(line)
                added = any(line.strip() in one.faulty for one in decision.faults[name].change)
                loc: Loc = ("faults", name, "change") if added else ("exhibit",)
                yield self.found(
                    f"A line has {len(line)} characters; {MOST} are the limit: {line.strip()[:40]}",
                    material.at_decision(decision, *loc),
                    "Break the line where an engineer would.",
                )


def _widest(decision: ExhibitDecision, fault: str) -> str:
    """The longest line that a candidate sees with this fault, in any world of names."""
    return max(
        (
            line
            for world in range(len(decision.worlds))
            for line in shown_with(decision, decision.faults[fault], world).lines
        ),
        key=len,
        default="",
    )
