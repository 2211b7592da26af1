from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.generate import Generator
from roadworthy.journal.event import Event
from roadworthy.learner.replay import fold, replay
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

START = datetime(2026, 11, 2, 18, tzinfo=UTC)
Diary = Any  # the class of conftest.py, which tests cannot import


def test_fold_leaves_the_old_state_as_it_was(diary: Diary, tiny_pack: Pack) -> None:
    """Each state stays what it was when later events are folded."""
    diary.answer(diary.item("delivery-route"))
    before = diary.state()
    copy = replace(before, seen=dict(before.seen), rules=dict(before.rules))
    diary.answer(diary.item("delivery-route", seed=3), right=False)

    state = before
    for event in diary.events[before.until :]:
        state = fold(state, event, tiny_pack)

    assert before == copy
    assert state != before


def test_right_answer_is_a_success_for_all_rules_of_the_item(diary: Diary) -> None:
    """Every rule of an item that was answered right gets a success at that time."""
    item = diary.item("delivery-route")
    diary.answer(item)

    state = diary.state()

    assert set(state.rules) == set(item.rules)
    assert all(one.successes == (diary.now,) for one in state.rules.values())
    assert state.wrong == {}


def test_wrong_answer_blames_only_the_rules_of_the_chosen_option(diary: Diary) -> None:
    """A wrong answer is a failure of the chosen option's rules, and opens wrong beliefs there."""
    item = diary.item("delivery-route")
    diary.answer(item, right=False, confidence=3)

    state = diary.state()
    chosen = next(one for one in item.options if not one.correct)

    assert state.responses[0].blamed == chosen.rules
    assert set(state.rules) == set(state.wrong) == set(chosen.rules)
    assert all(one.sure and one.misses == 1 for one in state.wrong.values())


def test_withdrawn_response_is_as_if_never_given(diary: Diary, tiny_pack: Pack) -> None:
    """Undo gives back the memory, beliefs and responses from before; the situation stays seen."""
    diary.read("delivery-route")
    diary.answer(diary.item("delivery-route"), right=False)
    before = diary.state()
    item = diary.item("delivery-route", seed=5)
    name = diary.answer(item)
    diary.add("withdrawn", presentation=name)

    state = diary.state()

    assert (state.rules, state.wrong, state.responses) == (
        before.rules,
        before.wrong,
        before.responses,
    )
    assert state.seen[item.situation] == before.seen.get(item.situation, 0) + 1


def test_undo_after_a_lesson_keeps_the_lesson(diary: Diary) -> None:
    """A brief read between an answer and its undo still counts as read."""
    name = diary.answer(diary.item("delivery-route"), right=False)
    diary.read("delivery-route")
    diary.add("withdrawn", presentation=name)

    undone = diary.state()

    assert undone.responses == ()
    assert all(one.failures == () for one in undone.rules.values())
    assert all(one.met_at is not None for one in undone.rules.values())


def test_late_undo_relearns_what_followed(diary: Diary, tiny_pack: Pack) -> None:
    """Taking back an early answer, as merged journals may, equals never having given it."""
    first = diary.answer(diary.item("delivery-route"))
    second = diary.answer(diary.item("delivery-route", seed=9))
    diary.add("withdrawn", presentation=first)
    state = diary.state()
    without = [one for one in diary.events if one.payload.get("presentation") != first]

    alone = replay(without, tiny_pack)

    assert state.rules == alone.rules
    assert [one.presentation for one in state.responses] == [second]
    assert state.responses[0].memory == alone.responses[0].memory


def test_answer_faster_than_reading_has_no_weight(diary: Diary) -> None:
    """Under a quarter of reading time an answer changes nothing, and says why."""
    diary.answer(diary.item("delivery-route"), right=False, seconds=1.0)

    state = diary.state()

    assert state.responses[0].weight == 0.0
    assert "does not count" in (state.responses[0].why_no_weight or "")
    assert state.rules == {}
    assert state.wrong == {}


def test_answer_at_a_quarter_of_reading_time_counts(diary: Diary) -> None:
    """The limit itself counts."""
    item = diary.item("delivery-route")
    diary.answer(item, seconds=item.word_count() / 3.4 / 4 + 0.01)

    assert diary.state().responses[0].weight == 1.0


def test_known_situation_is_memory_only(diary: Diary) -> None:
    """The second showing of a situation is marked as repeated, whatever came of the first."""
    item = diary.item("delivery-route")
    diary.show(item)
    diary.answer(item)

    state = diary.state()

    assert state.responses[0].repeated
    assert state.seen[item.situation] == 2


@pytest.mark.parametrize("step", ["completion", "pair"])
def test_help_leaves_a_weaker_trace(diary: Diary, step: str) -> None:
    """A right answer with help leaves less memory than one without."""
    item = diary.item("delivery-route")
    diary.answer(item, step=step)
    helped = diary.state()
    rule = item.rules[0]

    assert helped.responses[0].aided
    assert helped.rules[rule].traces[0] < 1.0


