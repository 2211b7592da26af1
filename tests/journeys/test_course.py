"""A candidate's evenings in process: the order of learning, mending, and practice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy.items.generate import Generator
from roadworthy.journal.sqlite import open_journal
from roadworthy.learner.replay import fold
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.course import Course, Position
from roadworthy.study.step import Present, Read

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


class Candidate:
    """Walks through sessions; right on every item whose ordinal is not in ``wrong_every``."""

    def __init__(self, course: Course, now: datetime) -> None:
        self.course = course
        self.now = now
        self.log: list[tuple[str, str, str]] = []  # (what, decision, step or purpose)

    def run(self, session: str, purpose: str, minutes: int, wrong_every: int = 4) -> None:
        self.course.start_session(
            session, purpose=purpose, minutes=minutes, target=None, now=self.now
        )
        for turn in range(200):
            position = self.course.advance(session, now=self.now)
            if position.finished is not None:
                return
            self._do(session, position, right=turn % wrong_every != wrong_every - 1)
        raise AssertionError("the session does not end")

    def _do(self, session: str, position: Position, *, right: bool) -> None:
        if position.read is not None:
            read = position.read
            self.now += timedelta(seconds=70)
            self.log.append(("read", read.decision, read.step))
            self.course.read_lesson(
                read.decision,
                read.step,
                session=session,
                milliseconds=70_000,
                key=f"{session}:{len(self.log)}",
                now=self.now,
            )
            return
        shown = position.shown
        assert shown is not None
        self.now += timedelta(seconds=45)
        self.log.append(("item", shown.item.decision, shown.step))
        key = shown.item.key
        self.course.answer(
            shown.presentation,
            chosen=key if right else (key + 1) % len(shown.item.options),
            confidence=2,
            milliseconds=45_000,
            now=self.now,
        )


Begun = tuple[Path, datetime, list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, tiny_pack: Pack) -> Begun:
    """A journal with the opening item and the diagnostic, made once: its file, time and log."""
    path = tmp_path_factory.mktemp("begun") / "journal.sqlite3"
    with open_journal(path, create_as="here") as journal:
        course = Course(tiny_pack, Generator(tiny_pack), journal, "UTC")
        course.enrol("learner", now=START)
        one = Candidate(course, START)
        one.run("opening", "opening", 5)
        one.run("diagnostic", "diagnostic", 10)
        return journal.backup(path.with_name("copy.sqlite3")), one.now, one.log


@pytest.fixture
def course(begun: Begun, tmp_path: Path, tiny_pack: Pack) -> Iterator[Course]:
    """A course on the tiny pack after its opening item and diagnostic, on a copy of the journal."""
    with open_journal(Path(shutil.copy(begun[0], tmp_path / "journal.sqlite3"))) as journal:
        yield Course(tiny_pack, Generator(tiny_pack), journal, "UTC")


@pytest.fixture
def candidate(begun: Begun, course: Course) -> Candidate:
    """A candidate after the opening item and the diagnostic."""
    one = Candidate(course, begun[1])
    one.log = list(begun[2])
    return one


def test_first_ten_minutes_are_one_item_and_eight(candidate: Candidate) -> None:
    """The opening shows one item, the diagnostic eight brief ones on different decisions."""
    steps = [step for what, _, step in candidate.log if what == "item"]

    assert steps == ["opening"] + ["diagnostic"] * 8
    assert len({decision for _, decision, _ in candidate.log}) >= 3


def test_no_rule_is_tested_before_its_brief(candidate: Candidate) -> None:
    """After the diagnostic, each decision is read before an item of it is shown."""
    begun = len(candidate.log)
    candidate.run("evening", "evening", 45)
    read: set[str] = set()

    for what, decision, step in candidate.log[begun:]:
        if what == "read" and step == "brief":
            read.add(decision)
        elif what == "item":
            assert decision in read
    assert read


def test_a_new_decision_goes_brief_worked_two_options_pair_full(candidate: Candidate) -> None:
    """The first steps of an evening teach one decision in the order of the design."""
    begun = len(candidate.log)
    candidate.run("evening", "evening", 45, wrong_every=1000)
    first = candidate.log[begun : begun + 5]

    assert [step for _, _, step in first] == ["brief", "worked", "completion", "pair", "full"]
    assert len({decision for _, decision, _ in first}) == 1


def test_a_miss_is_followed_by_its_pair(course: Course, candidate: Candidate) -> None:
    """A wrong answer to a full item is followed by a pair on the same decision."""
    begun = len(candidate.log)
    candidate.run("evening", "evening", 60, wrong_every=3)
    view = course.view("evening")

    assert len(candidate.log) > begun
    missed = [
        place
        for place, shown in enumerate(view.shown[:-1])
        if shown.step == "full" and not shown.right
    ]
    assert missed
    for place in missed:
        after = view.shown[place + 1]
        assert after.item.decision == view.shown[place].item.decision
        assert after.step == "pair" or after.item.rules


def test_an_evening_ends_when_its_minutes_are_used(course: Course, candidate: Candidate) -> None:
    """A session of 20 minutes takes 20 minutes, give or take the last item."""
    candidate.run("evening", "evening", 20)

    assert 19 <= course.view("evening").used_seconds / 60 <= 25


@pytest.mark.parametrize("minutes", [10, 45, pytest.param(120, marks=pytest.mark.slow)])
def test_an_evening_fits_any_number_of_minutes(
    course: Course, candidate: Candidate, minutes: int
) -> None:
    """From 10 to 120 minutes: it ends in time, begins nothing that cannot end, and mends misses."""
    candidate.run("before", "evening", 30)
    candidate.now += timedelta(days=1)
    candidate.run("evening", "evening", minutes, wrong_every=3)
    view = course.view("evening")

    assert view.used_seconds / 60 <= minutes + 5
    assert view.finished
    begun = [decision for decision, step in view.read if step == "brief"]
    for decision in begun:
        track = [one for one in view.shown if one.purpose == f"learn:{decision}"]
        assert [one.step for one in track][-1:] == ["full"]
    assert any(one.purpose.startswith("mend:") for one in view.shown)


@pytest.mark.parametrize(
    ("minutes", "used", "begins"), [(45, 0, True), (45, 32, True), (45, 35, False), (10, 6, False)]
)
def test_nothing_new_begins_when_it_could_not_end(
    course: Course, candidate: Candidate, minutes: int, used: int, begins: bool
) -> None:
    """A lesson needs its 12 minutes, or half of a short evening; later it waits for the next."""
    course.start_session("s", purpose="evening", minutes=minutes, target=None, now=candidate.now)
    view = replace(course.view("s"), used_seconds=60.0 * used)
    step = course.evening(view, candidate.now).next_step()

    assert (isinstance(step, Read) and step.step == "brief") is begins


def test_a_known_decision_takes_its_brief_and_one_item(
    course: Course, candidate: Candidate
) -> None:
    """Where answers say it is known, one item without help follows the brief; a miss adds more."""
    course.start_session("s", purpose="evening", minutes=30, target=None, now=candidate.now)
    candidate._do("s", course.advance("s", now=candidate.now), right=True)
    view = course.view("s")
    ((decision, _),) = view.read
    evening = replace(course.evening(view, candidate.now), known=frozenset({decision}))
    step = evening.next_step()
    assert isinstance(step, Present)
    assert (step.step, step.aided, step.item.decision) == ("full", False, decision)

    course._show(view, step, candidate.now)
    position = course.advance("s", now=candidate.now)
    for right, after in ((True, False), (False, True)):
        shown = position.shown
        assert shown is not None
        chosen = shown.item.key if right else (shown.item.key + 1) % len(shown.item.options)
        answered = replace(shown, answer={"chosen": [chosen], "confidence": 2})
        later = replace(view, shown=(answered,))
        again = replace(evening, view=later)
        assert (again._open_track() == decision) is after


def test_the_planned_lesson_opens_the_evening(course: Course, candidate: Candidate) -> None:
    """A decision that the plan names for an evening is the one that the evening teaches."""
    for name in ("stale-bread", "delivery-route"):
        course.start_session(
            f"of-{name}", purpose="evening", minutes=30, target=name, now=candidate.now
        )
        step = course.advance(f"of-{name}", now=candidate.now).read
        assert step is not None
        assert (step.decision, step.step) == (name, "brief")


def test_an_evening_teaches_what_the_plan_names(course: Course, candidate: Candidate) -> None:
    """All lessons of the plan in its order, and none where it has none."""
    planned = ("stale-bread", "delivery-route")
    course.start_session(
        "planned", purpose="evening", minutes=45, target=None, lessons=planned, now=candidate.now
    )
    while (position := course.advance("planned", now=candidate.now)).finished is None:
        candidate._do("planned", position, right=True)
    read = course.view("planned").read

    assert tuple(name for name, step in read if step == "brief") == planned
    candidate.now += timedelta(days=1)
    course.start_session(
        "none", purpose="evening", minutes=45, target=None, lessons=(), now=candidate.now
    )
    candidate._do("none", course.advance("none", now=candidate.now), right=True)
    while (position := course.advance("none", now=candidate.now)).finished is None:
        candidate._do("none", position, right=True)
    assert course.view("none").read == ()


def test_the_state_is_the_same_after_reopening(
    course: Course, candidate: Candidate, tiny_pack: Pack
) -> None:
    """A course opened anew on the same journal folds the same state."""
    candidate.run("evening", "evening", 30)
    again = Course(tiny_pack, Generator(tiny_pack), course.journal, "UTC")

    assert again.state() == course.state()


def test_each_study_day_keeps_its_end(course: Course, candidate: Candidate) -> None:
    """The state of each day's end is what the events up to it fold to, also read in two steps."""
    early = course.day_ends()
    candidate.now += timedelta(days=1)
    candidate.run("evening", "evening", 20)
    ends = course.day_ends()
    again = Course(course.pack, course.generator, course.journal, "UTC").day_ends()

    assert ends == again and len(ends) == 2 and ends[0] == early[0]
    assert [len(one.state.responses) for one in ends] == [9, len(course.state().responses)]
    assert ends[1].state == course.state()
    for end in ends:
        state = LearnerState()
        for event in course.events():
            if event.at <= end.at:
                state = fold(state, event, course.pack)
        assert state == end.state


