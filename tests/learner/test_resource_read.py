"""How a resource that is read by the plan stands, and whose day its minutes are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from roadworthy.journal.event import Event
from roadworthy.learner.replay import fold, replay
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

EVENING = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def read(
    seq: int, minutes: int, *, later: str | None = None, days: int = 0, kind: str = "resource_read"
) -> Event:
    """An event that says how far the handbook was read, some days after the first evening."""
    return Event(
        journal="j",
        seq=seq,
        at=EVENING + timedelta(days=days, minutes=seq),
        zone="UTC",
        key=f"k{seq}",
        kind=kind,
        payload={"resource": "handbook", "minutes": minutes, "later": later},
    )


def test_parts_count_for_their_days(tiny_pack: Pack) -> None:
    """Minutes add to the day on which they are said; the latest word on the resource stands."""
    state = replay([read(1, 15), read(2, 30, days=2)], tiny_pack)

    mark = state.resources["handbook"]
    assert (mark.read, mark.settled_on) == (30, TODAY + timedelta(days=2))
    assert state.minutes_by_day == {TODAY: 15.0, TODAY + timedelta(days=2): 15.0}
    assert not state.rules and not state.responses


def test_taking_back_leaves_the_day_as_it_was(tiny_pack: Pack) -> None:
    """Read or put off and taken back on the same day: no minutes, and the day is open again."""
    for event in (read(1, 15), read(1, 0, later="2026-12-02")):
        begun = fold(LearnerState(), event, tiny_pack)
        assert begun.resources["handbook"].settled_on == TODAY
        back = fold(begun, read(2, 0), tiny_pack)
        mark = back.resources["handbook"]
        assert (mark.read, mark.later, mark.settled_on) == (0, None, None)
        assert sum(back.minutes_by_day.values()) == 0


def test_what_is_read_again_counts_again(tiny_pack: Pack) -> None:
    """A resource that was finished and opened begins anew; earlier days keep their minutes."""
    state = replay([read(1, 60), read(2, 15, days=9)], tiny_pack)

    assert state.resources["handbook"].read == 15
    assert state.minutes_by_day == {TODAY: 60.0, TODAY + timedelta(days=9): 15.0}


@given(steps=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3), st.booleans()), max_size=8))
def test_minutes_never_fall_below_none(tiny_pack: Pack, steps: list[tuple[int, int, bool]]) -> None:
    """Whatever is said in whatever order, no day has less than no minutes, and replay is fold."""
    events, day = [], 0
    for seq, (minutes, later, put_off) in enumerate(steps, 1):
        day += later
        events.append(read(seq, minutes, days=day, later="2026-12-24" if put_off else None))
    state = LearnerState()
    for event in events:
        state = fold(state, event, tiny_pack)

    assert all(minutes >= 0 for minutes in state.minutes_by_day.values())
    assert state == replay(events, tiny_pack)
    if events:
        assert state.resources["handbook"].read == events[-1].payload["minutes"]
