"""What a blind reading says: agreement with the derived keys, doubts, naturalness, the control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import comb
from typing import Any, Literal

from roadworthy.lint.reading.answers import Answer, Asked
from roadworthy.lint.reading.purposes import kind_of

MAJORITY = 0.97
NATURAL = 4.0
CONTROL = 0.35
Readings = Mapping[str, Mapping[int, Answer]]
Outcome = Literal["agreed", "other", "undecided", "read once"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bound of issue 4: ``value`` has to be at least (or at most) ``bound``."""

    name: str
    value: float
    bound: float
    at_least: bool

    @property
    def holds(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound


@dataclass(frozen=True, slots=True)
class ReaderScore:
    """One reader: items read, those with our key, those with 'also', mean naturalness."""

    name: str
    read: int
    agreed: int
    also: int
    natural: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """Items of one decision, kind or purpose: how many the majority answers with our key.

    ``also``: answers that call another option defensible too; ``natural``: mean over all answers.
    """

    name: str
    items: int
    agreed: int
    also: int
    natural: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader (or the judge) said of an item; the rules by which that choice falls."""

    by: str
    key: str
    also: str
    why: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An item on which somebody parts from our key, or finds another option defensible."""

    number: int
    decision: str
    kind: str
    length: str
    facts: dict[str, str]
    goal: str | None
    stem: str
    options: tuple[str, ...]
    key: str
    purposes: tuple[str, ...]
    outcome: Outcome
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ControlScore:
    """Keys found from the options alone; ``chance``: the share that blind guessing finds."""

    right: int
    items: int
    chance: float
    same_items: bool  # the control got the items of the readers, as in rounds 1 and 2


@dataclass(frozen=True, slots=True)
class Score:
    """All that a reading says. ``disagreements`` and ``also`` are in order of the items."""

    items: int
    readers: tuple[ReaderScore, ...]
    agreed: int
    outcomes: dict[str, int]
    by_decision: tuple[Row, ...]
    by_kind: tuple[Row, ...]
    by_purpose: tuple[Row, ...]
    disagreements: tuple[Doubt, ...]
    also: tuple[Doubt, ...]
    control: ControlScore | None
    bars: tuple[Bar, ...]

    def as_json(self) -> dict[str, Any]:
        """The score as plain JSON data, with the field names of the classes."""
        data = asdict(self)
        for bar, known in zip(data["bars"], self.bars, strict=True):
            bar["holds"] = known.holds
        return data


def score(
    asked: Mapping[int, Asked],
    readings: Readings,
    *,
    judge: Mapping[int, Answer],
    control: Mapping[int, Answer] | None = None,
    control_asked: Mapping[int, Asked] | None = None,
) -> Score:
    """The score of a reading. ``readings``: name of the reader -> answers by number of the item.

    The majority is what more than half of the readers of an item say; where there is none, the
    judge decides, and without a judge the item counts as not agreed. So does an item that fewer
    than two have read.
    """
    outcomes = {number: _outcome(item, readings, judge) for number, item in asked.items()}
    readers = tuple(_reader(name, answers, asked) for name, answers in readings.items())
    counted = _control(control, control_asked or asked, same=control_asked is asked)
    agreed = sum(one == "agreed" for one in outcomes.values())
    bars = [Bar("the majority agrees", agreed / max(1, len(asked)), MAJORITY, True)]
    natural = _mean(_naturals(asked.values(), readings))
    if natural is not None:
        bars.append(Bar("naturalness", natural, NATURAL, True))
    if counted is not None:
        bars.append(Bar("options-only control", counted.right / counted.items, CONTROL, False))

    def table(names: Callable[[Asked], Iterable[str]]) -> tuple[Row, ...]:
        groups: dict[str, list[Asked]] = {}
        for item in asked.values():
            for name in dict.fromkeys(names(item)):
                groups.setdefault(name, []).append(item)
        return tuple(_row(name, groups[name], readings, outcomes) for name in sorted(groups))

    doubts = [_doubt(item, readings, judge, outcomes[item.number]) for item in asked.values()]
    return Score(
        items=len(asked),
        readers=readers,
        agreed=agreed,
        outcomes={
            name: sum(one == name for one in outcomes.values())
            for name in ("agreed", "other", "undecided", "read once")
        },
        by_decision=table(lambda item: [item.decision]),
        by_kind=table(lambda item: [item.kind]),
        by_purpose=table(lambda item: [kind_of(one) for one in item.purposes]),
        disagreements=tuple(one for one in doubts if any(said.key != one.key for said in one.said)),
        also=tuple(one for one in doubts if any(said.also for said in one.said)),
        control=counted,
        bars=tuple(bars),
    )


def _outcome(item: Asked, readings: Readings, judge: Mapping[int, Answer]) -> Outcome:
    keys = [one[item.number].key for one in readings.values() if item.number in one]
    if len(keys) < 2:
        return "read once"
    for key in set(keys):
        if keys.count(key) * 2 > len(keys):
            return "agreed" if key == item.key else "other"
    if item.number not in judge:
        return "undecided"
    return "agreed" if judge[item.number].key == item.key else "other"


def _reader(name: str, answers: Mapping[int, Answer], asked: Mapping[int, Asked]) -> ReaderScore:
    return ReaderScore(
        name=name,
        read=len(answers),
        agreed=sum(one.key == asked[number].key for number, one in answers.items()),
        also=sum(bool(one.also) for one in answers.values()),
        natural=_mean([one.natural for one in answers.values() if one.natural is not None]),
    )


def _control(
    answers: Mapping[int, Answer] | None, asked: Mapping[int, Asked], *, same: bool
) -> ControlScore | None:
    if not answers:
        return None
    items = [asked[number] for number in answers]
    chances = [1 / comb(len(item.options), len(item.key)) for item in items]
    return ControlScore(
        right=sum(answers[item.number].key == item.key for item in items),
        items=len(items),
        chance=sum(chances) / len(chances),
        same_items=same,
    )


def _naturals(items: Iterable[Asked], readings: Readings) -> list[int]:
    found = []
    for item in items:
        for answers in readings.values():
            one = answers.get(item.number)
            if one is not None and one.natural is not None:
                found.append(one.natural)
    return found


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _row(name: str, items: list[Asked], readings: Readings, outcomes: Mapping[int, Outcome]) -> Row:
    return Row(
        name=name,
        items=len(items),
        agreed=sum(outcomes[item.number] == "agreed" for item in items),
        also=sum(
            bool(answers[item.number].also)
            for item in items
            for answers in readings.values()
            if item.number in answers
        ),
        natural=_mean(_naturals(items, readings)),
    )


def _doubt(item: Asked, readings: Readings, judge: Mapping[int, Answer], outcome: Outcome) -> Doubt:
    everyone = {**readings, **({"judge": judge} if judge else {})}
    said = [
        Said(
            name,
            one.key,
            one.also,
            one.why,
            tuple(item.rules_of(letter for letter in one.key + one.also if letter not in item.key)),
        )
        for name, answers in everyone.items()
        if (one := answers.get(item.number)) is not None
    ]
    return Doubt(
        number=item.number,
        decision=item.decision,
        kind=item.kind,
        length=item.length,
        facts=item.facts,
        goal=item.goal,
        stem=item.stem,
        options=item.options,
        key=item.key,
        purposes=item.purposes,
        outcome=outcome,
        said=tuple(said),
    )
