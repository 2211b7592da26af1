from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.journal.event import Event
from roadworthy.learner.replay import fold
from roadworthy.learner.state import LearnerState, Lesson, Settings
from roadworthy.pack.model import Pack
from roadworthy.study.lab_days import KEPT_FOR_PRACTICE, SHARE, next_labs, part_of
from roadworthy.study.plan import Plan, plan

from .conftest import NOW, Studied

TODAY = NOW.date()
EXAM = TODAY + timedelta(days=28)


@dataclass(frozen=True)
class FakeLab:
    """What the plan asks of a lab."""

    title: str
    minutes: int
    objectives: tuple[str, ...]
    rules: tuple[str, ...]


@pytest.fixture
def labs(tiny_pack: Pack) -> dict[str, FakeLab]:
    """One lab for each of two sections and one more."""
    objectives = [next(iter(one.objectives)) for one in tiny_pack.blueprint.sections.values()]
    return {
        "bread": FakeLab("Fresh bread", 30, (objectives[1],), ("stale-bread.SB1",)),
        "route": FakeLab("A short route", 20, (objectives[0],), ("delivery-route.DR1",)),
        "oven": FakeLab("A hot oven", 20, (objectives[1],), ("new-oven.NO1",)),
    }


@pytest.fixture
def lab_pack(tiny_pack: Pack, labs: dict[str, FakeLab]) -> Pack:
    """The tiny pack with these labs."""
    return replace(tiny_pack, labs=labs)


def placed(result: Plan) -> list[tuple[int, str | None]]:
    """(day of the plan, lab) of each lab block."""
    return [
        ((day.date - TODAY).days, block.target)
        for day in result.days
        for block in day.blocks
        if block.kind == "lab"
    ]


def made(state: LearnerState, pack: Pack) -> Plan:
    """The plan of today with seed 1."""
    return plan(state, pack, today=TODAY, now=NOW, seed=1)


def test_the_weakest_sections_come_first_then_the_shorter_lab(
    labs: dict[str, FakeLab], tiny_pack: Pack, studied: Studied
) -> None:
    """By what was said, as by answers; each says for which section and how much holds there."""
    weak = studied(experience={"1": "work", "2": "new", "3": "work"})
    strong = studied(experience={"1": "new", "2": "work", "3": "work"})
    assert [one.lab for one in next_labs(labs, weak, tiny_pack)] == ["oven", "bread", "route"]
    order = next_labs(labs, strong, tiny_pack)
    assert [one.lab for one in order] == ["route", "oven", "bread"]
    assert order[0].need > order[1].need == order[2].need
    short = tiny_pack.blueprint.sections["1"].short
    assert order[0].why.startswith(f"For {short}, where ")
    assert next_labs({}, weak, tiny_pack) == []


def test_a_passed_lab_drops_out_and_a_failed_check_does_not(
    labs: dict[str, FakeLab], tiny_pack: Pack, studied: Studied
) -> None:
    """The journal's checks are folded; the first pass stands."""
    state = studied(exam_date=EXAM)

    def checked(lab: str, passed: bool, seq: int) -> Event:
        payload = {"lab": lab, "passed": passed, "checks": []}
        at = NOW + timedelta(minutes=seq)
        return Event(
            journal="j",
            seq=seq,
            at=at,
            zone="UTC",
            kind="lab_checked",
            key=f"k{seq}",
            payload=payload,
        )

    failed = fold(state, checked("oven", False, 1), tiny_pack)
    assert len(next_labs(labs, failed, tiny_pack)) == 3
    passed = fold(failed, checked("oven", True, 2), tiny_pack)
    again = fold(passed, checked("oven", True, 3), tiny_pack)
    assert {one.lab for one in next_labs(labs, again, tiny_pack)} == {"bread", "route"}
    assert again.labs == {"oven": NOW + timedelta(minutes=2)}
    assert again.rules == state.rules


def test_one_lab_a_week_and_more_with_long_days(
    labs: dict[str, FakeLab], lab_pack: Pack, studied: Studied
) -> None:
    """Each lab once; new ones a week apart on usual days, two days apart from 90 minutes on."""
    usual = placed(made(studied(exam_date=EXAM), lab_pack))
    long = placed(made(studied(exam_date=EXAM, minutes_per_day=90), lab_pack))

    for found, gap in ((usual, 6), (long, 2)):
        begun = {lab: day for day, lab in reversed(found)}
        assert set(begun) == {"bread", "oven", "route"}
        days = sorted(begun.values())
        assert all(b - a >= gap for a, b in itertools.pairwise(days))
    assert long[-1][0] < usual[-1][0]
    passed = replace(
        studied(exam_date=EXAM, minutes_per_day=45), labs={"oven": NOW - timedelta(days=2)}
    )
    assert placed(made(passed, lab_pack))[0][0] >= 4


