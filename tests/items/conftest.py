from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.pack.decision import ChoiceDecision, Fact
from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack

REAL = Path(__file__).resolve().parents[2] / "packs" / "gcp-pmle"
CLAIM = {"source": "page", "supports": "What the page says.", "checked": "2026-11-24"}


@pytest.fixture(scope="session")
def tiny(tiny_pack: Pack) -> Generator:
    """The generator of the tiny pack."""
    return Generator(tiny_pack)


@pytest.fixture(scope="session")
def real() -> Generator:
    """The generator of the pack that ships."""
    pack, _ = load_pack(REAL)
    assert pack is not None
    return Generator(pack)


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
    """A decision whose words say nothing: facts f0… with values v0…, options o0…, rules as given."""
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
            "goals": {name: goal for name in goals},
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
    return _small_decisions()


def facts_of(decision: ChoiceDecision) -> dict[str, Fact]:
    """The facts of a decision that names no shared ones."""
    return {name: fact for name, fact in decision.facts.items() if isinstance(fact, Fact)}


@st.composite
def _small_decisions(draw: st.DrawFn) -> ChoiceDecision:
    facts = draw(st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=2, max_size=4))
    options = draw(st.integers(4, 6))
    names = [f"o{n}" for n in range(options)]

    def condition(least: int = 1) -> SearchStrategy[dict[str, list[str]]]:
        pairs = {
            f"f{n}": st.lists(
                st.sampled_from([f"v{v}" for v in range(size)]), min_size=1, unique=True
            )
            for n, (size, _) in enumerate(facts)
        }
        picked = st.lists(st.sampled_from(sorted(pairs)), min_size=least, max_size=2, unique=True)
        return picked.flatmap(lambda chosen: st.fixed_dictionaries({k: pairs[k] for k in chosen}))

    status = st.sampled_from(["confirmed"] * 5 + ["unconfirmed"])
    rule = st.fixed_dictionaries(
        {
            "out": st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True),
            "when": condition(),
            "unless": st.one_of(st.just({}), condition(0)),
            "status": status,
        }
    )
    adds = st.fixed_dictionaries(
        {"when": condition(), "by": st.integers(-4, 6), "because": st.just("so")}
    )
    goals = draw(st.lists(st.sampled_from(["cost", "time"]), max_size=2, unique=True))
    costs = [
        {
            "goal": goal,
            "option": name,
            "level": draw(st.integers(0, 8)),
            "adds": draw(st.lists(adds, max_size=1)),
            "status": draw(status),
        }
        for goal in goals
        for name in names
    ]
    require = st.fixed_dictionaries(
        {
            "when": condition(),
            "state": st.lists(st.sampled_from([f"f{n}" for n in range(len(facts))]), min_size=1),
        }
    )
    return small_decision(
        facts=facts,
        options=options,
        rules=draw(st.lists(rule, min_size=2, max_size=8)),
        goals=goals,
        costs=costs,
        require=draw(st.lists(require, max_size=1)),
        forbid=draw(st.lists(condition(), max_size=1)),
        max_facts=draw(st.integers(2, 4)),
    )
