"""Which options an item shows: the option set is drawn first, then the key, then the situation.

A set of four is *symmetric* when each member is the key of some situation in which the other
three are fair distractors. Drawing a symmetric set and then its key uniformly makes options alone
say nothing about the key, whatever their length, wording or likeness (docs/decisions/0003).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random

from roadworthy.items.solve import CLOSE, SHOWABLE, ChoiceSolver, Situation

OptionSet = tuple[int, ...]
GOAL_SHARE = 0.65
"""How often the goal is asked to decide, where set and key allow it (aim: 40% of all items)."""
IDLE_GOAL_SHARE = 0.2
"""How often a goal may be named that decides nothing: it trains reading, and it reads oddly."""
FORM_GOAL_SHARE = 0.9
"""The same for forms, whose few situations allow it less often."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an item will show, before it is put into words."""

    situation: Situation
    options: OptionSet  # places in the decision, ascending


class OptionSets:
    """The fair option sets of a decision over a given list of situations."""

    def __init__(self, solver: ChoiceSolver, situations: list[Situation], size: int = 4) -> None:
        self.solver = solver
        self.situations = situations
        self.size = size
        self.table: dict[OptionSet, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for index, situation in enumerate(situations):
            for options in self.sets_of(situation):
                self.table[options][situation.key].append(index)
        self._movable: dict[tuple[int, OptionSet], bool] = {}

    def sets_of(self, situation: Situation) -> list[OptionSet]:
        """All sets with the key, at most one far distractor and nothing wilder."""
        shown = [place for place, name in enumerate(situation.classes) if name in SHOWABLE]
        sets = []
        for others in combinations(shown, self.size - 1):
            close = sum(situation.classes[place] in CLOSE for place in others)
            if close >= max(1, self.size - 2):
                sets.append(tuple(sorted((*others, situation.key))))
        return sets

    @cached_property
    def symmetric(self) -> list[OptionSet]:
        """Sets in which every member can be the key; without any, the ones nearest to it."""
        most = max((len(keys) for keys in self.table.values()), default=0)
        return sorted(options for options, keys in self.table.items() if len(keys) == most)

    @property
    def symmetry(self) -> int:
        """How many members of the best sets can be the key: ``size`` when fully symmetric."""
        return len(self.table[self.symmetric[0]]) if self.symmetric else 0

    def key_moves(self, index: int, options: OptionSet) -> bool:
        """Whether one change of a fact or the goal makes a shown distractor the key."""
        known = self._movable.get((index, options))
        if known is None:
            situation = self.situations[index]
            known = False
            for _, facts, goal in self.solver.neighbours(situation.stated, situation.goal):
                verdict = self.solver.verdict(facts, goal)
                key = self.solver.key_among(verdict, goal, frozenset(options))
                if key is not None and key != situation.key and not verdict.doubtful:
                    known = True
                    break
            self._movable[(index, options)] = known
        return known

    def draw(self, random: Random, *, seen: Mapping[str, int]) -> Choice | None:
        """A balanced draw for practice: set, then key, then the least seen situation."""
        if not self.symmetric:
            return None
        options = random.choice(self.symmetric)
        key = random.choice(sorted(self.table[options]))
        return Choice(self._pick(random, self.table[options][key], options, seen), options)

    def draw_natural(self, random: Random, *, seen: Mapping[str, int]) -> Choice | None:
        """A draw for forms: keys lean to their natural rates, softened by a square root.

        A form has few situations to draw on, so full natural rates would give keys away.
        """
        if not self.symmetric:
            return None
        options = random.choice(self.symmetric)
        keys = sorted(self.table[options])
        weights = [len(self.table[options][key]) ** 0.5 for key in keys]
        key = random.choices(keys, weights)[0]
        indices = self.table[options][key]
        return Choice(self._pick(random, indices, options, seen, FORM_GOAL_SHARE), options)

    def draw_rule(
        self, random: Random, rule: int | str, *, seen: Mapping[str, int]
    ) -> Choice | None:
        """An item on one rule: it alone removes a shown option, or (a goal id) the goal decides."""
        symmetric = set(self.symmetric)
        found: list[tuple[int, OptionSet]] = []
        for index, situation in enumerate(self.situations):
            if not self._tests(situation, rule, range(len(situation.classes))):
                continue
            for options in self.sets_of(situation):
                if self._tests(situation, rule, options):
                    found.append((index, options))
        fair = [pair for pair in found if pair[1] in symmetric] or found
        if not fair:
            return None
        least = min(seen.get(self.situations[index].id, 0) for index, _ in fair)
        fair = [pair for pair in fair if seen.get(self.situations[pair[0]].id, 0) == least]
        index, options = random.choice(fair)
        return Choice(self.situations[index], options)

    def _tests(self, situation: Situation, rule: int | str, places: Collection[int]) -> bool:
        if isinstance(rule, str):
            return (
                situation.goal == rule
                and situation.goal_decides
                and any(situation.classes[place] == "goal" for place in places)
            )
        return any(situation.verdict.fired[place] == (rule,) for place in places)

    def _pick(
        self,
        random: Random,
        indices: list[int],
        options: OptionSet,
        seen: Mapping[str, int],
        goal_share: float = GOAL_SHARE,
    ) -> Situation:
        """One situation of a set and key, with that chance one in which the goal decides."""
        wanted = random.random() < goal_share
        group = [
            index
            for index in indices
            if self._goal_shows(self.situations[index], options) == wanted
        ] or indices
        group = self._least_seen(group, seen)
        if not wanted and random.random() >= IDLE_GOAL_SHARE:
            group = [index for index in group if self.situations[index].goal is None] or group
        moving = [index for index in group if self.key_moves(index, options)] or group
        varied = [index for index in moving if self._reasons(index, options) > 1]
        return self.situations[random.choice(varied or moving)]

    def _reasons(self, index: int, options: OptionSet) -> int:
        """How many different rules (the goal counts as one) remove the shown distractors."""
        situation = self.situations[index]
        return len({situation.verdict.fired[one] for one in options if one != situation.key})

    def _goal_shows(self, situation: Situation, options: OptionSet) -> bool:
        return situation.goal_decides and any(
            situation.classes[place] == "goal" for place in options
        )

    def _least_seen(self, indices: list[int], seen: Mapping[str, int]) -> list[int]:
        if not seen:
            return indices
        least = min(seen.get(self.situations[index].id, 0) for index in indices)
        return [index for index in indices if seen.get(self.situations[index].id, 0) == least]
