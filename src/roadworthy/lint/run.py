"""All lint rules over a pack: the one door of this package."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from roadworthy.items.generate import Generator
from roadworthy.lint.material import Material, Placing
from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules import RULES
from roadworthy.pack.model import Pack
from roadworthy.problem import Problem


def lint_pack(
    pack: Pack,
    generator: Generator,
    *,
    now: datetime,
    seed: int,
    rules: Sequence[type[LintRule]] = RULES,
    place: Placing | None = None,
    paths: Collection[str] | None = None,
) -> list[Problem]:
    """Every problem that the rules find, by place and code.

    ``now``: aware, UTC; what was checked too long before it is stale. ``seed``: for the samples.
    ``place``: ``Reading.place``, so that problems name lines. ``paths``: routes of the app, for the
    rule on links into it; None leaves that rule out.
    """
    material = Material(pack, generator, now=now, seed=seed, place=place, paths=paths)
    problems = [problem for rule in rules for problem in rule().check(material)]
    return sorted(problems, key=lambda one: (one.place, one.code, one.message))


def select(names: Sequence[str]) -> list[type[LintRule]]:
    """The rules that codes or slugs name; raises ``KeyError`` with the first unknown name."""
    known = {name: rule for rule in RULES for name in (rule.code.lower(), rule.slug)}
    chosen = {known[name.lower()] for name in names}
    return [rule for rule in RULES if rule in chosen]
