"""The coach in a session: a miss calls it, one step, its score, and every way past it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.web.conftest import Clock, Visitor, main_of

from roadworthy.items.item import Item
from roadworthy.study.coach import Blame, facts_against, goal_of
from roadworthy.study.coach_log import coaching_of
from roadworthy.study.coaching import name_miss
from roadworthy.study.miss_causes import blames

Put = Callable[..., str]


@pytest.fixture
def put(settled: Visitor) -> Put:
    """Shows an item in the session 's' under a name: long, of that seed, with changes to flip."""
    desk = settled.desk
    course = desk.course
    course.start_session("s", purpose="evening", minutes=45, target=None, now=settled.clock.now)

    def make(name: str, seed: int = 1, length: str = "exam") -> str:
        item = an_item(settled, seed, length)
        view = course.view("s")
        payload = course._shown_payload(view, item, "full", "practice", False, name)
        course.keep("item_shown", payload, key=f"shown:{name}", now=settled.clock.now)
        return name

    return make


def an_item(visitor: Visitor, seed: int, length: str = "exam") -> Item:
    """An item of the opening decision with a change to flip."""
    decision = visitor.desk.pack.head.opening
    for number in range(seed * 100, seed * 100 + 100):
        item = visitor.desk.generator.generate(decision, seed=number, length=length)  # type: ignore[arg-type]
        if item is not None and item.flips and item.decisive:
            return item
    raise AssertionError("no such item")


def item_of(visitor: Visitor, name: str) -> Item:
    """The item that was shown under a name."""
    return visitor.desk.course.presentation(name)[1].item


def answer(visitor: Visitor, name: str, right: bool, seconds: int = 60) -> None:
    """Answer through the page, after so many seconds."""
    visitor.clock.now += timedelta(seconds=seconds)
    item = item_of(visitor, name)
    chosen = item.key if right else (item.key + 1) % len(item.options)
    given = visitor.post(f"/item/{name}/answer", chosen=chosen, confidence=2)
    assert given.status_code == 303, given.text


def quick(visitor: Visitor, name: str, right: bool = True, seconds: int = 60) -> None:
    """The same without the page, where only the journal matters."""
    visitor.clock.now += timedelta(seconds=seconds)
    item = item_of(visitor, name)
    chosen = item.key if right else (item.key + 1) % len(item.options)
    visitor.desk.course.answer(
        name, chosen=chosen, confidence=2, milliseconds=1000 * seconds, now=visitor.clock.now
    )


def missed(visitor: Visitor, put: Put, kind: Blame) -> None:
    """One short miss that the candidate puts down to something."""
    name = put(f"missed-{kind}", seed=90, length="brief")
    quick(visitor, name, right=False)
    name_miss(visitor.desk.course, name, kind, now=visitor.clock.now)


def test_without_a_miss_no_coach(settled: Visitor, put: Put) -> None:
    """Who missed nothing is asked nothing."""
    assert "Read the text, then choose" in settled.get(f"/item/{put('p')}")


def test_a_misread_brings_the_words_to_mark(settled: Visitor, put: Put) -> None:
    """The item leads to the step: each word a checkbox, no option in sight, and its doubt said."""
    missed(settled, put, "misread")
    page = settled.get(f"/item/{put('p')}")
    item = item_of(settled, "p")
    assert page.count('name="word"') == len(item.stem.split())
    assert item.options[0].text not in page
    assert "That marking words helps is unproven" in page
    assert 'value="skip"' in page and 'value="never"' in page


def test_marks_stay_are_scored_and_count_as_help(settled: Visitor, put: Put) -> None:
    """Marks stand beside the options, are scored with the reasons, and the answer is aided."""
    missed(settled, put, "misread")
    settled.get(f"/item/{put('p')}")
    start, end = item_of(settled, "p").decisive[0]
    done = settled.post("/item/p/coach", word=list(range(start, end)))
    assert done.headers["location"] == "/item/p"
    assert "own-mark" in settled.get("/item/p")
    answer(settled, "p", right=True)
    page = settled.get("/item/p")
    assert "deciding hit" in page
    assert "Precision 100%" in page
    payload = settled.desk.journal.by_key("p").payload  # type: ignore[union-attr]
    assert payload["marked"] == list(range(start, end))
    assert payload["aids"] == ["coach:mark"]
    assert settled.desk.course.state().responses[-1].aided


def test_words_that_were_passed_over_make_a_misread(settled: Visitor, put: Put) -> None:
    """Marked elsewhere and wrong: the miss is read as misread, and a tap says otherwise."""
    missed(settled, put, "misread")
    settled.get(f"/item/{put('p')}")
    item = item_of(settled, "p")
    inside = {place for start, end in item.decisive for place in range(start, end)}
    outside = next(place for place in range(len(item.stem.split())) if place not in inside)
    settled.post("/item/p/coach", word=outside)
    answer(settled, "p", right=False)
    assert "reads this miss as: misread" in main_of(settled.get("/item/p"))
    settled.post("/item/p/miss", kind="knowledge")
    assert "reads this miss as: knowledge" in main_of(settled.get("/item/p"))
    settled.post("/item/p/miss", kind="time")
    assert "reads this miss as: time" in main_of(settled.get("/item/p"))
    assert blames(settled.desk.course) == ["time", "misread"]


def test_a_right_flip_after_a_miss_is_a_misread(settled: Visitor, put: Put) -> None:
    """Who is right about the change knew the rule."""
    quick(settled, put("p", length="brief"), right=False)
    assert blames(settled.desk.course) == ["knowledge"]
    key = item_of(settled, "p").flips[0].key
    settled.post("/item/p/flip", flip=0, chosen="none" if key is None else key)
    assert blames(settled.desk.course) == ["misread"]


def test_the_end_of_the_clock_is_time(settled: Visitor, put: Put, clock: Clock) -> None:
    """A miss in the last tenth of the session's minutes is put down to time."""
    for number in range(14):  # a silence counts as three minutes at most
        quick(settled, put(f"p{number}", seed=number, length="brief"), True, seconds=178)
    quick(settled, put("last", seed=40, length="brief"), False, seconds=60)
    assert blames(settled.desk.course) == ["time"]


