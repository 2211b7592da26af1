"""A round on the map: products are placed on the stage where they belong, ten at a time.

Nothing of it is kept. A round is drawn from a seed, so its whole state is seed and answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from roadworthy.pack.stage_map import Placement, StageMap

ROUND = 10
"""Products in a round; fewer where a level has fewer."""


@dataclass(frozen=True)
class Placed:
    """What the candidate said of one product, and where it stands on the map.

    ``stages``: stage id -> what the product does there, in the order of the stages.
    """

    term: str
    chosen: str
    stages: dict[str, Placement]

    @property
    def right(self) -> bool:
        return self.chosen in self.stages


def round_of(
    stage_map: StageMap, level: str, seed: int, before: Sequence[str] = ()
) -> tuple[str, ...]:
    """Ids of the products of a round, in the order in which they are shown.

    ``before`` are products that come first, such as the misses of the last round; those that are
    not on the level are left out. The others are drawn so that each stage comes up while there is
    room, and shuffled.
    """
    draw = Random(seed)
    at: dict[str, list[str]] = {}
    for one in stage_map.on_level(level):
        at.setdefault(one.stage, []).append(one.term)
    known = list(dict.fromkeys(term for terms in at.values() for term in terms))
    first = [term for term in dict.fromkeys(before) if term in known][:ROUND]
    stages = list(at)
    draw.shuffle(stages)
    drawn: list[str] = []
    for stage in stages:
        free = [term for term in at[stage] if term not in first and term not in drawn]
        if free:
            drawn.append(draw.choice(free))
    rest = [term for term in known if term not in first and term not in drawn]
    draw.shuffle(rest)
    others = [*drawn, *rest][: max(0, ROUND - len(first))]
    draw.shuffle(others)
    return (*first, *others)


def placed(
    stage_map: StageMap, level: str, terms: Sequence[str], given: Sequence[str]
) -> tuple[Placed, ...]:
    """The answers of a round so far; ``given`` are stage ids, one for each product in order."""
    return tuple(
        Placed(term, chosen, stage_map.stages_of(term, level))
        for term, chosen in zip(terms, given, strict=False)
    )
