"""The coach's rules: what a miss came from, which step comes, and exact scores from the item."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.pack.model import Pack
from roadworthy.study.coach import (
    BLAMES,
    STEPS_FOR,
    Missed,
    blame_of,
    can_be_coached,
    facts_against,
    goal_of,
    next_step,
    overlooked,
    reasons_against,
    score_marks,
    score_strikes,
    steps_on,
)


@pytest.fixture(scope="module")
def item(tiny_pack: Pack) -> Item:
    """A long choice with a goal that decides."""
    generator = Generator(tiny_pack)
    decision = tiny_pack.head.opening
    for seed in range(200):
        one = generator.generate(decision, seed=seed, length="exam")
        if one is not None and one.goal_decides and len(one.decisive) > 1:
            return one
    raise AssertionError("the tiny pack has no such item")


def deciding(item: Item) -> set[int]:
    """All words of all places that decide."""
    return {place for start, end in item.decisive for place in range(start, end)}


def test_signs_are_read_in_the_order_of_the_design() -> None:
    """Own word, overlooked words or a right flip, then clock and pace; all else is knowledge."""
    late = Missed(40.0, clock=0.95)
    assert blame_of(Missed(40.0)) == "knowledge"
    assert blame_of(late) == "time"
    assert blame_of(Missed(40.0, clock=0.89)) == "knowledge"
    assert blame_of(Missed(9.0, usual=40.0)) == "time"
    assert blame_of(Missed(10.0, usual=40.0)) == "knowledge"
    assert blame_of(replace(late, flip_right=True)) == "misread"
    assert blame_of(replace(late, flip_right=False)) == "time"
    assert blame_of(replace(late, overlooked=True)) == "misread"
    assert blame_of(replace(late, overlooked=True, named="knowledge")) == "knowledge"


def test_the_commonest_miss_names_the_step() -> None:
    """The step is against the kind that most of the recent misses are of; ties go to the newest."""
    every = {step for steps in STEPS_FOR.values() for step in steps}
    assert next_step(["time", "misread", "misread"], every, {}, ()) == ("mark", "misread")
    assert next_step(["time", "misread"], every, {}, ()) == ("sure", "time")
    assert next_step(["misread"], every, {"mark": 1}, ()) == ("goal", "misread")
    assert next_step(["knowledge"], every - {"eliminate"}, {}, ()) == ("predict", "knowledge")
    assert next_step([], every, {}, ()) is None


def test_old_misses_are_forgotten() -> None:
    """Only the ten newest misses count."""
    every = {step for steps in STEPS_FOR.values() for step in steps}
    blames = ["time"] * 6 + ["misread"] * 30
    assert next_step(blames, every, {}, ()) == ("sure", "time")  # type: ignore[arg-type]


def test_a_mastered_step_fades() -> None:
    """What is mastered is left out; with all of it mastered the next kind of miss has its turn."""
    every = {step for steps in STEPS_FOR.values() for step in steps}
    assert next_step(["misread"], every, {}, {"mark"}) == ("goal", "misread")
    assert next_step(["misread", "time"], every, {}, {"mark", "goal"}) == ("sure", "time")
    assert next_step(["misread"], every, {}, every) is None


def test_marking_exactly_what_decides_is_faultless(item: Item) -> None:
    """All words of all deciding places: precision and recall are 1 and every place is found."""
    score = score_marks(item, deciding(item))
    assert (score.precision, score.recall) == (1.0, 1.0)
    assert score.found == len(score.places) == len(item.decisive)


def test_needless_marks_cost_precision_only(item: Item) -> None:
    """The whole stem marked finds all, and its precision says how much of it was needless."""
    score = score_marks(item, range(len(item.stem.split())))
    assert score.recall == 1.0
    assert 0 < score.precision < 1
    assert score_marks(item, ()).recall == score_marks(item, ()).precision == 0.0


@given(data=st.data())
def test_scores_are_shares_and_one_more_hit_never_hurts(item: Item, data: st.DataObject) -> None:
    """Any marks give shares from 0 to 1; a further deciding word lowers neither of them."""
    words = len(item.stem.split())
    marked = data.draw(st.sets(st.integers(0, words + 5)))
    more = data.draw(st.sampled_from(sorted(deciding(item))))
    before, after = score_marks(item, marked), score_marks(item, {*marked, more})
    assert 0 <= before.precision <= 1 and 0 <= before.recall <= 1
    assert after.precision >= before.precision and after.recall >= before.recall


def test_a_choice_is_overlooked_where_its_own_words_are_unmarked(item: Item) -> None:
    """What speaks against the chosen option must be marked; other places do not save it."""
    for chosen, option in enumerate(item.options):
        if option.correct:
            continue
        against = {row.fact for row in item.argue if row.cells[chosen]}
        if any(".goal:" in rule for rule in option.rules):
            against.add("goal")
        spans = [item.spans[name] for name in against if item.spans[name] in item.decisive]
        assert spans
        own = {place for start, end in spans for place in range(start, end)}
        assert not overlooked(item, chosen, own)
        assert overlooked(item, chosen, deciding(item) - own)


def test_strikes_are_scored_by_the_rules(item: Item, tiny_pack: Pack) -> None:
    """A reason fits when a rule of the option has that strength; the key must stay."""
    decision = tiny_pack.decisions[item.decision]
    strengths = {f"{decision.id}.{rule.id}": rule.strength for rule in decision.rules}  # type: ignore[union-attr]
    holds = reasons_against(item, strengths)
    assert holds[item.key] == ()
    assert all(holds[place] for place in range(len(item.options)) if place != item.key)
    best = {place: reasons[0] for place, reasons in enumerate(holds) if reasons}
    assert all(one.fits for one in score_strikes(item, best, strengths))
    right = {place: range(*item.spans[facts_against(item, place)[0]]) for place in best}
    assert all(one.fits for one in score_strikes(item, best, strengths, right))
    others = {
        place: next(
            span for name, span in item.spans.items() if name not in facts_against(item, place)
        )
        for place in best
    }
    by_others = {place: range(*span) for place, span in others.items()}
    assert not any(one.fits for one in score_strikes(item, best, strengths, by_others) if one.holds)
    worst = {item.key: "impossible"}
    assert not any(one.fits for one in score_strikes(item, worst, strengths))
    other = next(iter(best))
    wrong = "deprecated" if "deprecated" not in holds[other] else "impossible"
    assert not score_strikes(item, {other: wrong}, strengths)[other].fits


def test_only_items_that_have_all_it_needs_are_coached(item: Item) -> None:
    """Long choices with one key; the goal is asked where there are two to choose from."""
    assert can_be_coached(item)
    assert not can_be_coached(replace(item, length="brief"))
    assert not can_be_coached(replace(item, kind="exhibit"))
    assert goal_of(replace(item, goal=None)) == "none"
    assert "goal" in steps_on(item, ("cost", "time"))
    assert "goal" not in steps_on(item, ("cost",))
    assert "flip" not in steps_on(replace(item, flips=()), ())
    assert "mark" not in steps_on(replace(item, decisive=()), ())


def test_each_kind_of_miss_has_steps_of_its_own() -> None:
    """Every kind has a step, and no step is against two kinds."""
    steps = [step for kind in BLAMES for step in STEPS_FOR[kind]]
    assert all(STEPS_FOR[kind] for kind in BLAMES)
    assert len(steps) == len(set(steps))
