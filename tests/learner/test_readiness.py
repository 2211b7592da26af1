from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from roadworthy.items.identity import digest
from roadworthy.journal.kinds import checked_payload
from roadworthy.learner.readiness import CAP, Forecast, may_exceed_cap, readiness
from roadworthy.learner.state import FormTaken, LearnerState
from roadworthy.pack.model import Pack

Diary = Any  # the class of conftest.py, which tests cannot import
Course = Any


@pytest.fixture
def covered_pack(tiny_pack: Pack) -> Pack:
    """The tiny pack with every consideration claimed by a decision."""
    claims = {
        "delivery-route": ["2.1.a", "2.1.b", "2.2.a"],
        "stale-bread": ["1.1.a", "3.1.a", "3.1.b"],
    }
    decisions = {
        name: one.model_copy(update={"considerations": claims.get(name, one.considerations)})
        for name, one in tiny_pack.decisions.items()
    }
    return replace(tiny_pack, decisions=decisions)


def forecast(state: LearnerState, pack: Pack, at: datetime, days: float = 1.0) -> Forecast:
    """The forecast of an exam some days after ``at``."""
    return readiness(state, pack, at + timedelta(days=days), at, seed=1)


def p_of(diary: Diary, pack: Pack, days: float = 1.0) -> float:
    """The chance to pass some days after the last event."""
    p = forecast(diary.state(), pack, diary.now, days).uncapped
    assert p is not None
    return p


def test_no_forecast_before_eight_answers(course: Course, tiny_pack: Pack) -> None:
    """Seven answers give no number and say how many are missing; eight give one."""
    seven, eight = course(7, lambda _: True), course(8, lambda _: True)
    none = forecast(seven.state(), tiny_pack, seven.now)

    assert (none.p, none.low, none.high) == (None, None, None)
    assert none.lacking == ("1 more answer that counts: the first forecast needs 8.",)
    with pytest.raises(ValueError, match="no forecast"):
        none.as_payload()
    assert forecast(eight.state(), tiny_pack, eight.now).p is not None


def test_answers_without_weight_bring_no_forecast(diary: Diary, tiny_pack: Pack) -> None:
    """Answers faster than reading do not count toward the first eight."""
    for seed in range(20):
        diary.answer(diary.item("delivery-route", seed=seed), seconds=0.5)

    assert forecast(diary.state(), tiny_pack, diary.now).p is None


def test_guesser_stays_low(course: Course, covered_pack: Pack) -> None:
    """One in four right over 200 answers keeps readiness under 5 in 100."""
    guesser = course(200, lambda number: digest("luck", number)[0] in "0123")

    assert p_of(guesser, covered_pack) < 0.05


def test_perfect_candidate_reaches_the_cap(course: Course, covered_pack: Pack) -> None:
    """All right, often enough, is held down by the cap alone, and says what is lacking."""
    perfect = course(240, lambda _: True, settings={"experience": dict.fromkeys("123", "work")})
    now = forecast(perfect.state(), covered_pack, perfect.now)

    assert now.uncapped is not None
    assert now.uncapped > CAP
    assert (now.p, now.capped) == (CAP, True)
    assert now.low is not None
    assert now.high == CAP
    assert any("400 answers" in one and "240" in one for one in now.lacking)
    assert any("two finished mock exams" in one for one in now.lacking)


def test_cap_lifts_when_nothing_is_lacking(course: Course, covered_pack: Pack) -> None:
    """With 400 answers, nearly all of the exam seen and two mocks the number is free."""
    perfect = course(400, lambda _: True, settings={"experience": dict.fromkeys("123", "work")})
    mocks = tuple(FormTaken(name, perfect.now, 60, 50, 60) for name in "AB")
    state = replace(perfect.state(), forms=mocks)
    now = forecast(state, covered_pack, perfect.now)

    assert now.lacking == ()
    assert now.p is not None
    assert now.p > CAP
    assert may_exceed_cap(state, covered_pack, more_answers=0, more_decisions=())


@pytest.mark.parametrize(("size", "weighed"), [(14, 14), (60, 40)], ids=["short", "unread"])
def test_short_or_unread_mocks_lift_no_cap(
    size: int, weighed: int, course: Course, covered_pack: Pack
) -> None:
    """A short form is no mock exam, nor is one that was clicked through."""
    perfect = course(400, lambda _: True, settings={"experience": dict.fromkeys("123", "work")})
    mocks = tuple(FormTaken(name, perfect.now, size, size, weighed) for name in "AB")
    now = forecast(replace(perfect.state(), forms=mocks), covered_pack, perfect.now)

    assert now.p == CAP
    assert any("two finished mock exams" in one for one in now.lacking)


