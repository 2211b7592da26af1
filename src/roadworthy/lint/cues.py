"""Cues over a pack and in each decision: how often guessers find the key, and the bounds.

The guessers of the whole pack must stay within 25 ± 4% over 2,000 items of kind choice, diagnosis
and next_step, in each length apart; a reader who learns from options alone may reach 31%, and 40%
in a single decision. Over fewer items the bounds are wider, by what luck alone would do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadworthy.items.item import Item, Length
from roadworthy.lint.guessers import CHANCE, beyond_luck, guess_rates
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.options_only import options_only_rate
from roadworthy.pack.decision import ExhibitDecision

WHOLE = "pack"
OFF = 0.04
OFF_READER = 0.06
OFF_READER_OF_ONE = 0.15
READER_LUCK = 4.2  # as in RW219: the reader learns from the items that it is tried on
FEWEST = 25
READER = "options only"


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the greatest share that a guesser may have right, 0 to 1."""

    least: float
    most: float

    def holds(self, rate: float) -> bool:
        """Whether the share lies within, ends included."""
        return self.least <= rate <= self.most


@dataclass(frozen=True, slots=True)
class Cues:
    """Rates over some items of one length: of the pack (``WHOLE``) or of a decision.

    ``rates`` has all guessers, then the reader of options; ``bounds`` those that are bounded.
    """

    name: str
    length: Length
    items: int
    rates: dict[str, float]
    bounds: dict[str, Bound]

    @property
    def outside(self) -> list[str]:
        """Names of the guessers whose rate is out of bounds."""
        return [name for name, bound in self.bounds.items() if not bound.holds(self.rates[name])]


def sample_size(material: Material, wanted: int) -> int:
    """Items of each decision, so that ``wanted`` or a few more of the pack are looked at."""
    return -(-wanted // max(1, len(_counted(material))))


def cues(material: Material) -> Iterator[Cues]:
    """Rates of the pack, then of each decision with options of prose, brief before exam.

    The material's ``sample`` says how many items of each decision are drawn.
    """
    counted = _counted(material)
    for length in LENGTHS:
        items = [item for name in counted for item in material.prose_items(name, length)]
        if len(items) >= FEWEST:
            yield _measured(WHOLE, length, items, material.seed)
    for decision in material.decisions():
        for length in LENGTHS:
            one = material.prose_items(decision.id, length)
            if len(one) >= FEWEST:
                yield _measured(decision.id, length, one, material.seed)


def _counted(material: Material) -> list[str]:
    """Decisions whose items are of kind choice, diagnosis or next_step."""
    computes = {one.id for one in material.computes()}
    return [
        one.id
        for one in material.decisions()
        if not isinstance(one, ExhibitDecision) and one.id not in computes
    ]


def _measured(name: str, length: Length, items: Sequence[Item], seed: int) -> Cues:
    rates = guess_rates(items)
    bounds = {}
    least = OFF_READER_OF_ONE
    if name == WHOLE:
        off = beyond_luck(len(items), OFF)
        bounds = {guesser: Bound(CHANCE - off, CHANCE + off) for guesser in rates}
        least = OFF_READER
    bounds[READER] = Bound(0.0, CHANCE + beyond_luck(len(items), least, READER_LUCK))
    rates[READER] = options_only_rate(items, seed=seed)
    return Cues(name, length, len(items), rates, bounds)
