from __future__ import annotations

import dataclasses

import pytest

from roadworthy.errors import NotThere
from roadworthy.pack.decision import ChoiceDecision, Needs, StepsDecision
from roadworthy.pack.decision_table import in_order, table_of
from roadworthy.pack.model import Pack
from roadworthy.pack.table_rows import (
    After,
    ChoiceTable,
    ComputeTable,
    Evidence,
    QuantityRow,
    RuleRow,
    StepsTable,
)


def choice_table(pack: Pack, decision_id: str) -> ChoiceTable:
    """The table of a choice decision."""
    table = table_of(pack, decision_id)
    assert isinstance(table, ChoiceTable)
    return table


def with_decision(pack: Pack, decision: ChoiceDecision | StepsDecision) -> Pack:
    """The pack with one decision replaced."""
    return dataclasses.replace(pack, decisions={**pack.decisions, decision.id: decision})


def test_choice_table_has_a_row_for_each_rule(tiny_pack: Pack) -> None:
    """A row says what is stated, what falls and why, and where that stands."""
    table = choice_table(tiny_pack, "delivery-route")
    assert [row.evidence.rule.split(".")[1] for row in table.rules] == [
        f"DR{number}" for number in range(1, 9)
    ]
    assert table.rules[1] == RuleRow(
        stated="The shops stand on a steep hill",
        unless=None,
        falls=("cargo bikes", "freight tram"),
        because="neither pedals nor rails get a loaded box up such a street",
        strength="breaks_limit",
        evidence=Evidence("delivery-route.DR2", "guild-handbook", "2026-11-24"),
    )


def test_rows_follow_the_facts_of_the_file(tiny_pack: Pack) -> None:
    """Rules on one fact stand together, whatever their order in the file."""
    route = tiny_pack.decisions["delivery-route"]
    assert isinstance(route, ChoiceDecision)
    turned = route.model_copy(update={"rules": route.rules[::-1]})
    table = choice_table(with_decision(tiny_pack, turned), "delivery-route")
    facts = [row.stated for row in table.rules]
    assert facts[0].startswith(("The lanes", "The shops stand"))
    assert facts[-1].startswith(("Orders change", "The goods are due"))


def test_unless_is_said(tiny_pack: Pack) -> None:
    """The fact that lifts a rule stands beside it."""
    rows = {row.evidence.rule: row for row in choice_table(tiny_pack, "stale-bread").rules}
    assert rows["stale-bread.SB5"].unless == "the landlord forbids changes of the building"
    assert rows["stale-bread.SB6"].unless is None


def test_goals_rank_the_options(tiny_pack: Pack) -> None:
    """Each goal shows what it favors first, with what makes it worse."""
    cost, time = choice_table(tiny_pack, "delivery-route").goals
    assert cost.name == "The lowest cost"
    assert [one.option for one in cost.ranking][:2] == ["heated lockers", "freight tram"]
    assert cost.ranking[2].more_when == (
        "the goods are due before five in the morning: riders earn more at night",
    )
    assert time.ranking[0].option == "contract courier"
    assert time.evidence.rule == "delivery-route.goal:time"


def test_unconfirmed_claims_are_left_out(tiny_pack: Pack) -> None:
    """A table says no more than items do."""
    route = tiny_pack.decisions["delivery-route"]
    assert isinstance(route, ChoiceDecision)
    doubtful = {"status": "unconfirmed"}
    changed = route.model_copy(
        update={
            "rules": [route.rules[0].model_copy(update=doubtful), *route.rules[1:]],
            "costs": [
                cost.model_copy(update=doubtful if cost.goal == "time" else {})
                for cost in route.costs
            ],
        }
    )
    table = choice_table(with_decision(tiny_pack, changed), "delivery-route")
    assert len(table.rules) == 7
    assert [goal.name for goal in table.goals] == ["The lowest cost"]


def test_words_are_filled_from_one_fitting_frame(tiny_pack: Pack) -> None:
    """Slots, terms and brackets are gone; the frame carries the tags of the scene."""
    route = tiny_pack.decisions["delivery-route"]
    assert isinstance(route, ChoiceDecision)
    rule = route.rules[0].model_copy(update={"because": "{crew} [stop] {@dispatch}"})
    scene = route.scene.model_copy(update={"needs": ["cakes"]})
    changed = route.model_copy(update={"rules": [rule], "scene": scene})
    table = choice_table(with_decision(tiny_pack, changed), "delivery-route")
    assert table.frame == "mill"
    assert table.rules[0].because == "the millers stop Crumbline Dispatch"


def test_steps_table_gives_each_after_its_reason(tiny_pack: Pack) -> None:
    """Steps come in order, with what has to come before and why."""
    table = table_of(tiny_pack, "new-oven")
    assert isinstance(table, StepsTable)
    assert [row.number for row in table.steps] == [1, 2, 3, 4, 5, 6]
    assert table.steps[1].name == "power line"
    assert table.steps[1].after == (
        After(
            "building permit",
            "work on the house without a signed paper is stopped by the town",
            Evidence("new-oven.NO1", "oven-manual", "2026-11-24"),
        ),
    )


def test_steps_are_put_in_order_even_where_the_file_is_not(tiny_pack: Pack) -> None:
    """Each step comes after all that it needs, and a circle ends nothing."""
    oven = tiny_pack.decisions["new-oven"]
    assert isinstance(oven, StepsDecision)
    turned = oven.model_copy(update={"steps": dict(reversed(oven.steps.items()))})
    assert in_order(turned) == list(oven.steps)
    need = Needs.model_validate(
        {"id": "NO9", "step": "open", "because": "x", "source": "s", "supports": "x"}
        | {"checked": "2026-11-24"}
    )
    first = oven.steps["permit"].model_copy(update={"needs": [need]})
    circle = oven.model_copy(update={"steps": {**oven.steps, "permit": first}})
    assert sorted(in_order(circle)) == sorted(oven.steps)


def test_compute_table_gives_formulas_in_words(tiny_pack: Pack) -> None:
    """Each quantity with its formula and the error that leads to it."""
    table = table_of(tiny_pack, "oven-rounds")
    assert isinstance(table, ComputeTable)
    assert table.quantities[0] == QuantityRow(
        name="Rounds",
        words="pieces divided by what one round holds",
        formula="loaves / (per_tray * trays)",
        tempts="this counts loads of the oven",
        evidence=Evidence("oven-rounds.OR1", "oven-manual", "2026-11-24"),
    )


def test_unknown_decision_is_told(tiny_pack: Pack) -> None:
    """The error names the decisions that there are."""
    with pytest.raises(NotThere, match="delivery-route"):
        table_of(tiny_pack, "nope")


def test_values_of_one_fact_are_cases_too(tiny_pack: Pack) -> None:
    """What a statement joins by 'or' is given one by one; a single clause has no cases."""
    route = tiny_pack.decisions["delivery-route"]
    assert isinstance(route, ChoiceDecision)
    rule = next(one for one in route.rules if len(one.when) == 1)
    (fact, (value,)), *_ = rule.when.items()
    other = next(one for one in tiny_pack.facts_of(route)[fact].values if one != value)
    wider = rule.model_copy(update={"when": {fact: [value, other]}})
    pack = with_decision(tiny_pack, route.model_copy(update={"rules": [wider]}))
    (row,) = choice_table(pack, "delivery-route").rules
    assert len(row.cases) == 2
    assert row.stated.lower() == " or ".join(row.cases).lower()
    assert not any(one.cases for one in choice_table(tiny_pack, "delivery-route").rules)
