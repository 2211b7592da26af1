from __future__ import annotations

from datetime import UTC, datetime, timedelta

from roadworthy.journal.clock import ClockWatch, shifted_deadline

WALL = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def later(seconds: float) -> datetime:
    """The wall clock that many seconds after the first reading."""
    return WALL + timedelta(seconds=seconds)


def test_sleep_is_time_that_passes() -> None:
    """Both clocks go on during sleep, so there is no jump."""
    watch = ClockWatch(WALL, 100.0)
    assert watch.observe(later(8 * 3600), 100.0 + 8 * 3600) is None


def test_a_clock_set_forward_or_back_is_a_jump_once() -> None:
    """A jump is returned once, with its sign; the next readings are quiet."""
    watch = ClockWatch(WALL, 0.0)
    assert watch.observe(later(3610), 10.0) == 3600.0
    assert watch.observe(later(3620), 20.0) is None
    assert watch.observe(later(30), 30.0) == -3600.0
    assert watch.observe(later(40), 40.0) is None


def test_up_to_a_minute_is_no_jump_but_adds_up() -> None:
    """Sixty seconds are let through; two steps of 40 in one direction are a jump of 80."""
    watch = ClockWatch(WALL, 0.0)
    assert watch.observe(later(60), 0.0) is None
    watch = ClockWatch(WALL, 0.0)
    assert watch.observe(later(50), 10.0) is None
    assert watch.observe(later(100), 20.0) == 80.0


def test_a_jump_that_could_not_be_kept_is_found_again() -> None:
    """After give_back the same jump is returned by the next reading."""
    watch = ClockWatch(WALL, 0.0)
    jump = watch.observe(later(500), 0.0)
    assert jump == 500.0
    watch.give_back(jump)
    assert watch.observe(later(501), 1.0) == 500.0


def test_a_deadline_shifts_by_all_jumps() -> None:
    """The time left stands: the deadline moves with the clock, forward and back."""
    assert shifted_deadline(WALL, [3600.0, -600.0]) == later(3000)
    assert shifted_deadline(WALL, []) == WALL
