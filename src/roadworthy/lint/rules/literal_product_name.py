"""RW211: product names that are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadworthy.lint.limits import limit_texts
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.tokens import TERM
from roadworthy.pack.walk import walk
from roadworthy.problem import Place, Problem

_FREE = frozenset({"supports", "source", "title"})
"""Notes for authors, ids, and the title, which is shown where no names are filled in."""
_CODE = frozenset({"exhibit", "worlds", "chart", "change", "series"})
"""Code says names as engineers type them."""


class LiteralProductName(LintRule):
    """The name of a product is written out in a decision, a pair or a limit.

    What
        Names in terms.yaml, today's and earlier ones, must not stand in the text of a decision,
        a pair or a limit. `{@term-id}` gives today's name. Notes for authors (``supports``), code
        in exhibits, and the answers of limits (any spelling may be typed) are exempt.

    Why
        Products are renamed every year. A name in one place is renamed in one line.

    Example
        `the schedule of Vertex AI Pipelines` goes stale. Write `the schedule of {@pipelines}`.
    """

    code = "RW211"
    slug = "literal-product-name"
    verifies = "product names are given by token only"

    def check(self, material: Material) -> Iterator[Problem]:
        names: dict[str, str] = {}
        for id_, term in material.pack.terms.items():
            for name in (term.name, *(one.name for one in term.former)):
                names.setdefault(name, id_)
        if not names:
            return
        longest_first = sorted(names, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
        for place, value in _texts(material):
            for name in sorted(set(pattern.findall(TERM.sub(" ", value)))):
                yield self.found(f"`{name}` is written out.", place, f"Write {{@{names[name]}}}.")


def _texts(material: Material) -> Iterator[tuple[Place, str]]:
    for decision in material.decisions():
        for loc, value in walk(decision):
            if isinstance(value, str) and loc[-1] not in _FREE and not _CODE & set(loc):
                yield material.at_decision(decision, *loc), value
    for pair in material.pack.pairs.values():
        for loc, value in walk(pair):
            if isinstance(value, str) and loc[-1] not in _FREE:
                yield material.at_pair(pair, *loc), value
    for place, _, text in limit_texts(material, named=False):
        yield place, text
