"""The items after a lab: brief items on the rules that its planted faults share.

Passing a lab moves no forecast. These answers are answers like any other, and may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest
from roadworthy.learner.state import LearnerState
from roadworthy.study.diagnostic import order_by_narrowing
from roadworthy.study.session_view import SessionView
from roadworthy.study.step import Finished, Present

LAB_ROUND = "lab"
"""Purpose of such a session; its target is the id of the lab."""
FEWEST_ITEMS = 5
MINUTES_AN_ITEM = 1.6


def items_of(rules: Sequence[str]) -> int:
    """How many items a round has: one a rule, five at least."""
    return max(FEWEST_ITEMS, len(rules))


def minutes_of(rules: Sequence[str]) -> int:
    """Minutes that a round takes."""
    return round(items_of(rules) * MINUTES_AN_ITEM)


def next_of_lab(
    view: SessionView,
    state: LearnerState,
    generator: Generator,
    rules: Sequence[str],
    now: datetime,
) -> Present | Finished:
    """The next item of a round: rules not asked yet come first, those least known before others."""
    if not rules:
        return Finished("The pack has no items on this lab.")
    if len(view.shown) >= items_of(rules):
        return Finished(f"{items_of(rules)} items are a round.")
    known = {one for of_decision in generator.rules.values() for one in of_decision}
    open_rules = [one for one in rules if one in known and one not in state.disputed_rules]
    targeted = [shown.purpose.split(":", 1)[-1] for shown in view.shown]
    order = order_by_narrowing(state, generator.pack, open_rules, now=now)
    seed = int(digest(view.seed, view.next_ordinal, LAB_ROUND)[:7], 16)
    for rule in sorted(order, key=targeted.count):
        name = rule.split(".", 1)[0]
        item = generator.generate(name, seed=seed, length="brief", rule=rule, seen=state.seen)
        if item is not None:
            why = "On a fault that was planted in the lab, or on the rule beside it."
            return Present(item, "full", f"{LAB_ROUND}:{rule}"[:200], why)
    return Finished("The pack has no further items on the rules of this lab.")
