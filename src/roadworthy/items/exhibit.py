"""Items of kind exhibit: one fault is put into a sound text or chart; the options are mends.

All four options mend a place of the same exhibit, and each is the key as often as the others, so
the options alone say nothing. What decides is the text: only one place of it is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from random import Random

from roadworthy.items.exhibit_text import Place, place_of_key, place_of_other, shown_with
from roadworthy.items.identity import draw, item_id, situation_id, surface_id
from roadworthy.items.item import ArgueRow, Flip, Item, Length, Mode, ShownOption
from roadworthy.items.phrase import BRIEF_WORDS, Sentence, assemble, capitalized, fill, sentence
from roadworthy.items.reserve import reserved
from roadworthy.items.scene import Vocabulary, opened
from roadworthy.pack.decision import ExhibitDecision, Fault

SHOWN = 4


class ExhibitItems:
    """All items of one exhibit. A situation is a fault in one of the worlds of names."""

    def __init__(
        self, decision: ExhibitDecision, vocabulary: Vocabulary, decision_hash: str, objective: str
    ) -> None:
        self.decision = decision
        self.vocabulary = vocabulary
        self.decision_hash = decision_hash
        self.objective = objective
        self.faults = {
            name: fault for name, fault in decision.faults.items() if fault.status == "confirmed"
        }
        self.states = {
            self._situation(name, world): (name, world)
            for name in self.faults
            for world in range(len(decision.worlds))
        }
        spared = self._situation(decision.worked, 0)
        self._kept = reserved(
            {one: (name,) for one, (name, _) in self.states.items()}, spared=frozenset({spared})
        )
        self.sets = self._sets()

    def rules(self) -> list[str]:
        """Ids of the rules that memory is kept for: one a fault."""
        return [self._rule(fault) for fault in self.faults.values()]

    def situations(self) -> int:
        return len(self.states)

    def draw_item(
        self,
        seed: int,
        length: Length,
        mode: Mode,
        *,
        rule: str | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Item | None:
        """One item; its set is drawn before its fault. None when no fault has the rule."""
        random = draw(seed, self.decision.id, mode, "exhibit")
        asked = None
        if rule is not None:
            asked = next((n for n, one in self.faults.items() if self._rule(one) == rule), None)
            if asked is None:
                return None
        sets = [one for one in self.sets if asked is None or asked in one]
        if not sets:
            return None
        names = random.choice(sets)
        fault = asked or random.choice(names)
        pool = [
            one
            for one, (name, _) in self.states.items()
            if name == fault and (one in self._kept) == (mode == "mock")
        ]
        if not pool:
            return None
        counts = seen or {}
        least = min(counts.get(one, 0) for one in pool)
        situation = random.choice([one for one in pool if counts.get(one, 0) == least])
        return self._build(random, seed, length, names, situation)

    def worked_item(self, seed: int, length: Length) -> Item | None:
        """The fault that the author chose to show worked out."""
        random = draw(seed, self.decision.id, "worked")
        sets = [one for one in self.sets if self.decision.worked in one]
        if not sets:
            return None
        situation = self._situation(self.decision.worked, 0)
        return self._build(random, seed, length, random.choice(sets), situation)

    def contrast(self, item: Item, seed: int) -> Item | None:
        """The same options over the same names with another fault; None for a foreign item."""
        names = [option.id for option in item.options]
        if not set(names) <= set(self.faults):
            return None
        random = draw(seed, item.id, "contrast")
        whole = [one for one in self.sets if set(names) <= set(one)]
        others = [name for name in names if name != names[item.key]]
        world = int(item.facts["names"])
        pool = [
            one
            for one in (self._situation(name, world) for name in others)
            if one in self.states and one not in self._kept
        ]
        if not pool or not whole:
            return None
        return self._build(random, seed, item.length, random.choice(whole), random.choice(pool))

    def _sets(self) -> list[tuple[str, ...]]:
        """Four faults each. Those of one symptom go together where there are enough of them."""
        by_symptom: dict[str, list[str]] = {}
        for name, fault in self.faults.items():
            by_symptom.setdefault(fault.symptom, []).append(name)
        alike = [
            one
            for names in by_symptom.values()
            if len(names) >= SHOWN
            for one in combinations(sorted(names), SHOWN)
        ]
        covered = {name for one in alike for name in one}
        mixed = [
            one
            for one in combinations(sorted(self.faults), SHOWN)
            if not set(one) <= covered or not alike
        ]
        return sorted({*alike, *(one for one in mixed if set(one) - covered or not alike)})

    def _situation(self, fault: str, world: int) -> str:
        return situation_id(self.decision.id, {"fault": fault, "names": str(world)}, None)

    def _rule(self, fault: Fault) -> str:
        return f"{self.decision.id}.{fault.id}"

    def _build(
        self, random: Random, seed: int, length: Length, names: tuple[str, ...], situation: str
    ) -> Item:
        decision = self.decision
        key, world = self.states[situation]
        order = list(names)
        random.shuffle(order)
        frame = random.choice(self.vocabulary.fitting(decision.scene.needs))
        words = self.vocabulary.words(frame, decision.worlds[world])
        exhibit = shown_with(decision, self.faults[key], world)
        places = {
            name: place_of_key(exhibit, self.faults[name])
            if name == key
            else place_of_other(decision, self.faults[name], world, exhibit)
            for name in order
        }
        style = random.randrange(
            len(self.faults[key].do if length == "exam" else self.faults[key].brief)
        )
        stem, spans = assemble(self._stem(random, length, self.faults[key], words))
        options = tuple(self._option(name, key, length, style, places, words) for name in order)
        return Item(
            id=item_id(situation, self.decision_hash, names),
            situation=situation,
            surface=surface_id(stem, [*(o.text for o in options), *exhibit.lines]),
            decision=decision.id,
            title=decision.title,
            kind="exhibit",
            length=length,
            section=self.objective.split(".")[0],
            objective=self.objective,
            considerations=tuple(decision.considerations),
            topics=tuple(decision.topics),
            rules=tuple(self._rule(self.faults[name]) for name in names),
            facts={"fault": key, "names": str(world)},
            goal=None,
            goal_name=None,
            goal_decides=False,
            stem=stem,
            spans=spans,
            decisive=tuple(spans.values()),
            options=options,
            argue=self._argue(order, key, places),
            goal_row=(),
            flips=self._flips(order, key, places, words),
            frame=frame,
            style=style,
            seed=seed,
            exhibit=exhibit,
        )

    def _stem(
        self, random: Random, length: Length, fault: Fault, words: Mapping[str, str]
    ) -> list[Sentence]:
        scene, symptom = self.decision.scene, self.decision.symptoms[fault.symptom]
        if length == "exam":
            return [
                sentence(fill(random.choice(scene.setup), words)),
                sentence(fill(random.choice(symptom.say), words), "symptom"),
                sentence(fill(random.choice(scene.lead), words)),
                sentence(fill(random.choice(scene.ask), words)),
            ]
        said = [
            sentence(fill(random.choice(symptom.brief), words), "symptom"),
            sentence(fill(random.choice(scene.brief_ask), words)),
        ]
        return opened(said, scene, random, words, room=BRIEF_WORDS[1])

    def _option(
        self,
        name: str,
        key: str,
        length: Length,
        style: int,
        places: Mapping[str, Place],
        words: Mapping[str, str],
    ) -> ShownOption:
        fault = self.faults[name]
        text = fill((fault.do if length == "exam" else fault.brief)[style], words) + "."
        right = name == key
        if right:
            rationale = f"{capitalized(fill(fault.because, words))}. {places[name].correction}"
        else:
            rationale = (
                f"{capitalized(fill(fault.sound, words))}. It would be the key "
                f"if {places[name].instead}."
            )
        return ShownOption(
            id=name,
            name=fill(fault.name, words),
            text=text,
            correct=right,
            rationale=rationale,
            rules=()
            if right
            else tuple(dict.fromkeys((self._rule(fault), self._rule(self.faults[key])))),
            source=fault.source,
            checked=fault.checked.isoformat(),
            strength=None if right else "worse",
            misconception=None if right else fault.misconception,
        )

    def _argue(
        self, order: list[str], key: str, places: Mapping[str, Place]
    ) -> tuple[ArgueRow, ...]:
        """One row a place of the exhibit: what stands there, and the mend that it makes idle."""
        return tuple(
            ArgueRow(
                name,
                places[name].stands,
                tuple(
                    (self._rule(self.faults[other]),) if other == name != key else ()
                    for other in order
                ),
            )
            for name in sorted(order, key=lambda one: (one == key, one))
        )

    def _flips(
        self, order: list[str], key: str, places: Mapping[str, Place], words: Mapping[str, str]
    ) -> tuple[Flip, ...]:
        return tuple(
            Flip(
                "fault",
                f"{places[name].instead}, and the present fault is mended",
                order.index(name),
                tuple("key" if other == name else "its place is right" for other in order),
                f"{capitalized(fill(self.faults[name].because, words))}.",
            )
            for name in order
            if name != key
        )
