"""What differs between two versions of a pack, for one who studied with the first of them.

Pure: two packs, or the items that were shown and a pack, go in. Decisions are compared by their
content hash, rules by what decides a key: their strength, what they rule out, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from roadworthy.items.item import Item
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Condition,
    Cost,
    Decision,
    ExhibitDecision,
)
from roadworthy.pack.model import Pack
from roadworthy.pack.text import name_terms
from roadworthy.pack.tokens import fill
from roadworthy.study.key_now import key_now

Fate = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a rule says otherwise: 'rules out', with the words before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is new, gone, or says something else.

    ``details`` are what differs; those of a new rule have no before, of a gone one no after.
    """

    rule: str
    fate: Fate
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A decision with other content; without ``rules`` only its words or facts are others."""

    id: str
    title: str
    rules: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PackChange:
    """Decisions that are new, gone, or changed, each in the order of its pack."""

    added: tuple[DecisionChange, ...]
    removed: tuple[DecisionChange, ...]
    changed: tuple[DecisionChange, ...]

    @property
    def empty(self) -> bool:
        """Whether no decision differs: then only lessons, sources or lists do."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class MovedKey:
    """An item that would have another key today; ``now`` is None where not one option holds."""

    presentation: str
    item: Item
    now: int | None


@dataclass(frozen=True, slots=True)
class KeysNow:
    """Of ``looked_at`` items, those whose key moved, and how many today's pack would not ask."""

    looked_at: int
    moved: tuple[MovedKey, ...]
    not_asked: int


def compare(before: Pack, after: Pack) -> PackChange:
    """What a candidate of ``before`` finds changed in ``after``."""
    both = [name for name in after.decisions if name in before.decisions]
    return PackChange(
        added=_listed(after, set(after.decisions) - set(before.decisions)),
        removed=_listed(before, set(before.decisions) - set(after.decisions)),
        changed=tuple(
            DecisionChange(name, _title(after, name), _rule_changes(name, before, after))
            for name in both
            if before.decision_hashes.get(name) != after.decision_hashes.get(name)
        ),
    )


def keys_now(shown: Iterable[tuple[str, Item]], pack: Pack) -> KeysNow:
    """(presentation, item as shown) solved anew by ``pack``, in their order."""
    looked_at = not_asked = 0
    moved = []
    for presentation, item in shown:
        looked_at += 1
        key = key_now(item, pack)
        if not key.asked:
            not_asked += 1
        elif key.place != item.key:
            moved.append(MovedKey(presentation, item, key.place))
    return KeysNow(looked_at, tuple(moved), not_asked)


def _listed(pack: Pack, names: set[str]) -> tuple[DecisionChange, ...]:
    return tuple(
        DecisionChange(name, _title(pack, name)) for name in pack.decisions if name in names
    )


def _title(pack: Pack, decision: str) -> str:
    return _said(pack, pack.decisions[decision].title)


def _said(pack: Pack, text: str) -> str:
    """A text with the terms of its own pack and the nouns of its first frame."""
    slots = next(iter(pack.frames.frames.values())).slots
    return name_terms(fill(text, slots), pack.terms)


def _rule_changes(name: str, before: Pack, after: Pack) -> tuple[RuleChange, ...]:
    old, new = _rules(before, before.decisions[name]), _rules(after, after.decisions[name])
    changes = []
    for rule in dict.fromkeys([*new, *old]):
        was, now = old.get(rule, {}), new.get(rule, {})
        if was != now:
            fate: Fate = "new" if not was else "changed" if now else "gone"
            changes.append(RuleChange(rule, fate, _details(was, now)))
    return tuple(changes)


def _details(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Detail, ...]:
    return tuple(
        Detail(what, old.get(what, ""), new.get(what, ""))
        for what in dict.fromkeys([*old, *new])
        if old.get(what, "") != new.get(what, "")
    )


def _rules(pack: Pack, decision: Decision) -> dict[str, dict[str, str]]:
    """Rule -> what of it decides keys, in words; goals too, since they decide among survivors."""
    if isinstance(decision, ChoiceDecision):
        rules = {
            rule.id: {
                "strength": rule.strength.replace("_", " "),
                "rules out": ", ".join(
                    _said(pack, decision.options[one].name) for one in sorted(rule.out)
                ),
                "when": _condition(pack, decision, rule.when),
                "unless": _condition(pack, decision, rule.unless),
                "standing": rule.status,
            }
            for rule in decision.rules
        }
        return rules | {f"goal: {goal}": _levels(pack, decision, goal) for goal in decision.goals}
    if isinstance(decision, ComputeDecision):
        return {
            one.id: {"formula": one.formula, "standing": one.status}
            for one in decision.quantities.values()
        }
    if isinstance(decision, ExhibitDecision):
        return {
            one.id: {"fault": _said(pack, one.name), "standing": one.status}
            for one in decision.faults.values()
        }
    return {
        need.id: {
            "strength": need.strength.replace("_", " "),
            "order": f"{_said(pack, decision.steps[need.step].name)} before "
            f"{_said(pack, step.name)}",
            "standing": need.status,
        }
        for step in decision.steps.values()
        for need in step.needs
    }


def _condition(pack: Pack, decision: ChoiceDecision, condition: Condition) -> str:
    """'the lanes are closed to motor traffic, and …', facts and values in a fixed order."""
    facts = pack.facts_of(decision)
    return ", and ".join(
        " or ".join(_said(pack, facts[name].values[value].short) for value in sorted(values))
        for name, values in sorted(condition.items())
    )


def _levels(pack: Pack, decision: ChoiceDecision, goal: str) -> dict[str, str]:
    costs = sorted(
        (cost for cost in decision.costs if cost.goal == goal),
        key=lambda cost: (cost.level, cost.option),
    )
    return {"levels, 0 is best": ", ".join(_level(pack, decision, cost) for cost in costs)}


def _level(pack: Pack, decision: ChoiceDecision, cost: Cost) -> str:
    adds = "".join(
        f" ({added.by:+d} when {_condition(pack, decision, added.when)})" for added in cost.adds
    )
    doubt = "" if cost.status == "confirmed" else " (unconfirmed)"
    return f"{_said(pack, decision.options[cost.option].name)} {cost.level}{adds}{doubt}"
