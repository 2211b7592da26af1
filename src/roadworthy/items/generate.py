"""Decision + seed -> item: the one door to all kinds of items of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.compute import ComputeItems
from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.identity import draw
from roadworthy.items.item import Item, Kind, Length, Mode
from roadworthy.items.option_sets import Choice
from roadworthy.items.pair import PairItems
from roadworthy.items.recall import recall_item
from roadworthy.items.scene import Vocabulary
from roadworthy.items.steps import StepsItems
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, ExhibitDecision
from roadworthy.pack.model import Pack
from roadworthy.pack.pair import PairKind

Maker = ChoiceItems | ComputeItems | StepsItems | ExhibitItems


class Generator:
    """Makes the items of a pack. Solving is lazy, once a decision; safe to keep for a process."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.vocabulary = Vocabulary(pack.frames, pack.terms)
        self._makers: dict[str, Maker] = {}
        self._pairs: dict[str, PairItems] = {}

    def maker(self, decision_id: str) -> Maker:
        """The solved decision. Raises ``NotThere`` for an unknown id."""
        known = self._makers.get(decision_id)
        if known is None:
            decision = self.pack.decision(decision_id)
            identity = self.pack.decision_hashes.get(decision_id, self.pack.hash)
            objective = ".".join(decision.considerations[0].split(".")[:2])
            if isinstance(decision, ChoiceDecision):
                known = ChoiceItems(
                    decision, self.pack.facts_of(decision), self.vocabulary, identity, objective
                )
            elif isinstance(decision, ComputeDecision):
                known = ComputeItems(decision, self.vocabulary, identity, objective)
            elif isinstance(decision, ExhibitDecision):
                known = ExhibitItems(decision, self.vocabulary, identity, objective)
            else:
                known = StepsItems(decision, self.vocabulary, identity, objective)
            self._makers[decision_id] = known
        return known

    def pair_maker(self, pair_id: str) -> PairItems:
        """The solved pair of decisions. Raises ``NotThere`` for an unknown id."""
        known = self._pairs.get(pair_id)
        if known is None:
            pair = self.pack.pair(pair_id)
            first, second = self.maker(pair.first.decision), self.maker(pair.second.decision)
            assert isinstance(first, ChoiceItems)
            assert isinstance(second, ChoiceItems)
            known = self._pairs[pair_id] = PairItems(pair, first, second, self.vocabulary)
        return known

    @cached_property
    def rules(self) -> dict[str, list[str]]:
        """Decision id -> ids of the rules that memory is kept for."""
        return {name: self.maker(name).rules() for name in self.pack.decisions}

    def generate(
        self,
        decision_id: str,
        *,
        seed: int,
        length: Length,
        mode: Mode = "practice",
        rule: str | None = None,
        kind: Kind | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Item | None:
        """One item, or None when the decision has none for the rule, kind or mode.

        ``seen``: situation id -> times shown; the least seen situations come first.
        """
        maker = self.maker(decision_id)
        if isinstance(maker, ChoiceItems):
            choice = maker.choose(seed, mode, rule=rule, seen=seen or {})
            return None if choice is None else maker.build(choice, seed, length)
        if isinstance(maker, ComputeItems):
            return maker.draw_item(seed, length, mode, rule=rule)
        if isinstance(maker, ExhibitItems):
            return maker.draw_item(seed, length, mode, rule=rule, seen=seen)
        return maker.draw_item(seed, length, mode, rule=rule, kind=kind, seen=seen)

    def generate_pair(
        self,
        pair_id: str,
        *,
        kind: PairKind,
        seed: int,
        length: Length,
        mode: Mode = "practice",
        rule: str | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Item | None:
        """One item over two decisions, or None when the pair has none for the rule, kind or mode.

        Situations of a pair are its own: showing one does not count as showing those of its halves.
        """
        maker = self.pair_maker(pair_id)
        return maker.draw_item(seed, kind, length, mode, rule=rule, seen=seen)

    def recall(self, limit_id: str, *, seed: int) -> Item:
        """The item that asks for a limit by heart. Raises ``NotThere`` for an unknown id."""
        limit = self.pack.limit(limit_id)
        section = self.pack.section_of(limit.considerations[0])
        return recall_item(limit_id, limit, self.vocabulary.terms, section=section, seed=seed)

    def contrast(self, item: Item, *, seed: int) -> Item | None:
        """An item in which one fact (or the goal) differs and the key moves; None if none."""
        maker = self.maker(item.decision)
        if not isinstance(maker, ChoiceItems | ExhibitItems):
            return None
        return maker.contrast(item, seed)

    def worked(self, decision_id: str, *, seed: int, length: Length = "brief") -> Item | None:
        """The situation that the pack's author chose to show worked out."""
        maker = self.maker(decision_id)
        if not isinstance(maker, ChoiceItems):
            return maker.worked_item(seed, length)
        wanted = maker.decision.worked
        situation = maker.solver.situation(wanted.facts, wanted.goal)
        if situation is None:
            return None
        sets = maker.practice.sets_of(situation)
        options = draw(seed, decision_id, "worked").choice(sets)
        return maker.build(Choice(situation, options), seed, length)

    def sample(
        self,
        count: int,
        *,
        seed: int,
        length: Length | None = None,
        mode: Mode = "practice",
        decision: str | None = None,
    ) -> Iterator[Item]:
        """Items for inspection, decisions in turn, no text twice; brief and exam mixed if None."""
        names = [decision] if decision else sorted(self.pack.decisions)
        surfaces: set[str] = set()
        seen: dict[str, int] = {}
        made, turn = 0, 0
        while made < count and turn < count * 20 + 100:
            name = names[turn % len(names)]
            random = draw(seed, "sample", turn)
            size: Length = length or ("brief" if random.random() < 0.5 else "exam")
            item = self.generate(
                name, seed=random.randrange(2**31), length=size, mode=mode, seen=seen
            )
            turn += 1
            if item is None or item.surface in surfaces:
                continue
            surfaces.add(item.surface)
            seen[item.situation] = seen.get(item.situation, 0) + 1
            made += 1
            yield item
