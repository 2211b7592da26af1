from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.labs.tiny_labs import mend

from roadworthy.errors import BadInput, Conflict
from roadworthy.labs.install import Progress
from roadworthy.labs.outcome import Began, Ended, Happening, Outcome, Said
from roadworthy.labs.room import LabRoom
from roadworthy.labs.running import KEPT_LINES, Runs

LONG = 20.0  # seconds that a test waits for what never takes so long


class Told:
    """Stands for a run of checks: tells its happenings, one when ``go`` is set, until stopped."""

    megabytes = 40.0

    def __init__(self, *happenings: Happening, wait: bool = False) -> None:
        self.happenings = happenings
        self.go = threading.Event()
        self.told = threading.Event()
        self.stopped = False
        if not wait:
            self.go.set()

    def __iter__(self) -> Iterator[Happening]:
        yield from self.happenings[:-1]
        self.told.set()
        assert self.go.wait(LONG)
        if not self.stopped:
            yield self.happenings[-1]

    def stop(self) -> None:
        """End it, as the real one does."""
        self.stopped = True
        self.go.set()


@pytest.fixture
def runs() -> Iterator[Runs]:
    """No run yet, and a clock that stands still."""
    made = Runs(lambda: 5.0)
    yield made
    made.close()


@pytest.fixture
def kept() -> list[Outcome]:
    """What was handed on to be recorded."""
    return []


def check(runs: Runs, checking: Any, kept: list[Outcome], lab: str = "tiny") -> Any:
    """Begin a check whose outcome goes to a list."""
    return runs.check(lab, checking, kept.append)


def test_check_that_ended_is_kept_before_it_counts_as_ended(
    runs: Runs, kept: list[Outcome]
) -> None:
    """Its outcome is handed on while the run still goes on, and its end is told after that."""
    seen: list[bool] = []
    run = runs.check("tiny", Told(Ended("a", "passed")), lambda _: seen.append(runs.active is None))  # type: ignore[arg-type]
    runs.wait(LONG)

    assert seen == [False]
    assert (run.going_on, run.error, runs.active) == (False, None, None)
    assert runs.newest("tiny") is run


def test_page_sees_where_a_run_is(runs: Runs, kept: list[Outcome]) -> None:
    """While it goes on, the check that runs, its lines, and those that ended are there."""
    first = Ended("a", "passed")
    checking = Told(
        Began("a"), first, Began("b"), Said("one"), Said("two"), Ended("b", "failed"), wait=True
    )
    run = check(runs, checking, kept)
    assert checking.told.wait(LONG)

    assert (run.going_on, run.current, run.ended, list(run.lines)) == (
        True, "b", [first], ["one", "two"],
    )  # fmt: skip
    checking.go.set()
    runs.wait(LONG)
    assert run.current is None
    assert kept == [Outcome((first, Ended("b", "failed")), 0.0, 40.0)]


def test_only_the_newest_lines_are_kept(runs: Runs, kept: list[Outcome]) -> None:
    """A program that prints without end fills no memory."""
    lines = [Said(str(number)) for number in range(KEPT_LINES + 5)]
    run = check(runs, Told(*lines, Ended("a", "passed")), kept)
    runs.wait(LONG)

    assert list(run.lines) == [line.line for line in lines[5:]]


@pytest.mark.parametrize("second", ["check", "install"])
def test_one_run_at_a_time(runs: Runs, kept: list[Outcome], second: str) -> None:
    """A second one is a conflict that names the first, and leaves it going."""
    checking = Told(Ended("a", "passed"), wait=True)
    run = check(runs, checking, kept)
    with pytest.raises(Conflict, match="A check goes on already") as told:
        if second == "check":
            check(runs, Told(Ended("a", "passed")), kept, lab="other")
        else:
            runs.install("other", iter(()), lambda: None)

    assert told.value.where == "tiny"
    assert (runs.active, runs.newest("other")) == (run, None)
    checking.go.set()
    runs.wait(LONG)
    assert len(kept) == 1
    check(runs, Told(Ended("a", "passed")), kept)
    runs.wait(LONG)
    assert len(kept) == 2


def test_stopped_check_records_nothing(runs: Runs, kept: list[Outcome]) -> None:
    """What had ended before stays on the page; nothing is handed on."""
    checking = Told(Ended("a", "passed"), Ended("b", "passed"), wait=True)
    run = check(runs, checking, kept)
    assert checking.told.wait(LONG)
    runs.stop("other")
    assert not run.stopped
    runs.stop("tiny")
    runs.wait(LONG)

    assert (run.stopped, run.going_on, kept) == (True, False, [])
    assert [one.check for one in run.ended] == ["a"]


def test_closing_stops_a_check(runs: Runs, kept: list[Outcome]) -> None:
    """When the program ends, a check that goes on ends with it."""
    checking = Told(Ended("a", "passed"), wait=True)
    run = check(runs, checking, kept)
    runs.close()

    assert (run.going_on, checking.stopped, kept) == (False, True, [])


def test_install_tells_how_far_it_is_and_then_starts(runs: Runs) -> None:
    """The last step is on the page, and what follows runs when it is whole."""
    then: list[str] = []
    steps = [Progress(0, 2, "one"), Progress(2, 2, "two")]
    run = runs.install("tiny", iter(steps), lambda: then.append("started"))
    runs.wait(LONG)

    assert (run.kind, run.progress, then, run.error) == ("install", steps[1], ["started"], None)


@pytest.mark.parametrize("error", [BadInput("No network."), OSError(28, "No space left")])
def test_install_that_fails_keeps_its_error(runs: Runs, error: Exception) -> None:
    """The page can say what happened, nothing is started, and another may begin."""
    then: list[str] = []

    def steps() -> Iterator[Progress]:
        yield Progress(0, 2, "one")
        raise error

    run = runs.install("tiny", steps(), lambda: then.append("started"))
    runs.wait(LONG)

    assert run.error is not None
    assert str(error.args[-1]) in run.error.what
    assert (run.going_on, runs.active, then) == (False, None, [])


def test_check_for_real_behind_a_page(ready: LabRoom, runs: Runs, kept: list[Outcome]) -> None:
    """The mended lab passes in a thread as it does in a terminal."""
    mend(ready)
    run = check(runs, ready.checking(ready.lab("tiny"), {}), kept)
    runs.wait(LONG)

    assert [outcome.passed for outcome in kept] == [True]
    assert list(run.lines) == ["a loaf of 400 g shows 400"]
