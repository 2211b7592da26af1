"""Situations kept for forms and never practiced: about a fifth by hash, at least two.

The fifth is taken key by key, so that forms can show each option as the key and practice keeps
its symmetric sets. The situation that a lesson works out is never kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

SHARE = 5
LEAST = 2
FEWEST_OF_A_KEY = 3


def is_reserved(situation: str) -> bool:
    """Whether the hash alone reserves a situation (kinds with endless situations use only this)."""
    return int(situation[:8], 16) % SHARE == 0


def reserved(
    keys: Mapping[str, Collection[str]], *, spared: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The reserved ids among the situations of a decision, given the keys that each can show.

    Lowest hashes first, while each key of the situation has quota: a fifth of its situations,
    rounded, and one at least where it has three or more. Then the lowest hashes of all until there
    are two; a decision with four or fewer keeps none.
    """
    if len(keys) <= 2 * LEAST:
        return frozenset()
    counts = Counter(key for shown in keys.values() for key in shown)
    quota = {
        key: max(round(count / SHARE), int(count >= FEWEST_OF_A_KEY))
        for key, count in counts.items()
    }
    kept: set[str] = set()
    for situation, shown in sorted(keys.items()):
        if situation not in spared and shown and all(quota[key] > 0 for key in shown):
            kept.add(situation)
            for key in shown:
                quota[key] -= 1
    for situation in sorted(keys):
        if len(kept) >= LEAST:
            break
        if situation not in spared:
            kept.add(situation)
    return frozenset(kept)
