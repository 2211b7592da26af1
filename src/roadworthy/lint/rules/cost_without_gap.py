"""RW218: goals whose costs do not part the options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from roadworthy.items.choice import ChoiceItems
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.fields import GoalIdent
from roadworthy.problem import Problem

MOST_UNDECIDED = 0.6
FEW = 8
"""Fewer pairs of facts and goal than this say nothing on a share."""


class CostWithoutGap(LintRule):
    """A goal has no cost for an option, decides nowhere, or most often ends in a tie.

    What
        An option needs a cost on a goal under which it survives beside another one. Each goal must
        decide in some fair situation. Where options survive that lie closer than ``margin``, there
        is no key; a warning names the pair that does this most often.

    Why
        A goal that decides by one point is a matter of taste, so such situations are not served.
        Each of them is a situation less.

    Example
        On `operations`, `schedule` costs 2 and `arrival` 3. If a page shows that the event needs
        much more care, say so with a cost of 4.
    """

    code = "RW218"
    slug = "cost-without-gap"
    verifies = "each goal has a cost for each option, and decides"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            given = {(cost.goal, cost.option) for cost in decision.costs}
            for goal in decision.goals:
                at = material.at_decision(decision, "goals", goal)
                needed = self._compared(maker, goal)
                for option in decision.options:
                    if option in needed and (goal, option) not in given:
                        yield self.found(
                            f"`{option}` has no cost on `{goal}`.",
                            at,
                            "Add one under `costs`; 0 is best.",
                        )
                if not any(one.goal == goal and one.goal_decides for one in maker.situations):
                    yield self.found(
                        f"`{goal}` decides in no situation.",
                        at,
                        "Let two options survive whose costs differ by 2 or more, or drop it.",
                    )
                yield from self._ties(material, decision, maker, goal)

    def _compared(self, maker: ChoiceItems, goal: GoalIdent) -> set[str]:
        """Options that survive beside another one in some fair situation with this goal."""
        solver = maker.solver
        found: set[int] = set()
        for facts in solver.assignments():
            if solver.admissible(facts) and solver.may_ask(facts, goal):
                survivors = solver.verdict(facts, goal).survivors
                if len(survivors) > 1:
                    found.update(survivors)
        return {solver.options[one] for one in found}

    def _ties(
        self, material: Material, decision: ChoiceDecision, maker: ChoiceItems, goal: GoalIdent
    ) -> Iterator[Problem]:
        solver = maker.solver
        everyone = frozenset(range(len(solver.options)))
        pairs: Counter[tuple[str, str]] = Counter()
        count = 0
        for facts in solver.assignments():
            if not solver.admissible(facts) or not solver.may_ask(facts, goal):
                continue
            verdict = solver.verdict(facts, goal)
            if len(verdict.survivors) < 2:
                continue
            count += 1
            if solver.key_among(verdict, goal, everyone) is None:
                first, second = sorted(verdict.survivors, key=lambda one: verdict.costs[one])[:2]
                pairs[(solver.options[first], solver.options[second])] += 1
        ties = pairs.total()
        if count >= FEW and ties > MOST_UNDECIDED * count:
            (first_name, second_name), most = pairs.most_common(1)[0]
            yield self.found(
                f"`{goal}` ends in a tie in {ties} of {count} cases, {most} times between "
                f"`{first_name}` and `{second_name}`.",
                material.at_decision(decision, "goals", goal),
                "Part their costs by 2 where a source allows it, or let a fact part them.",
                severity="warning",
            )