def test_skip_leaves_no_trace_on_the_answer(settled: Visitor, put: Put) -> None:
    """A skipped step shows the item at once, comes back at no reload, and is no help."""
    missed(settled, put, "misread")
    settled.get(f"/item/{put('p')}")
    settled.post("/item/p/coach", do="skip")
    assert "Read the text, then choose" in settled.get("/item/p")
    answer(settled, "p", right=True)
    assert settled.desk.journal.by_key("p").payload["aids"] == []  # type: ignore[union-attr]


def test_never_switches_it_off_and_its_page_on_again(settled: Visitor, put: Put) -> None:
    """Never ends it for all items; the coach's own page says so and has the switch."""
    missed(settled, put, "knowledge")
    settled.get(f"/item/{put('p')}")
    settled.post("/item/p/coach", do="never")
    quick(settled, "p")
    settled.get(f"/item/{put('q', seed=2)}")
    quick(settled, "q")
    assert coaching_of(settled.desk.course, "q") is None
    settled.post("/coach", coach="on")
    assert "The coach is on." in settled.get("/coach?saved=1")
    settled.get(f"/item/{put('r', seed=3)}")
    assert coaching_of(settled.desk.course, "r") is not None


def test_at_most_two_items_of_an_evening(settled: Visitor, put: Put, clock: Clock) -> None:
    """Not two in a row, two a day, and again on the next day."""
    missed(settled, put, "misread")
    asked = []
    for number in range(6):
        name = put(f"p{number}", seed=number)
        settled.get(f"/item/{name}")
        asked.append(coaching_of(settled.desk.course, name) is not None)
        quick(settled, name)
    assert asked == [True, False, True, False, False, False]
    clock.next_day()
    settled.get(f"/item/{put('next-day', seed=7)}")
    assert coaching_of(settled.desk.course, "next-day") is not None


def test_the_last_week_is_without_it(settled: Visitor, put: Put) -> None:
    """Seven days before the exam the items come as they will be there."""
    settled.settle(exam_date="2026-12-01")
    missed(settled, put, "misread")
    assert "Read the text, then choose" in settled.get(f"/item/{put('p')}")


