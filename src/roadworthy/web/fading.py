"""What will be forgotten by the exam, as rows and one sentence for the page Progress."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.study.forgetting import Forgetting, forgetting
from roadworthy.web.rule_cells import rule_words, short_rule
from roadworthy.workspace import Workspace

SHOWN = 5
LEAST = 0.005
"""A fall below this rounds to nothing."""


@dataclass(frozen=True)
class FadingRow:
    """A section: rules met, and what percent of them would hold, now and at the exam."""

    name: str
    rules: int
    now: float
    exam: float


@dataclass(frozen=True)
class FadingRule:
    """A rule that fades, in words, with its chances of 100."""

    decision: str
    title: str
    rule: str
    words: str
    now: int
    exam: int


@dataclass(frozen=True)
class FadingView:
    """Rows of the chart, the rules that fade most, and the finding in a sentence.

    ``lost``: how many of the rules that hold now would not at the exam, as expected.
    """

    sentence: str
    rows: tuple[FadingRow, ...]
    rules: tuple[FadingRule, ...]
    lost: int


def fading_of(desk: Workspace, when: str) -> FadingView | None:
    """The view; ``when`` names the exam's day, as 'on 14 December'. None before a rule was met."""
    now = desk.now()
    found = forgetting(desk.course.state(), desk.pack, now, desk.standing.exam_at(now))
    if not found.rules:
        return None
    rows = tuple(
        FadingRow(
            desk.pack.blueprint.sections[one.section].short,
            one.rules,
            one.now / one.rules,
            one.exam / one.rules,
        )
        for one in found.sections
        if one.rules
    )
    rules = tuple(
        FadingRule(
            decision=one.decision,
            title=desk.fill(desk.pack.decisions[one.decision].title),
            rule=short_rule(one.rule),
            words=rule_words(desk, one.decision).get(one.rule, ""),
            now=round(one.now * 100),
            exam=round(one.exam * 100),
        )
        for one in found.rules[:SHOWN]
        if one.loss >= LEAST
    )
    lost = max(0, round(found.now) - round(found.exam))
    return FadingView(_sentence(found, when), rows, rules, lost)


def _sentence(found: Forgetting, when: str) -> str:
    """'Of 31 rules that you met about 22 hold now, and 17 would hold on 14 December …'."""
    met, now, exam = len(found.rules), round(found.now), round(found.exam)
    of = f"Of {met} rules that you met" if met > 1 else "Of the one rule that you met"
    holding = f"{of}, about {now} hold{'s' if now == 1 else ''} now"
    if now == exam:
        return f"{holding}, and as many would {when} without further practice."
    return f"{holding}, and about {exam} would {when} without further practice."
