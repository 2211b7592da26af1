"""Items over two decisions in an evening: now and then, at exam length, when both were taught."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.item import Item

ONE_IN = 5
"""About every fifth item of exam length asks two decisions, where a pair of them was taught."""


def two_at_once(
    generator: Generator,
    rules: Sequence[str],
    *,
    met: Callable[[str], bool],
    seen: Mapping[str, int],
    seed: int,
) -> tuple[Item, str] | None:
    """(item, the rule that it is for), for the best-ranked rule that a taught pair can ask.

    None most of the time: four of five seeds ask one decision only.
    """
    random = draw(seed, "two at once")
    if random.random() >= 1 / ONE_IN:
        return None
    pairs = [
        pair
        for pair in generator.pack.pairs.values()
        if met(pair.first.decision) and met(pair.second.decision)
    ]
    for rule in rules:
        fitting = [
            pair
            for pair in pairs
            if rule.split(".")[0] in (pair.first.decision, pair.second.decision)
        ]
        random.shuffle(fitting)
        for pair in fitting:
            item = generator.generate_pair(
                pair.id,
                kind=random.choice(pair.kinds),
                seed=seed,
                length="exam",
                rule=rule,
                seen=seen,
            )
            if item is not None:
                return item, rule
    return None
