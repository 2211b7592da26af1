from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.learner.state import LearnerState, Lesson, ResourceMark, Settings
from roadworthy.pack.catalog import RoadWeek
from roadworthy.pack.model import Pack
from roadworthy.study.day_course import Block
from roadworthy.study.plan import Plan, plan
from roadworthy.study.reading_days import LEAST_DAY, MOVES_NOTHING, gap, longest

from .conftest import NOW, Studied

TODAY = NOW.date()
EXAM = TODAY + timedelta(days=28)
NAMES = ["delivery-route", "stale-bread", "new-oven", "oven-rounds"]


def made(state: LearnerState, pack: Pack, **changes: Any) -> Plan:
    """The plan of today with seed 1."""
    return plan(state, pack, **{"today": TODAY, "now": NOW, "seed": 1, **changes})


def readings(result: Plan) -> list[tuple[int, Block]]:
    """(day of the plan, block) of each reading."""
    return [
        ((day.date - TODAY).days, block)
        for day in result.days
        for block in day.blocks
        if block.kind == "resource"
    ]


@pytest.fixture
def shelf(tiny_pack: Pack) -> Pack:
    """The tiny pack with a short reading on section 2, and a long one on section 1."""
    model = tiny_pack.resources.newer["oven-manual"]
    newer = {
        "long": model.model_copy(update={"sections": ["1"], "take_hours": 1.0, "topics": []}),
        "short": model.model_copy(update={"sections": ["2"], "take_hours": 0.2, "topics": []}),
        "endless": model.model_copy(update={"sections": ["1"], "take_hours": 20.0}),
    }
    article = {
        "loose": tiny_pack.resources.article["handbook"].model_copy(update={"take_hours": 0.0})
    }
    changes = {"newer": newer, "article": article}
    return replace(tiny_pack, resources=tiny_pack.resources.model_copy(update=changes))


@settings(max_examples=40)
@given(
    minutes=st.integers(5, 130),
    days=st.one_of(st.none(), st.integers(1, 40)),
    done=st.integers(0, 60),
    met=st.sets(st.sampled_from(NAMES)),
    read=st.integers(0, 59),
)
def test_readings_keep_their_share_whatever_is_set(
    tiny_pack: Pack, minutes: int, days: int | None, done: int, met: set[str], read: int
) -> None:
    """Days of 45 minutes before the last stretch, a quarter of them, apart; days stay whole."""
    told = Settings(
        exam_date=None if days is None else TODAY + timedelta(days=days), minutes_per_day=minutes
    )
    state = LearnerState(
        settings=told,
        lessons={name: Lesson({"brief": NOW}) for name in met},
        resources={"handbook": ResourceMark(read=read)},
        minutes_by_day={TODAY - timedelta(days=3): 20.0, TODAY: float(done)},
    )
    result = made(state, tiny_pack)
    found = readings(result)

    assert all(sum(b.minutes for b in day.blocks) == day.minutes for day in result.days)
    numbers = [number for number, _ in found]
    assert all(later - before >= gap(minutes) for before, later in itertools.pairwise(numbers))
    for number, block in found:
        assert max(minutes, done) >= LEAST_DAY
        assert TODAY + timedelta(days=number) < result.weeks[-1].first
        assert block.minutes <= longest(minutes) + 4 + 4
        assert (block.gain, block.score) == (0.0, 0.0)
        kinds = [one.kind for one in result.days[number].blocks]
        assert kinds[-1] == "resource" and kinds.count("resource") == 1
        assert len(kinds) > 1 or (number == 0 and done)
    if result.untaught:
        assert not found, "a reading took the time of a decision"


def test_the_weakest_section_is_read_on_first(shelf: Pack, studied: Studied) -> None:
    """By self-rating, and by answers once they say otherwise; the first day is for what is new."""
    for weak, first in (("1", "long"), ("2", "short")):
        told = dict.fromkeys(shelf.blueprint.sections, "work") | {weak: "new"}
        found = readings(made(studied(exam_date=EXAM, experience=told), shelf))
        assert found[0][1].target == first
        assert found[0][0] == 1


