"""If we did this, then …: every option of a decision, with its rules and costs."""

from __future__ import annotations

from roadworthy.pack.decision import ChoiceDecision

from .conftest import Visitor, main_of


def test_each_option_has_all_its_rules_and_costs(settled: Visitor) -> None:
    """Each confirmed rule stands under each option that it strikes, and each goal under all."""
    decision = settled.desk.pack.decisions["delivery-route"]
    assert isinstance(decision, ChoiceDecision)
    page = settled.get("/learn/decisions/delivery-route/options")
    parts = page.split('<section class="part" id="')[1:]
    by_option = {part.split('"')[0]: part for part in parts}
    assert list(by_option) == list(decision.options)
    for rule in decision.rules:
        for option, part in by_option.items():
            struck = option in rule.out and rule.status == "confirmed"
            assert (f">{rule.id}<" in part) == struck, (rule.id, option)
    confirmed = [cost for cost in decision.costs if cost.status == "confirmed"]
    for option, part in by_option.items():
        costs = [cost for cost in confirmed if cost.option == option]
        assert part.count("against it</b>") == len(costs)


def test_it_opens_from_the_decision_and_is_for_choices_only(settled: Visitor) -> None:
    """The decision links it; a decision that computes has none."""
    assert "/options" in settled.get("/learn/decisions/delivery-route")
    others = [
        name
        for name, one in settled.desk.pack.decisions.items()
        if not isinstance(one, ChoiceDecision)
    ]
    settled.get(f"/learn/decisions/{others[0]}/options", status=404)
    assert "/options" not in settled.get(f"/learn/decisions/{others[0]}")


def test_each_reason_opens_at_its_option(settled: Visitor) -> None:
    """Feedback links each option to what would follow from it."""
    course, now = settled.desk.course, settled.clock.now
    item = settled.desk.generator.generate("delivery-route", seed=3, length="brief")
    assert item is not None
    course.start_session("s", purpose="more", minutes=30, target=None, now=now)
    payload = course._shown_payload(course.view("s"), item, "full", "practice", False, "p")
    course.keep("item_shown", payload, key="shown:p", now=now)
    course.answer("p", chosen=0, confidence=1, milliseconds=60_000, now=now)
    page = settled.get("/item/p")
    for option in item.options:
        assert f'href="/learn/decisions/delivery-route/options#{option.id}"' in page
    assert "What follows from A" in main_of(page)
