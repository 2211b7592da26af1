"""The steps of a session: a text to read, an item to answer, or its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from roadworthy.items.item import Item


@dataclass(frozen=True, slots=True)
class Read:
    """Show a lesson step of a decision.

    'brief' holds the table of its rules, 'worked' a situation with its trace; 'refutation' is the
    brief opened again after two misses.
    """

    decision: str
    step: Literal["brief", "worked", "refutation"]
    why: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Show an item. ``why`` answers "why this item?" in a sentence."""

    item: Item
    step: str
    purpose: str
    why: str
    aided: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The session has reached its end."""

    why: str


Step = Read | Present | Finished
Ranking = Callable[[Sequence[str]], list[str]]
"""Rules in, rules out: the most useful next minute first (``study/policy.py``), or the most telling
answer first (``study/diagnostic.py``)."""
