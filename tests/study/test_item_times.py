from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from roadworthy.learner.state import Response
from roadworthy.pack.model import Pack
from roadworthy.study.item_times import times_by_kind, times_by_section

from .conftest import response


@pytest.fixture
def one(tiny_pack: Pack, now: datetime) -> Response:
    """A brief answer of 40 seconds that was right."""
    rule = "delivery-route.DR1"
    return response(tiny_pack, "delivery-route", [rule], True, now)


def test_brief_long_and_mock_items_stand_apart(one: Response) -> None:
    """Each kind has its count and its middle; a kind without answers has none."""
    long = replace(one, length="exam", seconds=100.0)
    brief, exam, mock = times_by_kind([one, long, replace(long, seconds=140.0)])
    assert (brief.count, brief.middle) == (1, 40.0)
    assert (exam.count, exam.middle) == (2, 120.0)
    assert mock.count == 0
    *_, mock = times_by_kind([replace(long, form="f1")])
    assert mock.count == 1


def test_right_and_wrong_have_their_own_middle(one: Response) -> None:
    """None where there is no such answer; the range holds the middle half."""
    seconds = [12.0, 22.0, 32.0, 42.0, 52.0]
    found = times_by_kind([replace(one, seconds=value) for value in seconds])[0]
    assert (found.low, found.middle, found.high) == (22.0, 32.0, 42.0)
    assert found.right == 32.0 and found.wrong is None
    missed = replace(one, right=False, seconds=90.0)
    assert times_by_kind([one, missed])[0].wrong == 90.0


@pytest.mark.parametrize(
    "change",
    [{"weight": 0.0}, {"aided": True}, {"seconds": 20.0}],
    ids=["fast", "aided", "untimed"],
)
def test_what_says_nothing_about_pace_is_left_out(one: Response, change: dict[str, float]) -> None:
    """Answers faster than reading, with help, or whose time nobody took."""
    assert times_by_kind([replace(one, **change)])[0].count == 0  # type: ignore[arg-type]


def test_sections_hold_items_of_the_exams_length(one: Response) -> None:
    """In the order asked for; brief items and sections without any are not there."""
    long = replace(one, length="exam", seconds=90.0)
    other = replace(long, section="1", seconds=110.0)
    found = times_by_section([one, long, other], ["1", "2", "3"])
    assert [(row.name, row.middle) for row in found] == [("1", 110.0), ("2", 90.0)]
