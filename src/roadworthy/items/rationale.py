"""Why each option holds or falls, in words made from rules, costs and facts.

A rationale names the stated fact, its consequence, and what would make the option the key. The
key gets its positive reason and its closest rival.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from roadworthy.items.item import ArgueRow, Flip, ShownOption
from roadworthy.items.option_sets import OptionSet
from roadworthy.items.phrase import capitalized, fill
from roadworthy.items.solve import ChoiceSolver, Situation, Verdict
from roadworthy.pack.decision import ChoiceDecision, Cost, Rule

WOULD_BE_KEY = " It would be the key if "
STRENGTH_ORDER = ("impossible", "breaks_limit", "deprecated", "unrequested_work", "worse")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing different: the fact (or 'goal'), its new value (None when dropped), the outcome."""

    what: str
    value: str | None
    verdict: Verdict
    goal: str | None
    key: int | None  # place among the shown options, None when none of them is left


class Reasons:
    """Rationales, argue table and flips for situations of one decision."""

    def __init__(self, decision: ChoiceDecision, solver: ChoiceSolver) -> None:
        self.decision = decision
        self.solver = solver
        self._cost = {(cost.goal, cost.option): cost for cost in decision.costs}
        self.changes = lru_cache(maxsize=4096)(self._changes)

    def _changes(self, situation: Situation, options: OptionSet) -> tuple[Change, ...]:
        """Changes with a certain outcome among the shown options."""
        shown = frozenset(options)
        found = []
        for what, facts, goal in self.solver.neighbours(situation.stated, situation.goal):
            verdict = self.solver.verdict(facts, goal)
            if verdict.doubtful:
                continue
            key = self.solver.key_among(verdict, goal, shown)
            alive = [place for place in verdict.survivors if place in shown]
            if key is None and alive:
                continue
            value = goal if what == "goal" else facts.get(what)
            found.append(Change(what, value, verdict, goal, key))
        return tuple(found)

    def rule_id(self, index: int) -> str:
        return f"{self.decision.id}.{self.decision.rules[index].id}"

    def main_rule(self, verdict: Verdict, place: int) -> Rule:
        """The strongest of the rules that remove an option."""
        rules = [self.decision.rules[index] for index in verdict.fired[place]]
        return min(rules, key=lambda rule: STRENGTH_ORDER.index(rule.strength))

    def cost(self, goal: str, place: int) -> Cost:
        return self._cost[(goal, self.solver.options[place])]  # type: ignore[index]

    def short(self, fact: str, value: str, words: Mapping[str, str]) -> str:
        return fill(self.solver.facts[fact].values[value].short, words)

    def option(
        self,
        situation: Situation,
        options: OptionSet,
        place: int,
        text: str,
        words: Mapping[str, str],
    ) -> ShownOption:
        """One shown option with its rationale, rules, source and strength."""
        name = self.solver.options[place]
        one = self.decision.options[name]
        verdict = situation.verdict
        misconception: str | None = None
        rules: tuple[str, ...] = ()
        strength: str | None = None
        if place == situation.key:
            rationale = self._for_key(situation, options, words)
            source, checked = one.fits.source, one.fits.checked
        elif verdict.fired[place]:
            rule = self.main_rule(verdict, place)
            rationale = self._for_fallen(situation, options, place, rule, words)
            fired = sorted(
                verdict.fired[place], key=lambda index: self.decision.rules[index] is not rule
            )  # the rule that the reason speaks of comes first
            rules = tuple(self.rule_id(index) for index in fired)
            strength, source, checked = rule.strength, rule.source, rule.checked
            misconception = rule.misconception
        else:
            assert situation.goal is not None
            cost = self.cost(situation.goal, place)
            rationale = self._for_goal(situation, options, place, words)
            rules = (f"{self.decision.id}.goal:{situation.goal}",)
            strength, source, checked = "worse", cost.source, cost.checked
            misconception = self.decision.goals[situation.goal].misconception  # type: ignore[index]
        return ShownOption(
            id=name,
            name=fill(one.name, words),
            text=text,
            correct=place == situation.key,
            rationale=rationale,
            rules=rules,
            source=source,
            checked=checked.isoformat(),
            strength=strength,
            misconception=misconception,
        )

    def _for_fallen(
        self,
        situation: Situation,
        options: OptionSet,
        place: int,
        rule: Rule,
        words: Mapping[str, str],
    ) -> str:
        stated = situation.stated
        facts = " and ".join(self.short(fact, stated[fact], words) for fact in rule.when)
        text = f"{capitalized(facts)}: {fill(rule.because, words)}."
        if rule.unless:
            fact, values = next(iter(rule.unless.items()))
            text += f" Nothing says that {self.short(fact, values[0], words)}."
        return text + self._would_be_key(situation, options, place, words)

    def _for_goal(
        self, situation: Situation, options: OptionSet, place: int, words: Mapping[str, str]
    ) -> str:
        assert situation.goal is not None
        goal = self.decision.goals[situation.goal]  # type: ignore[index]
        text = (
            f"It meets every stated fact, but on your goal, {fill(goal.name, words)}, it loses: "
            f"{self._cost_words(situation, place, words)}."
        )
        return text + self._would_be_key(situation, options, place, words)

    def _cost_words(self, situation: Situation, place: int, words: Mapping[str, str]) -> str:
        """The reason of the level, or of the condition that added most to it."""
        assert situation.goal is not None
        cost = self.cost(situation.goal, place)
        stated = situation.stated
        added = [
            one
            for one in cost.adds
            if one.by > 0 and all(stated.get(f) in v for f, v in one.when.items())
        ]
        worst = max(added, key=lambda one: one.by, default=None)
        return fill(worst.because if worst and worst.by >= cost.level else cost.because, words)

    def _for_key(self, situation: Situation, options: OptionSet, words: Mapping[str, str]) -> str:
        one = self.decision.options[self.solver.options[situation.key]]
        text = f"{capitalized(fill(one.fits.because, words))}."
        rivals = [place for place in options if situation.classes[place] == "goal"]
        if rivals and situation.goal is not None:
            goal = self.decision.goals[situation.goal]  # type: ignore[index]
            rival = min(rivals, key=lambda place: situation.verdict.costs[place])
            name = fill(self.decision.options[self.solver.options[rival]].name, words)
            loses = self._cost_words(situation, rival, words)
            return (
                f"{text} The {name} would also work, but {loses}, and you want "
                f"{fill(goal.name, words)}."
            )
        close = [place for place in options if situation.classes[place] in ("tempt", "near")]
        rival = min(close, key=lambda place: situation.classes[place] != "tempt")
        name = fill(self.decision.options[self.solver.options[rival]].name, words)
        rule = self.main_rule(situation.verdict, rival)
        facts = " and ".join(self.short(f, situation.stated[f], words) for f in rule.when)
        return f"{text} Its closest rival, the {name}, falls because {facts}."

    def _would_be_key(
        self, situation: Situation, options: OptionSet, place: int, words: Mapping[str, str]
    ) -> str:
        """' It would be the key if …', for the smallest change that makes it so, or ''."""
        ways = [one for one in self.changes(situation, options) if one.key == place]
        if not ways:
            return ""
        way = min(ways, key=lambda one: (one.what == "goal", one.value is None))
        if way.what == "goal":
            goal = self.decision.goals[way.value]  # type: ignore[index]
            return f"{WOULD_BE_KEY}you wanted {fill(goal.name, words)}."
        if way.value is None:
            said = self.short(way.what, situation.stated[way.what], words)
            return f"{WOULD_BE_KEY}the text did not say that {said}."
        return f"{WOULD_BE_KEY}{self.short(way.what, way.value, words)}."

    def argue(
        self, situation: Situation, order: OptionSet, words: Mapping[str, str]
    ) -> tuple[tuple[ArgueRow, ...], tuple[str, ...]]:
        """Rows stated facts, columns options as shown; then the costs when the goal decides."""
        rows = []
        for fact, value in situation.facts:
            cells = tuple(
                tuple(
                    self.rule_id(index)
                    for index in situation.verdict.fired[place]
                    if fact in self.decision.rules[index].when
                )
                for place in order
            )
            rows.append(ArgueRow(fact, self.short(fact, value, words), cells))
        if not any(situation.classes[place] == "goal" for place in order):
            return tuple(rows), ()
        goal_row = tuple(
            "" if situation.verdict.fired[place] else str(situation.verdict.costs[place])
            for place in order
        )
        return tuple(rows), goal_row

    def flips(
        self, situation: Situation, order: OptionSet, words: Mapping[str, str]
    ) -> tuple[Flip, ...]:
        """Changes that move the key, those to another shown option first; at most four."""
        moved = [
            one for one in self.changes(situation, tuple(sorted(order))) if one.key != situation.key
        ]
        moved.sort(key=lambda one: (one.key is None, one.value is None, one.what == "goal"))
        chosen: list[Change] = []
        for one in moved:
            if all((one.what, one.key) != (other.what, other.key) for other in chosen):
                chosen.append(one)
        return tuple(self._flip(situation, one, order, words) for one in chosen[:4])

    def _flip(
        self, situation: Situation, change: Change, order: OptionSet, words: Mapping[str, str]
    ) -> Flip:
        if change.what == "goal":
            goal = self.decision.goals[change.value]  # type: ignore[index]
            instead = f"you want {fill(goal.name, words)}"
        elif change.value is None:
            said = self.short(change.what, situation.stated[change.what], words)
            instead = f"the text does not say that {said}"
        else:
            instead = self.short(change.what, change.value, words)
        cells = []
        for place in order:
            fired = change.verdict.fired[place]
            if place == change.key:
                cells.append("key")
            elif fired:
                cells.append(f"out · {self.decision.rules[fired[0]].id}")
            else:
                cells.append("worse on the goal")
        if change.key is None:
            why = "No shown option is left after the rules."
            key = None
        else:
            one = self.decision.options[self.solver.options[change.key]]
            why = f"{capitalized(fill(one.fits.because, words))}."
            key = order.index(change.key)
            fired = change.verdict.fired[situation.key]
            if fired:
                rule = self.main_rule(change.verdict, situation.key)
                old = fill(self.decision.options[self.solver.options[situation.key]].name, words)
                why += f" The {old} falls now: {fill(rule.because, words)}."
        return Flip(change.what, instead, key, tuple(cells), why)
