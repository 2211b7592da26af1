from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from math import sqrt
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.option_sets import OptionSet, OptionSets
from roadworthy.items.solve import CLOSE, SHOWABLE, ChoiceSolver
from roadworthy.pack.decision import ChoiceDecision, Fact

DRAWS = 4000
ITEMS = 60
Makers = list[tuple[str, ChoiceItems]]


def makers_of(generator: Generator) -> Makers:
    """Name and solved form of each choice or diagnosis decision."""
    return [
        (name, maker)
        for name in generator.pack.decisions
        if isinstance(maker := generator.maker(name), ChoiceItems)
    ]


def sets_of(decision: ChoiceDecision) -> OptionSets:
    """The option sets over all situations of a decision that names no shared facts."""
    facts = {name: fact for name, fact in decision.facts.items() if isinstance(fact, Fact)}
    solver = ChoiceSolver(decision, facts)
    return OptionSets(solver, solver.situations())


def test_each_shown_option_is_the_key_once_in_four(tiny: Generator) -> None:
    """Given the options that are shown, each of them is the key with probability 1/4.

    This is the property that docs/decisions/0003 is about. Each set of each decision is looked at
    alone: a cue that pulls one way in one set and the other way in another is found as well.
    """
    for name, maker in makers_of(tiny):
        shown: dict[OptionSet, Counter[int]] = defaultdict(Counter)
        for seed in range(DRAWS):
            choice = maker.practice.draw(Random(seed), seen={})
            assert choice is not None
            shown[choice.options][choice.situation.key] += 1
        for options, keys in shown.items():
            assert evenly_spread([keys[place] for place in options]), (name, options, keys)


@pytest.mark.slow
def test_each_set_of_the_real_pack_is_symmetric(real: Generator) -> None:
    """No decision falls back to sets in which some option cannot be the key."""
    symmetry = {name: maker.practice.symmetry for name, maker in makers_of(real)}

    assert symmetry == dict.fromkeys(symmetry, 4)


def test_item_keeps_the_odds_of_its_draw(real: Generator) -> None:
    """Putting a draw into words changes no odds: neither place nor style tell the key."""
    places: Counter[int] = Counter()
    styles: dict[int, Counter[int]] = defaultdict(Counter)
    for _, maker in makers_of(real):
        for seed in range(ITEMS):
            choice = maker.choose(seed, "practice", rule=None, seen={})
            assert choice is not None
            item = maker.build(choice, seed, "brief")
            places[item.key] += 1
            styles[item.style][choice.options.index(choice.situation.key)] += 1
    for keys in (places, *styles.values()):
        assert evenly_spread([keys[place] for place in range(4)]), keys


def evenly_spread(counts: list[int]) -> bool:
    """Whether four counts look like even odds: each within 4.5 standard deviations of a quarter."""
    total = sum(counts)
    allowed = 4.5 * sqrt(total * 3 / 16) + 1
    return total > 0 and all(abs(count - total / 4) <= allowed for count in counts)


def test_even_spread_is_red_for_a_cue() -> None:
    """The yardstick of the tests above tells odds of 1/3 from odds of 1/4."""
    assert evenly_spread([250, 260, 240, 250])
    assert not evenly_spread([334, 222, 222, 222])


def test_what_was_seen_moves_situations_and_never_the_odds(routes: ChoiceItems) -> None:
    """A learner's history picks the least seen situation; set and key stay as they were drawn."""
    sets = routes.practice
    seen = {one.id: index % 3 for index, one in enumerate(sets.situations)}
    for seed in range(300):
        fresh, known = sets.draw(Random(seed), seen={}), sets.draw(Random(seed), seen=seen)
        assert fresh is not None
        assert known is not None
        assert (fresh.options, fresh.situation.key) == (known.options, known.situation.key)


