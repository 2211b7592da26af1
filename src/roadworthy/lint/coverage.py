"""What a pack covers: decisions, rules and situations, by consideration and by topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.compute import ComputeItems
from roadworthy.items.generate import Generator, Maker
from roadworthy.pack.blueprint import considerations_of
from roadworthy.pack.model import Pack


@dataclass(frozen=True, slots=True)
class ConsiderationCovered:
    """Decisions that name a consideration, items written by hand for it, situations of both."""

    decisions: int
    authored: int
    situations: int


@dataclass(frozen=True, slots=True)
class TopicCovered:
    """Decisions that name a topic, and their situations."""

    decisions: int
    situations: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts over a pack. ``situations`` counts those that can be shown, reserved ones too."""

    decisions: int
    rules: int
    situations: int
    considerations: dict[str, ConsiderationCovered]
    topics: dict[str, TopicCovered]

    def as_json(self) -> dict[str, Any]:
        """The counts as plain JSON data, with the field names of the classes."""
        return asdict(self)

    def as_lines(self, pack: Pack) -> Iterator[str]:
        """The counts for reading: totals, then a line for each consideration and topic."""
        yield f"{self.decisions} decisions, {self.rules} rules, {self.situations} situations"
        named = sum(one.decisions > 0 for one in self.considerations.values())
        yield f"{named} of {len(self.considerations)} considerations have a decision"
        yield ""
        yield f"  {'consideration':<15}{'decisions':>10}{'authored':>10}{'situations':>12}"
        for id_, one in self.considerations.items():
            yield f"  {id_:<15}{one.decisions:>10}{one.authored:>10}{one.situations:>12}"
        yield ""
        yield f"  {'topic':<25}{'decisions':>10}{'situations':>12}"
        for id_, topic in self.topics.items():
            yield f"  {id_:<25}{topic.decisions:>10}{topic.situations:>12}"


def coverage_of(pack: Pack, generator: Generator) -> Coverage:
    """The counts of a pack. Solves every decision once."""
    situations = {name: _situations(generator.maker(name)) for name in pack.decisions}
    by_topic = {
        id_: [name for name, decision in pack.decisions.items() if id_ in decision.topics]
        for id_ in pack.topics
    }
    by_consideration = {
        id_: [name for name, decision in pack.decisions.items() if id_ in decision.considerations]
        for id_ in considerations_of(pack.blueprint)
    }
    return Coverage(
        decisions=len(pack.decisions),
        rules=sum(len(rules) for rules in generator.rules.values()),
        situations=sum(situations.values()),
        considerations={
            id_: ConsiderationCovered(len(names), 0, sum(situations[name] for name in names))
            for id_, names in by_consideration.items()
        },
        topics={
            id_: TopicCovered(len(names), sum(situations[name] for name in names))
            for id_, names in by_topic.items()
        },
    )


def _situations(maker: Maker) -> int:
    """Situations of a decision. Numbers are drawn without end, so a quantity counts as one."""
    if isinstance(maker, ChoiceItems):
        return len(maker.situations)
    if isinstance(maker, ComputeItems):
        return len(maker.quantities)
    return maker.situations()
