"""Items over two decisions: composite (2 × 2) and choose_two (a key from each half)."""

from __future__ import annotations

from collections import Counter

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.items.pair import PairItems
from roadworthy.pack.pair import PairKind

PAIR = "route-and-remedy"


@pytest.fixture(scope="module")
def pair(tiny: Generator) -> PairItems:
    """The tiny pack's pair: the way of goods, and what to do against stale bread."""
    return tiny.pair_maker(PAIR)


def items_of(tiny: Generator, kind: PairKind, count: int = 60) -> list[Item]:
    """Items of one kind from as many seeds, those that are there."""
    made = (tiny.generate_pair(PAIR, kind=kind, seed=n, length="brief") for n in range(count))
    return [item for item in made if item is not None]


def half_keys(pair: PairItems, item: Item) -> list[str]:
    """The key of each half among the shown options, solved anew from the stated facts."""
    keys = []
    for half in pair.halves:
        name = half.half.decision
        facts = {
            fact.removeprefix(f"{name}."): value
            for fact, value in item.facts.items()
            if fact.startswith(f"{name}.")
        }
        goal = item.goal if item.goal in half.items.decision.goals else None
        names = half.solver.options
        ids = {part.split(":")[-1] for one in item.options for part in one.id.split("+")}
        shown = frozenset(names.index(one) for one in ids if one in names)
        key = half.solver.key_among(half.solver.verdict(facts, goal), goal, shown)
        assert key is not None
        keys.append(names[key])
    return keys


def test_composite_key_holds_both_keys(tiny: Generator, pair: PairItems) -> None:
    """One of four options is right, and it joins the key of each half."""
    for item in items_of(tiny, "composite"):
        assert len(item.keys) == 1
        assert item.options[item.key].id.split("+") == half_keys(pair, item)


def test_composite_shows_each_component_twice(tiny: Generator) -> None:
    """No component is shown more often than its rival, so likeness gives nothing away."""
    for item in items_of(tiny, "composite"):
        parts = Counter(part for option in item.options for part in option.id.split("+"))
        assert sorted(parts.values()) == [2, 2, 2, 2]


def test_choose_two_has_one_key_from_each_half(tiny: Generator, pair: PairItems) -> None:
    """Five options, of which two are right: one of each decision."""
    for item in items_of(tiny, "choose_two"):
        assert len(item.options) == 5
        keys = [item.options[place].id for place in item.keys]
        assert sorted(keys) == sorted(
            f"{half.half.decision}:{key}"
            for half, key in zip(pair.halves, half_keys(pair, item), strict=True)
        )


def test_a_wrong_half_says_why_and_blames_its_rules(tiny: Generator) -> None:
    """Each wrong combination names the half that falls, with the rules of that half."""
    for item in items_of(tiny, "composite"):
        for option in item.options:
            if not option.correct:
                assert option.rules
                assert option.rationale.startswith(("The way: ", "The bread: "))


def test_rules_of_an_item_come_from_both_decisions(tiny: Generator) -> None:
    """A right answer is evidence for both halves, so their rules are the item's rules."""
    for kind in ("composite", "choose_two"):
        for item in items_of(tiny, kind):  # type: ignore[arg-type]
            decisions = {rule.split(".")[0] for rule in item.rules}
            assert decisions == {"delivery-route", "stale-bread"}


def test_a_wanted_rule_is_asked(tiny: Generator) -> None:
    """An item on a rule has it among its own; an unknown rule gives none."""
    found = 0
    for seed in range(20):
        item = tiny.generate_pair(
            PAIR, kind="composite", seed=seed, length="exam", rule="delivery-route.DR1"
        )
        if item is not None:
            found += 1
            assert "delivery-route.DR1" in item.rules
    assert found


def test_flips_name_an_option_that_is_right_after_the_change(tiny: Generator) -> None:
    """A flip of one half moves the key to the combination with the other half unchanged."""
    for item in items_of(tiny, "composite"):
        first, second = item.options[item.key].id.split("+")
        for flip in item.flips:
            assert flip.key is not None
            assert flip.cells[flip.key] == "key"
            one, other = item.options[flip.key].id.split("+")
            assert (one == first) != (other == second)


def test_same_seed_gives_the_same_item_and_survives_the_journal(tiny: Generator) -> None:
    """Drawn twice they are equal; written as JSON and read again too."""
    for kind in ("composite", "choose_two"):
        one, other = (
            tiny.generate_pair(PAIR, kind=kind, seed=7, length="exam")  # type: ignore[arg-type]
            for _ in range(2)
        )
        assert one is not None
        assert one == other == Item.from_json(one.as_json())


def test_forms_and_practice_have_no_situation_in_common(tiny: Generator) -> None:
    """What is kept for forms of either half is kept for forms of the pair."""
    practice = {
        item.situation
        for n in range(80)
        if (item := tiny.generate_pair(PAIR, kind="composite", seed=n, length="brief"))
    }
    kept = {
        item.situation
        for n in range(80)
        if (item := tiny.generate_pair(PAIR, kind="composite", seed=n, length="brief", mode="mock"))
    }
    assert practice
    assert not practice & kept