@given(data=st.data())
@settings(max_examples=80)
def test_every_drawn_set_is_fair(
    data: st.DataObject, small_decisions: SearchStrategy[ChoiceDecision]
) -> None:
    """A draw shows the key, three that may be shown, two of them close, and a best set."""
    sets = sets_of(data.draw(small_decisions))
    choice = sets.draw(Random(1), seen={})
    if choice is None:
        assert not sets.table
        return
    classes = [choice.situation.classes[place] for place in choice.options]
    others = [name for name in classes if name != "key"]
    assert len(others) == 3
    assert set(others) <= SHOWABLE
    assert sum(name in CLOSE for name in others) >= 2
    assert len(sets.table[choice.options]) == max(map(len, sets.table.values()))


@given(data=st.data())
@settings(max_examples=60)
def test_order_of_options_in_the_file_changes_nothing(
    data: st.DataObject, small_decisions: SearchStrategy[ChoiceDecision]
) -> None:
    """Situations, keys, classes and option sets are the same in any order of options and rules."""
    decision = data.draw(small_decisions)
    random = Random(data.draw(st.integers(0, 999)))
    names = list(decision.options)
    random.shuffle(names)
    rules = list(decision.rules)
    random.shuffle(rules)
    moved = decision.model_copy(
        update={"options": {name: decision.options[name] for name in names}, "rules": rules}
    )

    assert by_name(sets_of(moved)) == by_name(sets_of(decision))


def by_name(sets: OptionSets) -> tuple[Any, Any]:
    """Situations and symmetric sets with option names in place of numbers."""
    names = sets.solver.options
    situations = {
        (one.id, names[one.key], frozenset(zip(names, one.classes, strict=True)))
        for one in sets.situations
    }
    table = {
        (
            frozenset(names[place] for place in options),
            names[key],
            frozenset(sets.situations[index].id for index in indices),
        )
        for options, keys in sets.table.items()
        for key, indices in keys.items()
    }
    return situations, table


def test_set_without_a_home_for_each_option_is_not_symmetric(
    make_decision: Callable[..., ChoiceDecision],
) -> None:
    """An option that never wins leaves a set that is no longer symmetric: the cue is visible."""
    rules = [
        {"out": [f"o{n}" for n in range(4) if n != key], "when": {"f0": [f"v{key}"]}}
        for key in range(3)
    ]
    decision = make_decision(facts=[(3, True), (1, False)], options=4, rules=rules)

    assert sets_of(decision).symmetry == 3


def test_draw_on_a_rule_tests_that_rule(routes: ChoiceItems) -> None:
    """A wanted rule is the sole reason against a shown option; a wanted goal decides."""
    for rule in routes.rules():
        for seed in range(5):
            choice = routes.choose(seed, "practice", rule=rule, seen={})
            if choice is None:
                continue
            item = routes.build(choice, seed, "brief")
            sole = [option.rules == (rule,) for option in item.options]
            assert any(sole), rule


def test_moves_of_the_key_are_as_the_solver_says(routes: ChoiceItems) -> None:
    """``key_moves`` holds where, and only where, one change makes a shown distractor the key."""
    sets, solver = routes.practice, routes.solver
    for options in sets.symmetric:
        shown = frozenset(options)
        for indices in sets.table[options].values():
            for index in indices[:3]:
                one = sets.situations[index]
                keys = {
                    solver.key_among(verdict, goal, shown)
                    for _, facts, goal in solver.neighbours(one.stated, one.goal)
                    if not (verdict := solver.verdict(facts, goal)).doubtful
                }
                assert sets.key_moves(index, options) == bool(keys - {None, one.key})


def test_mock_draws_from_reserved_situations_only(real: Generator) -> None:
    """What a mock exam may show is never practised."""
    for _, maker in makers_of(real):
        practised = {one.id for one in maker.practice.situations}
        reserved = {one.id for one in maker.mock.situations}
        assert practised
        assert reserved
        assert not practised & reserved
        choice = maker.choose(3, "mock", rule=None, seen={})
        assert choice is not None
        assert choice.situation.id in reserved
