from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import NotThere
from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.item import Flip, Item, Length, Mode, with_two_options
from roadworthy.items.phrase import fill
from roadworthy.items.solve import holds
from roadworthy.pack.decision import ChoiceDecision

LENGTHS: tuple[Length, Length] = ("brief", "exam")
MODES: tuple[Mode, Mode] = ("practice", "mock")
BOUNDS = {"brief": (1, 45), "exam": (52, 101)}
OPTION_BOUNDS = {"brief": (1, 12), "exam": (14, 52)}
seeds = st.integers(0, 2**31)


def items_of(generator: Generator, each: int = 6) -> Iterator[Item]:
    """A few items of every decision, length and mode."""
    for name, length, mode in product(generator.pack.decisions, LENGTHS, MODES):
        for seed in range(each):
            item = generator.generate(name, seed=seed, length=length, mode=mode)
            if item is not None:
                yield item


@pytest.fixture(scope="module")
def real_items(real: Generator) -> list[Item]:
    """A few items of every decision of the pack that ships, in both lengths and modes."""
    return list(items_of(real))


@given(seed=seeds, length=st.sampled_from(LENGTHS), mode=st.sampled_from(MODES))
@settings(max_examples=25)
def test_same_seed_same_item(tiny: Generator, seed: int, length: Length, mode: Mode) -> None:
    """An item follows from decision, seed, length and mode alone, also in another process."""
    for name in tiny.pack.decisions:
        item = tiny.generate(name, seed=seed, length=length, mode=mode)
        again = Generator(tiny.pack).generate(name, seed=seed, length=length, mode=mode)
        assert item == again


@given(seed=seeds, length=st.sampled_from(LENGTHS), mode=st.sampled_from(MODES))
@settings(max_examples=50)
def test_exactly_one_key(tiny: Generator, seed: int, length: Length, mode: Mode) -> None:
    """Of four different options one is right; it has no strength, each other one has, with a rule.

    Each rationale is a text with a source.
    """
    for name in tiny.pack.decisions:
        item = tiny.generate(name, seed=seed, length=length, mode=mode)
        assert item is not None
        check_options(item)


@pytest.mark.slow
def test_exactly_one_key_in_the_real_pack(real_items: list[Item]) -> None:
    """The same holds for each kind of item of the pack that ships."""
    for item in real_items:
        check_options(item)
    assert {item.kind for item in real_items} >= {"choice", "compute", "diagnosis", "next_step"}


def check_options(item: Item) -> None:
    """The shape that every item has."""
    assert len(item.options) == 4
    assert len({option.text for option in item.options}) == 4
    assert [option.correct for option in item.options].count(True) == 1
    for option in item.options:
        assert (option.strength is None) == option.correct
        assert bool(option.rules) != option.correct
        assert option.rationale
        assert option.source


def test_key_is_what_a_plain_reading_of_the_rules_gives(real: Generator) -> None:
    """For each item on a choice, rules and costs read one by one leave the key and nothing else."""
    count = 0
    for item in items_of(real):
        decision = real.pack.decision(item.decision)
        if isinstance(decision, ChoiceDecision):
            shown = [option.id for option in item.options]
            assert plain_key(decision, item.facts, item.goal, shown) == item.options[item.key].id
            count += 1
    assert count > 50


def plain_key(
    decision: ChoiceDecision, facts: dict[str, str], goal: str | None, shown: Sequence[str]
) -> str | None:
    """The key among the shown options, by the definition in DESIGN.md 7; None without one."""
    left = [
        name
        for name in shown
        if not any(
            name in rule.out
            and all(facts.get(fact) in values for fact, values in rule.when.items())
            and not any(facts.get(fact) in values for fact, values in rule.unless.items())
            for rule in decision.rules
        )
    ]
    if len(left) < 2 or goal is None:
        return left[0] if len(left) == 1 else None
    levels = sorted(
        (cost.level + sum(add.by for add in cost.adds if holds(add.when, facts)), cost.option)
        for cost in decision.costs
        if cost.goal == goal and cost.option in left
    )
    return levels[0][1] if levels[1][0] - levels[0][0] >= decision.margin else None


def test_flips_hold_when_they_are_solved_again(real: Generator) -> None:
    """Each 'what if' that an item shows gives the key that rules and costs give."""
    count = 0
    for item in items_of(real, each=10):
        maker = real.maker(item.decision)
        if not isinstance(maker, ChoiceItems):
            continue
        shown = [option.id for option in item.options]
        for flip in item.flips:
            facts, goal = changed(real, maker, item, flip)
            key = plain_key(maker.decision, facts, goal, shown)
            assert key == (None if flip.key is None else shown[flip.key]), (item, flip)
            assert key != shown[item.key]
            count += 1
    assert count > 100


def changed(
    generator: Generator, maker: ChoiceItems, item: Item, flip: Flip
) -> tuple[dict[str, str], str | None]:
    """Facts and goal after a flip, found by the words that it shows."""
    words = generator.vocabulary.words(item.frame)
    if flip.fact == "goal":
        named = {fill(goal.name, words): name for name, goal in maker.decision.goals.items()}
        return item.facts, named[flip.instead.removeprefix("you want ")]
    if flip.instead.startswith("the text does not say that "):
        return {name: value for name, value in item.facts.items() if name != flip.fact}, item.goal
    values = maker.solver.facts[flip.fact].values
    said = [name for name, one in values.items() if says(flip.instead, one.short, words)]
    assert len(said) == 1
    return {**item.facts, flip.fact: said[0]}, item.goal


