from __future__ import annotations

from dataclasses import replace

from roadworthy.items.generate import Generator
from roadworthy.pack.decision import ChoiceDecision, Decision
from roadworthy.pack.fingerprint import decision_hash
from roadworthy.pack.model import Pack
from roadworthy.study.pack_change import Detail, RuleChange, compare, keys_now


def with_decisions(pack: Pack, *decisions: Decision) -> Pack:
    """The pack with these decisions in place of those of the same id."""
    known = {**pack.decisions, **{one.id: one for one in decisions}}
    hashes = {name: decision_hash(one, pack.facts) for name, one in known.items()}
    return replace(pack, decisions=known, decision_hashes=hashes, hash="another")


def without(pack: Pack, name: str) -> Pack:
    """The pack without one decision."""
    kept = {one: decision for one, decision in pack.decisions.items() if one != name}
    hashes = {one: pack.decision_hashes[one] for one in kept}
    return replace(pack, decisions=kept, decision_hashes=hashes, hash="another")


def route_of(pack: Pack) -> ChoiceDecision:
    """The choice decision of the tiny pack."""
    decision = pack.decisions["delivery-route"]
    assert isinstance(decision, ChoiceDecision)
    return decision


def test_the_same_pack_has_no_change(tiny_pack: Pack) -> None:
    """Nothing is listed for content that is the same, whatever its hash."""
    assert compare(tiny_pack, replace(tiny_pack, hash="another")).empty


def test_decisions_come_and_go(tiny_pack: Pack) -> None:
    """One that only one of the packs has is named by its title."""
    smaller = without(tiny_pack, "new-oven")
    gone, come = compare(tiny_pack, smaller), compare(smaller, tiny_pack)
    assert [one.id for one in gone.removed] == ["new-oven"] == [one.id for one in come.added]
    assert gone.removed[0].title == tiny_pack.decisions["new-oven"].title
    assert not (gone.added or gone.changed or come.removed or come.changed)


def test_a_rule_is_named_with_what_it_says_otherwise(tiny_pack: Pack) -> None:
    """Strength, what falls, and when, in the words of the pack; its reason alone is no change."""
    route = route_of(tiny_pack)
    first, second, third, *rest = route.rules
    changed = with_decisions(
        tiny_pack,
        route.model_copy(
            update={
                "rules": [
                    first.model_copy(
                        update={
                            "strength": "worse",
                            "out": ["vans", "tram"],
                            "when": {"streets": ["narrow", "steep"]},
                        }
                    ),
                    second.model_copy(update={"because": "for another reason"}),
                    third.model_copy(update={"id": "DR9"}),
                    *rest,
                ]
            }
        ),
    )

    (decision,) = compare(tiny_pack, changed).changed

    moved = {
        "strength": "breaks limit",
        "rules out": "cargo bikes, heated lockers",
        "when": "each shop takes over a hundred kilograms",
        "standing": "confirmed",
    }
    assert decision.title == route.title
    assert decision.rules == (
        RuleChange(
            "DR1",
            "changed",
            details=(
                Detail("strength", "impossible", "worse"),
                Detail("rules out", "own vans", "freight tram, own vans"),
                Detail(
                    "when",
                    "the lanes are closed to motor traffic",
                    "the lanes are closed to motor traffic or the shops stand on a steep hill",
                ),
            ),
        ),
        RuleChange("DR9", "new", tuple(Detail(what, "", said) for what, said in moved.items())),
        RuleChange("DR3", "gone", tuple(Detail(what, said, "") for what, said in moved.items())),
    )


def test_a_goal_with_other_levels_is_named(tiny_pack: Pack) -> None:
    """Levels decide keys as rules do, so they are told with what adds to them."""
    route = route_of(tiny_pack)
    costs = [
        cost.model_copy(update={"level": 1}) if cost.option == "bikes" else cost
        for cost in route.costs
    ]
    changed = with_decisions(tiny_pack, route.model_copy(update={"costs": costs}))

    (decision,) = compare(tiny_pack, changed).changed

    assert [rule.rule for rule in decision.rules] == ["goal: cost", "goal: time"]
    (detail,) = decision.rules[0].details
    assert detail.before.startswith("heated lockers 0, freight tram 2, cargo bikes 4 (+2 when ")
    assert detail.after.startswith("heated lockers 0, cargo bikes 1 (+2 when ")


def test_other_words_alone_change_no_rule(tiny_pack: Pack) -> None:
    """The decision is listed, without rules."""
    route = route_of(tiny_pack)
    teach = route.teach.model_copy(update={"brief": "Other words."})
    changed = with_decisions(tiny_pack, route.model_copy(update={"teach": teach}))
    (decision,) = compare(tiny_pack, changed).changed
    assert decision.rules == ()


def test_every_kind_of_decision_can_be_compared(tiny_pack: Pack) -> None:
    """All four kinds give rules in words, without a slot left open."""
    for name, decision in tiny_pack.decisions.items():
        emptied = with_decisions(tiny_pack, decision.model_copy(update={"title": "{org} T"}))
        (change,) = compare(tiny_pack, emptied).changed
        assert (change.id, change.rules) == (name, ())
        assert "{" not in change.title


def test_items_are_counted_by_what_became_of_their_key(tiny_pack: Pack) -> None:
    """Moved keys are listed; what is no longer asked is counted apart."""
    route = route_of(tiny_pack)
    sample = [
        (f"p{number}", item) for number, item in enumerate(Generator(tiny_pack).sample(12, seed=3))
    ]
    route_items = [name for name, item in sample if item.decision == route.id]
    assert keys_now(sample, tiny_pack).moved == ()

    gone = keys_now(sample, without(tiny_pack, route.id))
    freed = keys_now(
        sample,
        with_decisions(tiny_pack, route.model_copy(update={"rules": route.rules[:1], "costs": []})),
    )

    assert (gone.looked_at, gone.moved, gone.not_asked) == (12, (), len(route_items))
    assert [one.presentation for one in freed.moved] == route_items
    assert all(one.now != one.item.key for one in freed.moved)
