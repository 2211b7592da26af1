from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.items.precedence import Precedence
from roadworthy.pack.decision import StepsDecision
from roadworthy.pack.model import Pack


def steps_items(generator: Generator, kind: str) -> Iterator[tuple[Precedence, Item]]:
    """Items of a kind from each decision on steps, with the order that they follow from."""
    for decision in generator.pack.decisions.values():
        if isinstance(decision, StepsDecision):
            for seed in range(40):
                item = generator.generate(
                    decision.id,
                    seed=seed,
                    length="brief",
                    kind="order" if kind == "order" else "next_step",
                )
                if item is not None:
                    yield Precedence(decision), item


def closed(order: Precedence, stated: dict[str, str]) -> set[str]:
    """The stated steps and all that they presume."""
    return set(stated).union(*(order.before[name] for name in stated))


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_key_is_the_only_step_that_is_ready(pack: str, request: pytest.FixtureRequest) -> None:
    """Of the shown steps one has all its needs met and is not done; the others say why not."""
    count = 0
    for order, item in steps_items(request.getfixturevalue(pack), "next_step"):
        done = closed(order, item.facts)
        for option in item.options:
            ready = option.id not in done and order.before[option.id] <= done
            assert ready == option.correct
            if not ready:
                too_early = option.id not in done
                assert option.rationale.startswith("Too early" if too_early else "This is done")
        count += 1
    assert count >= 40


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_key_of_an_order_breaks_no_need(pack: str, request: pytest.FixtureRequest) -> None:
    """The right chain follows the needs; each wrong one breaks at least one of them."""
    count = 0
    for order, item in steps_items(request.getfixturevalue(pack), "order"):
        for option in item.options:
            chain = tuple(option.id.split(" > "))
            assert bool(order.violations(chain)) != option.correct
            assert bool(option.rules) != option.correct
        count += 1
    assert count >= 40


def test_circle_of_steps_is_refused(tiny: Generator) -> None:
    """Steps that need each other have no order; the message names them."""
    decision = tiny.pack.decision("new-oven")
    assert isinstance(decision, StepsDecision)
    first, last = next(iter(decision.steps)), list(decision.steps)[-1]
    edge = decision.steps[last].needs[0].model_copy(update={"step": last})
    step = decision.steps[first].model_copy(update={"needs": [edge]})
    circle = decision.model_copy(update={"steps": {**decision.steps, first: step}})

    with pytest.raises(ValueError, match="form a circle"):
        Precedence(circle)


def test_state_is_closed_downward(real: Generator) -> None:
    """What is done presumes its needs, and a stem states only what nothing else implies."""
    for decision in real.pack.decisions.values():
        if not isinstance(decision, StepsDecision):
            continue
        order = Precedence(decision)
        for state in order.states():
            assert all(order.before[name] <= state.done for name in state.done)
            assert closed(order, dict.fromkeys(state.stated, "done")) == state.done


def test_each_fallen_step_has_its_rule_in_the_argue_table(tiny_pack: Pack) -> None:
    """Whatever is not the key is out in exactly one row, so that the table argues."""
    decision = next(name for name, one in tiny_pack.decisions.items() if one.kind == "steps")
    generator = Generator(tiny_pack)
    for item in generator.sample(60, seed=3, decision=decision):
        if item.kind != "next_step":
            continue
        for place, option in enumerate(item.options):
            rows = [row for row in item.argue if row.cells[place]]
            assert len(rows) == (0 if option.correct else 1)
