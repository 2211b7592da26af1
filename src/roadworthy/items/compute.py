"""Items of kind compute: numbers drawn, one quantity asked, the others as distractors."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from random import Random

from roadworthy.items.identity import draw, item_id, situation_id, surface_id
from roadworthy.items.item import ArgueRow, Flip, Item, Length, Mode, ShownOption, Span
from roadworthy.items.phrase import BRIEF_WORDS, assemble, capitalized, fill, sentence
from roadworthy.items.reserve import is_reserved
from roadworthy.items.scene import Vocabulary, draw_numbers, evaluate, opened, printed
from roadworthy.pack.decision import ComputeDecision, Quantity

TRIES = 60
SHOWN = 4


class ComputeItems:
    """All items of one compute decision. Its situations are the draws, so they are endless."""

    def __init__(
        self, decision: ComputeDecision, vocabulary: Vocabulary, decision_hash: str, objective: str
    ) -> None:
        self.decision = decision
        self.vocabulary = vocabulary
        self.decision_hash = decision_hash
        self.objective = objective
        self.quantities = {
            name: one for name, one in decision.quantities.items() if one.status == "confirmed"
        }

    def rules(self) -> list[str]:
        return [self._rule(one) for one in self.quantities.values()]

    def draw_item(
        self, seed: int, length: Length, mode: Mode, *, rule: str | None = None
    ) -> Item | None:
        """One item; None when no draw keeps the shown values apart (or the rule is unknown)."""
        for redraw in range(TRIES):
            random = draw(seed, self.decision.id, mode, "compute", redraw)
            names = self._draw_quantities(random, rule)
            if names is None:
                return None
            asked = names[0]
            values = draw_numbers(random, self.decision.params, self.decision.derive)
            if not self._apart(names, values):
                continue
            facts = {name: printed(values[name]) for name in self.decision.params}
            situation = situation_id(self.decision.id, {**facts, "asked": asked}, None)
            if is_reserved(situation) == (mode == "mock"):
                return self._build(random, seed, length, names, values, facts, situation)
        return None

    def worked_item(self, seed: int, length: Length) -> Item:
        """The numbers that the author chose to show worked out, asking the first quantity."""
        random = draw(seed, self.decision.id, "worked")
        values: dict[str, float] = {name: float(one) for name, one in self.decision.worked.items()}
        for name, expression in self.decision.derive.items():
            values[name] = evaluate(expression, values)
        names = list(self.quantities)[:SHOWN]
        facts = {name: printed(values[name]) for name in self.decision.params}
        situation = situation_id(self.decision.id, {**facts, "asked": names[0]}, None)
        return self._build(random, seed, length, names, values, facts, situation)

    def _draw_quantities(self, random: Random, rule: str | None) -> list[str] | None:
        """Four quantities, the asked one first; the set is drawn before the asked one."""
        if rule is None:
            names = random.sample(sorted(self.quantities), SHOWN)
            random.shuffle(names)
            return names
        asked = next((name for name, q in self.quantities.items() if self._rule(q) == rule), None)
        if asked is None:
            return None
        return [asked, *random.sample(sorted(set(self.quantities) - {asked}), SHOWN - 1)]

    def _value(self, name: str, values: Mapping[str, float]) -> float:
        return evaluate(self.quantities[name].formula, values)

    def _apart(self, names: list[str], values: Mapping[str, float]) -> bool:
        try:
            found = sorted(self._scaled(name, self._value(name, values)) for name in names)
        except ZeroDivisionError:
            return False
        return all(b - a >= self.decision.min_gap for a, b in itertools.pairwise(found))

    def _scaled(self, name: str, value: float) -> float:
        return value * 100 if self.quantities[name].show == "percent" else value

    def _shown(self, name: str, value: float) -> str:
        kind = self.quantities[name].show
        if kind == "percent":
            return f"{value * 100:.1f} percent"
        return f"{value:.2f}" if kind == "decimal" else f"{round(value):,}"

    def _rule(self, quantity: Quantity) -> str:
        return f"{self.decision.id}.{quantity.id}"

    def _build(
        self,
        random: Random,
        seed: int,
        length: Length,
        names: list[str],
        values: Mapping[str, float],
        facts: dict[str, str],
        situation: str,
    ) -> Item:
        decision = self.decision
        frame = random.choice(self.vocabulary.fitting(decision.scene.needs))
        words = self.vocabulary.words(frame, {name: printed(v) for name, v in values.items()})
        stem, spans = self._stem(random, length, names[0], words)
        order = sorted(names, key=lambda name: self._value(name, values))
        asked = self.quantities[names[0]]
        options = tuple(self._option(name, asked, values, words) for name in order)
        argue = (
            ArgueRow(
                "asked",
                capitalized(fill(asked.words, words)),
                tuple(
                    () if name == names[0] else (self._rule(self.quantities[name]),)
                    for name in order
                ),
            ),
        )
        flips = tuple(
            Flip(
                "asked",
                f"the text asks for {self.quantities[name].name}",
                order.index(name),
                tuple("key" if other == name else "another quantity" for other in order),
                f"{capitalized(fill(self.quantities[name].words, words))}: "
                f"{self._shown(name, self._value(name, values))}.",
            )
            for name in names[1:]
        )
        return Item(
            id=item_id(situation, self.decision_hash, names),
            situation=situation,
            surface=surface_id(stem, [option.text for option in options]),
            decision=decision.id,
            title=decision.title,
            kind="compute",
            length=length,
            section=self.objective.split(".")[0],
            objective=self.objective,
            considerations=tuple(decision.considerations),
            topics=tuple(decision.topics),
            rules=tuple(self._rule(self.quantities[name]) for name in names),
            facts={**facts, "asked": names[0]},
            goal=None,
            goal_name=None,
            goal_decides=False,
            stem=stem,
            spans=spans,
            decisive=tuple(spans.values()),
            options=options,
            argue=argue,
            goal_row=(),
            flips=flips,
            frame=frame,
            style=0,
            seed=seed,
        )

    def _stem(
        self, random: Random, length: Length, asked: str, words: Mapping[str, str]
    ) -> tuple[str, dict[str, Span]]:
        decision, quantity = self.decision, self.quantities[asked]
        if length == "exam":
            parts = [
                sentence(fill(random.choice(decision.scene.setup), words)),
                sentence(fill(random.choice(decision.say), words)),
                sentence(fill(random.choice(quantity.ask), words), "asked"),
            ]
        else:
            parts = [
                sentence(fill(random.choice(decision.brief), words)),
                sentence(fill(random.choice(quantity.brief), words), "asked"),
            ]
        if not parts[-1].text.endswith("?"):
            asks = decision.scene.ask if length == "exam" else decision.scene.brief_ask
            parts.append(sentence(fill(random.choice(asks), words)))
        if length == "brief":
            parts = opened(parts, decision.scene, random, words, room=BRIEF_WORDS[1])
        return assemble(parts)

    def _option(
        self, name: str, asked: Quantity, values: Mapping[str, float], words: Mapping[str, str]
    ) -> ShownOption:
        quantity = self.quantities[name]
        text = self._shown(name, self._value(name, values))
        formula = capitalized(fill(quantity.words, words))
        if quantity is asked:
            rationale = f"{formula}: {self._sum(quantity, values)} = {text}."
        else:
            rationale = (
                f"{capitalized(fill(quantity.tempts, words))}. This is {quantity.name}: "
                f"{fill(quantity.words, words)}. It would be the key if the text asked for that."
            )
        return ShownOption(
            id=name,
            name=quantity.name,
            text=text,
            correct=quantity is asked,
            rationale=rationale,
            rules=() if quantity is asked else (self._rule(asked), self._rule(quantity)),
            source=quantity.source,
            checked=quantity.checked.isoformat(),
            strength=None if quantity is asked else "impossible",
            misconception=None if quantity is asked else quantity.misconception,
        )

    def _sum(self, quantity: Quantity, values: Mapping[str, float]) -> str:
        """The formula with its numbers in place of names."""
        text = quantity.formula
        for name in sorted(values, key=len, reverse=True):
            text = text.replace(name, printed(values[name]))
        return text.replace("*", "×").replace("/", "÷")
