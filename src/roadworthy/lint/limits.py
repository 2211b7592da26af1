"""Limits as a candidate meets them: the text that asks, and the answer that judges."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.item import Recall
from roadworthy.items.recall import recall_item
from roadworthy.lint.material import Material
from roadworthy.pack.limit import Limit
from roadworthy.problem import Place


def recall_of(material: Material, limit: Limit) -> Recall:
    """The answer of a limit, with product names filled in."""
    item = recall_item(
        "limit", limit, material.generator.vocabulary.terms, section="", seed=material.seed
    )
    assert item.recall is not None
    return item.recall


def asked(material: Material, limit: Limit) -> list[str]:
    """Each phrasing that asks for a limit, with product names filled in."""
    return [material.named(text) for text in limit.ask]


def limit_texts(material: Material, *, named: bool = True) -> Iterator[tuple[Place, str, str]]:
    """(place, field, text) of what a candidate reads of each limit; ``named``: as it is shown."""
    shown = material.named if named else str
    for name, limit in material.pack.limits.items():
        for number, text in enumerate(limit.ask):
            yield material.at_limit(name, "ask", number), "ask", shown(text)
        yield material.at_limit(name, "because"), "because", shown(limit.because)
        for number, near in enumerate(limit.near):
            place = material.at_limit(name, "near", number, "because")
            yield place, "near", shown(near.because)