def says(text: str, template: str, words: Mapping[str, str]) -> bool:
    """Whether a text is a template with its words filled in and any numbers for its draws."""
    for name, word in words.items():
        template = template.replace(f"{{{name}}}", word)
    pattern = re.sub(r"\\\{[a-z0-9_]+\\\}", r"[0-9,.]+", re.escape(template))
    return re.fullmatch(pattern, text) is not None


def test_contrast_changes_one_thing_and_moves_the_key(real: Generator) -> None:
    """A contrast pair has the same options, one fact or the goal differs, and the key moves."""
    count = 0
    for item in items_of(real):
        pair = real.contrast(item, seed=5)
        if pair is None:
            continue
        names = {*item.facts, *pair.facts}
        differ = sum(item.facts.get(name) != pair.facts.get(name) for name in names)
        assert differ + (item.goal != pair.goal) == 1
        assert {one.id for one in item.options} == {one.id for one in pair.options}
        assert item.options[item.key].id != pair.options[pair.key].id
        assert item.length == pair.length
        count += 1
    assert count > 30


def test_completion_of_two_options_has_a_contrast(tiny: Generator) -> None:
    """An item that was cut to two options still gets a pair whose key moves."""
    whole = tiny.generate("delivery-route", seed=1, length="brief")
    assert whole is not None
    other = next(place for place in range(4) if place != whole.key)
    cut = with_two_options(whole, other)

    pair = tiny.contrast(cut, seed=1)

    assert pair is not None
    assert {one.id for one in cut.options} <= {one.id for one in pair.options}
    assert pair.options[pair.key].id != cut.options[cut.key].id


def test_item_survives_a_journal(real_items: list[Item]) -> None:
    """JSON and back gives an equal item, whatever its kind."""
    for item in real_items:
        assert Item.from_json(json.loads(json.dumps(item.as_json()))) == item


def test_decisive_words_are_words_of_the_stem(real_items: list[Item]) -> None:
    """Spans are half-open, inside the stem, apart from each other, and never empty."""
    for item in real_items:
        words = len(item.stem.split())
        last = 0
        for start, end in sorted(item.decisive):
            assert last <= start < end <= words
            last = end
        assert item.decisive or item.kind == "order"


@pytest.mark.slow
def test_lengths_are_kept(real: Generator) -> None:
    """Stem and options lie in the bounds of their length in 94% of the kinds that have them."""
    for length in LENGTHS:
        low, high = BOUNDS[length]
        least, most = OPTION_BOUNDS[length]
        items = [
            item
            for item in real.sample(300, seed=9, length=length)
            if item.kind in ("choice", "diagnosis", "next_step")
        ]
        kept = sum(
            low <= len(item.stem.split()) <= high
            and all(least <= len(option.text.split()) <= most for option in item.options)
            for item in items
        )
        assert kept >= 0.94 * len(items)


def words_of(item: Item) -> tuple[str, ...]:
    """All that a candidate reads of an item, whatever the order of its options."""
    lines = item.exhibit.lines if item.exhibit else ()
    return (item.stem, *sorted(one.text for one in item.options), *lines)


def test_sample_has_no_text_twice(tiny: Generator) -> None:
    """However often a decision comes round, its items differ in their words."""
    items = list(tiny.sample(300, seed=2))

    assert len(items) == 300
    assert len({item.surface for item in items}) == 300
    assert len({words_of(item) for item in items}) == 300


def test_sample_ends_when_there_is_no_more(tiny: Generator) -> None:
    """A small decision gives what it has, and the call returns."""
    items = list(tiny.sample(300, seed=2, length="brief", decision="new-oven"))

    assert 50 < len(items) < 300


def test_least_seen_situation_comes_first(tiny: Generator) -> None:
    """With every other situation of its kind seen, an unseen one is shown."""
    item = tiny.generate("delivery-route", seed=4, length="brief")
    assert item is not None

    again = tiny.generate("delivery-route", seed=4, length="brief", seen={item.situation: 1})

    assert again is not None
    assert again.situation != item.situation


def test_worked_situation_is_the_one_of_the_author(tiny: Generator) -> None:
    """The worked example states the facts and the goal that the file names."""
    decision = tiny.pack.decision("delivery-route")
    assert isinstance(decision, ChoiceDecision)

    item = tiny.worked("delivery-route", seed=1)

    assert item is not None
    assert item.facts == decision.worked.facts
    assert item.goal == decision.worked.goal


def test_unknown_decision_is_refused(tiny: Generator) -> None:
    """The message names the decisions that there are."""
    with pytest.raises(NotThere, match="delivery-route"):
        tiny.generate("no-such", seed=1, length="brief")


def test_unknown_rule_has_no_item(tiny: Generator) -> None:
    """A rule of another decision gives None, so that a caller can go on."""
    for name in tiny.pack.decisions:
        assert tiny.generate(name, seed=1, length="brief", rule="elsewhere.XX1") is None