def test_lesson_meets_its_rules_once(diary: Diary) -> None:
    """The first reading sets when rules were met; later ones are kept beside it."""
    diary.read("stale-bread")
    first = diary.now
    diary.wait(days=1)
    diary.read("stale-bread")

    memory = diary.state().rules["stale-bread.SB1"]

    assert memory.met_at == first
    assert memory.readings == (first, diary.now)
    assert diary.state().lessons["stale-bread"].steps == {"brief": first}


def test_belief_closes_after_two_holds_one_a_day_later(diary: Diary) -> None:
    """Two right answers settle a belief only if one of them comes 16 hours after the miss."""
    item = diary.item("stale-bread")
    diary.answer(item, right=False)
    (rule,) = diary.state().wrong

    def hold() -> None:
        again = diary.generator.generate("stale-bread", seed=50, length="brief", rule=rule)
        diary.answer(again)

    hold()
    hold()
    same_evening = diary.state().wrong[rule]
    diary.wait(hours=17)
    hold()

    assert len(same_evening.held) == 2
    assert rule not in diary.state().wrong


def test_help_does_not_settle_a_belief(diary: Diary) -> None:
    """A right pair after a miss leaves the belief as it is."""
    item = diary.item("stale-bread")
    diary.answer(item, right=False)
    (rule,) = diary.state().wrong
    diary.answer(item, step="pair")

    assert diary.state().wrong[rule].held == ()


def test_second_miss_clears_what_held(diary: Diary) -> None:
    """A new miss counts on, and holds before it are gone."""
    item = diary.item("oven-rounds")
    diary.answer(item, right=False, confidence=1)
    diary.answer(diary.item("oven-rounds", seed=1))
    diary.wait(hours=1)
    diary.answer(item, right=False, confidence=3)

    belief = diary.state().wrong[diary.state().responses[-1].blamed[0]]

    assert belief.misses == 2
    assert belief.held == ()
    assert belief.sure
    assert belief.since == diary.now


def test_dispute_takes_rules_out_until_settled(diary: Diary) -> None:
    """Rules in dispute are listed until the dispute ends."""
    name = diary.answer(diary.item("delivery-route"))
    rules = ["delivery-route.DR1", "delivery-route.DR2"]
    diary.add("item_disputed", presentation=name, situation="s", rules=rules, text="no")
    disputed = diary.state().disputed_rules
    diary.add("dispute_settled", presentation=name, outcome="kept", text="checked")

    assert disputed == frozenset(rules)
    assert diary.state().disputed_rules == frozenset()


def test_settings_keep_what_a_later_change_does_not_name(diary: Diary) -> None:
    """The latest value of each setting wins; unknown names are passed over."""
    diary.settings(exam_date="2026-12-20", minutes_per_day=60, days_off=[5, 6], color="red")
    diary.settings(minutes_per_day=30, exam_date=None)

    settings = diary.state().settings

    assert settings.minutes_per_day == 30
    assert settings.exam_date is None
    assert settings.days_off == (5, 6)


def test_minutes_count_gaps_of_a_session_up_to_three_minutes(diary: Diary) -> None:
    """Time between events of a session counts, a longer silence as 180 seconds, by study day."""
    diary.add("session_started", session="s", purpose="evening", minutes=45, target=None, seed=1)
    name = diary.show(diary.item("delivery-route"))  # 2 s later
    diary.wait(minutes=58)
    diary.respond(name, 0, seconds=0.0)  # counts as 180 s
    diary.wait(seconds=60)
    diary.add("flipped", presentation=name, flip=0, chosen=None, right=False)

    assert diary.state().minutes_by_day == {date(2026, 11, 2): pytest.approx(242 / 60)}


def test_minutes_of_a_mock_count_up_to_its_last_answer(diary: Diary) -> None:
    """A mock is study; a form that is closed on a later day adds nothing to that day."""
    diary.add(
        "form_started", form="F", size=2, seed=1, deadline="2026-11-02T20:00:00.000Z",
        allocation={}, presentations=[],
    )  # fmt: skip
    for ordinal in (1, 2):
        diary.wait(seconds=90)
        diary.add("form_responded", form="F", ordinal=ordinal, chosen=[1], flagged=False, rev=1)
    diary.wait(hours=30)
    diary.add("form_finished", form="F", reason="deadline")

    assert diary.state().minutes_by_day == {date(2026, 11, 2): pytest.approx(3.0)}


def test_single_days_and_mock_days_are_settings(diary: Diary) -> None:
    """Days are dates in the state; the latest word on all of them stands."""
    diary.settings(day_minutes={"2026-11-05": 0}, mock_days=["2026-11-20"])
    diary.settings(day_minutes={"2026-11-06": 90})

    settings = diary.state().settings
    assert settings.day_minutes == {date(2026, 11, 6): 90}
    assert settings.mock_days == (date(2026, 11, 20),)


def test_evening_after_midnight_belongs_to_the_day_before(diary: Diary) -> None:
    """The study day ends at four in the morning."""
    diary.wait(hours=8.5)  # 02:30
    diary.read("stale-bread", session=None)

    assert list(diary.state().minutes_by_day) == [date(2026, 11, 2)]


