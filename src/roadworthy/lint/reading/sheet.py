"""A reading sheet: items in a drawn order, the purposes that each serves, and a control apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.item import Item
from roadworthy.lint.reading.cover import LENGTHS, cover_of_decision
from roadworthy.lint.reading.purposes import (
    OF_A_PAIR,
    RANDOM,
    purposes_of_decision,
    purposes_of_item,
    purposes_of_pairs,
)
from roadworthy.pack.pair import PairKind

LETTERS = "ABCDEFGH"
READING, CONTROL = "reading", "control"
SPARE = 4
"""How many times as many items are drawn for the control as it needs: some are on the sheet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item under its number, with the purposes that it serves. Part: from 1; 0: control."""

    number: int
    part: int
    purposes: tuple[str, ...]
    item: Item

    def as_json_line(self) -> str:
        """The item with its key, for the scorer; readers never see it."""
        key = "".join(LETTERS[place] for place in self.item.keys)
        head = {
            "n": self.number,
            "key": key,
            "sheet": READING if self.part else CONTROL,
            "part": self.part,
            "purposes": list(self.purposes),
        }
        return json.dumps({**head, **self.item.as_json()}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What readers and control get, and purposes that no item can serve, with the reason."""

    entries: tuple[Entry, ...]
    control: tuple[Entry, ...]
    unserved: dict[str, str]
    wanted: int

    @property
    def parts(self) -> list[list[Entry]]:
        """The entries of each part, in order."""
        numbers = sorted({entry.part for entry in self.entries})
        return [[entry for entry in self.entries if entry.part == one] for one in numbers]


def make_sheet(
    generator: Generator,
    *,
    seed: int,
    per_rule: bool,
    random: int,
    control: int,
    parts: int = 1,
    decision: str | None = None,
) -> Sheet:
    """The sheet of that seed; the same one each time, as long as pack and generator stay.

    Items at random come first, as practice draws them. What they serve by luck, the cover need not
    serve again. Raises ``NotThere`` for an unknown decision.
    """
    names = sorted(generator.pack.decisions) if decision is None else [decision]
    for name in names:
        generator.pack.decision(name)
    surfaces: set[str] = set()
    chosen: list[tuple[tuple[str, ...], Item]] = []
    for item in generator.sample(random, seed=_stream(seed, RANDOM), decision=decision):
        surfaces.add(item.surface)
        chosen.append(((RANDOM, *_served(generator, item)), item))
    unserved: dict[str, str] = {}
    wanted = 0
    if per_rule:
        have = {one for purposes, _ in chosen for one in purposes}
        for name in names:
            reasons = purposes_of_decision(generator.pack.decision(name))
            wanted += len(reasons)
            covered = cover_of_decision(
                generator, name, set(reasons) - have, seed=seed, surfaces=surfaces
            )
            chosen += [(_served(generator, item), item) for item in covered.items]
            unserved |= {one: why for one, why in reasons.items() if one in covered.left}
        pairs = purposes_of_pairs(generator, decision)
        wanted += len(pairs)
        made = list(_pair_items(generator, decision, seed))
        chosen += [((purpose,), item) for purpose, item in made]
        served = {purpose for purpose, _ in made}
        unserved |= {one: why for one, why in pairs.items() if one not in served}
    draw(seed, "reading", "order").shuffle(chosen)
    return Sheet(
        entries=tuple(
            Entry(number, part, purposes, item)
            for number, (part, (purposes, item)) in enumerate(_parted(chosen, parts), 1)
        ),
        control=tuple(_control(generator, [item for _, item in chosen], control, seed, decision)),
        unserved=unserved,
        wanted=wanted,
    )


def _served(generator: Generator, item: Item) -> tuple[str, ...]:
    return tuple(sorted(purposes_of_item(item, generator.maker(item.decision))))


def _stream(seed: int, purpose: str) -> int:
    """A seed of its own for one use, so that sheet and control are drawn apart."""
    return draw(seed, "reading", purpose).randrange(2**31)


def _pair_items(
    generator: Generator, decision: str | None, seed: int
) -> Iterator[tuple[str, Item]]:
    """Items over two decisions, for each kind ten of different situations."""
    wanted = purposes_of_pairs(generator, decision)
    for pair_id, pair in sorted(generator.pack.pairs.items()):
        for kind in pair.kinds:
            if f"pair:{pair_id}.{kind}.1" in wanted:
                items = _of_kind(generator, pair_id, kind, seed)
                for number, item in enumerate(islice(items, OF_A_PAIR), 1):
                    yield f"pair:{pair_id}.{kind}.{number}", item


def _of_kind(generator: Generator, pair_id: str, kind: PairKind, seed: int) -> Iterator[Item]:
    random = draw(seed, "reading", pair_id, kind)
    seen: dict[str, int] = {}
    for _ in range(OF_A_PAIR * SPARE):
        item = generator.generate_pair(
            pair_id,
            kind=kind,
            seed=random.randrange(2**31),
            length=random.choice(LENGTHS),
            seen=seen,
        )
        if item is not None and item.situation not in seen:
            seen[item.situation] = 1
            yield item


def _parted(
    chosen: Sequence[tuple[tuple[str, ...], Item]], parts: int
) -> Iterator[tuple[int, tuple[tuple[str, ...], Item]]]:
    """Each with its part: neighbours stay together, sizes differ by one at most."""
    for place, one in enumerate(chosen):
        yield place * parts // len(chosen) + 1, one


def _control(
    generator: Generator, shown: Sequence[Item], count: int, seed: int, decision: str | None
) -> Iterator[Entry]:
    """Items as practice draws them, none of a text or situation that the sheet has."""
    taken = {item.surface for item in shown} | {item.situation for item in shown}
    drawn = generator.sample(
        count * SPARE + len(shown) if count else 0,
        seed=_stream(seed, CONTROL),
        decision=decision,
    )
    others = (item for item in drawn if not {item.surface, item.situation} & taken)
    for number, item in enumerate(islice(others, count), 1):
        yield Entry(number, 0, (), item)
