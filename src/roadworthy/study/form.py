"""Draws a form: a fixed mock exam by the blueprint, from situations that practice never shows.

The size is split over the sections that the pack covers by their published weights, a section over
its decisions by exam weight, at most two items a decision where that fills the section, else
evenly. If fresh situations cannot fill the form it shrinks as a whole; if they fill none, the form
repeats situations of earlier forms and is not scored against forecasts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Literal

from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.item import Item
from roadworthy.pack.blueprint import ExamWeights, allocate, exam_weights, section_weights
from roadworthy.pack.model import Pack

Scale = Literal["full", "longest", "long", "half", "short"]
SHRUNK = (60, 50, 40, 30, 15)
"""Sizes to which a form shrinks when the reserve cannot fill it."""
LONG, HALF, SHORT = 40, 30, 15
MOST_OF_A_DECISION = 2
TRIES = 40
"""Draws of a decision before it counts as having no fresh situation left."""
KEY_TRIES = 6
"""Draws to find another key than the decision has shown in this form."""
CHOOSE_TWO_FROM = 50
"""A form this long holds one item that asks for two options: passers report none to two."""


@dataclass(frozen=True, slots=True)
class Used:
    """Situations that were shown before: in practice, and in forms (id -> times)."""

    practiced: frozenset[str] = frozenset()
    in_forms: Mapping[str, int] | None = None

    def times(self, situation: str) -> int:
        """How often earlier forms held a situation."""
        return (self.in_forms or {}).get(situation, 0)


@dataclass(frozen=True, slots=True)
class Form:
    """A drawn form. ``asked`` is the size that was wanted, ``minutes`` the time for ``items``.

    ``allocation``: section id -> number of items, over the sections that the pack covers.
    ``missing``: ids of considerations that no decision covers. ``repeated``: how many situations
    come from earlier forms; with any, the form is not scored against forecasts.
    """

    asked: int
    items: tuple[Item, ...]
    minutes: int
    allocation: dict[str, int]
    missing: tuple[str, ...]
    repeated: int
    seed: int

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def scored(self) -> bool:
        """Whether its outcome is held against the forecast."""
        return self.repeated == 0


class ReserveTooSmall(Exception):
    """A section has fewer reserved situations than it needs, whether fresh or not."""


def sizes(pack: Pack) -> dict[Scale, int]:
    """How many items each scale of form asks for: of the scales that this exam is long enough for.

    ``full`` is the least number of the exam's items, ``longest`` the greatest, in the same time.
    """
    full, longest = pack.head.exam_items_min, pack.head.exam_items_max
    return {
        "full": full,
        **({"longest": longest} if longest > full else {}),
        **({"long": LONG} if full > LONG else {}),
        "half": HALF if full > HALF else max(1, full // 2),
        "short": SHORT if full > SHORT else max(1, full // 3),
    }


def minutes_for(size: int, pack: Pack) -> int:
    """The exam's time from its least number of items on, in proportion below."""
    head = pack.head
    return round(head.exam_minutes * min(1.0, size / head.exam_items_min))


def covered_sections(pack: Pack) -> dict[str, list[str]]:
    """Section id -> ids of its decisions, in the order of the blueprint; none is empty."""
    found: dict[str, list[str]] = {name: [] for name in pack.blueprint.sections}
    for name, decision in pack.decisions.items():
        found[pack.section_of(decision.considerations[0])].append(name)
    return {name: decisions for name, decisions in found.items() if decisions}


def allocation(pack: Pack, size: int, *, number: int) -> dict[str, int]:
    """Items for each section that the pack covers; ties go to the lower section in odd forms.

    ``number`` counts a candidate's forms from 1, so that no section wins every tie.
    """
    published = section_weights(pack.blueprint)
    weights = {name: published[name] for name in covered_sections(pack)}
    return allocate(weights, size, tie="lower" if number % 2 else "higher")


def draw_form(generator: Generator, size: int, *, number: int, seed: int, used: Used) -> Form:
    """A form of ``size`` items or of the next smaller size that the reserve fills.

    Raises ``ReserveTooSmall`` when not even repeated situations fill the smallest size.
    """
    pack = generator.pack
    weights = exam_weights(pack.blueprint, pack.decisions)
    tried = [size, *(one for one in SHRUNK if one < size)]
    for repeats in (False, True):
        for wanted in tried:
            shares = allocation(pack, wanted, number=number)
            drawing = _Drawing(generator, weights, seed, used, repeats)
            try:
                items = drawing.form(shares)
            except ReserveTooSmall:
                continue
            return Form(
                asked=size,
                items=items,
                minutes=minutes_for(wanted, pack),
                allocation=shares,
                missing=tuple(weights.uncovered),
                repeated=drawing.repeated,
                seed=seed,
            )
    raise ReserveTooSmall(f"no form of {tried[-1]} items can be drawn")


