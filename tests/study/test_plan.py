from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.journal.kinds import checked_payload
from roadworthy.learner.state import LearnerState, Lesson, Settings, WrongBelief
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.catalog import RoadWeek
from roadworthy.pack.model import Pack
from roadworthy.study.phases import road_order, stretches, weeks
from roadworthy.study.plan import Plan, plan

Studied = Callable[..., LearnerState]
TODAY = date(2026, 11, 25)  # a Wednesday


def made(state: LearnerState, pack: Pack, now: datetime, **changes: Any) -> Plan:
    """The plan of today with seed 1."""
    return plan(state, pack, **{"today": TODAY, "now": now, "seed": 1, **changes})


def in_days(count: int) -> date:
    """The date of so many days from today."""
    return TODAY + timedelta(days=count)


@given(
    minutes=st.integers(1, 200),
    off=st.sets(st.integers(0, 6), max_size=7),
    days=st.one_of(st.none(), st.integers(-3, 40)),
    done=st.floats(0, 120),
    override=st.one_of(st.none(), st.integers(0, 120)),
    met=st.sets(st.sampled_from(["delivery-route", "stale-bread", "new-oven", "oven-rounds"])),
)
def test_a_day_never_holds_more_than_its_minutes(
    tiny_pack: Pack,
    minutes: int,
    off: set[int],
    days: int | None,
    done: float,
    override: int | None,
    met: set[str],
) -> None:
    """Blocks fill the minutes of their day exactly: days off and the exam hold none."""
    now = datetime.fromisoformat("2026-11-25T18:00:00+00:00")
    settings = Settings(
        exam_date=None if days is None else in_days(days),
        minutes_per_day=minutes,
        days_off=tuple(off),
    )
    state = LearnerState(
        settings=settings,
        minutes_by_day={TODAY: done},
        lessons={name: Lesson({"brief": now}) for name in met},
    )
    result = made(state, tiny_pack, now, minutes_override=override)

    for day in result.days:
        assert sum(block.minutes for block in day.blocks) == day.minutes
        assert all(block.minutes > 0 for block in day.blocks)
        usual = 0 if day.date.weekday() in off or day.exam else minutes
        if day.date != TODAY:
            assert day.minutes == usual
        elif override is not None and not day.exam:
            assert day.minutes == override
        else:
            assert day.minutes == max(0, usual - round(done))


