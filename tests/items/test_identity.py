from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from roadworthy.items.identity import draw, item_id, situation_id, surface_id
from roadworthy.items.reserve import LEAST, is_reserved, reserved

facts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("xyz"), min_size=1)


@given(facts=facts)
def test_situation_does_not_depend_on_the_order_of_facts(facts: dict[str, str]) -> None:
    """The same facts are the same situation, however a file lists them."""
    backwards = dict(reversed(facts.items()))

    assert situation_id("d", facts, None) == situation_id("d", backwards, None)


def test_goal_and_decision_make_another_situation() -> None:
    """What is asked for belongs to the situation."""
    ids = {
        situation_id(decision, {"a": "x"}, goal)
        for decision in ("d", "e")
        for goal in (None, "cost", "time")
    }

    assert len(ids) == 6


def test_corrected_rule_retires_an_item_and_keeps_its_situation() -> None:
    """The item hashes the content of its decision and its options in any order."""
    assert item_id("s", "old", ["a", "b"]) == item_id("s", "old", ["b", "a"])
    assert item_id("s", "old", ["a", "b"]) != item_id("s", "new", ["a", "b"])
    assert item_id("s", "old", ["a", "b"]) != item_id("s", "old", ["a", "c"])


def test_surface_is_the_text_and_not_its_order() -> None:
    """The same words in another order of options are the same text."""
    assert surface_id("stem", ["a", "b"]) == surface_id("stem", ["b", "a"])
    assert surface_id("stem", ["a", "b"]) != surface_id("Stem", ["a", "b"])


def test_draws_for_two_purposes_do_not_disturb_each_other() -> None:
    """A stream is its own by purpose, and the same in every process."""
    assert draw(1, "style").random() != draw(1, "choose").random()
    script = "from roadworthy.items.identity import draw; print(draw(1, 'style').random())"
    other = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert float(other.stdout) == draw(1, "style").random()


def test_about_a_fifth_is_reserved() -> None:
    """By hash, so that a new situation moves no old one."""
    ids = [situation_id("d", {"a": str(n)}, None) for n in range(1000)]

    assert 0.15 < sum(map(is_reserved, ids)) / 1000 < 0.25


@given(ids=st.lists(st.integers(0, 2**32 - 1).map(lambda n: f"{n:08x}"), unique=True, max_size=30))
def test_small_decision_reserves_two_or_none(ids: list[str]) -> None:
    """More than four situations: two at least; the order of the list does not matter."""
    kept = reserved(dict.fromkeys(ids, ("key",)))

    assert kept <= set(ids)
    assert kept == reserved(dict.fromkeys(ids[::-1], ("key",)))
    assert len(kept) >= (LEAST if len(ids) > 4 else 0)


def test_the_reserve_takes_a_fifth_of_each_key_and_spares_the_worked_situation() -> None:
    """Forms can show each option as key, and what a lesson works out stays in practice."""
    keys = {situation_id("d", {"a": str(n)}, None): (f"key{n % 4}",) for n in range(80)}
    spared = min(keys)
    kept = reserved(keys, spared=frozenset({spared}))

    assert spared not in kept
    assert sorted(keys[one][0] for one in kept) == sorted([f"key{n}" for n in range(4)] * 4)
