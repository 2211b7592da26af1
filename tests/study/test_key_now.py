from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item, with_two_options
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, Decision, StepsDecision
from roadworthy.pack.model import Pack
from roadworthy.study.key_now import KeyNow, key_now


def with_decision(pack: Pack, decision: Decision) -> Pack:
    """The pack with one decision exchanged."""
    return replace(pack, decisions={**pack.decisions, decision.id: decision})


def item_of(pack: Pack, decision: str, seed: int = 1, **wanted: str) -> Item:
    """A brief item of a decision."""
    item = Generator(pack).generate(decision, seed=seed, length="brief", **wanted)  # type: ignore[arg-type]
    assert item is not None
    return item


@pytest.fixture(scope="module")
def generator(tiny_pack: Pack) -> Generator:
    """The solved tiny pack."""
    return Generator(tiny_pack)


@given(seed=st.integers(0, 10_000), name=st.integers(0, 3), mock=st.booleans())
def test_the_key_stays_while_the_pack_does(
    generator: Generator, seed: int, name: int, mock: bool
) -> None:
    """Items of every kind, whole or cut to two options, have their own key by the same pack."""
    pack = generator.pack
    item = generator.generate(
        sorted(pack.decisions)[name], seed=seed, length="brief", mode="mock" if mock else "practice"
    )
    if item is None:
        return
    assert key_now(item, pack) == KeyNow(True, item.key)
    if item.kind in ("choice", "diagnosis"):
        two = with_two_options(item, next(n for n in range(len(item.options)) if n != item.key))
        assert key_now(two, pack) == KeyNow(True, two.key)


def test_a_rule_that_lets_go_or_strikes_moves_the_key(tiny_pack: Pack) -> None:
    """When the key itself falls, another option holds or none does, never the old one."""
    decision = tiny_pack.decisions["delivery-route"]
    assert isinstance(decision, ChoiceDecision)
    item = item_of(tiny_pack, decision.id)
    key = item.options[item.key].id
    fact, value = next(iter(item.facts.items()))
    struck = decision.rules[0].model_copy(update={"out": [key], "when": {fact: [value]}})
    changed = decision.model_copy(update={"rules": [struck]})

    now = key_now(item, with_decision(tiny_pack, changed))

    assert now.asked
    assert now.place != item.key


def test_a_situation_that_is_no_longer_stated_is_not_asked(tiny_pack: Pack) -> None:
    """A decision, a fact or a pair of facts that is gone leaves no key to compare."""
    decision = tiny_pack.decisions["delivery-route"]
    assert isinstance(decision, ChoiceDecision)
    item = item_of(tiny_pack, decision.id)
    without = {name: one for name, one in tiny_pack.decisions.items() if name != decision.id}
    fact, value = next(iter(item.facts.items()))
    facts = {name: one for name, one in decision.facts.items() if name != fact}
    unsure = [rule.model_copy(update={"status": "unconfirmed"}) for rule in decision.rules]
    for pack in (
        replace(tiny_pack, decisions=without),
        with_decision(tiny_pack, decision.model_copy(update={"facts": facts})),
        with_decision(tiny_pack, decision.model_copy(update={"forbid": [{fact: [value]}]})),
        with_decision(tiny_pack, decision.model_copy(update={"rules": unsure})),
    ):
        assert key_now(item, pack) == KeyNow(asked=False)


def test_a_corrected_formula_moves_the_key(tiny_pack: Pack) -> None:
    """Where two formulas change places, the key is the option that shows the new value."""
    decision = next(one for one in tiny_pack.decisions.values() if one.kind == "compute")
    assert isinstance(decision, ComputeDecision)
    item = item_of(tiny_pack, decision.id)
    asked = item.facts["asked"]
    other = next(option.id for option in item.options if option.id != asked)
    formula = decision.quantities[other].formula
    show = decision.quantities[other].show
    quantities = {
        **decision.quantities,
        asked: decision.quantities[asked].model_copy(update={"formula": formula, "show": show}),
    }
    now = key_now(
        item, with_decision(tiny_pack, decision.model_copy(update={"quantities": quantities}))
    )
    assert now.place is not None
    assert item.options[now.place].id == other


@pytest.mark.parametrize("kind", ["next_step", "order"])
def test_an_order_that_is_given_up_leaves_no_single_key(tiny_pack: Pack, kind: str) -> None:
    """Without edges every shown step is ready and every chain holds, so there is no one key."""
    decision = next(one for one in tiny_pack.decisions.values() if one.kind == "steps")
    assert isinstance(decision, StepsDecision)
    item = item_of(tiny_pack, decision.id, kind=kind)
    steps = {name: one.model_copy(update={"needs": []}) for name, one in decision.steps.items()}
    now = key_now(item, with_decision(tiny_pack, decision.model_copy(update={"steps": steps})))
    assert now == KeyNow(asked=True, place=None)
