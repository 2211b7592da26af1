"""Items of kind choice and diagnosis: a situation and an option set, put into words."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from roadworthy.items.identity import draw, item_id, surface_id
from roadworthy.items.item import Item, Length, Mode
from roadworthy.items.option_sets import Choice, OptionSet, OptionSets
from roadworthy.items.phrase import (
    BRIEF_WORDS,
    Clause,
    Sentence,
    fill,
    sentence,
    woven,
)
from roadworthy.items.rationale import Reasons
from roadworthy.items.reserve import reserved
from roadworthy.items.scene import Vocabulary, draw_numbers, opened, printed
from roadworthy.items.solve import ChoiceSolver, Situation
from roadworthy.items.stem import REDRAWS, Draft, Stem, fitting_stem
from roadworthy.pack.decision import ChoiceDecision, Fact

COLOUR_SHARE = 0.6
ROLE_ORDER = ("state", "colour", "problem", "constraint")


class ChoiceItems:
    """All items of one choice or diagnosis decision."""

    def __init__(
        self,
        decision: ChoiceDecision,
        facts: dict[str, Fact],
        vocabulary: Vocabulary,
        decision_hash: str,
        objective: str,
    ) -> None:
        self.decision = decision
        self.vocabulary = vocabulary
        self.decision_hash = decision_hash
        self.objective = objective
        self.solver = ChoiceSolver(decision, facts)
        self.situations = [one for one in self.solver.situations() if self._frames(one)]
        worked = self.solver.situation(decision.worked.facts, decision.worked.goal)
        kept = reserved(
            {one.id: (self.solver.options[one.key],) for one in self.situations},
            spared=frozenset() if worked is None else frozenset({worked.id}),
        )
        self.practice = OptionSets(
            self.solver, [one for one in self.situations if one.id not in kept]
        )
        self.mock = OptionSets(self.solver, [one for one in self.situations if one.id in kept])
        self.reasons = Reasons(decision, self.solver)
        self._rule_index = {
            f"{decision.id}.{rule.id}": index for index, rule in enumerate(decision.rules)
        }

    def rules(self) -> list[str]:
        """Ids of the rules that memory is kept for: rules, then goals."""
        goals = [f"{self.decision.id}.goal:{goal}" for goal in self.decision.goals]
        return [*self._rule_index, *goals]

    def sets(self, mode: Mode) -> OptionSets:
        return self.practice if mode == "practice" else self.mock

    def choose(
        self, seed: int, mode: Mode, *, rule: str | None, seen: Mapping[str, int]
    ) -> Choice | None:
        """What to show: on a rule if one is wanted, else balanced (practice) or natural (mock)."""
        random = draw(seed, self.decision.id, mode, "choose")
        sets = self.sets(mode)
        if rule is None:
            if mode == "practice":
                return sets.draw(random, seen=seen)
            return sets.draw_natural(random, seen=seen)
        if ".goal:" in rule:
            return sets.draw_rule(random, rule.split(".goal:")[1], seen=seen)
        index = self._rule_index.get(rule)
        return None if index is None else sets.draw_rule(random, index, seen=seen)

    def build(self, choice: Choice, seed: int, length: Length, *, frame: str | None = None) -> Item:
        """The item in words. Style, order and colour are drawn without looking at the key."""
        decision, situation = self.decision, choice.situation
        shared = draw(seed, decision.id, "style")
        one = next(iter(decision.options.values()))
        style = shared.randrange(len(one.do if length == "exam" else one.brief))
        order = list(choice.options)
        shared.shuffle(order)
        stem = self._stem(situation, seed, length, choice.options, frame)
        spans, words = stem.spans, stem.words
        texts = []
        for place in order:
            option = decision.options[self.solver.options[place]]
            styles = option.do if length == "exam" else option.brief
            texts.append(fill(styles[style], words) + ".")
        options = tuple(
            self.reasons.option(situation, choice.options, place, text, words)
            for place, text in zip(order, texts, strict=True)
        )
        argue, goal_row = self.reasons.argue(situation, tuple(order), words)
        rules = {
            rule
            for place, shown in zip(order, options, strict=True)
            if situation.classes[place] in ("near", "tempt", "goal")
            for rule in shown.rules
        }
        decisive = self.decisive(situation, choice.options)
        goal = decision.goals[situation.goal] if situation.goal else None  # type: ignore[index]
        return Item(
            id=item_id(situation.id, self.decision_hash, [option.id for option in options]),
            situation=situation.id,
            surface=surface_id(stem.text, texts),
            decision=decision.id,
            title=decision.title,
            kind=decision.kind,
            length=length,
            section=self.objective.split(".")[0],
            objective=self.objective,
            considerations=tuple(decision.considerations),
            topics=tuple(decision.topics),
            rules=tuple(rule for rule in self.rules() if rule in rules),
            facts=situation.stated,
            goal=situation.goal,
            goal_name=fill(goal.name, words) if goal else None,
            goal_decides=bool(goal_row),
            stem=stem.text,
            spans=spans,
            decisive=tuple(spans[name] for name in spans if name in decisive),
            options=options,
            argue=argue,
            goal_row=goal_row,
            flips=self.reasons.flips(situation, tuple(order), words),
            frame=stem.frame,
            style=style,
            seed=seed,
        )

    def contrast(self, item: Item, seed: int) -> Item | None:
        """An item with the same options whose key moves by one change; None if there is none.

        An item of two options (a completion) gets a set that holds both, best with the other one
        as key. The frame stays when the changed fact fits it.
        """
        shown = {self.solver.options.index(option.id) for option in item.options}
        old = self.solver.options.index(item.options[item.key].id)
        pool: list[tuple[Choice, bool]] = []
        for options, keys in self.practice.table.items():
            if not shown <= set(options):
                continue
            for key, indices in keys.items():
                if key == old:
                    continue
                for index in indices:
                    situation = self.practice.situations[index]
                    if _differences(situation, item) == 1:
                        pool.append((Choice(situation, options), key in shown))
        if not pool:
            return None
        pool = [pair for pair in pool if pair[1]] or pool
        fitting = [pair for pair in pool if item.frame in self._frames(pair[0].situation)]
        choice, _ = draw(seed, item.id, "contrast").choice(fitting or pool)
        return self.build(choice, seed, item.length, frame=item.frame if fitting else None)

    def decisive(self, situation: Situation, options: OptionSet) -> set[str]:
        """Facts (and 'goal') whose removal changes the key or the fall of a shown option."""
        found = set()
        shown = frozenset(options)
        for fact, _ in situation.facts:
            rest = {name: value for name, value in situation.facts if name != fact}
            verdict = self.solver.verdict(rest, situation.goal)
            key = self.solver.key_among(verdict, situation.goal, shown)
            falls = any(
                bool(verdict.fired[place]) != bool(situation.verdict.fired[place])
                for place in options
            )
            if key != situation.key or falls:
                found.add(fact)
        if situation.goal and any(situation.classes[place] == "goal" for place in options):
            found.add("goal")
        return found

    def _frames(self, situation: Situation) -> list[str]:
        needs = set(self.decision.scene.needs)
        for fact, value in situation.facts:
            needs.update(self.solver.facts[fact].values[value].needs)
        return self.vocabulary.fitting(needs)

    def _stem(
        self, situation: Situation, seed: int, length: Length, options: OptionSet, frame: str | None
    ) -> Stem:
        """Redraws phrasings and frame, never option style, until the length fits."""
        frames = [frame] if frame else self._frames(situation)

        def drawn(number: int) -> Draft:
            random = draw(seed, self.decision.id, situation.id, length, number)
            chosen = random.choice(frames)
            numbers = draw_numbers(random, self.decision.numbers, self.decision.derive)
            words = self.vocabulary.words(
                chosen, {name: printed(value) for name, value in numbers.items()}
            )
            if length == "exam":
                said = self._exam(situation, random, words, options)
            else:
                said = self._brief(situation, random, words, tight=number >= REDRAWS // 2)
            return Draft(said, chosen, words)

        opens = length == "exam" or bool(self.decision.scene.brief_setup)
        return fitting_stem(length, drawn, opens=opens)

    def _exam(
        self, situation: Situation, random: Random, words: Mapping[str, str], options: OptionSet
    ) -> list[Sentence]:
        scene = self.decision.scene
        parts = [sentence(fill(random.choice(scene.setup), words))]
        states: list[Clause] = []
        wishes: list[Clause] = []
        for fact, value in self._told(situation):
            one = self.solver.facts[fact]
            told = Clause(fill(random.choice(one.values[value].say), words), fact)
            (states if one.role == "state" else wishes).append(told)
        colour = self._colour(random, words, options)
        if colour is None:
            parts += woven([*states, *wishes], random, "exam")
        else:
            parts += [*woven(states, random, "exam"), colour, *woven(wishes, random, "exam")]
        lead = fill(random.choice(scene.lead), words)
        if situation.goal is None:
            parts.append(sentence(lead))
        else:
            goal = self.decision.goals[situation.goal]  # type: ignore[index]
            start = len(f"{lead}, and".split())
            clause = sentence(f"{lead}, and {fill(random.choice(goal.say), words)}", "goal")
            _, _, end = clause.marked[-1]
            first = clause.marked[0][1] if clause.marked[0][1] > 0 else start
            parts.append(Sentence(clause.text, "goal", (("goal", first, end),)))
        parts.append(sentence(random.choice(scene.ask)))
        return parts

    def _brief(
        self, situation: Situation, random: Random, words: Mapping[str, str], *, tight: bool
    ) -> list[Sentence]:
        """``tight``: the shorter half of the phrasings, after others left no room for the scene."""
        said = []
        for fact, value in self._told(situation):
            ways = [fill(one, words) for one in self.solver.facts[fact].values[value].brief]
            if tight:
                ways = sorted(ways, key=lambda one: len(one.split()))[: (len(ways) + 1) // 2]
            said.append(Clause(random.choice(ways), fact))
        parts = woven(said, random, "brief")
        if situation.goal is not None:
            goal = self.decision.goals[situation.goal]  # type: ignore[index]
            clauses = sorted((fill(one, words) for one in goal.say), key=lambda s: len(s.split()))
            parts.append(sentence(random.choice(clauses[:2]), "goal"))
        scene = self.decision.scene
        parts.append(sentence(fill(random.choice(scene.brief_ask), words)))
        return opened(parts, scene, random, words, room=BRIEF_WORDS[1])

    def _told(self, situation: Situation) -> list[tuple[str, str]]:
        """The stated facts in the order in which a stem tells them: states, problem, limits."""
        return sorted(
            situation.facts, key=lambda pair: ROLE_ORDER.index(self.solver.facts[pair[0]].role)
        )

    def _colour(
        self, random: Random, words: Mapping[str, str], options: OptionSet
    ) -> Sentence | None:
        """Sometimes a clause that decides nothing and tempts to a shown option."""
        if not self.solver.colours or random.random() > COLOUR_SHARE:
            return None
        shown = {self.solver.options[place] for place in options}
        values = [
            value
            for fact in self.solver.colours.values()
            for value in fact.values.values()
            if not value.baits or shown & set(value.baits)
        ]
        if not values:
            return None
        return sentence(fill(random.choice(random.choice(values).say), words))


def _differences(situation: Situation, item: Item) -> int:
    """How many facts, the goal included, differ between a situation and an item."""
    stated = situation.stated
    names = set(stated) | set(item.facts)
    changed = sum(stated.get(name) != item.facts.get(name) for name in names)
    return changed + (situation.goal != item.goal)
