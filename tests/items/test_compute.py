from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.compute import ComputeItems
from roadworthy.items.generate import Generator
from roadworthy.items.reserve import is_reserved
from roadworthy.items.scene import evaluate
from roadworthy.pack.decision import ComputeDecision

DECISION = "oven-rounds"


def decision_of(generator: Generator) -> ComputeDecision:
    """The tiny pack's decision on numbers."""
    decision = generator.pack.decision(DECISION)
    assert isinstance(decision, ComputeDecision)
    return decision


@given(seed=st.integers(0, 9999))
def test_key_is_the_value_of_the_asked_formula(tiny: Generator, seed: int) -> None:
    """The numbers of the stem, put into the asked formula, give the number of the key."""
    decision = decision_of(tiny)
    item = tiny.generate(DECISION, seed=seed, length="exam")
    assert item is not None
    numbers = {
        name: float(text.replace(",", "")) for name, text in item.facts.items() if name != "asked"
    }
    for name, expression in decision.derive.items():
        numbers[name] = evaluate(expression, numbers)
    asked = decision.quantities[item.facts["asked"]]
    value = evaluate(asked.formula, numbers)
    shown = float(item.options[item.key].text.replace(" percent", "").replace(",", ""))

    assert abs(shown - (value * 100 if asked.show == "percent" else value)) <= 0.51
    for name in decision.params:
        assert item.facts[name] in item.stem


def test_every_quantity_is_asked_for(tiny: Generator) -> None:
    """Each formula is the key of some items, so that none of them is known to be wrong."""
    asked = {
        item.facts["asked"]
        for seed in range(120)
        if (item := tiny.generate(DECISION, seed=seed, length="brief")) is not None
    }

    assert asked == set(decision_of(tiny).quantities)


def test_values_are_apart_and_in_order(tiny: Generator) -> None:
    """Options rise, by the gap at least, so that no two could both be read as right."""
    decision = decision_of(tiny)
    for seed in range(40):
        item = tiny.generate(DECISION, seed=seed, length="brief")
        assert item is not None
        values = [float(one.text.split()[0].replace(",", "")) for one in item.options]
        gaps = [after - before for before, after in itertools.pairwise(values)]
        assert min(gaps) >= decision.min_gap - 1


def test_rule_asks_for_its_quantity(tiny: Generator) -> None:
    """A wanted rule makes its quantity the asked one."""
    maker = tiny.maker(DECISION)
    assert isinstance(maker, ComputeItems)
    for name, quantity in maker.quantities.items():
        rule = f"{DECISION}.{quantity.id}"
        item = tiny.generate(DECISION, seed=3, length="brief", rule=rule)
        assert item is not None
        assert item.facts["asked"] == name


def test_draws_of_forms_are_not_practised(tiny: Generator) -> None:
    """The hash of the numbers decides whether they are for practice or for forms."""
    for seed in range(30):
        practice = tiny.generate(DECISION, seed=seed, length="brief", mode="practice")
        mock = tiny.generate(DECISION, seed=seed, length="brief", mode="mock")
        assert practice is not None
        assert mock is not None
        assert not is_reserved(practice.situation)
        assert is_reserved(mock.situation)