class _Drawing:
    """One attempt at a form: what it holds so far, and which decisions have run dry."""

    def __init__(
        self, generator: Generator, weights: ExamWeights, seed: int, used: Used, repeats: bool
    ) -> None:
        self.weights = weights
        self.generator = generator
        self.seed = seed
        self.used = used
        self.repeats = repeats
        self.repeated = 0
        self._items: list[Item] = []
        self._shown: dict[str, int] = {}
        self._keys: dict[str, set[str]] = {}
        self._turn = 0

    def form(self, shares: Mapping[str, int]) -> tuple[Item, ...]:
        """All items in the order in which they are asked: sections mixed, as in the exam."""
        decisions = covered_sections(self.generator.pack)
        if sum(shares.values()) >= CHOOSE_TWO_FROM:
            self._choose_two(shares)
        for section, count in shares.items():
            here = sum(item.section == section for item in self._items)
            self._fill(decisions[section], count - here)
        draw(self.seed, "form order").shuffle(self._items)
        return tuple(self._items)

    def _choose_two(self, shares: Mapping[str, int]) -> None:
        """One item that asks for two options, where a fresh one is left."""
        pairs = sorted(self.generator.pack.pairs)
        draw(self.seed, "form pair").shuffle(pairs)
        for name in pairs:
            item = self._fresh(partial(self._pair_item, name, self._seen()))
            if item is not None and shares.get(item.section):
                self._take(item)
                return

    def _fill(self, decisions: Sequence[str], count: int) -> None:
        """``count`` items of a section; a decision that runs dry leaves its share to the others."""
        random = draw(self.seed, "form decisions", *decisions)
        left = list(decisions)
        held = {name: sum(item.decision == name for item in self._items) for name in decisions}
        while count > 0:
            if not left:
                raise ReserveTooSmall(f"{count} items are missing")
            most = max(MOST_OF_A_DECISION, -(-(sum(held.values()) + count) // len(left)))
            for name in self._turns(random, left, held, most):
                if count == 0:
                    break
                item = self._item(name)
                if item is None:
                    left.remove(name)
                    break
                self._take(item)
                held[name] += 1
                count -= 1

    def _turns(
        self, random: Random, decisions: Collection[str], held: Mapping[str, int], most: int
    ) -> Iterator[str]:
        """Decisions below their limit, drawn by exam weight without putting back."""
        slots = [name for name in decisions for _ in range(max(0, most - held[name]))]
        while slots:
            name = random.choices(slots, [self.weights.share(one) + 1e-9 for one in slots])[0]
            slots.remove(name)
            yield name

    def _item(self, decision: str) -> Item | None:
        """A fresh item, whose key this form has not shown for the decision if there is one."""
        make = partial(self._one_item, decision, self._seen())
        first = self._fresh(make)
        keys = self._keys.get(decision)
        if first is None or not keys:
            return first
        for _ in range(KEY_TRIES):
            other = self._fresh(make)
            if other is not None and not keys & _key_ids(other):
                return other
        return first

    def _one_item(self, decision: str, seen: Mapping[str, int], seed: int) -> Item | None:
        return self.generator.generate(decision, seed=seed, length="exam", mode="mock", seen=seen)

    def _pair_item(self, pair: str, seen: Mapping[str, int], seed: int) -> Item | None:
        return self.generator.generate_pair(
            pair, kind="choose_two", seed=seed, length="exam", mode="mock", seen=seen
        )

    def _fresh(self, make: Callable[[int], Item | None]) -> Item | None:
        """An item whose situation may stand in this form; None when the draws find none."""
        again: Item | None = None
        for _ in range(TRIES):
            self._turn += 1
            item = make(draw(self.seed, "form item", self._turn).randrange(2**31))
            if item is None:
                return None
            if item.situation in self.used.practiced or item.situation in self._shown:
                continue
            times = self.used.times(item.situation)
            if times == 0:
                return item
            if again is None or times < self.used.times(again.situation):
                again = item
        return again if self.repeats else None

    def _seen(self) -> dict[str, int]:
        return {
            **dict.fromkeys(self.used.practiced, 1),
            **(self.used.in_forms or {}),
            **self._shown,
        }

    def _take(self, item: Item) -> None:
        self._items.append(item)
        self._shown[item.situation] = self.used.times(item.situation) + 1
        self._keys.setdefault(item.decision, set()).update(_key_ids(item))
        self.repeated += self.used.times(item.situation) > 0


def _key_ids(item: Item) -> set[str]:
    return {option.id for option in item.options if option.correct}
