"""Items over two decisions come now and then, and only over decisions that were taught."""

from __future__ import annotations

from datetime import UTC, datetime

from roadworthy.items.generate import Generator
from roadworthy.pack.model import Pack
from roadworthy.study.session_view import Shown
from roadworthy.study.two_at_once import two_at_once

RULES = ("delivery-route.DR1", "stale-bread.SB1")


def taught(*names: str) -> set[str]:
    """The decisions that were taught."""
    return set(names)


def drawn(pack: Pack, known: set[str], seeds: int = 100) -> int:
    """How many of the seeds give an item over two decisions."""
    generator = Generator(pack)
    return sum(
        two_at_once(generator, RULES, met=known.__contains__, seen={}, seed=seed) is not None
        for seed in range(seeds)
    )


def test_none_before_both_decisions_were_taught(tiny_pack: Pack) -> None:
    """A pair whose second decision is new is not shown."""
    assert drawn(tiny_pack, taught("delivery-route")) == 0


def test_about_one_in_five_when_both_were_taught(tiny_pack: Pack) -> None:
    """Most items ask one decision; some ask two."""
    assert 8 <= drawn(tiny_pack, taught("delivery-route", "stale-bread")) <= 35


def test_the_item_is_on_the_wanted_rule(tiny_pack: Pack) -> None:
    """The best-ranked rule that a pair can ask is among the rules of its item."""
    generator = Generator(tiny_pack)
    found = [
        one
        for seed in range(60)
        if (one := two_at_once(generator, RULES, met=lambda _: True, seen={}, seed=seed))
    ]
    assert found
    assert all(rule in item.rules for item, rule in found)


def test_both_keys_are_wanted(tiny_pack: Pack) -> None:
    """One of the two keys alone is not right; the two are, in either order."""
    item = next(
        one
        for seed in range(50)
        if (
            one := Generator(tiny_pack).generate_pair(
                "route-and-remedy", kind="choose_two", seed=seed, length="brief"
            )
        )
    )
    now = datetime(2026, 11, 25, 19, tzinfo=UTC)

    def shown(*chosen: int) -> Shown:
        answer = {"chosen": list(chosen)}
        return Shown("p", 1, "full", "practice", False, now, item, answer)

    first, second = item.keys
    wrong = next(place for place in range(5) if place not in item.keys)
    assert shown(second, first).right
    assert not shown(first).right
    assert not shown(first, wrong).right
    assert shown(first, wrong).chosen == wrong