def test_a_long_resource_is_spread_over_days(shelf: Pack, studied: Studied) -> None:
    """Parts follow each other and name their minutes; what cannot be finished is not begun."""
    told = {"1": "new", "2": "work", "3": "work"}
    found = readings(made(studied(exam_date=EXAM, experience=told), shelf))
    parts = [block for _, block in found if block.target == "long"]
    title = shelf.resources.newer["long"].title

    assert sum(block.minutes for block in parts) == 60
    assert parts[0].title == f"{title}, minutes 1 to {parts[0].minutes}"
    assert parts[1].title.startswith(f"{title}, minutes {parts[0].minutes + 1} to ")
    assert f"{60 - parts[0].minutes} of 60 minutes are left after it." in parts[0].why
    assert "left after it" not in parts[-1].why
    assert "endless" not in {block.target for _, block in found}
    for block in parts:
        assert block.why.startswith(shelf.resources.newer["long"].take)
        assert block.why.endswith(MOVES_NOTHING)


def test_what_was_begun_goes_on_and_what_is_put_off_waits(shelf: Pack, studied: Studied) -> None:
    """The next part begins where the last one ended; a day that was settled has no other."""
    state = studied(exam_date=EXAM, experience={"1": "work", "2": "new", "3": "work"})
    assert readings(made(state, shelf))[0][1].target == "short"

    begun = replace(state, resources={"long": ResourceMark(read=20)})
    block = readings(made(begun, shelf))[0][1]
    assert block.target == "long" and ", minutes 21 to " in block.title

    until = TODAY + timedelta(days=7)
    waits = replace(state, resources={"short": ResourceMark(later=until, settled_on=TODAY)})
    found = readings(made(waits, shelf))
    assert found[0][0] == gap(45) and found[0][1].target == "long"
    assert all(number >= 7 for number, block in found if block.target == "short")

    opened = replace(state, resources={"short": ResourceMark(read=12)})
    assert readings(made(opened, shelf))[0][1].target == "short"
    closed = replace(state, resources={"short": ResourceMark(read=12, done_at=NOW)})
    assert "short" not in {block.target for _, block in readings(made(closed, shelf))}


def test_an_evening_begun_keeps_its_reading(shelf: Pack, studied: Studied) -> None:
    """After the session the reading is what is left; once read, nothing takes its place."""
    state = replace(
        studied(exam_date=EXAM, experience={"1": "work", "2": "new", "3": "work"}),
        minutes_by_day={TODAY - timedelta(days=2): 45.0},
    )
    whole = made(state, shelf).today
    assert [block.kind for block in whole.blocks][-1] == "resource"
    part = whole.blocks[-1].minutes

    later = replace(state, minutes_by_day={**state.minutes_by_day, TODAY: 45.0 - part})
    assert [(b.kind, b.minutes) for b in made(later, shelf).today.blocks] == [("resource", part)]
    read = replace(
        later,
        minutes_by_day={**state.minutes_by_day, TODAY: 45.0},
        resources={"short": ResourceMark(read=part, settled_on=TODAY, done_at=NOW)},
    )
    assert made(read, shelf).today.blocks == ()


@pytest.mark.parametrize("topic", ["roads", "ovens"])
def test_of_equal_ones_the_article_s_week_decides(
    tiny_pack: Pack, studied: Studied, topic: str
) -> None:
    """What belongs to a later week of the road waits, while needs are the same."""
    model = tiny_pack.resources.newer["oven-manual"].model_copy(update={"sections": ["1"]})
    newer = {
        "late": model.model_copy(update={"topics": [topic], "take_hours": 0.2}),
        "now": model.model_copy(update={"take_hours": 0.25}),
    }
    weeks = [
        RoadWeek(name=str(number), aim="Aim.", topics=[topic] if number == 2 else [])
        for number in range(4)
    ]
    resources = tiny_pack.resources.model_copy(update={"newer": newer, "article": {}})
    article = tiny_pack.article.model_copy(update={"weeks": weeks})
    pack = replace(tiny_pack, resources=resources, article=article)
    found = [block.target for _, block in readings(made(studied(exam_date=EXAM), pack))]

    assert found == ["now", "late"]


def test_readings_cost_what_practice_would_buy(tiny_pack: Pack, studied: Studied) -> None:
    """Without them the plan holds more answers, all days whole, and as many decisions."""
    state = studied(exam_date=EXAM)
    usual, without = (made(state, tiny_pack, extras=extras) for extras in (True, False))

    assert readings(usual) and not readings(without)
    assert sum(day.minutes for day in without.days) == sum(day.minutes for day in usual.days)
    assert without.untaught == usual.untaught == ()
    assert without.answers > usual.answers