def test_strikes_are_scored_option_by_option(settled: Visitor, put: Put) -> None:
    """Struck options keep their reason beside the item; the score names each with what holds."""
    missed(settled, put, "knowledge")
    page = settled.get(f"/item/{put('p')}")
    assert "Strike options, each with a reason" in page
    item = item_of(settled, "p")
    refused = settled.post("/item/p/coach")
    assert refused.status_code == 422
    assert "Strike an option first" in refused.text
    strikes = {
        f"reason-{place}": option.strength
        for place, option in enumerate(item.options)
        if not option.correct
    }
    struck = next(place for place in range(4) if f"reason-{place}" in strikes)
    facts = facts_against(item, struck)
    other = next(name for name in item.spans if name not in facts)
    settled.post("/item/p/coach", **strikes, **{f"fact-{struck}": other})
    assert settled.get("/item/p").count("You struck it:") == len(strikes)
    answer(settled, "p", right=True)
    words = main_of(settled.get("/item/p"))
    assert f"{len(strikes) - 1} of {len(strikes)} options struck with a reason" in words
    assert f"{'ABCD'[struck]}: another fact strikes it" in words
    assert f"{'ABCD'[item.key]}: kept, rightly." in words


def test_second_look_keeps_the_first_answer(settled: Visitor, put: Put) -> None:
    """Blamed on time: a first answer is filled in again, and the change is told."""
    missed(settled, put, "time")
    settled.get(f"/item/{put('p')}")
    item = item_of(settled, "p")
    wrong = (item.key + 1) % len(item.options)
    settled.post("/item/p/coach", chosen=wrong, confidence=3)
    page = settled.get("/item/p")
    assert f'name="chosen" value="{wrong}" checked' in page
    answer(settled, "p", right=True)
    assert "changed a wrong answer to the right one" in main_of(settled.get("/item/p"))


def turn(settled: Visitor, put: Put, name: str, step: str, because: str) -> None:
    """An item for which the coach has asked a step."""
    put(name)
    payload = {"presentation": name, "step": step, "because": because}
    settled.desk.course.keep("coach_asked", payload, key=f"coach:{name}", now=settled.clock.now)


def test_goal_and_prediction_are_told_and_scored(settled: Visitor, put: Put) -> None:
    """What was named stands beside the options; feedback says whether it was so."""
    turn(settled, put, "p", "goal", "misread")
    assert "no goal is named" in settled.get("/item/p").lower()
    settled.post("/item/p/coach", said=goal_of(item_of(settled, "p")))
    assert "Your goal:" in settled.get("/item/p")
    answer(settled, "p", right=True)
    assert "Yes. The stem names" in main_of(settled.get("/item/p"))
    turn(settled, put, "q", "predict", "knowledge")
    assert item_of(settled, "q").options[0].text not in settled.get("/item/q")
    assert settled.post("/item/q/coach", said="no-such-way").status_code == 422
    key = item_of(settled, "q").options[item_of(settled, "q").key]
    settled.post("/item/q/coach", said=key.id)
    answer(settled, "q", right=True)
    assert f"You predicted the key: {key.name}" in main_of(settled.get("/item/q"))


def test_the_flip_stands_between_answer_and_reasons(settled: Visitor, put: Put) -> None:
    """The change is asked before any reason is shown, and the answer is not aided by it."""
    turn(settled, put, "p", "flip", "knowledge")
    assert "Read the text, then choose" in settled.get("/item/p")
    quick(settled, "p")
    page = settled.get("/item/p")
    item = item_of(settled, "p")
    assert "Suppose instead" in page
    assert item.options[0].rationale not in page
    key = item.flips[0].key
    settled.post("/item/p/coach", flip="none" if key is None else key)
    assert "Yes." in main_of(settled.get("/item/p"))
    assert not settled.desk.course.state().responses[-1].aided


def test_its_page_counts_the_steps(settled: Visitor, put: Put) -> None:
    """Without a step it says when the first comes; afterwards the table counts it."""
    assert "No step is done yet." in settled.get("/coach")
    turn(settled, put, "p", "goal", "misread")
    settled.post("/item/p/coach", said=goal_of(item_of(settled, "p")))
    quick(settled, "p")
    words = main_of(settled.get("/coach"))
    assert "Name the goal Misread 1 1" in words
    assert "No step is done yet." not in words


def test_a_right_answer_has_no_miss_to_name(settled: Visitor, put: Put) -> None:
    """Naming what a right answer came from, or an unknown kind, is refused with the mend."""
    quick(settled, put("p", length="brief"))
    assert settled.post("/item/p/miss", kind="time").status_code == 400
    quick(settled, put("q", seed=2, length="brief"), right=False)
    assert settled.post("/item/q/miss", kind="luck").status_code == 400
