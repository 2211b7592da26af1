"""The item: what a presentation freezes in the journal.

An item holds all that its showing, its feedback and its dispute need, so it can be read years
later without the pack or the generator that made it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import comb
from typing import Any, Literal

Length = Literal["brief", "exam"]
Mode = Literal["practice", "mock"]
Kind = Literal[
    "choice",
    "diagnosis",
    "compute",
    "next_step",
    "order",
    "exhibit",
    "composite",
    "choose_two",
    "recall",
]
Span = tuple[int, int]  # half-open, in words of stem.split()


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option as shown. ``strength`` is None for the key, 'worse' where a goal decides."""

    id: str
    name: str
    text: str
    correct: bool
    rationale: str
    rules: tuple[str, ...]
    source: str
    checked: str
    strength: str | None
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class ArgueRow:
    """One row of the argue table: a stated fact and, for each option, the rules that it fires."""

    fact: str
    words: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A change of one fact (or of the goal) and the key among the shown options after it.

    ``key`` is a position, or None when no shown option is left. ``cells`` are short verdicts.
    """

    fact: str
    instead: str
    key: int | None
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line of a chart: its values from left to right, evenly spaced."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What is to be read beside the stem: text in lines, or curves; with its correction.

    ``wrong`` are positions in ``lines``, ``right`` those in ``corrected``, both from 0.
    """

    form: Literal["code", "log", "table", "chart"]
    language: str
    lines: tuple[str, ...]
    wrong: tuple[int, ...]
    corrected: tuple[str, ...]
    right: tuple[int, ...]
    x: str = ""
    y: str = ""
    curves: tuple[Curve, ...] = ()
    sound: tuple[Curve, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Exhibit:
        """The exhibit of an item's JSON data."""
        values: dict[str, Any] = {
            name: tuple(one) if isinstance(one, list) else one for name, one in data.items()
        }
        for name in ("curves", "sound"):
            values[name] = tuple(Curve(one["name"], tuple(one["values"])) for one in data[name])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A wrong typed answer that many give, and its reason."""

    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Recall:
    """The answer of an item that is typed, with all that judges it and says why."""

    answer: str
    number: bool
    unit: str
    accept: tuple[str, ...]
    because: str
    near: tuple[NearMiss, ...]
    source: str
    checked: str

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Recall:
        """The answer of an item's JSON data."""
        near = tuple(NearMiss(one["value"], one["because"]) for one in data["near"])
        return cls(**{**data, "accept": tuple(data["accept"]), "near": near})


@dataclass(frozen=True, slots=True)
class Item:
    """Stem, options in shown order, key, rationales, and where all of it came from."""

    id: str
    situation: str
    surface: str
    decision: str
    title: str
    kind: Kind
    length: Length
    section: str
    objective: str
    considerations: tuple[str, ...]
    topics: tuple[str, ...]
    rules: tuple[str, ...]
    facts: dict[str, str]
    goal: str | None
    goal_name: str | None
    goal_decides: bool
    stem: str
    spans: dict[str, Span]
    decisive: tuple[Span, ...]
    options: tuple[ShownOption, ...]
    argue: tuple[ArgueRow, ...]
    goal_row: tuple[str, ...]
    flips: tuple[Flip, ...]
    frame: str
    style: int
    seed: int
    exhibit: Exhibit | None = None
    recall: Recall | None = None

    @property
    def key(self) -> int:
        """Position of the key, of the first one where two are asked for."""
        return self.keys[0]  # recall items have no options, and no key

    @property
    def keys(self) -> tuple[int, ...]:
        """Positions of the keys: one, or two in items of kind choose_two."""
        return tuple(place for place, option in enumerate(self.options) if option.correct)

    @property
    def answers(self) -> int:
        """How many different answers can be given: what a guess has to choose from."""
        return comb(len(self.options), len(self.keys))

    def word_count(self) -> int:
        """Words of the stem, the exhibit and all options, the amount that is read."""
        texts = [self.stem, *(option.text for option in self.options)]
        if self.exhibit is not None:
            texts += self.exhibit.lines
        return sum(len(text.split()) for text in texts)

    def as_json(self) -> dict[str, Any]:
        """The item as plain JSON data; ``from_json`` is its inverse."""
        data = asdict(self)
        data["spans"] = {name: list(span) for name, span in self.spans.items()}
        listed: dict[str, Any] = _listed(data)
        return listed

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Item:
        """The item of ``as_json`` data. Raises KeyError or TypeError on foreign data."""
        values = dict(data)
        values["options"] = tuple(
            ShownOption(**{**option, "rules": tuple(option["rules"])}) for option in data["options"]
        )
        values["argue"] = tuple(
            ArgueRow(row["fact"], row["words"], tuple(tuple(cell) for cell in row["cells"]))
            for row in data["argue"]
        )
        values["flips"] = tuple(
            Flip(**{**flip, "cells": tuple(flip["cells"])}) for flip in data["flips"]
        )
        values["spans"] = {name: (span[0], span[1]) for name, span in data["spans"].items()}
        values["decisive"] = tuple((span[0], span[1]) for span in data["decisive"])
        for name in ("considerations", "topics", "rules", "goal_row"):
            values[name] = tuple(data[name])
        exhibit = data.get("exhibit")  # items frozen before exhibits existed have no such field
        values["exhibit"] = Exhibit.from_json(exhibit) if exhibit else None
        recall = data.get("recall")
        values["recall"] = Recall.from_json(recall) if recall else None
        return cls(**values)


def with_two_options(item: Item, distractor: int) -> Item:
    """The item cut to its key and one distractor, in the order shown: a completion step."""
    keep = [place for place in range(len(item.options)) if place in (item.key, distractor)]
    return replace(
        item,
        options=tuple(item.options[place] for place in keep),
        argue=tuple(
            replace(row, cells=tuple(row.cells[place] for place in keep))
            for row in item.argue
            if item.exhibit is None or row.fact in (item.options[place].id for place in keep)
        ),
        goal_row=tuple(item.goal_row[place] for place in keep) if item.goal_row else (),
        flips=(),
        rules=item.options[distractor].rules,
    )


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(part) for part in value]
    return value
