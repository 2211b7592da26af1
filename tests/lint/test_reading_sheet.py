from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.errors import NotThere
from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.option_sets import Choice
from roadworthy.lint.reading.cover import greedy_cover
from roadworthy.lint.reading.purposes import (
    RANDOM,
    UNCONFIRMED,
    kind_of,
    purposes_of_choice,
    purposes_of_decision,
    purposes_of_item,
)
from roadworthy.lint.reading.sheet import Sheet, make_sheet
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.model import Pack

SEED = 11


@pytest.fixture(scope="module")
def generator(tiny_pack: Pack) -> Generator:
    """The generator of the tiny pack."""
    return Generator(tiny_pack)


@pytest.fixture(scope="module")
def sheet(generator: Generator) -> Sheet:
    """A whole sheet: each purpose, ten at random, five for the control, in three parts."""
    return make_sheet(generator, seed=SEED, per_rule=True, random=10, control=5, parts=3)


def texts(sheet: Sheet) -> list[str]:
    """The sheet as its scorer reads it."""
    return [entry.as_json_line() for entry in (*sheet.entries, *sheet.control)]


def test_same_seed_makes_the_same_sheet(tiny_pack: Pack, sheet: Sheet) -> None:
    """A fresh generator makes the same sheet of the same seed, and another of another seed."""
    wanted = {"per_rule": True, "random": 10, "control": 5, "parts": 3}
    again = make_sheet(Generator(tiny_pack), seed=SEED, **wanted)
    other = make_sheet(Generator(tiny_pack), seed=SEED + 1, **wanted)

    assert texts(again) == texts(sheet)
    assert texts(other) != texts(sheet)


def test_each_purpose_is_served_or_named(generator: Generator, sheet: Sheet) -> None:
    """Of all purposes of all decisions none is lost, and none is both served and lacking."""
    wanted = {
        purpose
        for decision in generator.pack.decisions.values()
        for purpose in purposes_of_decision(decision)
    }
    served = {purpose for entry in sheet.entries for purpose in entry.purposes}

    assert wanted <= served | set(sheet.unserved)
    assert not served & set(sheet.unserved)
    assert {kind_of(one) for one in served} == {
        "rule", "cost", "key", "need", "quantity", "fault", "pair", "random",
    }  # fmt: skip


def test_rules_and_costs_of_a_purpose_decide(generator: Generator, sheet: Sheet) -> None:
    """Solved anew, the rule is the only one against a shown option; the cost parts survivors."""
    checked = 0
    for entry in sheet.entries:
        item = entry.item
        maker = generator.maker(item.decision)
        for purpose in entry.purposes:
            kind, _, name = purpose.partition(":")
            if kind not in ("rule", "cost"):
                continue
            assert isinstance(maker, ChoiceItems)
            verdict = maker.solver.verdict(item.facts, item.goal)
            shown = [maker.solver.options.index(option.id) for option in item.options]
            if kind == "rule":
                fired = [verdict.fired[place] for place in shown]
                assert any([maker.reasons.rule_id(i) for i in one] == [name] for one in fired)
            else:
                alive = {maker.solver.options[one] for one in shown if not verdict.fired[one]}
                assert name.split(".")[1] == item.goal
                assert name.split(".")[2] in alive
                assert len(alive) > 1
            checked += 1
    assert checked > 20


def test_key_of_a_purpose_is_the_key(sheet: Sheet) -> None:
    """An item for a key has that option as its key."""
    for entry in sheet.entries:
        for purpose in entry.purposes:
            if kind_of(purpose) == "key":
                assert purpose.endswith(f".{entry.item.options[entry.item.key].id}")


def test_needs_of_a_purpose_are_missing(generator: Generator, sheet: Sheet) -> None:
    """An item for a need shows a step that falls by it."""
    served = [
        (purpose.partition(":")[2], entry.item)
        for entry in sheet.entries
        for purpose in entry.purposes
        if kind_of(purpose) == "need"
    ]

    assert served
    assert all(any(option.rules == (need,) for option in item.options) for need, item in served)


