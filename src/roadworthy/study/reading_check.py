"""The check after a reading: five brief items on the sections that the resource serves.

Finishing a resource says nothing about what is known, so it moves no forecast. These answers are
answers like any other, and may. Which items tell most is decided as in the diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest
from roadworthy.learner.state import LearnerState
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.pack.model import Pack
from roadworthy.study.diagnostic import order_by_narrowing
from roadworthy.study.readings import resources_of
from roadworthy.study.session_view import SessionView
from roadworthy.study.step import Finished, Present

CHECK = "check"
"""Purpose of such a session; its target is the id of the resource."""
CHECK_ITEMS = 5
CHECK_MINUTES = 8


def checked_decisions(pack: Pack, resource: str) -> list[str]:
    """Decisions that a check may ask: on the resource's topics first, then on its sections.

    Topics count only within the sections. Empty where no item is on what the resource serves.
    """
    one = resources_of(pack).get(resource)
    if one is None:
        return []
    within = [
        name
        for name, decision in pack.decisions.items()
        if not isinstance(decision, ExhibitDecision)
        and pack.section_of(decision.considerations[0]) in one.sections
    ]
    named = {name for topic in one.topics for name in pack.topics[topic].head.decisions}
    return sorted(within, key=lambda name: name not in named)


def next_check(
    view: SessionView, state: LearnerState, generator: Generator, now: datetime
) -> Present | Finished:
    """The next item of a check. What the resource names comes first, each decision but once."""
    pack, resource = generator.pack, view.target or ""
    if len(view.shown) >= CHECK_ITEMS:
        return Finished("Five items are a check.")
    one = resources_of(pack).get(resource)
    named = {name for topic in (one.topics if one else ()) for name in _decisions(pack, topic)}
    asked = {shown.item.decision for shown in view.shown}
    rules_asked = {rule for shown in view.shown for rule in shown.item.rules}
    sections = [shown.item.section for shown in view.shown]
    open_rules = [
        rule
        for name in checked_decisions(pack, resource)
        for rule in generator.rules[name]
        if rule not in rules_asked and rule not in state.disputed_rules
    ]
    order = order_by_narrowing(state, pack, open_rules, now=now)

    def worth(rule: str) -> tuple[bool, bool, int]:
        name = rule.split(".", 1)[0]
        section = pack.section_of(pack.decisions[name].considerations[0])
        return name in asked, name not in named, sections.count(section)

    seed = int(digest(view.seed, view.next_ordinal, CHECK)[:7], 16)
    for rule in sorted(order, key=worth):
        name = rule.split(".", 1)[0]
        item = generator.generate(name, seed=seed, length="brief", rule=rule, seen=state.seen)
        if item is not None:
            title = pack.blueprint.sections[item.section].title
            why = f"On what you read: section {item.section}, {title}."
            return Present(item, "full", f"{CHECK}:{resource}"[:200], why)
    return Finished("The pack has no further items on what this resource serves.")


def _decisions(pack: Pack, topic: str) -> Iterable[str]:
    return pack.topics[topic].head.decisions if topic in pack.topics else ()
