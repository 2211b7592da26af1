from __future__ import annotations

from datetime import UTC, datetime, timedelta

from roadworthy.items.generate import Generator
from roadworthy.journal.event import Event
from roadworthy.learner.replay import replay
from roadworthy.pack.model import Pack
from roadworthy.simulate.answered_journal import answered_events

BEGIN = datetime(2026, 3, 1, 18, tzinfo=UTC)


def made(pack: Pack, *, seed: int = 1, right: float = 0.7) -> list[Event]:
    """200 answers on 12 items, 40 an evening, after a lesson on each decision."""
    generator = Generator(pack)
    items = list(generator.sample(12, seed=2))
    return list(
        answered_events(
            items, 200, begin=BEGIN, pack=pack.head.id, pack_hash=pack.hash, seed=seed,
            right=right, a_day=40, lessons=generator.rules,
        )
    )  # fmt: skip


def test_events_replay_to_the_answers_that_were_asked_for(tiny_pack: Pack) -> None:
    """Every answer counts once, on five days, and lessons are read before the first."""
    events = made(tiny_pack)
    state = replay(events, tiny_pack)

    assert events == sorted(events)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert len({event.key for event in events}) == len(events)
    assert len(state.responses) == 200
    assert {one.day for one in state.responses} == {
        (BEGIN + timedelta(days=day)).date() for day in range(5)
    }
    assert set(state.lessons) == set(tiny_pack.decisions)
    assert all(one.weight > 0 for one in state.responses)


def test_the_share_right_is_as_asked_and_the_seed_decides(tiny_pack: Pack) -> None:
    """Right answers come at their share; the same seed gives the same events."""
    shares = [
        sum(one.right for one in replay(made(tiny_pack, right=share), tiny_pack).responses) / 200
        for share in (0.0, 0.7, 1.0)
    ]

    assert shares[0] == 0
    assert 0.6 < shares[1] < 0.8
    assert shares[2] == 1
    assert made(tiny_pack) == made(tiny_pack) != made(tiny_pack, seed=2)