def test_each_right_evening_raises_readiness(course: Course, covered_pack: Pack) -> None:
    """More practice of one who is right never lowers the number."""
    chances = [p_of(course(count, lambda _: True), covered_pack) for count in (8, 20, 40, 80, 160)]

    assert chances == sorted(chances)
    assert chances[-1] > chances[0] + 0.3


def test_forgetting_lowers_readiness(course: Course, covered_pack: Pack) -> None:
    """The later the exam without practice, the lower the number."""
    some = course(120, lambda number: number % 10 > 0)
    chances = [p_of(some, covered_pack, days) for days in (0.5, 2, 7, 28)]

    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1] + 0.05


def test_more_answers_narrow_the_interval(course: Course, covered_pack: Pack) -> None:
    """The interval of one who is right in three of four narrows with answers."""
    few, many = (
        forecast(one.state(), covered_pack, one.now)
        for one in (course(n, lambda number: number % 4 > 0) for n in (8, 160))
    )

    assert few.score is not None
    assert many.score is not None
    assert few.score[2] - few.score[1] > many.score[2] - many.score[1]


def test_interval_holds_the_number(course: Course, tiny_pack: Pack) -> None:
    """Low, number and high are in order, within 0 and the cap."""
    for count in (8, 60):
        one = course(count, lambda number: number % 3 > 0)
        now = forecast(one.state(), tiny_pack, one.now)
        assert now.p is not None
        assert now.low is not None
        assert now.high is not None
        assert 0 <= now.low <= now.p <= now.high <= CAP


def test_same_seed_same_number(course: Course, tiny_pack: Pack) -> None:
    """Two replays of a journal give the same forecast to the last bit; other seeds are near."""
    one = course(30, lambda number: number % 3 > 0)
    first, again = (forecast(one.state(), tiny_pack, one.now) for _ in range(2))
    sit_at = one.now + timedelta(days=1)
    others = [readiness(one.state(), tiny_pack, sit_at, one.now, seed) for seed in range(2, 8)]

    assert first == again
    assert first.p is not None
    assert all(abs((other.p or 0) - first.p) < 0.05 for other in others)


def test_pass_mark_and_outside_share_are_heard(course: Course, covered_pack: Pack) -> None:
    """A higher pass mark and a larger outside share both lower the number."""
    plain = course(120, lambda _: True)
    p = p_of(plain, covered_pack)
    for setting in ({"pass_mark": 0.8}, {"outside_share": 0.5}):
        plain.settings(**setting)
        assert p_of(plain, covered_pack) < p
        plain.settings(pass_mark=0.7)


def test_outside_is_named_and_never_under_a_tenth(
    course: Course, tiny_pack: Pack, covered_pack: Pack
) -> None:
    """What no decision covers is listed; with all covered a tenth still counts as outside."""
    one = course(8, lambda _: True)
    now = forecast(one.state(), tiny_pack, one.now)
    covered = forecast(one.state(), covered_pack, one.now)

    assert set(now.outside) == {"2.1.b", "2.2.a", "3.1.a", "3.1.b"} - {
        c for d in tiny_pack.decisions.values() for c in d.considerations
    }
    assert covered.outside == ()
    assert covered.outside_share == pytest.approx(0.1, abs=0.02)


def test_section_without_decisions_shows_the_prior(course: Course, tiny_pack: Pack) -> None:
    """A section that the pack does not serve is marked and does not move with answers."""
    few, many = course(8, lambda _: True), course(80, lambda _: True)
    standings = [forecast(one.state(), tiny_pack, one.now).sections["3"] for one in (few, many)]

    assert not standings[0].covered
    assert standings[0] == standings[1]


def test_forecast_fits_the_journal(course: Course, tiny_pack: Pack) -> None:
    """The payload of a forecast is one that the journal takes."""
    one = course(10, lambda _: True)
    payload = forecast(one.state(), tiny_pack, one.now).as_payload()

    kept = checked_payload("forecast", payload)

    assert {name: kept[name] for name in payload} == payload
