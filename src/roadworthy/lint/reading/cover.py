"""Few items for many purposes: the greedy cover, over what each decision can offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.item import Item, Kind, Length, Mode
from roadworthy.items.option_sets import Choice, OptionSets
from roadworthy.items.steps import StepsItems
from roadworthy.lint.reading.purposes import purposes_of_choice, purposes_of_item

T = TypeVar("T")
LENGTHS: tuple[Length, Length] = ("brief", "exam")
DRAWS_OF_A_RULE = 8
DRAWS_OF_A_STEP = 30
REWORDINGS = 5


@dataclass(frozen=True, slots=True)
class Covered:
    """Items that serve purposes, and the purposes that none of them serves."""

    items: tuple[Item, ...]
    left: frozenset[str]


def greedy_cover(
    wanted: Collection[str], offers: Mapping[frozenset[str], Sequence[T]], random: Random
) -> tuple[list[T], frozenset[str]]:
    """Offers that serve the wanted purposes, and the purposes that no offer serves.

    In each turn one of those that serve most of what is left; ties are drawn. Greedy covers are at
    most ln(n) times as large as the smallest (Johnson 1974); here the excess is a few items.
    """
    left = set(wanted)
    sets = sorted(offers, key=sorted)
    picked: list[T] = []
    while left:
        gains = [len(one & left) for one in sets]
        most = max(gains, default=0)
        if most == 0:
            break
        chosen = random.choice([one for one, gain in zip(sets, gains, strict=True) if gain == most])
        picked.append(random.choice(offers[chosen]))
        left -= chosen
    return picked, frozenset(left)


def cover_of_decision(
    generator: Generator,
    decision_id: str,
    wanted: Collection[str],
    *,
    seed: int,
    surfaces: set[str],
) -> Covered:
    """Items of one decision for the wanted purposes; their texts are added to ``surfaces``.

    What practice shows comes first: balanced option sets, then its other sets, then the situations
    that are kept for forms.
    """
    maker = generator.maker(decision_id)
    random = draw(seed, "reading", decision_id)
    if isinstance(maker, ChoiceItems):
        return _of_choice(maker, wanted, random, surfaces)
    offers: dict[frozenset[str], list[Item]] = defaultdict(list)
    for item in _drawn(generator, decision_id, random):
        if item.surface not in surfaces:
            offers[purposes_of_item(item, maker)].append(item)
    picked, left = greedy_cover(wanted, offers, random)
    surfaces.update(item.surface for item in picked)
    return Covered(tuple(picked), left)


def _of_choice(
    maker: ChoiceItems, wanted: Collection[str], random: Random, surfaces: set[str]
) -> Covered:
    items: list[Item] = []
    left = frozenset(wanted)
    for sets, balanced in ((maker.practice, True), (maker.practice, False), (maker.mock, False)):
        picked, left = greedy_cover(left, _offers(maker, sets, balanced=balanced), random)
        items += [_worded(maker, choice, random, surfaces) for choice in picked]
    return Covered(tuple(items), left)


def _offers(
    maker: ChoiceItems, sets: OptionSets, *, balanced: bool
) -> dict[frozenset[str], list[Choice]]:
    offers: dict[frozenset[str], list[Choice]] = defaultdict(list)
    for options in sets.symmetric if balanced else sorted(sets.table):
        for _, indices in sorted(sets.table[options].items()):
            for index in indices:
                choice = Choice(sets.situations[index], options)
                offers[purposes_of_choice(maker, choice)].append(choice)
    return offers


def _worded(maker: ChoiceItems, choice: Choice, random: Random, surfaces: set[str]) -> Item:
    """The item in words, again with other words where the sheet has this text already."""
    for _ in range(REWORDINGS):
        item = maker.build(choice, random.randrange(2**31), random.choice(LENGTHS))
        if item.surface not in surfaces:
            break
    surfaces.add(item.surface)
    return item


def _drawn(generator: Generator, decision_id: str, random: Random) -> list[Item]:
    """Items of a decision on numbers, steps or an exhibit: several on each rule.

    Of steps first those of kind next_step, where one need is missing at a time, and many without a
    rule, so that each step comes to be the key.
    """
    maker = generator.maker(decision_id)
    asked: list[tuple[str | None, Kind | None]] = []
    if isinstance(maker, StepsItems):
        asked += [(None, "next_step")] * (DRAWS_OF_A_STEP * len(maker.order.steps))
    for name in maker.rules():
        asked += [(name, "next_step" if isinstance(maker, StepsItems) else None)] * DRAWS_OF_A_RULE
    items = []
    for rule, kind in asked:
        item = _one(generator, decision_id, random, rule, kind)
        if item is not None:
            items.append(item)
    return items


def _one(
    generator: Generator, decision_id: str, random: Random, rule: str | None, kind: Kind | None
) -> Item | None:
    """One item as practice shows it; else one kept for forms; else one of any kind."""
    seed, length = random.randrange(2**31), random.choice(LENGTHS)
    tries: list[tuple[Mode, Kind | None]] = [("practice", kind), ("mock", kind)]
    if kind is not None and rule is not None:
        tries += [("practice", "order"), ("mock", "order")]
    for mode, wanted in tries:
        item = generator.generate(
            decision_id, seed=seed, length=length, mode=mode, rule=rule, kind=wanted
        )
        if item is not None:
            return item
    return None
