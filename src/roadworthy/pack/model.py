"""A loaded pack: everything that a candidate reads, typed, with derived look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadworthy.errors import NotThere
from roadworthy.pack.advice import Advice
from roadworthy.pack.catalog import (
    Article,
    Blueprint,
    Crosswalk,
    Frames,
    PackHead,
    Resources,
    SharedFacts,
    Source,
    Takeaways,
    Term,
    TopicHead,
)
from roadworthy.pack.decision import ChoiceDecision, Decision, Fact
from roadworthy.pack.lab import Lab
from roadworthy.pack.ladder import Ladder
from roadworthy.pack.limit import Limit
from roadworthy.pack.objective_notes import ObjectiveNotes
from roadworthy.pack.pair import Pair
from roadworthy.pack.stage_map import StageMap


@dataclass(frozen=True)
class Topic:
    """One key topic: its head and its Markdown, cut at the ``##`` headings."""

    head: TopicHead
    parts: tuple[tuple[str, str], ...]  # (heading, Markdown); the first heading is ''


@dataclass(frozen=True)
class Pack:
    """The content of one certification. ``hash`` covers content, schema and nothing else.

    ``objectives`` holds the notes on objectives that have any; a pack may go without
    ``map`` and ``advice``. ``labs`` are by id in the order of their numbers; ``hash`` leaves them
    out, because they change no item.
    """

    head: PackHead
    blueprint: Blueprint
    terms: dict[str, Term]
    sources: dict[str, Source]
    frames: Frames
    facts: SharedFacts
    article: Article
    resources: Resources
    takeaways: Takeaways
    crosswalk: Crosswalk
    limits: dict[str, Limit]
    topics: dict[str, Topic]
    decisions: dict[str, Decision]
    pairs: dict[str, Pair]
    objectives: dict[str, ObjectiveNotes]
    map: StageMap | None
    advice: Advice | None
    hash: str
    decision_hashes: dict[str, str] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    labs: dict[str, Lab] = field(default_factory=dict)

    def decision(self, decision_id: str) -> Decision:
        """The decision of that id; raises ``NotThere``."""
        try:
            return self.decisions[decision_id]
        except KeyError:
            known = ", ".join(sorted(self.decisions))
            raise NotThere(
                f"There is no decision '{decision_id}'.",
                where=f"pack {self.head.id}",
                mend=f"Use one of: {known}.",
            ) from None

    def pair(self, pair_id: str) -> Pair:
        """The pair of decisions of that id; raises ``NotThere``."""
        try:
            return self.pairs[pair_id]
        except KeyError:
            known = ", ".join(sorted(self.pairs)) or "none"
            raise NotThere(
                f"There is no pair of decisions '{pair_id}'.",
                where=f"pack {self.head.id}",
                mend=f"Use one of: {known}.",
            ) from None

    def limit(self, limit_id: str) -> Limit:
        """The limit of that id; raises ``NotThere``."""
        try:
            return self.limits[limit_id]
        except KeyError:
            raise NotThere(
                f"There is no limit '{limit_id}'.",
                where=f"pack {self.head.id}",
                mend="Use an id of limits.yaml.",
            ) from None

    def facts_of(self, decision: ChoiceDecision) -> dict[str, Fact]:
        """The facts of a decision with shared ones looked up, in the order of the file."""
        return {
            name: self.facts.facts[fact] if isinstance(fact, str) else fact
            for name, fact in decision.facts.items()
        }

    def section_of(self, consideration: str) -> str:
        """The section id of a consideration: '5' for '5.2.a'."""
        return consideration.split(".")[0]
