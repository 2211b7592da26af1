"""The options of an item over two decisions, with reasons, argue table and flips of both halves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from roadworthy.items.half import Drawn, SolvedHalf
from roadworthy.items.item import ArgueRow, Flip, Length, ShownOption
from roadworthy.items.phrase import capitalized, fill
from roadworthy.items.rationale import WOULD_BE_KEY

T = TypeVar("T")
HALF_WOULD_HOLD = " That half would hold if "
WOULD_BE_RIGHT = " It would be right if "


@dataclass(frozen=True, slots=True)
class Parts:
    """One half of an item: its situation and options, and the words that fill its templates."""

    half: SolvedHalf
    drawn: Drawn
    words: Mapping[str, str]
    style: int
    goal_name: str | None

    def shown(self, place: int, text: str) -> ShownOption:
        """The option of that place with its reason, as in an item of this decision alone."""
        return self.half.items.reasons.option(
            self.drawn.situation, self.drawn.options, place, text, self.words
        )

    def text(self, place: int, length: Length) -> str:
        """The option of that place in words, without its dot."""
        option = self.half.items.decision.options[self.half.solver.options[place]]
        styles = option.do if length == "exam" else option.brief
        return fill(styles[self.style % len(styles)], self.words)


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Everything of an item that hangs on its options."""

    options: tuple[ShownOption, ...]
    argue: tuple[ArgueRow, ...]
    goal_row: tuple[str, ...]
    flips: tuple[Flip, ...]


def composite_options(parts: tuple[Parts, Parts], random: Random, length: Length) -> ShownPair:
    """All four combinations of two options of each half; brief wording in both lengths."""
    del length  # two whole actions of exam length would be too much to read four times
    cells = [(one, other) for one in parts[0].drawn.options for other in parts[1].drawn.options]
    random.shuffle(cells)
    options = tuple(_combined(parts, cell) for cell in cells)
    argue, goal_row = _argue(parts, [cell[0] for cell in cells], [cell[1] for cell in cells])
    return ShownPair(options, argue, goal_row, _composite_flips(parts, cells))


def _combined(parts: tuple[Parts, Parts], cell: tuple[int, int]) -> ShownOption:
    first, second = (
        part.shown(place, part.text(place, "brief"))
        for part, place in zip(parts, cell, strict=True)
    )
    text = f"{first.text}; {second.text[:1].lower()}{second.text[1:]}."
    wrong = [
        (part, one) for part, one in zip(parts, (first, second), strict=True) if not one.correct
    ]
    if not wrong:
        rationale = " ".join(
            f"{capitalized(part.half.half.about)}: {one.rationale}"
            for part, one in zip(parts, (first, second), strict=True)
        )
    else:
        rationale = " ".join(
            f"{capitalized(part.half.half.about)}: "
            f"{one.rationale.replace(WOULD_BE_KEY, HALF_WOULD_HOLD)}"
            for part, one in wrong
        )
        if len(wrong) == 1:
            rationale += " The other half holds."
    blamed = wrong[0][1] if wrong else first
    return ShownOption(
        id=f"{first.id}+{second.id}",
        name=f"{first.name}; {second.name}",
        text=text,
        correct=not wrong,
        rationale=rationale,
        rules=tuple(dict.fromkeys(rule for _, one in wrong for rule in one.rules)),
        source=blamed.source,
        checked=blamed.checked,
        strength=wrong[0][1].strength if wrong else None,
        misconception=next((one.misconception for _, one in wrong if one.misconception), None),
    )


def choose_two_options(parts: tuple[Parts, Parts], random: Random, length: Length) -> ShownPair:
    """Five whole options; the key of each half is right."""
    cells = [(number, place) for number, part in enumerate(parts) for place in part.drawn.options]
    random.shuffle(cells)
    options = []
    for number, place in cells:
        part = parts[number]
        one = part.shown(place, part.text(place, length) + ".")
        about = capitalized(part.half.half.about)
        options.append(
            replace(
                one,
                id=f"{part.half.half.decision}:{one.id}",
                rationale=f"{about}: {one.rationale.replace(WOULD_BE_KEY, WOULD_BE_RIGHT)}",
            )
        )
    rows: list[ArgueRow] = []
    goal_row: tuple[str, ...] = ()
    for number, part in enumerate(parts):
        order = tuple(place for half, place in cells if half == number)
        found, costs = part.half.items.reasons.argue(part.drawn.situation, order, part.words)
        at = [place for place, (half, _) in enumerate(cells) if half == number]
        rows += [
            replace(
                row,
                fact=f"{part.half.half.decision}.{row.fact}",
                cells=_spread(row.cells, at, len(cells), ()),
            )
            for row in found
        ]
        if costs:
            goal_row = _spread(costs, at, len(cells), "")
    return ShownPair(tuple(options), tuple(rows), goal_row, ())


def _spread(cells: tuple[T, ...], at: list[int], size: int, empty: T) -> tuple[T, ...]:
    """The cells of one half at their places among the options of both."""
    found = dict(zip(at, cells, strict=True))
    return tuple(found.get(place, empty) for place in range(size))


def _argue(
    parts: tuple[Parts, Parts], first: list[int], second: list[int]
) -> tuple[tuple[ArgueRow, ...], tuple[str, ...]]:
    rows: list[ArgueRow] = []
    goal_row: tuple[str, ...] = ()
    for part, order in zip(parts, (first, second), strict=True):
        found, costs = part.half.items.reasons.argue(part.drawn.situation, tuple(order), part.words)
        rows += [replace(row, fact=f"{part.half.half.decision}.{row.fact}") for row in found]
        goal_row = costs or goal_row
    return tuple(rows), goal_row


def _composite_flips(parts: tuple[Parts, Parts], cells: list[tuple[int, int]]) -> tuple[Flip, ...]:
    """Changes of one half that make its other shown option right; the other half stays."""
    flips = []
    for number, part in enumerate(parts):
        other = parts[1 - number].drawn.key
        order = part.drawn.options
        for flip in part.half.items.reasons.flips(part.drawn.situation, order, part.words):
            if flip.key is None:
                continue
            key = order[flip.key]
            words = tuple(
                flip.cells[order.index(cell[number])]
                if cell[1 - number] == other
                else "its other half falls"
                for cell in cells
            )
            place = next(
                at
                for at, cell in enumerate(cells)
                if cell[number] == key and cell[1 - number] == other
            )
            fact = f"{part.half.half.decision}.{flip.fact}"
            flips.append(replace(flip, fact=fact, key=place, cells=words))
    return tuple(flips[:4])