def test_purposes_are_known_before_words(generator: Generator) -> None:
    """What a situation and its options are said to serve, the item in words serves."""
    maker = generator.maker("delivery-route")
    assert isinstance(maker, ChoiceItems)
    sets = maker.practice
    choices = [
        Choice(sets.situations[index], options)
        for options, keys in sorted(sets.table.items())
        for indices in keys.values()
        for index in indices
    ]
    for seed, choice in enumerate(choices[:: max(1, len(choices) // 60)]):
        item = maker.build(choice, seed, "brief")
        assert purposes_of_item(item, maker) == purposes_of_choice(maker, choice)


def test_ten_items_of_each_kind_of_pair(sheet: Sheet) -> None:
    """Kinds composite and choose_two get ten items each, no situation twice."""
    for kind in ("composite", "choose_two"):
        items = [entry.item for entry in sheet.entries if entry.item.kind == kind]
        assert len(items) == len({item.situation for item in items}) == 10


def test_no_text_twice_and_control_apart(sheet: Sheet) -> None:
    """Readers never see a text twice; the control has no text and no situation of the sheet."""
    shown = [entry.item for entry in sheet.entries]
    others = [entry.item for entry in sheet.control]

    assert len({item.surface for item in shown}) == len(shown)
    assert len(others) == 5
    assert not {item.surface for item in shown} & {item.surface for item in others}
    assert not {item.situation for item in shown} & {item.situation for item in others}


def test_random_items_do_not_hang_on_the_rest(generator: Generator, sheet: Sheet) -> None:
    """Items at random are drawn blindly: the same ones with and without items for each rule."""
    alone = make_sheet(generator, seed=SEED, per_rule=False, random=10, control=0)
    drawn = {entry.item.surface for entry in sheet.entries if RANDOM in entry.purposes}

    assert {entry.item.surface for entry in alone.entries} == drawn
    assert len(drawn) == 10


def test_parts_are_even_and_in_order(sheet: Sheet) -> None:
    """Parts differ by one item at most and number on from each other."""
    sizes = [len(part) for part in sheet.parts]

    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 1
    numbers = [entry.number for part in sheet.parts for entry in part]
    assert numbers == list(range(1, len(sheet.entries) + 1))


def test_one_decision_alone(generator: Generator) -> None:
    """With a decision named, items are its own or of a pair that it takes part in."""
    made = make_sheet(
        generator, seed=SEED, per_rule=True, random=3, control=2, decision="stale-bread"
    )

    single = [entry for entry in (*made.entries, *made.control) if "." not in str(entry.item.facts)]
    assert {entry.item.decision for entry in single} == {"stale-bread"}
    assert any(kind_of(one) == "pair" for entry in made.entries for one in entry.purposes)


def test_unknown_decision_is_refused(generator: Generator) -> None:
    """The error names the decisions that there are."""
    with pytest.raises(NotThere, match="no decision 'moon'"):
        make_sheet(generator, seed=1, per_rule=True, random=0, control=0, decision="moon")


def test_unconfirmed_rule_is_named(tiny_pack: Pack) -> None:
    """A rule that is never served is named with that reason."""
    decision = tiny_pack.decision("delivery-route")
    assert isinstance(decision, ChoiceDecision)
    first = decision.rules[0].model_copy(update={"status": "unconfirmed"})
    doubtful = decision.model_copy(update={"rules": [first, *decision.rules[1:]]})
    pack = replace(tiny_pack, decisions={decision.id: doubtful}, pairs={})

    made = make_sheet(Generator(pack), seed=1, per_rule=True, random=0, control=0)

    assert made.unserved[f"rule:{decision.id}.{first.id}"] == UNCONFIRMED


def test_shortfall_of_small_packs_is_no_error(generator: Generator) -> None:
    """Where the sheet has nearly all situations of a decision, the control has what is left."""
    made = make_sheet(generator, seed=1, per_rule=False, random=60, control=5, decision="van-list")

    assert len(made.entries) == 60
    assert len(made.control) < 5


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=12),
    st.integers(0, 1000),
)
def test_cover_serves_all_that_can_be_served(sets: Sequence[frozenset[str]], seed: int) -> None:
    """What is left no offer serves, and each pick serves something that no earlier one did."""
    picked, left = greedy_cover("abcdefgh", {one: [one] for one in sets}, Random(seed))

    assert left == set("abcdefgh") - frozenset().union(*sets)
    seen: set[str] = set()
    for one in picked:
        assert one - seen
        seen |= one
