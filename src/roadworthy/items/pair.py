"""Items over two decisions at once: both halves are stated, and each has its own key.

Kind composite shows two options of each half in all four combinations, so that no component is
shown more often than its rival. Kind choose_two shows five whole options, three of one half and
two of the other, and asks for one of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from roadworthy.items.choice import ROLE_ORDER, ChoiceItems
from roadworthy.items.half import Drawn, SolvedHalf
from roadworthy.items.identity import digest, draw, item_id, situation_id, surface_id
from roadworthy.items.item import Item, Length, Mode, Span
from roadworthy.items.pair_options import Parts, choose_two_options, composite_options
from roadworthy.items.phrase import Clause, Sentence, assemble, fill, sentence, woven
from roadworthy.items.scene import Vocabulary, draw_numbers, printed
from roadworthy.items.solve import Situation, holds
from roadworthy.pack.pair import Pair, PairKind

TRIES = 40


class PairItems:
    """All items of one pair of decisions."""

    def __init__(
        self, pair: Pair, first: ChoiceItems, second: ChoiceItems, vocabulary: Vocabulary
    ) -> None:
        self.pair = pair
        self.vocabulary = vocabulary
        self.halves = (
            SolvedHalf(pair.first, first, pair.max_facts),
            SolvedHalf(pair.second, second, pair.max_facts),
        )
        self._shared = {
            name
            for name, fact in first.decision.facts.items()
            if isinstance(fact, str) and second.decision.facts.get(name) == fact
        }

    def situations(self, mode: Mode) -> int:
        """How many pairs of situations may be stated together."""
        first, second = (half.situations(mode) for half in self.halves)
        return sum(self._together(one, other) for one in first for other in second)

    def draw_item(
        self,
        seed: int,
        kind: PairKind,
        length: Length,
        mode: Mode,
        *,
        rule: str | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Item | None:
        """One item of the kind, on a rule of either half if wanted; None when none fits."""
        if kind not in self.pair.kinds:
            return None
        counts = seen or {}
        best: tuple[int, tuple[Drawn, Drawn]] | None = None
        for number in range(TRIES):
            random = draw(seed, self.pair.id, mode, kind, number)
            sizes = self._sizes(random, kind)
            drawn = tuple(
                half.draw(random, mode, size, rule if self._owns(half, rule) else None)
                for half, size in zip(self.halves, sizes, strict=True)
            )
            if drawn[0] is None or drawn[1] is None:
                if rule is not None:
                    continue
                return None
            halves = (drawn[0], drawn[1])
            if not self._together(halves[0].situation, halves[1].situation):
                continue
            times = counts.get(self._situation(halves), 0)
            if best is None or times < best[0]:
                best = (times, halves)
            if times == 0:
                break
        return None if best is None else self._build(best[1], seed, kind, length)

    def _sizes(self, random: Random, kind: PairKind) -> tuple[int, int]:
        if kind == "composite":
            return (2, 2)
        return (3, 2) if random.random() < 0.5 else (2, 3)

    def _owns(self, half: SolvedHalf, rule: str | None) -> bool:
        return rule is not None and rule.split(".")[0] == half.half.decision

    def _together(self, first: Situation, second: Situation) -> bool:
        """Whether the halves may stand in one stem: no clash, one goal at most, shared facts."""
        if first.goal is not None and second.goal is not None:
            return False
        one, other = first.stated, second.stated
        if any(one.get(name) != other.get(name) for name in self._shared):
            return False
        if any(holds(c.first, one) and holds(c.second, other) for c in self.pair.forbid):
            return False
        return bool(self._frames(first, second))

    def _frames(self, first: Situation, second: Situation) -> list[str]:
        needs = set(self.pair.scene.needs)
        for half, situation in zip(self.halves, (first, second), strict=True):
            needs.update(half.items.decision.scene.needs)
            for fact, value in situation.facts:
                needs.update(half.solver.facts[fact].values[value].needs)
        return self.vocabulary.fitting(needs)

    def _stated(self, halves: tuple[Drawn, Drawn]) -> dict[str, str]:
        return {
            f"{half.half.decision}.{fact}": value
            for half, drawn in zip(self.halves, halves, strict=True)
            for fact, value in drawn.situation.facts
        }

    def _goal(self, halves: tuple[Drawn, Drawn]) -> str | None:
        return halves[0].situation.goal or halves[1].situation.goal

    def _situation(self, halves: tuple[Drawn, Drawn]) -> str:
        return situation_id(self.pair.id, self._stated(halves), self._goal(halves))

    def _build(
        self, halves: tuple[Drawn, Drawn], seed: int, kind: PairKind, length: Length
    ) -> Item:
        random = draw(seed, self.pair.id, kind, length, "build")
        frame = random.choice(self._frames(halves[0].situation, halves[1].situation))
        parts = (
            self._parts(0, halves[0], random, frame),
            self._parts(1, halves[1], random, frame),
        )
        made = composite_options if kind == "composite" else choose_two_options
        shown = made(parts, random, length)
        stem, spans = assemble(self._stem(parts, random, kind, length))
        situation = self._situation(halves)
        objective = self.halves[0].items.objective
        hashes = digest("pair", *(half.items.decision_hash for half in self.halves))
        decisions = [half.items.decision for half in self.halves]
        goal = self._goal(halves)
        rules = {rule for option in shown.options for rule in option.rules}
        return Item(
            id=item_id(situation, hashes, [option.id for option in shown.options]),
            situation=situation,
            surface=surface_id(stem, [option.text for option in shown.options]),
            decision=decisions[0].id,
            title=self.pair.title,
            kind=kind,
            length=length,
            section=objective.split(".")[0],
            objective=objective,
            considerations=tuple(
                dict.fromkeys(name for one in decisions for name in one.considerations)
            ),
            topics=tuple(dict.fromkeys(name for one in decisions for name in one.topics)),
            rules=tuple(
                rule for half in self.halves for rule in half.items.rules() if rule in rules
            ),
            facts=self._stated(halves),
            goal=goal,
            goal_name=next((one.goal_name for one in parts if one.goal_name), None),
            goal_decides=bool(shown.goal_row),
            stem=stem,
            spans=spans,
            decisive=self._decisive(halves, spans),
            options=shown.options,
            argue=shown.argue,
            goal_row=shown.goal_row,
            flips=shown.flips,
            frame=frame,
            style=parts[0].style,
            seed=seed,
        )

    def _decisive(self, halves: tuple[Drawn, Drawn], spans: Mapping[str, Span]) -> tuple[Span, ...]:
        """Spans of facts, and of the goal, that decide among the shown options of their half."""
        names = set()
        for half, drawn in zip(self.halves, halves, strict=True):
            for name in half.items.decisive(drawn.situation, drawn.options):
                names.add(name if name == "goal" else f"{half.half.decision}.{name}")
                if name in self._shared:  # told once, under the name of the first half
                    names.add(f"{self.pair.first.decision}.{name}")
        return tuple(span for name, span in spans.items() if name in names)

    def _parts(self, number: int, drawn: Drawn, random: Random, frame: str) -> Parts:
        half = self.halves[number]
        decision = half.items.decision
        numbers = draw_numbers(random, decision.numbers, decision.derive)
        words = self.vocabulary.words(
            frame, {name: printed(value) for name, value in numbers.items()}
        )
        styles = len(next(iter(decision.options.values())).brief)
        goal = drawn.situation.goal
        return Parts(
            half=half,
            drawn=drawn,
            words=words,
            style=random.randrange(styles),
            goal_name=fill(decision.goals[goal].name, words) if goal else None,  # type: ignore[index]
        )

    def _stem(
        self, parts: tuple[Parts, Parts], random: Random, kind: PairKind, length: Length
    ) -> list[Sentence]:
        scene, words = self.pair.scene, parts[0].words
        opening = scene.setup if length == "exam" else scene.brief_setup
        said = [sentence(fill(random.choice(opening), words))] if opening else []
        told: set[str] = set()
        for part in parts:
            said += self._told(part, random, length, told)
        lead = fill(random.choice(scene.lead), words) if length == "exam" else ""
        goal = next((part for part in parts if part.drawn.situation.goal), None)
        if goal is not None:
            says = goal.half.items.decision.goals[goal.drawn.situation.goal].say  # type: ignore[index]
            wish = fill(random.choice(says), goal.words)
            said.append(sentence(f"{lead}, and {wish}" if lead else wish, "goal"))
        elif lead:
            said.append(sentence(lead))
        if kind == "choose_two":
            said.append(sentence(random.choice(self.pair.ask_two)))
        else:
            asks = scene.ask if length == "exam" else scene.brief_ask
            said.append(sentence(fill(random.choice(asks), words)))
        return said

    def _told(self, part: Parts, random: Random, length: Length, told: set[str]) -> list[Sentence]:
        """The facts of one half as sentences; a fact that both halves share is told once."""
        decision, solver = part.half.items.decision, part.half.solver
        stated = sorted(
            part.drawn.situation.facts, key=lambda one: ROLE_ORDER.index(solver.facts[one[0]].role)
        )
        clauses = []
        for fact, value in stated:
            if fact in self._shared and fact in told:
                continue
            told.add(fact)
            one = solver.facts[fact].values[value]
            text = random.choice(one.say if length == "exam" else one.brief)
            clauses.append(Clause(fill(text, part.words), f"{decision.id}.{fact}"))
        return woven(clauses, random, length)
