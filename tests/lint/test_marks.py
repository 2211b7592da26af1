"""What is marked as decisive is solved anew without it, by code that does not know the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.half import SolvedHalf
from roadworthy.items.item import Item
from roadworthy.items.solve import Situation
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rules.marks_too_wide import marked_share


def idle(
    maker: ChoiceItems, situation: Situation, shown: Sequence[str], marked: Sequence[str]
) -> list[str]:
    """Marked names without which the key and the fall of each shown option stay."""
    solver = maker.solver
    places = frozenset(solver.options.index(name) for name in shown)
    found = []
    for name in marked:
        if name == "goal":
            if not any(situation.classes[place] == "goal" for place in places):
                found.append(name)
            continue
        rest = {fact: value for fact, value in situation.facts if fact != name}
        verdict = solver.verdict(rest, situation.goal)
        falls = any(
            bool(verdict.fired[place]) != bool(situation.verdict.fired[place]) for place in places
        )
        if not falls and solver.key_among(verdict, situation.goal, places) == situation.key:
            found.append(name)
    return found


def marked_names(item: Item, prefix: str = "") -> list[str]:
    """Names of the facts, of one half if a prefix is given, whose words are decisive."""
    return [
        name.removeprefix(prefix)
        for name, span in item.spans.items()
        if span in item.decisive and name.startswith(prefix)
    ]


def shown_of(item: Item, half: int, decision: str) -> list[str]:
    """The options of one half that an item on two decisions shows."""
    if item.kind == "composite":
        return list(dict.fromkeys(option.id.split("+")[half] for option in item.options))
    start = f"{decision}:"
    return [one.id.removeprefix(start) for one in item.options if one.id.startswith(start)]


def situation_of(item: Item, half: SolvedHalf) -> Situation:
    """The situation of one half of an item on two decisions."""
    prefix = f"{half.half.decision}."
    facts = {
        name.removeprefix(prefix): value
        for name, value in item.facts.items()
        if name.startswith(prefix)
    }
    goal = item.goal if item.goal in half.half.goals else None
    found = half.solver.situation(facts, goal) or half.solver.situation(facts, None)
    assert found is not None
    return found


def pair_items(material: Material) -> Iterator[tuple[Item, tuple[SolvedHalf, SolvedHalf]]]:
    """Items on two decisions, in both lengths, with the halves that made them."""
    for pair, maker in material.pairs():
        for kind in pair.kinds:
            for length in LENGTHS:
                for seed in range(8):
                    item = material.generator.generate_pair(
                        pair.id, kind=kind, seed=seed, length=length
                    )
                    assert item is not None
                    yield item, maker.halves


@pytest.mark.parametrize("pack", ["tiny_material", "real_material"])
def test_each_mark_of_a_choice_decides(pack: str, request: pytest.FixtureRequest) -> None:
    """Without a marked fact another option is the key, or a shown one falls or stands."""
    material: Material = request.getfixturevalue(pack)
    looked_at = 0
    for decision, maker in material.choices():
        for length in LENGTHS:
            for seed in range(20):
                item = material.generator.generate(decision.id, seed=seed, length=length)
                assert item is not None
                situation = maker.solver.situation(item.facts, item.goal)
                assert situation is not None
                shown = [option.id for option in item.options]
                assert idle(maker, situation, shown, marked_names(item)) == []
                looked_at += len(item.decisive)
    assert looked_at > 50


@pytest.mark.parametrize("pack", ["tiny_material", "real_material"])
def test_each_mark_of_a_pair_decides(pack: str, request: pytest.FixtureRequest) -> None:
    """The same holds for both halves of items on two decisions."""
    material: Material = request.getfixturevalue(pack)
    looked_at = 0
    for item, halves in pair_items(material):
        for number, half in enumerate(halves):
            prefix = f"{half.half.decision}."
            marked = marked_names(item, prefix)
            shown = shown_of(item, number, half.half.decision)
            assert idle(half.items, situation_of(item, half), shown, marked) == []
            looked_at += len(marked)
    assert looked_at > 50


def test_share_of_marked_words_counts_each_word_once(tiny_material: Material) -> None:
    """Spans that lie over each other do not count twice, and no mark is no share."""
    item = tiny_material.items("delivery-route", "brief")[0]
    words = len(item.stem.split())

    assert marked_share(item) == sum(end - start for start, end in set(item.decisive)) / words
    assert 0 < marked_share(item) < 1
