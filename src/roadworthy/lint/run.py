"""All lint rules over a pack: the one door of this package."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from roadworthy.items.generate import Generator
from roadworthy.lint.material import Material, Placing
from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules import RULES
from roadworthy.pack.model import Pack
from roadworthy.problem import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """What the lint found, by place and code, and what it verified: slug -> words."""

    problems: tuple[Problem, ...]
    verified: dict[str, str]
    figures: dict[str, str]


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
    ``place``: ``Reading.place``, so that problems name lines. ``paths``: routes of the app, such as
    ``/learn/topics/{topic}``; without them the rule on links into the app looks at nothing.
    """
    material = Material(pack, generator, now=now, seed=seed, place=place, paths=paths)
    return list(lint_material(material, rules).problems)


def lint_material(material: Material, rules: Sequence[type[LintRule]] = RULES) -> Report:
    """Problems of the rules, and what those that found nothing have verified."""
    problems: list[Problem] = []
    verified: dict[str, str] = {}
    figures: dict[str, str] = {}
    for kind in rules:
        rule = kind()
        found = list(rule.check(material))
        problems += found
        if not found:
            verified[rule.slug] = rule.verified()
        if rule.figures:
            figures[rule.slug] = rule.figures
    problems.sort(key=lambda one: (one.place, one.code, one.message))
    return Report(tuple(problems), verified, figures)


def select(names: Sequence[str]) -> list[type[LintRule]]:
    """The rules that codes or slugs name; raises ``KeyError`` with the first unknown name."""
    known = {name: rule for rule in RULES for name in (rule.code, rule.slug)}
    chosen = {known[name] for name in names}
    return [rule for rule in RULES if rule in chosen]
