"""What a search brings: hits in groups by kind, with the words that were found marked."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.pack.search_document import Document

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces; True marks what was searched for."""


@dataclass(frozen=True)
class Hit:
    """A document that was found. ``former``: earlier names, where only they hold the words."""

    document: Document
    title: Marked
    snippet: Marked
    under: Marked = ()
    former: Marked = ()


@dataclass(frozen=True)
class Group:
    """Hits of one kind, the best first; ``total`` counts those not shown too."""

    kind: str
    heading: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Found:
    """What a search brought. ``loose``: no document has all words, these have some of them."""

    query: str
    groups: tuple[Group, ...] = ()
    counts: tuple[tuple[str, str, int], ...] = ()  # (kind, heading, number), whatever is shown
    loose: bool = False
    suggestions: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many documents hold the words, in all kinds."""
        return sum(number for _, _, number in self.counts)

    @property
    def shown(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def of_kinds(self) -> int:
        """How many hits the kinds hold that are shown."""
        return sum(group.total for group in self.groups)


def joined(first: Found, second: Found) -> Found:
    """Two searches for the same words as one; where only one has all words, it stands alone."""
    if first.total and second.total and first.loose != second.loose:
        return second if first.loose else first
    return Found(
        query=second.query,
        groups=first.groups + second.groups,
        counts=first.counts + second.counts,
        loose=(first.loose or second.loose) if first.total + second.total else False,
        suggestions=() if first.total and not first.loose else second.suggestions,
    )
