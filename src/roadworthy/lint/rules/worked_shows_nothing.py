"""RW226: worked examples that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.precedence import Precedence
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Decision,
    ExhibitDecision,
    StepsDecision,
)
from roadworthy.problem import Problem


class WorkedShowsNothing(LintRule):
    """The worked example is no fair situation, or shows no trace.

    What
        On a choice, the situation must be fair, have an option set, and remove an option by a
        rule or by the goal; it must not be one that is kept for mock exams. On numbers, the values
        must lie on the grid of their draws. On steps, the done ones must include all that they
        need and leave something to do.

    Why
        The worked example is the first thing that a candidate sees of a decision after its brief.

    Example
        `worked` states only `load: heavy`, where two options survive and no goal is given. Add
        the fact or the goal that decides.
    """

    code = "RW226"
    slug = "worked-shows-nothing"
    verifies = "each worked example is fair and shows a trace"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            for message in _troubles(material, decision):
                yield self.found(
                    message,
                    material.at_decision(decision, "worked"),
                    "Choose another one; `pack try ID --situations` lists them.",
                )


def _troubles(material: Material, decision: Decision) -> Iterator[str]:
    if isinstance(decision, ComputeDecision):
        yield from _numbers(decision)
    elif isinstance(decision, StepsDecision):
        yield from _steps(decision)
    elif isinstance(decision, ExhibitDecision):
        if decision.faults[decision.worked].status != "confirmed":
            yield "Its fault is unconfirmed, so it is never served."
    else:
        maker = material.generator.maker(decision.id)
        assert isinstance(maker, ChoiceItems)
        yield from _choice(decision, maker)


def _choice(decision: ChoiceDecision, maker: ChoiceItems) -> Iterator[str]:
    worked = decision.worked
    if not maker.solver.admissible(worked.facts):
        yield "Its facts may not be stated together, or a fact is missing that must be."
        return
    situation = maker.solver.situation(worked.facts, worked.goal)
    if situation is None:
        verdict = maker.solver.verdict(worked.facts, worked.goal)
        left = [maker.solver.options[place] for place in verdict.survivors]
        yield f"It is no fair situation; what its rules leave: {', '.join(left) or 'nothing'}."
        return
    if situation in maker.mock.situations:
        yield "It is kept for mock exams, which would show it a second time."
    if not maker.practice.sets_of(situation):
        yield "There are no four options to show with it."
    if not any(situation.verdict.fired) and not situation.goal_decides:
        yield "No rule fires in it and no goal decides."


def _numbers(decision: ComputeDecision) -> Iterator[str]:
    for name, draw in decision.params.items():
        value = decision.worked.get(name)
        if value is not None and value not in range(draw.low, draw.high + 1, draw.step):
            yield (
                f"`{name}: {value}` is none of its draws, {draw.low} to {draw.high} in steps of "
                f"{draw.step}."
            )


def _steps(decision: StepsDecision) -> Iterator[str]:
    try:
        order = Precedence(decision)
    except ValueError:
        return  # the loader reports it
    done = frozenset(decision.worked)
    for name in decision.worked:
        missing = sorted(order.before.get(name, frozenset()) - done)
        if missing:
            yield f"`{name}` is done, but not {', '.join(f'`{one}`' for one in missing)}."
    if not order.ready(done):
        yield "Nothing is left to do."
