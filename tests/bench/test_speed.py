from __future__ import annotations

import importlib.util
from dataclasses import replace

import pytest

from bench import speed
from roadworthy.items.generate import Generator
from roadworthy.learner.replay import replay
from roadworthy.pack.model import Pack
from roadworthy.simulate.answered_journal import answered_events


def test_repeated_situations_come_first(tiny_pack: Pack) -> None:
    """As many as asked for, and half of the situations come once, at the end."""
    items = list(Generator(tiny_pack).sample(12, seed=1))
    items = [*items, *(replace(one, surface="other") for one in items)]
    distinct = len({one.situation for one in items})

    for repeated in (3, 2 * distinct):
        order = [one.situation for one in speed._fresh_last(items, distinct + repeated)]
        assert len(order) == distinct + repeated
        late = order[-(distinct // 2) :]
        assert len(set(late)) == len(late)
        assert not set(late) & set(order[: -len(late)])


def test_an_update_ends_with_one_answer_more(tiny_pack: Pack) -> None:
    """The newest answer is folded in, and its time is taken."""
    generator = Generator(tiny_pack)
    fresh = speed._fresh_last(list(generator.sample(30, seed=1)), 1)
    events = list(
        answered_events(
            fresh, 8, begin=speed.BEGIN, pack="tiny", pack_hash="0" * 16, seed=1, a_day=4
        )
    )

    state, took = speed._update(events[:-1], events[-1], tiny_pack)

    assert state == replay(events, tiny_pack)
    assert took >= 0


def test_without_a_policy_benchmark_its_row_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bench.policy is not there, the row has no figure and says why."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    row = speed._policy(quick=True)

    assert (row.case, row.value) == ("policy-bench", None)
    assert "not run" in row.model
