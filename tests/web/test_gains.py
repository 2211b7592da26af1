"""In which unit gains are told."""

from __future__ import annotations

from roadworthy.study.day_course import Block
from roadworthy.web.gains import gains_of


def block(gain: float, score: float) -> Block:
    """A block with these gains."""
    return Block("practise", 10, None, gain, "Mixed practice", "", score)


def test_large_gains_are_told_in_tenths_of_the_chance() -> None:
    """Where some gain reaches half a point, hundredths would only look exact."""
    gains = gains_of([block(1.24, 0.8), block(0.04, 0.3)])
    assert gains.meaning == "chances in 100 to pass"
    assert [gains.words(1.24, 0.8), gains.words(0.04, 0.3)] == ["+1.2", "under 0.1"]


def test_small_gains_are_told_in_hundredths() -> None:
    """Where all gains are small, hundredths still tell them apart."""
    gains = gains_of([block(0.04, 0.04), block(0.01, 0.02)])
    assert [gains.words(0.04, 0.04), gains.words(0.001, 0.02)] == ["+0.04", "under 0.01"]


def test_where_no_chance_moves_the_score_is_told() -> None:
    """Steps and what is left out then both speak of right answers, as points of 100."""
    gains = gains_of([block(0.0, 0.07), block(0.0, 0.6)])
    assert gains.meaning == "right answers in 100"
    assert gains.words(0.0, 0.6) == "+0.6"
    assert not gains.counts(0.9, 0.0)


def test_a_day_without_blocks_has_a_unit_too() -> None:
    """Then only what is left out is told."""
    assert gains_of([]).words(0.0, 0.02) == "+0.02"
