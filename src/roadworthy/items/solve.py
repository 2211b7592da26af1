"""Facts + goal -> which options survive, which is best, and the rules that say so.

Exact enumeration with bit masks: every admissible partial assignment of facts, with and without
each goal. Semantics: rules fire on stated facts only; an unstated constraint does not apply.
``tests/items/test_oracle.py`` holds the result against clingo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from roadworthy.items.identity import situation_id
from roadworthy.pack.decision import ChoiceDecision, Condition, Fact

Facts = Mapping[str, str]
Class = Literal["key", "goal", "tempt", "near", "far", "wild"]
GOAL = "goal"
"""Stands in ``forbid`` beside facts, for goals that are not asked with them."""
SHOWABLE: frozenset[Class] = frozenset({"goal", "tempt", "near", "far"})
CLOSE: frozenset[Class] = frozenset({"goal", "tempt", "near"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules and the goal say of all options in one situation.

    ``fired[o]``: indices into ``decision.rules``; ``costs[o]``: level on the goal (0 without one).
    """

    fired: tuple[tuple[int, ...], ...]
    costs: tuple[int, ...]
    survivors: tuple[int, ...]
    doubtful: bool  # an unconfirmed rule or cost takes part


@dataclass(frozen=True, slots=True)
class Situation:
    """A stated-fact set with an optional goal that has exactly one key."""

    id: str
    facts: tuple[tuple[str, str], ...]
    goal: str | None
    key: int
    classes: tuple[Class, ...]
    verdict: Verdict
    goal_decides: bool

    @property
    def stated(self) -> dict[str, str]:
        return dict(self.facts)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether every fact of the condition is stated with one of its values."""
    return all(facts.get(fact) in values for fact, values in condition.items())


class ChoiceSolver:
    """Solves one choice or diagnosis decision; stateless after construction."""

    def __init__(self, decision: ChoiceDecision, facts: dict[str, Fact]) -> None:
        self.decision = decision
        self.facts = {name: fact for name, fact in facts.items() if fact.role != "colour"}
        self.colours = {name: fact for name, fact in facts.items() if fact.role == "colour"}
        self.options = sorted(decision.options)  # the order of the file changes no item
        self._place = {option: place for place, option in enumerate(self.options)}
        self._out = [[self._place[option] for option in rule.out] for rule in decision.rules]
        self._forbidden = [
            ({name: values for name, values in one.items() if name != GOAL}, one.get(GOAL))
            for one in decision.forbid
        ]
        self._costs = {(cost.goal, self._place[cost.option]): cost for cost in decision.costs}

    def admissible(self, facts: Facts) -> bool:
        """Whether the facts may be stated together: musts, requirements and forbidden pairs."""
        if len(facts) > self.decision.max_facts:
            return False
        if any(fact.must and name not in facts for name, fact in self.facts.items()):
            return False
        if any(goals is None and holds(when, facts) for when, goals in self._forbidden):
            return False
        return all(
            all(name in facts for name in need.state)
            for need in self.decision.require
            if holds(need.when, facts)
        )

    def may_ask(self, facts: Facts, goal: str | None) -> bool:
        """Whether the goal may be named beside these facts; no goal always may."""
        return not any(
            goals is not None and goal in goals and holds(when, facts)
            for when, goals in self._forbidden
        )

    def verdict(self, facts: Facts, goal: str | None) -> Verdict:
        """Fired rules and costs of every option under the stated facts."""
        fired: list[list[int]] = [[] for _ in self.options]
        doubtful = False
        for index, rule in enumerate(self.decision.rules):
            if not holds(rule.when, facts):
                continue
            if any(facts.get(name) in values for name, values in rule.unless.items()):
                continue
            doubtful = doubtful or rule.status != "confirmed"
            for place in self._out[index]:
                fired[place].append(index)
        survivors = tuple(place for place, rules in enumerate(fired) if not rules)
        costs = [0] * len(self.options)
        if goal is not None:
            for place in range(len(self.options)):
                cost = self._costs.get((goal, place))  # type: ignore[arg-type]
                if cost is None:
                    costs[place] = 99
                    continue
                costs[place] = cost.level + sum(
                    added.by for added in cost.adds if holds(added.when, facts)
                )
                if place in survivors and len(survivors) > 1:
                    doubtful = doubtful or cost.status != "confirmed"
        return Verdict(tuple(map(tuple, fired)), tuple(costs), survivors, doubtful)

    def key_among(self, verdict: Verdict, goal: str | None, shown: frozenset[int]) -> int | None:
        """The key among the shown options, or None when there is none or more than one."""
        alive = [place for place in verdict.survivors if place in shown]
        if len(alive) == 1:
            return alive[0]
        if not alive or goal is None:
            return None
        ranked = sorted(alive, key=lambda place: verdict.costs[place])
        if verdict.costs[ranked[1]] - verdict.costs[ranked[0]] < self.decision.margin:
            return None
        return ranked[0]

    def classify(self, verdict: Verdict, goal: str | None, key: int) -> tuple[Class, ...]:
        """How good a distractor each option is: see reference/item-generation.md, section 3."""
        classes: list[Class] = []
        for place, rules in enumerate(verdict.fired):
            if place == key:
                classes.append("key")
            elif not rules:
                classes.append("goal")
            elif len(rules) == 1:
                better = goal is not None and verdict.costs[place] <= verdict.costs[key]
                classes.append("tempt" if better else "near")
            else:
                classes.append("far" if len(rules) == 2 else "wild")
        return tuple(classes)

    def situation(self, facts: Facts, goal: str | None) -> Situation | None:
        """The situation of these facts and goal, or None when it is not a fair one."""
        if not self.admissible(facts) or not self.may_ask(facts, goal):
            return None
        verdict = self.verdict(facts, goal)
        if verdict.doubtful:
            return None
        key = self.key_among(verdict, goal, frozenset(range(len(self.options))))
        if key is None:
            return None
        classes = self.classify(verdict, goal, key)
        if sum(name in CLOSE for name in classes) < 2:
            return None
        if sum(name in SHOWABLE for name in classes) < 3:
            return None
        ordered = tuple((name, facts[name]) for name in self.facts if name in facts)
        return Situation(
            id=situation_id(self.decision.id, dict(ordered), goal),
            facts=ordered,
            goal=goal,
            key=key,
            classes=classes,
            verdict=verdict,
            goal_decides=goal is not None and len(verdict.survivors) > 1,
        )

    def situations(self) -> list[Situation]:
        """All fair situations, in the order of facts, values and goals in the file."""
        goals: list[str | None] = [None, *self.decision.goals]
        found = []
        for facts in self.assignments():
            for goal in goals:
                situation = self.situation(facts, goal)
                if situation is not None:
                    found.append(situation)
        return found

    def assignments(self) -> Iterator[dict[str, str]]:
        """Every partial assignment with all musts and at most ``max_facts`` facts."""
        names = list(self.facts)

        def extend(index: int, chosen: dict[str, str]) -> Iterator[dict[str, str]]:
            if index == len(names):
                yield dict(chosen)
                return
            fact = self.facts[names[index]]
            if not fact.must:
                yield from extend(index + 1, chosen)
            if len(chosen) < self.decision.max_facts:
                for value in fact.values:
                    chosen[names[index]] = value
                    yield from extend(index + 1, chosen)
                    del chosen[names[index]]

        yield from extend(0, {})

    def neighbours(
        self, facts: Facts, goal: str | None
    ) -> Iterator[tuple[str, dict[str, str], str | None]]:
        """Every admissible change of one thing: (what, facts, goal); 'goal' when the goal moves."""
        for name, fact in self.facts.items():
            for value in fact.values:
                if facts.get(name) != value:
                    changed = {**facts, name: value}
                    if self.admissible(changed) and self.may_ask(changed, goal):
                        yield name, changed, goal
            if name in facts and not fact.must:
                dropped = {other: value for other, value in facts.items() if other != name}
                if self.admissible(dropped) and self.may_ask(dropped, goal):
                    yield name, dropped, goal
        for other in self.decision.goals:
            if other != goal and self.may_ask(facts, other):
                yield "goal", dict(facts), other
