from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.pack.decision import ChoiceDecision, Fact
from roadworthy.pack.model import Pack

CLAIM = {"source": "page", "supports": "What the page says.", "checked": "2026-11-24"}


@pytest.fixture(scope="session")
def tiny(tiny_pack: Pack) -> Generator:
    """The generator of the tiny pack."""
    return Generator(tiny_pack)


@pytest.fixture(scope="session")
def real(shipped_pack: Pack) -> Generator:
    """The generator of the pack that ships."""
    return Generator(shipped_pack)


@pytest.fixture(scope="session")
def routes(tiny: Generator) -> ChoiceItems:
    """The tiny pack's decision of kind choice: with goals, a colour and five options."""
    maker = tiny.maker("delivery-route")
    assert isinstance(maker, ChoiceItems)
    return maker


def _fact(values: int, *, must: bool) -> dict[str, Any]:
    one = {"short": "it is so", "say": ["it is so"] * 3, "brief": ["it is so"] * 2}
    return {"role": "state", "must": must, "values": {f"v{n}": one for n in range(values)}}


def _option() -> dict[str, Any]:
    fits = {"because": "it fits", **CLAIM}
    return {"name": "a thing", "do": ["Do it"] * 2, "brief": ["Do it"] * 2, "fits": fits}


def small_decision(
    *,
    facts: list[tuple[int, bool]],
    options: int,
    rules: list[dict[str, Any]],
    goals: list[str] = (),  # type: ignore[assignment]
    costs: list[dict[str, Any]] = (),  # type: ignore[assignment]
    **more: Any,
) -> ChoiceDecision:
    """A decision whose words say nothing: facts f0… with values v0…, options o0…."""
    goal = {"name": "a goal", "say": ["you want it"] * 3, "brief": ["for it"] * 2}
    return ChoiceDecision.model_validate(
        {
            "schema": 1,
            "id": "small",
            "kind": "choice",
            "title": "Small",
            "topics": ["t"],
            "considerations": ["1.1.a"],
            "scene": {"setup": ["It is"] * 3, "lead": ["decide"] * 3, "brief_ask": ["What?"] * 2},
            "facts": {f"f{n}": _fact(size, must=must) for n, (size, must) in enumerate(facts)},
            "options": {f"o{n}": _option() for n in range(options)},
            "rules": [
                {"id": f"SM{n}", "because": "so", "strength": "worse", **CLAIM, **rule}
                for n, rule in enumerate(rules, 1)
            ],
            "goals": dict.fromkeys(goals, goal),
            "costs": [{"because": "so", **CLAIM, **cost} for cost in costs],
            "worked": {"facts": {"f0": "v0"}},
            "teach": {
                "brief": "So.",
                "misconceptions": {
                    name: {"belief": "So.", "refutation": "No.", **CLAIM} for name in ("m1", "m2")
                },
            },
            **more,
        }
    )


@pytest.fixture(scope="session")
def make_decision() -> Any:
    """``small_decision``, for tests that need a decision of a certain shape."""
    return small_decision


@pytest.fixture(scope="session")
def small_decisions() -> SearchStrategy[ChoiceDecision]:
    """Any small decision: every part of the schema that bears on the key may be there."""
    return st.integers(0, 2**32).map(lambda seed: random_decision(Random(seed)))


def facts_of(decision: ChoiceDecision) -> dict[str, Fact]:
    """The facts of a decision that names no shared ones."""
    return {name: fact for name, fact in decision.facts.items() if isinstance(fact, Fact)}


def random_decision(random: Random) -> ChoiceDecision:
    """Every part that bears on the key, drawn at random; drawn parts shrink badly but vary well."""
    facts = [(random.randint(1, 3), random.random() < 0.3) for _ in range(random.randint(2, 4))]
    names = [f"o{n}" for n in range(random.randint(4, 6))]
    goals = random.sample(["cost", "time", "latency"], random.randint(0, 2))

    def condition(least: int, most: int) -> dict[str, list[str]]:
        chosen = random.sample(range(len(facts)), random.randint(least, most))
        return {
            f"f{n}": random.sample([f"v{v}" for v in range(size)], random.randint(1, size))
            for n, size in sorted((n, facts[n][0]) for n in chosen)
        }

    def status() -> str:
        return "unconfirmed" if random.random() < 0.1 else "confirmed"

    return small_decision(
        facts=facts,
        options=len(names),
        rules=[
            {
                "out": random.sample(names, random.choice((1, 1, 2, 3))),
                "when": condition(1, 2),
                "unless": condition(0, 1),
                "status": status(),
            }
            for _ in range(random.randint(4, 12))
        ],
        goals=goals,
        costs=[
            {
                "goal": goal,
                "option": name,
                "level": random.randint(0, 9),
                "adds": [
                    {"when": condition(1, 1), "by": random.randint(-4, 6), "because": "so"}
                    for _ in range(random.randint(0, 2))
                ],
                "status": status(),
            }
            for goal in goals
            for name in names
        ],
        require=[
            {"when": condition(1, 1), "state": [f"f{random.randrange(len(facts))}"]}
            for _ in range(random.randint(0, 1))
        ],
        forbid=[
            *(condition(1, 2) for _ in range(random.randint(0, 1))),
            *({**condition(0, 1), "goal": [one]} for one in goals if random.random() < 0.3),
        ],
        max_facts=random.randint(2, 4),
    )
