"""A clock that a test sets, for the tests that open a workspace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # a Tuesday evening


class Clock:
    """The time that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> datetime:
        """Let time pass; the time after it."""
        self.now += timedelta(**time)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A Tuesday evening."""
    return Clock()
