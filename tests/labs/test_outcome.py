from __future__ import annotations

import pytest

from roadworthy.labs.outcome import Began, Ended, Outcome, Said, outcome_of

HOLDS, FAILS, WAITS = Ended("a", "passed"), Ended("b", "failed", "seen"), Ended("c", "waits")


def test_outcome_holds_the_ended_checks_in_order() -> None:
    """Lines and beginnings fall away; seconds and memory are kept."""
    told = [Said("x"), Began("a"), HOLDS, Began("b"), Said("y"), FAILS]

    assert outcome_of(told, 1.5, 40.0) == Outcome((HOLDS, FAILS), 1.5, 40.0)


@pytest.mark.parametrize("state", ["failed", "broken", "late", "waits"])
def test_one_check_that_does_not_hold_fails_the_run(state: str) -> None:
    """Only passed is passed."""
    last = Ended("z", state)  # type: ignore[arg-type]

    assert not Outcome((HOLDS, last)).passed
    assert Outcome((HOLDS, HOLDS)).passed


def test_run_without_checks_did_not_pass() -> None:
    """Nothing was proven where nothing ended."""
    assert not Outcome(()).passed


def test_first_open_is_the_first_that_does_not_hold() -> None:
    """The order of the run decides; None where all hold."""
    found = Outcome((HOLDS, WAITS, FAILS)).first_open

    assert found is WAITS
    assert Outcome((HOLDS,)).first_open is None