def test_days_run_from_today_to_the_exam(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Every date once, the last one the exam's, without blocks."""
    result = made(studied(exam_date=in_days(28)), tiny_pack, now)

    assert [one.date for one in result.days] == [in_days(n) for n in range(29)]
    assert [one.exam for one in result.days] == [False] * 28 + [True]
    assert result.day(in_days(28)) == result.days[-1]
    assert result.note == ""


def test_each_decision_is_taught_once_the_heaviest_first(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """All four decisions are learned on days of their own, before they are practised."""
    result = made(studied(exam_date=in_days(28)), tiny_pack, now)
    learned = [b.target for day in result.days for b in day.blocks if b.kind == "learn"]

    assert sorted(learned) == sorted(tiny_pack.decisions)
    weights = syllabus_of(tiny_pack).weights
    assert learned[0] == max(tiny_pack.decisions, key=weights.share)
    assert result.today.blocks[0].kind == "learn"


def test_pace_rises_when_decisions_would_not_fit(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """With four decisions and four days, two are taught on a day, within half of its minutes."""
    result = made(studied(exam_date=in_days(4)), tiny_pack, now)
    learned = [sum(b.kind == "learn" for b in day.blocks) for day in result.days]

    assert learned == [2, 2, 0, 0, 0]


def test_met_decisions_are_not_taught_again(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """What was read as a brief is practised, not learned."""
    result = made(studied(["stale-bread"], answers=4, exam_date=in_days(20)), tiny_pack, now)

    assert "stale-bread" not in [b.target for day in result.days for b in day.blocks]


def test_kinds_are_those_that_exist(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """No block asks for a lab where the pack has none."""
    result = made(studied(exam_date=in_days(28)), tiny_pack, now)
    kinds = {block.kind for day in result.days for block in day.blocks}

    assert kinds <= {"learn", "practise", "read", "resource", "look_back", "mock"}
    assert {"learn", "practise"} <= kinds


def test_every_block_says_what_it_buys(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Each block has a title, a reason, and a gain that is not negative; all add to the score."""
    result = made(studied(exam_date=in_days(14)), tiny_pack, now)
    blocks = [block for day in result.days for block in day.blocks]

    assert all(block.title and block.why for block in blocks)
    assert all(block.gain >= 0 for block in blocks)
    assert all(block.score > 0 for block in blocks if block.kind in ("learn", "practise"))


def test_missed_rules_are_looked_back_at_first(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """Open wrong beliefs come first today, and once more on a later day."""
    belief = WrongBelief(
        "stale-bread.SB1", "stale-bread", None, now - timedelta(days=1), 1, True, (), "p"
    )
    state = studied(["stale-bread"], answers=6, exam_date=in_days(20))
    result = made(replace(state, wrong={belief.rule: belief}), tiny_pack, now)
    days = [day.date for day in result.days if any(b.kind == "look_back" for b in day.blocks)]

    assert result.today.blocks[0].kind == "look_back"
    assert days == [in_days(0), in_days(1)]


def test_topics_are_read_once_their_decisions_are_met(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """Each written lesson is planned once, on or after the day of its first decision."""
    result = made(studied(exam_date=in_days(28)), tiny_pack, now)
    learned: set[str | None] = set()
    read = []
    for day in result.days:
        for block in day.blocks:
            if block.kind == "learn":
                learned.add(block.target)
            elif block.kind == "read":
                assert block.target is not None
                read.append(block.target)
                assert learned & set(tiny_pack.topics[block.target].head.decisions)

    written = [name for name, one in tiny_pack.topics.items() if one.head.written]
    assert sorted(read) == sorted(written)


def test_last_days_begin_nothing_new(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """On the last two days nothing is taught if something was met."""
    result = made(studied(["stale-bread"], answers=4, exam_date=in_days(2)), tiny_pack, now)

    assert {block.kind for day in result.days for block in day.blocks} <= {"practise", "look_back"}
    assert result.today.blocks[0].title == "Practice at exam length"


def test_left_out_says_cost_and_return(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """What today does not hold is named with its cost and the day on which it comes."""
    result = made(studied(exam_date=in_days(28)), tiny_pack, now)

    assert 1 <= len(result.left_out) <= 3
    for one in result.left_out:
        assert one.cost >= 0
        assert one.returns is not None
        assert one.returns > TODAY
        assert one.target not in [block.target for block in result.today.blocks if block.target]


def test_what_has_no_room_is_dropped_openly(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """With two short days left, decisions without a place are named and do not return."""
    result = made(studied(exam_date=in_days(2), minutes_per_day=12), tiny_pack, now)
    dropped = [one for one in result.left_out if one.kind == "learn" and one.returns is None]

    assert dropped
    assert all(one.cost > 0 for one in dropped)


def test_more_time_today_brings_more(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """With more minutes today the plan promises at least as much."""
    state = studied(exam_date=in_days(10))
    usual = made(state, tiny_pack, now)
    more = made(state, tiny_pack, now, minutes_override=90)

    assert more.today.minutes == 90
    assert more.chances.mean() > usual.chances.mean()


def test_done_minutes_leave_the_rest(
    studied: Studied, tiny_pack: Pack, now: datetime, with_minutes: Callable[..., LearnerState]
) -> None:
    """After 30 of 45 minutes, 15 are planned; after all of them none."""
    state = studied(exam_date=in_days(10))

    assert made(with_minutes(state, {TODAY: 30.0}), tiny_pack, now).today.minutes == 15
    assert made(with_minutes(state, {TODAY: 60.0}), tiny_pack, now).today.blocks == ()


def test_following_the_plan_beats_resting(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """The plan's forecast is above that of a plan without minutes."""
    state = studied(exam_date=in_days(28))
    idle = replace(state, settings=replace(state.settings, days_off=tuple(range(7))))

    plans = [made(one, tiny_pack, now).chances.mean() for one in (state, idle)]

    assert plans[0] > plans[1] + 0.05


@pytest.mark.parametrize(
    ("days", "note"),
    [
        (None, "There is no exam date yet"),
        (-1, "The exam date has passed"),
        (0, "The exam is today"),
        (1, "One day is left"),
        (5, "5 days are left"),
        (120, "The exam is 120 days away"),
    ],
)
def test_unusual_dates_are_noted(
    studied: Studied, tiny_pack: Pack, now: datetime, days: int | None, note: str
) -> None:
    """No date, a past one, today, few and many days each get a sentence and a whole plan."""
    result = made(studied(exam_date=None if days is None else in_days(days)), tiny_pack, now)

    assert result.note.startswith(note)
    assert result.days[0].date == TODAY
    expected = 28 if days is None or days < 0 else days + 1
    assert len(result.days) == expected
    assert len(result.strip) == (29 if days is not None and 0 <= days <= 28 else 28)


@pytest.mark.parametrize(
    ("minutes", "note"),
    [
        (
            {in_days(-1): 32.4},
            "Made again this morning. Yesterday you did 32 of 45 minutes. "
            "Nothing was carried over.",
        ),
        ({in_days(-1): 50.0}, ""),
        (
            {in_days(-6): 45.0},
            "6 days away. The plan is made again from the 14 days left; nothing waits for you.",
        ),
        ({in_days(-1): 10.0, TODAY: 5.0}, ""),
    ],
)
def test_replan_says_what_was_done(
    studied: Studied,
    tiny_pack: Pack,
    now: datetime,
    with_minutes: Callable[..., LearnerState],
    minutes: dict[date, float],
    note: str,
) -> None:
    """A short day and a break are named without blame; nothing is carried over."""
    state = with_minutes(studied(exam_date=in_days(14)), minutes)

    assert made(state, tiny_pack, now).note == note


def test_strip_ends_with_the_exam(
    studied: Studied, tiny_pack: Pack, now: datetime, with_minutes: Callable[..., LearnerState]
) -> None:
    """The exam and the 28 days before it: none, done, today, planned, off, exam."""
    state = with_minutes(
        studied(exam_date=in_days(14), days_off=(6,)), {in_days(-2): 40.0, TODAY: 10.0}
    )
    strip = made(state, tiny_pack, now).strip
    states = {one.date: one.state for one in strip}

    assert [strip[0].date, strip[-1].date] == [in_days(-14), in_days(14)]
    assert states[in_days(-3)] == "none"
    assert states[in_days(-2)] == "done"
    assert states[in_days(-1)] == "off"
    assert states[TODAY] == "today"
    assert states[in_days(4)] == "off"  # a Sunday
    assert states[in_days(5)] == "planned"
    assert states[in_days(14)] == "exam"
    today = next(one for one in strip if one.date == TODAY)
    assert (today.done, today.planned) == (10, 35)


def test_same_state_same_plan(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Two makings agree, and the payload is one that the journal takes."""
    state = studied(["stale-bread"], answers=6, exam_date=in_days(12))
    first = made(state, tiny_pack, now)
    again = made(replace(state), tiny_pack, now)

    assert first.as_payload() == again.as_payload()
    assert checked_payload("plan_made", first.as_payload()) == first.as_payload()


@given(days=st.integers(0, 200))
def test_weeks_cover_the_days_without_gap(days: int) -> None:
    """Stretches follow each other from today to the day before the exam."""
    parts = weeks(TODAY, days)

    covered = [
        part.first + timedelta(days=n)
        for part in parts
        for n in range((part.last - part.first).days + 1)
    ]
    assert covered == [in_days(n) for n in range(days)]
    assert len({part.name for part in parts}) == len(parts) == min(4 if days >= 8 else 2, days)


def test_four_weeks_have_four_names() -> None:
    """With 28 days each stretch is a week."""
    parts = weeks(TODAY, 28)

    assert [part.name for part in parts] == ["Ground", "Breadth", "Depth", "Exam pace"]
    assert {(part.last - part.first).days for part in parts} == {6}


def test_stretches_stay_as_days_pass(tiny_pack: Pack) -> None:
    """They count from the first day of the course; each morning shows what is left of them."""
    began, exam = TODAY, in_days(28)
    first = stretches(tiny_pack, began, began, exam)
    later = stretches(tiny_pack, began, in_days(9), exam)

    assert [one.name for one in later] == [one.name for one in first[1:]]
    assert (later[0].first, later[0].last) == (in_days(9), first[1].last)


def test_the_road_orders_lessons_while_all_fit(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """A pack's weeks decide what is taught first; where time is scarce, value does."""
    topics = sorted(tiny_pack.topics, key=lambda name: name == "roads")
    weeks = [
        RoadWeek(name=str(number), aim="Aim.", topics=topics[number : number + 1])
        for number in range(4)
    ]
    road = replace(tiny_pack, article=tiny_pack.article.model_copy(update={"weeks": weeks}))
    result = made(studied(exam_date=in_days(28)), road, now)
    learned = [b.target for day in result.days for b in day.blocks if b.kind == "learn"]
    order = road_order(road, learned)

    assert [week.name for week in result.weeks] == ["0", "1", "2", "3"]
    assert list(order.values()) == sorted(order.values())
    assert len(set(order.values())) == 2
