"""What the key of an item would be by today's pack: solved anew by its facts and goal.

The item is read as it was shown, so neither the pack nor the generator that made it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from roadworthy.items.item import Item
from roadworthy.items.precedence import Precedence
from roadworthy.items.scene import evaluate
from roadworthy.items.solve import ChoiceSolver
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, ExhibitDecision, StepsDecision
from roadworthy.pack.model import Pack

_PERCENT: Final = " percent"


@dataclass(frozen=True, slots=True)
class KeyNow:
    """``place`` of the key among the options as shown; None where not exactly one holds.

    ``asked`` is False where today's pack would not state these facts, or is not sure of the rules.
    """

    asked: bool
    place: int | None = None


_NOT_ASKED: Final = KeyNow(asked=False)


def key_now(item: Item, pack: Pack) -> KeyNow:
    """The key of an item as shown, by the decisions of ``pack``."""
    decision = pack.decisions.get(item.decision)
    if isinstance(decision, ChoiceDecision) and item.kind == decision.kind:
        return _of_choice(item, ChoiceSolver(decision, pack.facts_of(decision)))
    if isinstance(decision, ComputeDecision) and item.kind == "compute":
        return _of_numbers(item, decision)
    if isinstance(decision, StepsDecision) and item.kind == "next_step":
        return _of_state(item, Precedence(decision))
    if isinstance(decision, StepsDecision) and item.kind == "order":
        return _of_chain(item, Precedence(decision))
    if isinstance(decision, ExhibitDecision) and item.kind == "exhibit":
        return _of_fault(item, decision)
    return _NOT_ASKED


def _of_choice(item: Item, solver: ChoiceSolver) -> KeyNow:
    known = all(
        name in solver.facts and value in solver.facts[name].values
        for name, value in item.facts.items()
    )
    goals = {None, *solver.decision.goals}
    if not known or item.goal not in goals or not solver.admissible(item.facts):
        return _NOT_ASKED
    if not solver.may_ask(item.facts, item.goal):
        return _NOT_ASKED
    verdict = solver.verdict(item.facts, item.goal)
    if verdict.doubtful:
        return _NOT_ASKED
    shown = frozenset(
        solver.options.index(option.id) for option in item.options if option.id in solver.options
    )
    key = solver.key_among(verdict, item.goal, shown)
    return _at(item, [] if key is None else [solver.options[key]])


def _of_numbers(item: Item, decision: ComputeDecision) -> KeyNow:
    """The option that shows the asked quantity, as printed."""
    quantity = decision.quantities.get(item.facts["asked"])
    drawn = {name: value for name, value in item.facts.items() if name != "asked"}
    if quantity is None or quantity.status != "confirmed" or set(drawn) != set(decision.params):
        return _NOT_ASKED
    values = {name: float(value.replace(",", "")) for name, value in drawn.items()}
    try:
        for name, expression in decision.derive.items():
            values[name] = evaluate(expression, values)
        value = evaluate(quantity.formula, values)
    except ZeroDivisionError:
        return _NOT_ASKED
    return _at(item, [option.id for option in item.options if _shows(option.text, value)])


def _shows(text: str, value: float) -> bool:
    """Whether '83.3 percent', '0.83' or '1,234' is that value, rounded as it is printed."""
    number = text.removesuffix(_PERCENT).replace(",", "")
    scaled = value * 100 if text.endswith(_PERCENT) else value
    decimals = len(number.partition(".")[2])
    return f"{scaled:.{decimals}f}" == number


def _of_fault(item: Item, decision: ExhibitDecision) -> KeyNow:
    """The mend of the fault that was put in, while the pack still knows the fault."""
    fault = decision.faults.get(item.facts["fault"])
    if fault is None or fault.status != "confirmed":
        return _NOT_ASKED
    return _at(item, [option.id for option in item.options if option.id == item.facts["fault"]])


def _of_state(item: Item, order: Precedence) -> KeyNow:
    stated = set(item.facts)
    shown = [option.id for option in item.options if option.id in order.steps]
    if not stated <= set(order.steps) or any(map(order.doubtful, shown)):
        return _NOT_ASKED
    done = stated.union(*(order.before[name] for name in stated))
    return _at(item, [name for name in order.ready(frozenset(done)) if name in shown])


def _of_chain(item: Item, order: Precedence) -> KeyNow:
    steps = item.facts["chain"].split(" > ")
    if not set(steps) <= set(order.steps) or any(map(order.doubtful, steps)):
        return _NOT_ASKED
    return _at(
        item,
        [one.id for one in item.options if not order.violations(tuple(one.id.split(" > ")))],
    )


def _at(item: Item, keys: list[str]) -> KeyNow:
    """The place of the only key; no place for none or several."""
    if len(keys) != 1:
        return KeyNow(asked=True)
    return KeyNow(True, next(n for n, option in enumerate(item.options) if option.id == keys[0]))
