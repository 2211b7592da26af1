from __future__ import annotations

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item, Length
from roadworthy.lint.guessers import guess_rates
from roadworthy.lint.options_only import options_only_rate

LENGTHS: tuple[Length, Length] = ("brief", "exam")
PROSE = ("choice", "diagnosis", "next_step")


def prose_items(generator: Generator, count: int, length: Length) -> list[Item]:
    """That many items whose options are prose, of all decisions in turn."""
    items: list[Item] = []
    for item in generator.sample(3 * count, seed=2026, length=length):
        if item.kind in PROSE:
            items.append(item)
        if len(items) == count:
            break
    assert len(items) == count
    return items


@pytest.mark.parametrize("length", LENGTHS)
def test_guessers_find_no_cue_in_300_items(real: Generator, length: Length) -> None:
    """No rule of thumb is right in less than 17% or more than 33% of the items."""
    rates = guess_rates(prose_items(real, 300, length))

    assert {name: rate for name, rate in rates.items() if not 0.17 <= rate <= 0.33} == {}


@pytest.mark.slow
@pytest.mark.parametrize("length", LENGTHS)
def test_guessers_find_no_cue_in_2000_items(real: Generator, length: Length) -> None:
    """Each rule of thumb is right in 25 +- 4%, and options alone teach at most 31%."""
    items = prose_items(real, 2000, length)
    rates = guess_rates(items)

    assert {name: rate for name, rate in rates.items() if not 0.21 <= rate <= 0.29} == {}
    assert options_only_rate(items, seed=1) <= 0.31
