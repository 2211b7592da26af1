"""One half of a pair: which situations of its decision fit the scene, and which sets it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.item import Mode
from roadworthy.items.option_sets import OptionSet, OptionSets
from roadworthy.items.solve import Situation
from roadworthy.pack.pair import Half


@dataclass(frozen=True, slots=True)
class Drawn:
    """A situation of one half with the options that will stand for it; the key is among them."""

    situation: Situation
    options: OptionSet

    @property
    def key(self) -> int:
        return self.situation.key


class SolvedHalf:
    """The situations of a decision that a pair may use, with sets of two and of three options."""

    def __init__(self, half: Half, items: ChoiceItems, max_facts: int) -> None:
        self.half = half
        self.items = items
        self.solver = items.solver
        self.max_facts = max_facts
        self._allowed = frozenset(
            place
            for place, name in enumerate(items.solver.options)
            if not half.options or name in half.options
        )
        self._sets: dict[tuple[Mode, int], OptionSets] = {}

    def situations(self, mode: Mode) -> list[Situation]:
        """Situations of practice or forms that keep to the scene of the pair."""
        return [one for one in self.items.sets(mode).situations if self._fits(one)]

    def draw(self, random: Random, mode: Mode, size: int, rule: str | None) -> Drawn | None:
        """A symmetric set, then its key, then a situation; on a rule if one is wanted."""
        sets = self._of(mode, size)
        usable = [one for one in sets.symmetric if set(one) <= self._allowed]
        if rule is not None:
            return self._on_rule(random, sets, usable, rule)
        if not usable:
            return None
        options = random.choice(usable)
        key = random.choice(sorted(sets.table[options]))
        situation = sets.situations[random.choice(sets.table[options][key])]
        return Drawn(situation, options)

    def _on_rule(
        self, random: Random, sets: OptionSets, usable: list[OptionSet], rule: str
    ) -> Drawn | None:
        """One where the rule removes a shown option alone, or the goal decides."""
        found = []
        for options in usable:
            for indices in sets.table[options].values():
                for index in indices:
                    situation = sets.situations[index]
                    if self._removes(situation, options, rule):
                        found.append(Drawn(situation, options))
        return random.choice(found) if found else None

    def _removes(self, situation: Situation, options: OptionSet, rule: str) -> bool:
        name = rule.split(".", 1)[1]
        if name.startswith("goal:"):
            return situation.goal == name[5:] and any(
                situation.classes[place] == "goal" for place in options
            )
        rules = self.items.decision.rules
        return any(
            len(situation.verdict.fired[place]) == 1
            and rules[situation.verdict.fired[place][0]].id == name
            for place in options
        )

    def _of(self, mode: Mode, size: int) -> OptionSets:
        known = self._sets.get((mode, size))
        if known is None:
            known = OptionSets(self.solver, self.situations(mode), size)
            self._sets[(mode, size)] = known
        return known

    def _fits(self, situation: Situation) -> bool:
        if situation.goal is not None and situation.goal not in self.half.goals:
            return False
        if situation.goal is not None and not situation.goal_decides:
            return False  # a goal that decides nothing would be said for one half only
        if len(situation.facts) > self.max_facts or situation.key not in self._allowed:
            return False
        stated: Mapping[str, str] = situation.stated
        return all(
            fact not in stated or stated[fact] in values for fact, values in self.half.keep.items()
        )
