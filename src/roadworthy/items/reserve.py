"""Situations kept for forms and never practised: about a fifth by hash, at least two."""

from __future__ import annotations

from collections.abc import Sequence

SHARE = 5
LEAST = 2


def is_reserved(situation: str) -> bool:
    """Whether the hash alone reserves a situation (kinds with endless situations use only this)."""
    return int(situation[:8], 16) % SHARE == 0


def reserved(situations: Sequence[str]) -> frozenset[str]:
    """The reserved ids among the situations of a decision.

    At least two when the decision has more than four; a decision so small keeps none.
    """
    kept = {one for one in situations if is_reserved(one)}
    if len(situations) > 4:
        for one in sorted(situations):
            if len(kept) >= LEAST:
                break
            kept.add(one)
    return frozenset(kept)
