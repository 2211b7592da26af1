"""What a blind reading has to have seen: a purpose names one thing that a key can hang on.

A purpose is a text of a kind and a name:

    rule:D.TR6           the rule alone removes a shown option
    cost:D.goal.option   the goal decides, and that option is the key or loses to it by its cost
    key:D.option         the option (or step) is the key
    need:D.QT1           a shown step comes too early, because what it needs is missing
    quantity:D.CM1       the quantity is asked
    fault:D.SQ1          the fault is in the exhibit
    pair:P.kind.3        the third of ten items of that kind over two decisions
    random               drawn as practice draws, without looking at the purposes above
"""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.compute import ComputeItems
from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.generate import Generator, Maker
from roadworthy.items.item import Item
from roadworthy.items.option_sets import Choice
from roadworthy.items.steps import StepsItems
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, Decision, ExhibitDecision

RANDOM = "random"
OF_A_PAIR = 10
"""Items of each kind of each pair of decisions."""
UNCONFIRMED = "unconfirmed, so no item shows it"
NOWHERE = "no situation shows it"
UNDRAWN = "no draw shows it"


def kind_of(purpose: str) -> str:
    """'rule' of 'rule:delivery-route.TR6'."""
    return purpose.partition(":")[0]


def purposes_of_decision(decision: Decision) -> dict[str, str]:
    """All purposes of a decision, each with the reason that holds if no item can serve it."""
    found: dict[str, str] = {}
    name = decision.id
    if isinstance(decision, ChoiceDecision):
        for rule in decision.rules:
            found[f"rule:{name}.{rule.id}"] = _reason(rule.status)
        for cost in decision.costs:
            found[f"cost:{name}.{cost.goal}.{cost.option}"] = _reason(cost.status)
        found |= {f"key:{name}.{option}": NOWHERE for option in decision.options}
    elif isinstance(decision, ComputeDecision):
        for quantity in decision.quantities.values():
            found[f"quantity:{name}.{quantity.id}"] = _reason(quantity.status)
    elif isinstance(decision, ExhibitDecision):
        for fault in decision.faults.values():
            found[f"fault:{name}.{fault.id}"] = _reason(fault.status)
    else:
        for step_id, step in decision.steps.items():
            found[f"key:{name}.{step_id}"] = UNDRAWN
            for need in step.needs:
                found[f"need:{name}.{need.id}"] = _reason(need.status)
    return found


def _reason(status: str) -> str:
    return NOWHERE if status == "confirmed" else UNCONFIRMED


def purposes_of_pairs(generator: Generator, decision_id: str | None) -> dict[str, str]:
    """Purposes of all pairs, or of those that the decision takes part in."""
    return {
        f"pair:{pair_id}.{kind}.{number}": "the pair has no more situations"
        for pair_id, pair in sorted(generator.pack.pairs.items())
        if decision_id is None or decision_id in (pair.first.decision, pair.second.decision)
        for kind in pair.kinds
        for number in range(1, OF_A_PAIR + 1)
    }


def purposes_of_choice(maker: ChoiceItems, choice: Choice) -> frozenset[str]:
    """What an item of that situation and option set would serve, without putting it in words.

    Agrees with ``purposes_of_item`` of the built item; a test holds them together.
    """
    name, situation = maker.decision.id, choice.situation
    options = maker.solver.options
    found = {f"key:{name}.{options[situation.key]}"}
    for place in choice.options:
        fired = situation.verdict.fired[place]
        if len(fired) == 1:
            found.add(f"rule:{maker.reasons.rule_id(fired[0])}")
        if situation.classes[place] == "goal":
            found.add(f"cost:{name}.{situation.goal}.{options[place]}")
            found.add(f"cost:{name}.{situation.goal}.{options[situation.key]}")
    return frozenset(found)


def purposes_of_item(item: Item, maker: Maker) -> frozenset[str]:
    """What an item of one decision serves. ``maker`` is the one of its decision."""
    if isinstance(maker, ComputeItems):
        return frozenset({f"quantity:{item.decision}.{maker.quantities[item.facts['asked']].id}"})
    if isinstance(maker, ExhibitItems):
        return frozenset({f"fault:{item.decision}.{maker.faults[item.facts['fault']].id}"})
    if isinstance(maker, StepsItems):
        return frozenset(_of_steps(item, maker))
    return frozenset(_of_choice(item))


def _of_choice(item: Item) -> Iterator[str]:
    key = item.options[item.key]
    yield f"key:{item.decision}.{key.id}"
    for option in item.options:
        if option.correct or len(option.rules) != 1:
            continue
        if option.rules[0] == f"{item.decision}.goal:{item.goal}":
            yield f"cost:{item.decision}.{item.goal}.{option.id}"
            yield f"cost:{item.decision}.{item.goal}.{key.id}"
        else:
            yield f"rule:{option.rules[0]}"


def _of_steps(item: Item, maker: StepsItems) -> Iterator[str]:
    """In the kind order an option breaks a need; in next_step it is too early for want of one."""
    if item.kind == "order":
        for option in item.options:
            if len(option.rules) == 1:
                yield f"need:{option.rules[0]}"
        return
    yield f"key:{item.decision}.{item.options[item.key].id}"
    done = maker.states[item.situation].done
    for option in item.options:
        if not option.correct and option.id not in done:
            yield f"need:{option.rules[0]}"
