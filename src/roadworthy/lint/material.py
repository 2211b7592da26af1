"""What lint rules look at: the pack, its solved decisions, samples of items, and places.

Everything that costs time is made once and kept, so that rules can be written as if each were
alone. ``now`` and ``seed`` are given by the caller; the same ones give the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import cast

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.item import Item, Kind, Length
from roadworthy.items.pair import PairItems
from roadworthy.items.steps import StepsItems
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Decision,
    ExhibitDecision,
    StepsDecision,
)
from roadworthy.pack.model import Pack
from roadworthy.pack.pair import Pair, PairKind
from roadworthy.pack.tokens import replace_terms
from roadworthy.problem import Place

Placing = Callable[..., Place]
LENGTHS: tuple[Length, Length] = ("brief", "exam")
SAMPLE = 200
"""Items of one decision and length that the rules on items read."""


class Material:
    """A pack under the lint. Attributes are what rules may read; nothing here changes."""

    def __init__(
        self,
        pack: Pack,
        generator: Generator,
        *,
        now: datetime,
        seed: int,
        place: Placing | None = None,
        paths: Collection[str] | None = None,
        sample: int = SAMPLE,
    ) -> None:
        self.pack = pack
        self.generator = generator
        self.today: date = now.date()
        self.seed = seed
        self.paths = paths
        self.sample = sample
        self._place = place
        self._items: dict[tuple[str, Length, Kind | None], tuple[Item, ...]] = {}
        self._pair_items: dict[tuple[str, PairKind, Length], tuple[Item, ...]] = {}

    # --- places -----------------------------------------------------------------------------

    def at(self, file: str, *loc: str | int) -> Place:
        """The place of a node of a file of the pack; the file alone where no reading is known."""
        return self._place(file, *loc) if self._place else Place(file)

    def at_decision(self, decision: Decision, *loc: str | int) -> Place:
        """The place of a node in the file of a decision."""
        folder = "exhibits" if isinstance(decision, ExhibitDecision) else "decisions"
        return self.at(f"{folder}/{decision.id}.yaml", *loc)

    def at_pair(self, pair: Pair, *loc: str | int) -> Place:
        """The place of a node in the file of a pair of decisions."""
        return self.at(f"pairs/{pair.id}.yaml", *loc)

    def at_limit(self, limit_id: str, *loc: str | int) -> Place:
        """The place of a node of a limit in the file of limits."""
        return self.at("limits.yaml", "limits", limit_id, *loc)

    def at_topic(self, topic_id: str, *loc: str | int) -> Place:
        """The place of a node in the front matter of a topic."""
        number = self.pack.topics[topic_id].head.number
        return self.at(f"topics/{number:02d}-{topic_id}.md", *loc)

    # --- decisions --------------------------------------------------------------------------

    def decisions(self) -> Iterator[Decision]:
        """All decisions, by id."""
        for name in sorted(self.pack.decisions):
            yield self.pack.decisions[name]

    def choices(self) -> Iterator[tuple[ChoiceDecision, ChoiceItems]]:
        """Decisions of kind choice or diagnosis, with their solved situations."""
        for decision in self.decisions():
            if isinstance(decision, ChoiceDecision):
                yield decision, cast(ChoiceItems, self.generator.maker(decision.id))

    def computes(self) -> Iterator[ComputeDecision]:
        """Decisions of kind compute."""
        for decision in self.decisions():
            if isinstance(decision, ComputeDecision):
                yield decision

    def steps(self) -> Iterator[tuple[StepsDecision, StepsItems]]:
        """Decisions on steps, with their states and chains."""
        for decision in self.decisions():
            if isinstance(decision, StepsDecision):
                yield decision, cast(StepsItems, self.generator.maker(decision.id))

    def exhibits(self) -> Iterator[ExhibitDecision]:
        """Decisions of kind exhibit."""
        for decision in self.decisions():
            if isinstance(decision, ExhibitDecision):
                yield decision

    def pairs(self) -> Iterator[tuple[Pair, PairItems]]:
        """Pairs of decisions with their solved halves, by id; those of a broken half left out."""
        for name in sorted(self.pack.pairs):
            pair = self.pack.pairs[name]
            if {pair.first.decision, pair.second.decision} <= set(self.pack.decisions):
                yield pair, self.generator.pair_maker(name)

    def named(self, text: str) -> str:
        """A text of a lesson with the names of products; slots stay, no frame fills them there."""
        return replace_terms(text, lambda id_: self.generator.vocabulary.terms[f"@{id_}"])

    # --- items ------------------------------------------------------------------------------

    def items(self, decision_id: str, length: Length) -> tuple[Item, ...]:
        """``sample`` items of one decision as practice draws them, texts that come twice included.

        None is left out for its text: where a decision has few texts, that would favor some keys.
        """
        return self._sampled(decision_id, length, None)

    def prose_items(self, decision_id: str, length: Length) -> tuple[Item, ...]:
        """``sample`` items whose options are prose, so that wording could give the key away."""
        decision = self.pack.decisions[decision_id]
        if isinstance(decision, ComputeDecision):
            return ()
        steps = isinstance(decision, StepsDecision)
        return self._sampled(decision_id, length, "next_step" if steps else None)

    def pair_items(self, pair_id: str, kind: PairKind, length: Length) -> tuple[Item, ...]:
        """``sample`` items of one kind of a pair of decisions, as practice draws them."""
        known = self._pair_items.get((pair_id, kind, length))
        if known is None:
            random = draw(self.seed, "lint pair", pair_id, kind, length)
            made = (
                self.generator.generate_pair(
                    pair_id, kind=kind, seed=random.randrange(2**31), length=length
                )
                for _ in range(self.sample)
            )
            known = tuple(item for item in made if item is not None)
            self._pair_items[(pair_id, kind, length)] = known
        return known

    def _sampled(self, decision_id: str, length: Length, kind: Kind | None) -> tuple[Item, ...]:
        known = self._items.get((decision_id, length, kind))
        if known is None:
            random = draw(self.seed, "lint", decision_id, length, kind)
            made = (
                self.generator.generate(
                    decision_id, seed=random.randrange(2**31), length=length, kind=kind
                )
                for _ in range(self.sample)
            )
            known = tuple(item for item in made if item is not None)
            self._items[(decision_id, length, kind)] = known
        return known
