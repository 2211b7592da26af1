"""Taking a mock exam on a real journal: what is kept, what is refused, what time does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roadworthy.errors import Conflict, NotThere
from roadworthy.journal.sqlite import open_journal
from roadworthy.pack.model import Pack
from roadworthy.study.form_view import FormView
from roadworthy.workspace import Workspace

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
Open = Callable[[], Workspace]


Clock = Any  # the class of conftest.py, which tests cannot import


@pytest.fixture
def desk(tmp_path: Path, tiny_pack: Pack, clock: Clock) -> Iterator[Workspace]:
    """An enrolled candidate on the tiny pack."""
    journal = open_journal(tmp_path / "journal.sqlite3", create_as="journal-of-tests")
    with closing(Workspace(tmp_path, tiny_pack, journal, clock, "UTC")) as desk:
        desk.enrol(clock.now)
        yield desk


def respond(desk: Workspace, clock: Clock, ordinal: int, *chosen: int, **more: Any) -> Any:
    """Send a response with the rev that the page would send."""
    place = desk.forms.form("F").places[ordinal - 1]
    fields = {"flagged": False, "rev": place.rev + 1, "milliseconds": 60_000} | more
    return desk.forms.respond("F", ordinal, chosen=chosen, now=clock.now, **fields)


def kinds(desk: Workspace) -> list[str]:
    """The kinds of all kept events."""
    return [event.kind for event in desk.journal.read()]


def test_forecast_is_kept_before_the_first_item(desk: Workspace, clock: Clock) -> None:
    """The forecast of a form stands in the journal before the form, and is never made again."""
    desk.forms.start("F", "full", now=clock.now)

    assert kinds(desk)[-2:] == ["forecast", "form_started"]
    forecast = desk.journal.read(kinds=["forecast"])[-1].payload
    assert (forecast["about"], forecast["form"]) == ("form", "F")
    assert forecast["low"] <= forecast["p"] <= forecast["high"]
    assert forecast["score"][1] <= forecast["score"][0] <= forecast["score"][2]


def test_same_start_twice_is_one_form(desk: Workspace, clock: Clock) -> None:
    """A double click starts one form, and its clock runs from the first."""
    first = desk.forms.start("F", "full", now=clock.now)
    again = desk.forms.start("F", "full", now=clock.wait(seconds=3))

    assert again == first
    assert kinds(desk).count("form_started") == 1


def test_second_form_waits_for_the_first(desk: Workspace, clock: Clock) -> None:
    """One clock at a time."""
    desk.forms.start("F", "short", now=clock.now)

    with pytest.raises(Conflict, match="running"):
        desk.forms.start("G", "short", now=clock.now)


def test_answers_stand_and_time_runs_while_closed(
    desk: Workspace, clock: Clock, tmp_path: Path, tiny_pack: Pack
) -> None:
    """After the program is gone for ten minutes the answers stand and ten minutes are used."""
    desk.forms.start("F", "full", now=clock.now)
    respond(desk, clock, 1, 2, flagged=True)
    desk.close()
    clock.wait(minutes=10)

    journal = open_journal(tmp_path / "journal.sqlite3", create_as="another")
    with closing(Workspace(tmp_path, tiny_pack, journal, clock, "UTC")) as again:
        view = again.forms.open_form(clock.now)

    assert view is not None
    assert (view.places[0].chosen, view.places[0].flagged) == ((2,), True)
    assert view.seconds_left(clock.now) == 30 * 60


def test_corrected_clock_leaves_the_time_that_is_left(desk: Workspace, clock: Clock) -> None:
    """A wall clock that is set an hour forward takes nothing away."""
    desk.forms.start("F", "full", now=desk.now())
    clock.wait(hours=1)  # the boot clock did not move: the wall clock was set
    now = desk.now()

    view = desk.forms.form("F")
    assert view.seconds_left(now) == pytest.approx(40 * 60, abs=5)
    assert not view.time_over(now)


def test_two_tabs_neither_lose_nor_fight(desk: Workspace, clock: Clock) -> None:
    """The tab that is behind is told so and sees what stands; the same choice is no quarrel."""
    desk.forms.start("F", "full", now=clock.now)
    first = respond(desk, clock, 1, 1, rev=1)
    behind = respond(desk, clock, 1, 3, rev=1)
    same = respond(desk, clock, 1, 1, rev=1, milliseconds=61_000)
    after = respond(desk, clock, 1, 3, rev=2)

    assert not first.overtaken
    assert behind.overtaken
    assert behind.view.places[0].chosen == (1,)
    assert not same.overtaken
    assert after.view.places[0].chosen == (3,)
    assert after.view.places[0].choices == ((1,), (3,))


def test_late_response_closes_the_form(desk: Workspace, clock: Clock) -> None:
    """After the deadline nothing is taken, what came is remembered, and the form is closed."""
    desk.forms.start("F", "full", now=clock.now)
    respond(desk, clock, 1, 2)
    clock.wait(minutes=41)
    late = respond(desk, clock, 2, 2)

    assert late.late
    assert not late.view.open
    assert late.view.reason == "time_over"
    assert late.view.ended_at == START + timedelta(minutes=40)
    assert [place.chosen for place in late.view.places[:2]] == [(2,), ()]
    assert kinds(desk).count("form_late") == 1


def test_form_that_nobody_closed_is_closed(desk: Workspace, clock: Clock) -> None:
    """A candidate who went to bed finds a result, not a running clock."""
    desk.forms.start("F", "full", now=clock.now)

    assert desk.forms.open_form(clock.wait(days=1)) is None
    assert desk.forms.form("F").reason == "time_over"
    assert len(desk.course.state().forms) == 1


def test_finished_form_takes_nothing_more(desk: Workspace, clock: Clock) -> None:
    """A tab that was left open sees that the form has ended; finishing twice is one event."""
    desk.forms.start("F", "full", now=clock.now)
    desk.forms.finish("F", now=clock.wait(minutes=5))
    desk.forms.finish("F", now=clock.wait(minutes=1))
    kept = respond(desk, clock, 1, 1)

    assert kept.late
    assert kept.view.ended_at == START + timedelta(minutes=5)
    assert kinds(desk).count("form_finished") == 1


@pytest.mark.parametrize(("ordinal", "option"), [(0, 0), (16, 0), (1, 9)])
def test_what_the_form_does_not_have(
    ordinal: int, option: int, desk: Workspace, clock: Clock
) -> None:
    """A place or an option that was never shown is refused and not kept."""
    desk.forms.start("F", "full", now=clock.now)

    with pytest.raises(NotThere):
        desk.forms.respond(
            "F", ordinal, chosen=[option], flagged=False, rev=1, milliseconds=0, now=clock.now
        )
    assert "form_responded" not in kinds(desk)


def test_next_form_repeats_nothing(desk: Workspace, clock: Clock) -> None:
    """What practice and earlier forms have shown is known to the next draw."""
    first = desk.forms.start("F", "short", now=clock.now)
    desk.forms.finish("F", now=clock.wait(minutes=1))
    second = desk.forms.start("G", "short", now=clock.wait(minutes=1))

    def situations(view: FormView) -> set[str]:
        return {place.item.situation for place in view.places}

    assert not situations(first) & situations(second)
    assert second.number == 2


def test_clock_set_while_the_program_was_down_leaves_the_time_that_is_left(
    tmp_path: Path, tiny_pack: Pack, clock: Clock
) -> None:
    """Ten minutes pass between two runs and the clock is set back by an hour: ten are used."""
    passed = {"seconds": 0.0}

    def opened() -> Workspace:
        journal = open_journal(tmp_path / "journal.sqlite3", create_as="a")
        return Workspace(
            tmp_path, tiny_pack, journal, clock, "UTC",
            boot=lambda: passed["seconds"], boot_id="the same start",
        )  # fmt: skip

    with closing(opened()) as desk:
        desk.enrol(desk.now())
        desk.forms.start("F", "full", now=desk.now())
    passed["seconds"] += 600
    clock.wait(minutes=10 - 60)

    with closing(opened()) as again, closing(opened()) as beside:
        now = again.now()
        left = again.forms.form("F").seconds_left(now)
        assert left == pytest.approx(30 * 60, abs=5)
        assert beside.forms.form("F").seconds_left(beside.now()) == left
        assert len(beside.course.of_kinds("clock_jumped")) == 1
