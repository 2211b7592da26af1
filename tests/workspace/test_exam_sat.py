"""The real exam: entered, refused, learned from, and what the next plan begins with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from roadworthy.errors import BadInput, Conflict, Refused
from roadworthy.journal.sqlite import open_journal
from roadworthy.learner.allowance import after_samples, allowance_of
from roadworthy.learner.state import ExamTaken
from roadworthy.pack.model import Pack
from roadworthy.study.exam_sat import earliest_retake, enter_exam, enter_samples, like_an_item
from roadworthy.study.moving import advice
from roadworthy.workspace import Workspace

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


Clock = Any  # the class of conftest.py, which tests cannot import


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory, tiny_pack: Pack) -> tuple[Path, timedelta]:
    """A journal with one evening on the tiny pack, made once, and how long the evening took."""
    home = tmp_path_factory.mktemp("studied")
    clock = SimpleNamespace(now=START)
    journal = open_journal(home / "journal.sqlite3", create_as="journal-of-tests")
    with closing(Workspace(home, tiny_pack, journal, lambda: clock.now, "UTC")) as desk:
        desk.enrol(clock.now)
        desk.save_settings({"exam_date": "2026-12-14", "minutes_per_day": 60}, clock.now)
        study(desk, clock)
        return journal.backup(home / "copy.sqlite3"), clock.now - START


@pytest.fixture
def desk(
    studied: tuple[Path, timedelta], tmp_path: Path, tiny_pack: Pack, clock: Clock
) -> Iterator[Workspace]:
    """A candidate who has studied one evening on the tiny pack, on a copy of the journal."""
    journal = open_journal(Path(shutil.copy(studied[0], tmp_path / "journal.sqlite3")))
    clock.now += studied[1]
    with closing(Workspace(tmp_path, tiny_pack, journal, clock, "UTC")) as desk:
        yield desk


def study(desk: Workspace, clock: Clock) -> None:
    """An evening of 25 minutes, three of four right."""
    course = desk.course
    course.start_session("s", purpose="evening", minutes=25, target=None, now=clock.now)
    for turn in range(120):
        position = course.advance("s", now=clock.now)
        if position.finished is not None:
            return
        clock.now += timedelta(seconds=50)
        if position.read is not None:
            course.read_lesson(
                position.read.decision, position.read.step, session="s", milliseconds=50_000,
                key=f"s:{turn}", now=clock.now,
            )  # fmt: skip
            continue
        assert position.shown is not None
        item = position.shown.item
        chosen = item.key if turn % 4 else (item.key + 1) % len(item.options)
        course.answer(
            position.shown.presentation, chosen=chosen, confidence=2, milliseconds=50_000,
            now=clock.now,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Which option is cheapest for a nightly job?", "asks"),
        ("You need to serve a model with low latency. What should you do", "asks"),
        ("it was like\nA. one\nB. two", "lists"),
        ("- use this\n- use that", "lists"),
        ("x" * 401, "longer"),
    ],
)
def test_text_like_an_item_is_known(text: str, why: str) -> None:
    """What looks like content of the exam is named as such."""
    assert why in str(like_an_item(text))


@pytest.mark.parametrize(
    "text", ["", "Long stems, and I ran out of time near the end.", "Nerves. Serving was hard."]
)
def test_text_on_how_it_was_is_kept(text: str) -> None:
    """Words about time and nerves are no question."""
    assert like_an_item(text) is None


def test_refused_text_leaves_nothing(desk: Workspace, clock: Clock) -> None:
    """A refusal gives its reason, and nothing of the entry is kept."""
    with pytest.raises(Refused, match="looks like a question"):
        enter_exam(
            desk.course, day=DAY, passed=False, weak=["2"], now=clock.now, seed=1,
            text="You are an engineer. Which service should you use?",
        )  # fmt: skip
    assert desk.journal.read(kinds=["exam_sat"]) == []


def test_waits_follow_the_number_of_fails() -> None:
    """14, 60, then 365 days; a pass begins anew."""
    waits = [14, 60, 365]
    fails = [ExamTaken(date(2026, month, 1), False, ()) for month in (1, 3, 6)]

    assert earliest_retake([], waits) is None
    assert [earliest_retake(fails[:count], waits) for count in (1, 2, 3)] == [
        date(2026, 1, 15),
        date(2026, 4, 30),
        date(2027, 6, 1),
    ]
    assert earliest_retake([*fails, ExamTaken(date(2026, 8, 1), True, ())], waits) is None


def test_after_a_fail_the_plan_begins_with_the_weak_sections(desk: Workspace, clock: Clock) -> None:
    """'I failed, entered it, and the next plan began with my weak sections.'"""
    enter_exam(desk.course, day=DAY, passed=False, weak=["2"], text="", now=clock.now, seed=1)
    clock.now += timedelta(days=1)
    first = desk.plan().today.blocks[0]

    pack = desk.pack
    if first.target is None:
        assert pack.blueprint.sections["2"].short in first.title
    else:
        assert pack.section_of(pack.decisions[first.target].considerations[0]) == "2"


def test_fail_makes_the_allowance_wider_and_lower(desk: Workspace, clock: Clock) -> None:
    """A fail says that the exam may be harder than allowed for; a pass says the other."""
    before = allowance_of(desk.course.state())
    failed = enter_exam(desk.course, day=DAY, passed=False, weak=[], text="", now=clock.now, seed=1)
    assert failed is not None
    assert failed.after.mean <= before.mean
    assert allowance_of(desk.course.state()) == failed.after
    passed = enter_exam(
        desk.course, day=DAY - timedelta(days=1), passed=True, weak=[], text="", now=clock.now,
        seed=1,
    )  # fmt: skip
    assert passed is not None
    assert passed.after.mean > failed.after.mean


def test_same_outcome_twice_is_one_and_another_is_refused(desk: Workspace, clock: Clock) -> None:
    """A day holds one exam."""
    enter_exam(desk.course, day=DAY, passed=True, weak=[], text="", now=clock.now, seed=1)
    with pytest.raises(Conflict):
        enter_exam(desk.course, day=DAY, passed=False, weak=[], text="", now=clock.now, seed=1)
    assert len(desk.course.state().exams) == 1


@pytest.mark.parametrize(
    ("day", "weak", "what"),
    [(date(2026, 11, 26), [], "still to come"), (DAY, ["9"], "no section 9")],
)
def test_what_cannot_be_is_refused(
    day: date, weak: list[str], what: str, desk: Workspace, clock: Clock
) -> None:
    """A day to come and an unknown section have clear messages."""
    with pytest.raises(BadInput, match=what):
        enter_exam(desk.course, day=day, passed=False, weak=weak, text="", now=clock.now, seed=1)


def test_samples_move_the_allowance_by_their_width(desk: Workspace, clock: Clock) -> None:
    """All wrong lowers it more than half right; the second sitting counts half; no third."""
    before = allowance_of(desk.course.state())
    low = enter_samples(desk.course, right=0, of=8, day=DAY, now=clock.now, seed=1)
    assert low is not None
    assert low.after.mean < before.mean
    assert low.after.sd < before.sd
    assert low.within is False
    high = enter_samples(
        desk.course, right=8, of=8, day=DAY + timedelta(days=14), now=clock.now, seed=1
    )
    assert high is not None
    assert high.after.mean > low.after.mean
    with pytest.raises(BadInput, match="Two sittings"):
        enter_samples(
            desk.course, right=8, of=8, day=DAY + timedelta(days=20), now=clock.now, seed=1
        )


def test_expected_share_holds_the_outcome_or_the_allowance_moves(
    desk: Workspace, clock: Clock
) -> None:
    """Each result lies within what was predicted, or the allowance moves and says so."""
    state = desk.course.state()
    for right in range(9):
        learned = after_samples(
            state, desk.pack, right=right, of=8, again=False, at=clock.now, seed=1
        )
        _, low, high = learned.expected
        assert learned.within == (low <= right / 8 <= high)
        if not learned.within:
            assert abs(learned.after.mean - learned.before.mean) > 0.01


def test_low_readiness_a_week_before_names_a_way_out(desk: Workspace, clock: Clock) -> None:
    """Under 60 in 100 with seven days left: the free deadline, and a date that would do if any."""
    desk.save_settings(
        {"exam_date": "2026-12-01", "minutes_per_day": 15, "pass_mark": 0.85}, clock.now
    )
    found = advice(desk.standing, desk.course, clock.now)

    assert found is not None
    assert found.followed < 0.6
    assert found.deadlines == {"by post": datetime(2026, 11, 29, 9, 0, tzinfo=UTC)}
    assert found.better is None or found.better > date(2026, 12, 1)
    desk.save_settings({"exam_date": "2026-12-20"}, clock.now)
    assert advice(desk.standing, desk.course, clock.now) is None
