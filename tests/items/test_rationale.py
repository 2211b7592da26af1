from __future__ import annotations

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.pack.decision import ChoiceDecision


def choice_items(generator: Generator, each: int = 25) -> list[tuple[ChoiceItems, Item]]:
    """Items of kind choice and diagnosis, with their makers."""
    return [
        (maker, item)
        for name in generator.pack.decisions
        if isinstance(maker := generator.maker(name), ChoiceItems)
        for seed in range(each)
        if (item := generator.generate(name, seed=seed, length="brief")) is not None
    ]


def test_fallen_option_names_the_stated_fact(tiny: Generator) -> None:
    """A rationale begins with the facts of its rule, and the rule is one of those it lists."""
    for maker, item in choice_items(tiny):
        words = tiny.vocabulary.words(item.frame)
        for option in item.options:
            if not option.rules or ".goal:" in option.rules[0]:
                continue
            cited = {
                fact
                for rule in maker.decision.rules
                if f"{item.decision}.{rule.id}" in option.rules
                for fact in rule.when
            }
            said = [maker.reasons.short(fact, item.facts[fact], words) for fact in cited]
            assert cited <= set(item.facts)
            assert any(one.lower() in option.rationale.lower() for one in said)


def test_option_that_only_the_goal_beats_says_so(real: Generator) -> None:
    """It is called right by the facts, worse on the goal, and its rule is the goal."""
    count = 0
    for _, item in choice_items(real):
        for option in item.options:
            if any(".goal:" in rule for rule in option.rules):
                assert option.strength == "worse"
                assert option.rationale.startswith("It meets every stated fact, but on your goal")
                assert item.goal_decides
                count += 1
    assert count > 20


def test_key_names_its_closest_rival(real: Generator) -> None:
    """The rationale of a key gives its positive reason and another option that is shown."""
    for _, item in choice_items(real, each=8):
        key = item.options[item.key]
        others = [option.name for option in item.options if not option.correct]
        assert any(name in key.rationale for name in others)


def test_argue_shows_each_rule_at_its_facts(tiny: Generator) -> None:
    """A rule stands in the column of its option, in the row of each fact that it cites."""
    for maker, item in choice_items(tiny):
        for place, option in enumerate(item.options):
            in_table = {rule for row in item.argue for rule in row.cells[place]}
            assert in_table == {rule for rule in option.rules if ".goal:" not in rule}
            for row in item.argue:
                for name in row.cells[place]:
                    rule = maker.decision.rules[maker._rule_index[name]]
                    assert row.fact in rule.when


def test_item_tests_the_rules_of_its_close_distractors(tiny: Generator) -> None:
    """The rules of an item are those that its near, tempt and goal distractors fell by."""
    for maker, item in choice_items(tiny):
        situation = next(one for one in maker.situations if one.id == item.situation)
        close = {
            rule
            for option in item.options
            if situation.classes[maker.solver.options.index(option.id)] in ("near", "tempt", "goal")
            for rule in option.rules
        }
        assert set(item.rules) == close


def test_the_first_rule_of_an_option_is_the_one_its_reason_speaks_of(real: Generator) -> None:
    """Pages print the first rule beside the reason and its source, so the three belong together."""
    checked = 0
    for name, decision in real.pack.decisions.items():
        if not isinstance(decision, ChoiceDecision):
            continue
        rules = {f"{name}.{rule.id}": rule for rule in decision.rules}
        for item in real.sample(20, seed=5, decision=name):
            for option in item.options:
                if len(option.rules) > 1:
                    first = rules[option.rules[0]]
                    assert option.source == first.source
                    assert option.strength == first.strength
                    checked += 1
    assert checked > 20