def test_a_lab_that_was_left_alone_comes_back_a_week_later(
    labs: dict[str, FakeLab], lab_pack: Pack, studied: Studied
) -> None:
    """A new lab begins on fixed days of the course's week, so it is not offered each evening."""
    met = {name: Lesson({"brief": NOW}) for name in ("stale-bread", "delivery-route", "new-oven")}
    state = replace(studied(exam_date=EXAM, minutes_per_day=60), lessons=met)
    offered = []
    for day in range(14):
        today = TODAY + timedelta(days=day)
        result = plan(state, lab_pack, today=today, now=NOW + timedelta(days=day), seed=1)
        if any(block.kind == "lab" for block in result.days[0].blocks):
            offered.append(day)
    assert 1 <= len(offered) <= 4


def test_a_long_lab_is_spread_over_days(lab_pack: Pack, studied: Studied) -> None:
    """Parts take at most six tenths of a day, follow each other and hold the whole lab."""
    long = {"bread": FakeLab("Fresh bread", 50, (), ("stale-bread.SB1",))}
    state = studied(exam_date=EXAM, minutes_per_day=45)
    result = made(state, replace(lab_pack, labs=long))
    parts = [
        (day, block.minutes) for day in result.days for block in day.blocks if block.kind == "lab"
    ]
    assert [minutes for _, minutes in parts] == [25, 25]
    assert (parts[1][0].date - parts[0][0].date).days <= 2
    assert [part_of(50, total) for total in (20, 30, 45, 90)] == [None, 17, 25, 50]


def test_a_lab_that_was_tried_goes_on_and_one_put_off_waits(
    labs: dict[str, FakeLab], lab_pack: Pack, studied: Studied
) -> None:
    """A failed check leaves half of it for the next evening; put off, it is named again later."""
    state = replace(studied(exam_date=EXAM, minutes_per_day=60), labs_tried={"bread": NOW})
    first = placed(made(state, lab_pack))[0]
    assert first == (0, "bread")
    until = TODAY + timedelta(days=7)
    waiting = replace(state, labs_later={"bread": until})
    days = [day for day, lab in placed(made(waiting, lab_pack)) if lab == "bread"]
    assert days and min(days) >= 7


def test_a_lab_waits_for_one_of_its_decisions(
    labs: dict[str, FakeLab], lab_pack: Pack, studied: Studied
) -> None:
    """No lab comes before one of the decisions of its rules was taught."""
    result = made(studied(exam_date=EXAM, minutes_per_day=60), lab_pack)
    met: set[str | None] = set()
    for day in result.days:
        for block in day.blocks:
            if block.kind == "lab":
                rules = labs[str(block.target)].rules
                assert met & {rule.partition(".")[0] for rule in rules}
        met |= {block.target for block in day.blocks if block.kind == "learn"}
    assert placed(result)


@settings(max_examples=25)
@given(
    minutes=st.integers(10, 130),
    days=st.integers(1, 35),
    length=st.integers(20, 60),
    met=st.booleans(),
)
def test_a_day_with_a_lab_keeps_practice_and_its_minutes(
    tiny_pack: Pack, minutes: int, days: int, length: int, met: bool
) -> None:
    """Whatever is set: days are whole, labs lie before the last stretch, practice stays."""
    lab = FakeLab("Bread", length, (), ("stale-bread.SB1",))
    lessons = {"stale-bread": Lesson({"brief": NOW})} if met else {}
    told = Settings(exam_date=TODAY + timedelta(days=days), minutes_per_day=minutes)
    pack = replace(tiny_pack, labs={"bread": lab})
    result = made(LearnerState(settings=told, lessons=lessons), pack)

    spread = [
        (block.minutes, day.minutes)
        for day in result.days
        for block in day.blocks
        if block.kind == "lab"
    ]
    assert sum(part for part, _ in spread) <= length + 2
    assert all(part <= SHARE * total for part, total in spread)
    for day in result.days:
        assert sum(block.minutes for block in day.blocks) == day.minutes
        if any(block.kind == "lab" for block in day.blocks):
            assert day.date < result.weeks[-1].first
            asked = [b for b in day.blocks if b.kind in ("practise", "look_back")]
            assert sum(b.minutes for b in asked) >= KEPT_FOR_PRACTICE
            assert "resource" not in [block.kind for block in day.blocks]
            assert not result.untaught