def test_unknown_kind_only_moves_on(diary: Diary) -> None:
    """A kind of a later program changes nothing but the last seq."""
    before = diary.state()
    diary.add("telepathy", thought="?")

    assert diary.state() == replace(before, until=before.until + 1)


def test_mock_counts_what_stands_at_its_end(diary: Diary) -> None:
    """In a form the last choice of each place counts, an open place has no weight."""
    items = [diary.item("delivery-route", seed=n) for n in (1, 2)]
    shown = [{"presentation": f"f{n}", "item": one.as_json()} for n, one in enumerate(items)]
    diary.add(
        "form_started", form="F", size=2, seed=1, deadline="2026-11-02T20:00:00.000Z",
        allocation={}, presentations=shown,
    )  # fmt: skip
    wrong = next(n for n, one in enumerate(items[0].options) if not one.correct)
    diary.add("form_responded", form="F", ordinal=1, chosen=[wrong], flagged=False, rev=1)
    diary.add("form_responded", form="F", ordinal=1, chosen=[items[0].key], flagged=False, rev=2)
    diary.add("form_finished", form="F", reason="finished")

    state = diary.state()

    assert [(one.right, one.weight) for one in state.responses] == [(True, 1.0), (False, 0.0)]
    assert [(one.form, one.size, one.right, one.weighed) for one in state.forms] == [("F", 2, 1, 1)]


def test_mock_clicked_through_has_no_weight(diary: Diary) -> None:
    """Answers of a form that came faster than reading count neither for nor against."""
    items = [diary.item("delivery-route", seed=n) for n in (1, 2)]
    shown = [{"presentation": f"f{n}", "item": one.as_json()} for n, one in enumerate(items)]
    diary.add(
        "form_started", form="F", size=2, seed=1, deadline="2026-11-02T20:00:00.000Z",
        allocation={}, presentations=shown,
    )  # fmt: skip
    for ordinal, milliseconds in ((1, 2_000), (2, 2_000)):
        diary.add(
            "form_responded", form="F", ordinal=ordinal, chosen=[1], flagged=False, rev=1,
            milliseconds=milliseconds,
        )  # fmt: skip
    diary.add(
        "form_responded", form="F", ordinal=2, chosen=[1], flagged=True, rev=2, milliseconds=60_000
    )
    diary.add("form_finished", form="F", reason="finished")

    state = diary.state()

    assert [one.weight for one in state.responses] == [0.0, 1.0]
    assert "2.0 seconds" in str(state.responses[0].why_no_weight)
    assert state.forms[0].weighed == 1


def test_response_to_an_unknown_presentation_is_passed_over(diary: Diary) -> None:
    """A response whose showing the journal does not hold changes nothing."""
    diary.respond("nowhere", 0)

    assert diary.state().responses == ()


@given(data=st.data())
def test_folding_one_by_one_equals_replay(
    data: st.DataObject, tiny_pack: Pack, generator: Generator
) -> None:
    """Any course gives the same state, folded event by event or replayed as a whole."""
    events = _some_course(data, tiny_pack, generator)
    state = LearnerState()
    for event in events:
        state = fold(state, event, tiny_pack)

    assert state == replay(events, tiny_pack)


def _some_course(data: st.DataObject, pack: Pack, generator: Generator) -> list[Event]:
    """Up to a dozen showings, answers, undos and lessons in any order that a journal allows."""
    draw = data.draw
    events: list[Event] = []

    def add(kind: str, payload: dict[str, Any]) -> None:
        number = len(events) + 1
        at = START + timedelta(minutes=7 * number * number)
        events.append(Event("j", number, at, "UTC", f"k{number}", kind, payload))

    decisions = st.sampled_from(sorted(pack.decisions))
    for number in range(draw(st.integers(1, 12))):
        name = f"p{number}"
        decision = draw(decisions)
        item = generator.generate(decision, seed=draw(st.integers(0, 4)), length="brief")
        if item is None:
            continue
        if draw(st.booleans()):
            add("lesson_read", {
                "lesson": decision, "step": "brief", "rules": generator.rules[decision],
                "milliseconds": 1000, "session": None,
            })  # fmt: skip
        add("item_shown", {
            "presentation": name, "session": "s", "form": None, "ordinal": number,
            "purpose": "practice", "step": "full", "aided": draw(st.booleans()),
            "item": item.as_json(), "pack_hash": "x", "generator": "g",
        })  # fmt: skip
        add("responded", {
            "presentation": name, "chosen": [draw(st.integers(0, 3))], "typed": None,
            "confidence": draw(st.sampled_from([None, 1, 2, 3])),
            "milliseconds": draw(st.sampled_from([500, 40_000])),
            "eliminated": [], "marked": [], "aids": [],
        })  # fmt: skip
        if draw(st.booleans()):
            undone = draw(st.integers(0, number))
            add("withdrawn", {"presentation": f"p{undone}"})
    return events
