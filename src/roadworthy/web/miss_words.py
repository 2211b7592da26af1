"""Why an item of a mock was missed, in words: the belief behind the choice, the rule, the goal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from roadworthy.items.item import ShownOption
from roadworthy.pack.decision import Misconception
from roadworthy.study.form_result import FormResult, Miss, MissKind
from roadworthy.study.form_view import Place
from roadworthy.web.render import letter, short_rule
from roadworthy.workspace import Workspace

KIND_WORDS: dict[MissKind, tuple[str, str]] = {
    "belief": ("wrong belief", "wrong beliefs"),
    "rule": ("missed rule", "missed rules"),
    "changed": ("changed from right", "changed from right"),
    "time": ("hurried", "hurried"),
    "open": ("left open", "left open"),
}
"""One and many of each kind, in the order of the summary."""


@dataclass(frozen=True)
class Behind:
    """What was believed with a wrong choice, and what is true instead."""

    letter: str
    belief: str
    refutation: str


def kinds_in_words(result: FormResult) -> str:
    """'9 wrong beliefs · 2 left open'; '' without a miss."""
    counts = Counter(miss.kind for miss in result.misses)
    return " · ".join(
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, (one, many) in KIND_WORDS.items()
        if counts[kind]
    )


def why_missed(desk: Workspace, miss: Miss, place: Place) -> str:
    """The reason in one line: what happened, then the belief if the pack names one."""
    said = [f"Wrong belief: {one.belief}" for one in beliefs_behind(desk, place)[:1]]
    if miss.kind == "open":
        return "Chose too few." if place.chosen else "Left open."
    if miss.kind in ("changed", "time"):
        said.insert(0, {"changed": "Changed from right.", "time": "Hurried."}[miss.kind])
    return " ".join(said) or _rule_or_goal(place)


def beliefs_behind(desk: Workspace, place: Place) -> list[Behind]:
    """The named belief of each wrong choice, each belief once."""
    found: dict[str, Behind] = {}
    for position in place.chosen:
        known = belief_of(desk, place.item.options[position])
        if known is not None and position not in place.item.keys:
            belief = desk.fill(known.belief)
            told = Behind(letter(position), belief, desk.fill(known.refutation))
            found.setdefault(belief, told)
    return list(found.values())


def belief_of(desk: Workspace, option: ShownOption | None) -> Misconception | None:
    """The misconception that the pack names for a wrong option, of the decision it belongs to."""
    if option is None or option.misconception is None:
        return None
    for name in dict.fromkeys(rule.split(".")[0] for rule in option.rules):
        decision = desk.pack.decisions.get(name)
        if decision is not None and option.misconception in decision.teach.misconceptions:
            return decision.teach.misconceptions[option.misconception]
    return None


def _rule_or_goal(place: Place) -> str:
    """Where no belief is named: the rule that the choice falls to, or the goal it loses on."""
    wrong = [one for one in place.chosen if one not in place.item.keys]
    option = place.item.options[wrong[0]]
    if not option.rules:
        return f"“{option.name}” does not hold."
    name = short_rule(option.rules[0])
    if name.startswith("goal:"):
        goal = place.item.goal_name or "your goal"
        return f"Goal missed, {goal}: “{option.name}” works, but loses on it."
    return f"Rule missed: “{option.name}” falls to {name}."
