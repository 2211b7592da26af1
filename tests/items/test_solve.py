from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from roadworthy.items.solve import ChoiceSolver
from roadworthy.pack.decision import ChoiceDecision, Fact

Make = Callable[..., ChoiceDecision]
RULES: list[dict[str, Any]] = [
    {"out": ["o0"], "when": {"f0": ["v0"]}},
    {"out": ["o1"], "when": {"f0": ["v1"]}},
    {"out": ["o2"], "when": {"f1": ["v0"]}},
    {"out": ["o3"], "when": {"f1": ["v0"]}, "unless": {"f0": ["v1"]}},
]


def solver_of(decision: ChoiceDecision) -> ChoiceSolver:
    """The solver of a decision that names no shared facts."""
    return ChoiceSolver(decision, {n: f for n, f in decision.facts.items() if isinstance(f, Fact)})


@pytest.fixture
def solver(make_decision: Make) -> ChoiceSolver:
    """Two facts of two values, four options, a rule against each, two goals."""
    costs = [
        {"goal": goal, "option": f"o{n}", "level": level}
        for goal, levels in (("cost", (0, 1, 4, 8)), ("time", (6, 3, 1, 9)))
        for n, level in enumerate(levels)
    ]
    costs[0]["adds"] = [{"when": {"f1": ["v1"]}, "by": 9, "because": "so"}]
    return solver_of(
        make_decision(
            facts=[(2, False), (2, False)],
            options=4,
            rules=RULES,
            goals=["cost", "time"],
            costs=costs,
        )
    )


def test_unstated_fact_removes_nothing(solver: ChoiceSolver) -> None:
    """A constraint that the stem does not state does not apply."""
    assert solver.verdict({}, None).survivors == (0, 1, 2, 3)
    assert solver.verdict({"f0": "v0"}, None).survivors == (1, 2, 3)


def test_stated_exception_lifts_a_rule(solver: ChoiceSolver) -> None:
    """A rule with ``unless`` fires until the exception is stated."""
    assert solver.verdict({"f1": "v0"}, None).survivors == (0, 1)
    assert solver.verdict({"f0": "v1", "f1": "v0"}, None).survivors == (0, 3)


def test_goal_picks_the_cheapest_by_the_margin(solver: ChoiceSolver) -> None:
    """The key costs at least 2 less than the next; a nearer race has no key."""
    everyone = frozenset(range(4))
    cost, time = solver.verdict({}, "cost"), solver.verdict({}, "time")

    assert solver.key_among(time, "time", everyone) == 2
    assert solver.key_among(cost, "cost", everyone) is None
    assert solver.key_among(cost, "cost", frozenset({0, 2, 3})) == 0


def test_stated_fact_adds_to_a_cost(solver: ChoiceSolver) -> None:
    """A conditional cost counts where its fact is stated."""
    assert solver.verdict({"f1": "v1"}, "cost").costs == (9, 1, 4, 8)
    assert solver.verdict({"f1": "v0"}, "cost").costs == (0, 1, 4, 8)


def test_two_survivors_without_a_goal_have_no_key(solver: ChoiceSolver) -> None:
    """Where two options hold and nothing decides, there is no situation."""
    verdict = solver.verdict({"f1": "v0"}, None)

    assert solver.key_among(verdict, None, frozenset(range(4))) is None
    assert solver.situation({"f1": "v0"}, None) is None


@pytest.mark.parametrize(
    ("more", "facts"),
    [
        ({"forbid": [{"f0": ["v0"], "f1": ["v1"]}]}, {"f0": "v0", "f1": "v1"}),
        ({"require": [{"when": {"f0": ["v0"]}, "state": ["f1"]}]}, {"f0": "v0"}),
        ({"max_facts": 2}, {"f0": "v0", "f1": "v0", "f2": "v0"}),
    ],
    ids=["forbidden", "required", "too-many"],
)
def test_what_may_not_be_stated_is_no_situation(
    make_decision: Make, more: dict[str, Any], facts: dict[str, str]
) -> None:
    """Forbidden pairs, a fact that an expert would ask for, and a stem that says too much."""
    sizes = [(2, False), (2, False), (1, False)]
    free = solver_of(make_decision(facts=sizes, options=4, rules=RULES))
    bound = solver_of(make_decision(facts=sizes, options=4, rules=RULES, **more))

    assert free.admissible(facts)
    assert not bound.admissible(facts)
    assert facts not in [one.stated for one in bound.situations()]


def test_must_fact_is_always_stated(make_decision: Make) -> None:
    """No situation leaves out what every stem has to say."""
    decision = make_decision(facts=[(2, True), (2, False)], options=4, rules=RULES)

    assert not solver_of(decision).admissible({"f1": "v0"})


def test_unconfirmed_rule_is_never_served(make_decision: Make) -> None:
    """A situation in which a doubtful rule fires does not exist, even if the key would stay."""
    three_fall = {"out": ["o1", "o2", "o3"], "when": {"f0": ["v0"]}}
    sizes = [(2, False), (1, False)]
    sure = make_decision(facts=sizes, options=4, rules=[three_fall])
    doubted = make_decision(
        facts=sizes, options=4, rules=[three_fall, {**three_fall, "status": "unconfirmed"}]
    )

    assert solver_of(sure).situation({"f0": "v0"}, None) is not None
    assert solver_of(doubted).situation({"f0": "v0"}, None) is None


def test_neighbours_differ_in_one_thing(solver: ChoiceSolver) -> None:
    """Each change gives another value, drops a fact, adds one, or moves the goal; nothing else."""
    start = {"f0": "v0"}
    changes = list(solver.neighbours(start, "cost"))

    assert ("f0", {"f0": "v1"}, "cost") in changes
    assert ("f0", {}, "cost") in changes
    assert ("f1", {"f0": "v0", "f1": "v1"}, "cost") in changes
    assert ("goal", start, "time") in changes
    assert len(changes) == 5


def test_a_goal_may_be_forbidden_beside_a_fact(make_decision: Make) -> None:
    """With the fact the goal is not asked, nor is it offered as a change; without it, it is."""
    costs = [{"goal": "cost", "option": f"o{n}", "level": 3 * n} for n in range(4)]
    shape = {"facts": [(2, False), (2, False)], "options": 4, "rules": RULES}
    free = solver_of(make_decision(**shape, goals=["cost"], costs=costs))
    bound = solver_of(
        make_decision(
            **shape, goals=["cost"], costs=costs, forbid=[{"f0": ["v0"], "goal": ["cost"]}]
        )
    )
    facts = {"f0": "v0", "f1": "v1"}
    assert free.may_ask(facts, "cost")
    assert not bound.may_ask(facts, "cost")
    assert bound.may_ask({"f0": "v1"}, "cost")
    assert bound.may_ask(facts, None)
    assert bound.situation(facts, "cost") is None
    assert all(
        goal is None for _, changed, goal in bound.neighbours(facts, None) if changed == facts
    )
    gone = {one.id for one in free.situations()} - {one.id for one in bound.situations()}
    assert gone