def test_the_programs_own_records_are_no_study_day(course: Course, candidate: Candidate) -> None:
    """A day with nothing but a forecast has no end of its own."""
    later = candidate.now + timedelta(days=1)
    course.journal.append("clock_jumped", {"seconds": 90.0}, key="c", now=later, zone="UTC")

    assert [one.date for one in course.day_ends()] == [START.date()]


def test_undo_shows_the_item_again_without_credit(course: Course, candidate: Candidate) -> None:
    """An answer that was taken back leaves the responses, and its repetition has no weight."""
    course.start_session("s", purpose="evening", minutes=30, target=None, now=candidate.now)
    while (position := course.advance("s", now=candidate.now)).shown is None:
        candidate._do("s", position, right=True)
    before = len(course.state().responses)
    candidate._do("s", position, right=False)

    course.undo(position.shown.presentation, now=candidate.now)
    assert len(course.state().responses) == before
    again = course.advance("s", now=candidate.now).shown
    assert again is not None
    assert again.item == position.shown.item
    assert again.presentation != position.shown.presentation


def test_a_disputed_rule_leaves_practice(course: Course, candidate: Candidate) -> None:
    """The rules of a disputed item are out of the evening's choices until it is settled."""
    candidate.run("evening", "evening", 30)
    shown = course.view("evening").shown[-1]
    course.dispute(shown.presentation, "The page says otherwise.", now=candidate.now)

    assert set(shown.item.rules) <= course.state().disputed_rules
