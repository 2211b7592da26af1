from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy.cli.day_text import readiness_lines, today_lines
from roadworthy.cli.main import run
from roadworthy.cli.terminal_session import TerminalSession
from roadworthy.journal.sqlite import open_journal
from roadworthy.pack.model import Pack
from roadworthy.workspace import Workspace

SNAPSHOTS = Path(__file__).parent / "snapshots"
START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
LESSON = "\n\n"  # the brief, then the worked situation


class SlowClock:
    """A clock that goes on by 15 seconds each time somebody looks at it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=15)
        return self.now


@pytest.fixture
def desk(tmp_path: Path, tiny_pack: Pack) -> Iterator[Workspace]:
    """A workspace on the tiny pack with a course that has just begun."""
    journal = open_journal(tmp_path / "journal.sqlite3", create_as="journal-of-tests")
    workspace = Workspace(tmp_path, tiny_pack, journal, SlowClock(), "UTC")
    workspace.course.enrol("learner-of-tests", now=START)
    workspace.course.save_settings(
        {"exam_date": "2026-12-14", "minutes_per_day": 40}, key="settings", now=START
    )
    yield workspace
    workspace.close()


def studied(
    desk: Workspace,
    typed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    session: str = "evening",
) -> str:
    """What a terminal shows when these lines are typed into a session of half an hour."""
    if desk.journal.by_key(f"session:{session}") is None:
        desk.course.start_session(
            session, purpose="evening", minutes=30, target=None, now=desk.now()
        )
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    TerminalSession(desk, session).run()
    return capsys.readouterr().out


def like_snapshot(name: str, text: str) -> None:
    """Compare with the kept text; ROADWORTHY_SNAPSHOTS=write keeps this one instead."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("ROADWORTHY_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def kinds(desk: Workspace) -> list[str]:
    """The kinds of all events so far, in order."""
    return [event.kind for event in desk.course.events()]


def test_a_lesson_and_an_answer_in_the_terminal(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The brief with its table, a worked situation, two options, and the reasons of each."""
    shown = studied(desk, f"{LESSON}a\n3\n", monkeypatch, capsys)
    like_snapshot("study", shown)
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert kinds(desk).count("lesson_read") == 2
    assert kinds(desk).count("responded") == 1
    assert shown.index("What decides:") < shown.index("The trace:") < shown.index("Item 1")


def test_other_letters_are_asked_again(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer that is not offered changes nothing and is asked again."""
    shown = studied(desk, f"{LESSON}z\n\nA \n7\n2\n", monkeypatch, capsys)
    assert shown.count("That is not among") == 3
    assert kinds(desk).count("responded") == 1


def test_undo_and_flip(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """U shows the item again; F asks one change and says what the key is then, once."""
    shown = studied(desk, f"{LESSON}a\n3\nu\nb\n2\n\na\n1\nf\n0\nf\n", monkeypatch, capsys)
    assert kinds(desk).count("withdrawn") == 1
    assert kinds(desk).count("flipped") == 1
    assert "Suppose instead:" in shown
    assert "That is not among u and q." in shown, "a flip is asked once"


@pytest.mark.parametrize("typed", ["", LESSON, f"{LESSON}a\n", f"{LESSON}q\n", f"{LESSON}a\nq\n"])
def test_leaving_at_any_point_keeps_what_was_done(
    desk: Workspace, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """q and the end of the input leave; a half-given answer is not kept, and it goes on there."""
    shown = studied(desk, typed, monkeypatch, capsys)
    assert "You left; everything up to here is saved." in shown
    assert "responded" not in kinds(desk)
    if typed:
        again = studied(desk, "b\n2\n", monkeypatch, capsys)
        assert "Item 1" in again and "is the key" in again


def test_ctrl_c_leaves_without_a_traceback(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupt while it waits is a way to leave."""

    class Interrupted(io.StringIO):
        def readline(self, *_: object) -> str:
            raise KeyboardInterrupt

    desk.course.start_session("evening", purpose="evening", minutes=30, target=None, now=START)
    monkeypatch.setattr("sys.stdin", Interrupted())
    TerminalSession(desk, "evening").run()
    assert "You left" in capsys.readouterr().out


def test_today_and_readiness_at_the_start(desk: Workspace) -> None:
    """The steps of the first day, and no number before there is one; 80 columns."""
    text = "\n".join([*today_lines(desk), "---", *readiness_lines(desk)]) + "\n"
    like_snapshot("first-day", text)
    assert max(len(line) for line in text.splitlines()) <= 80


def test_today_names_what_is_read(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second day with its reading: what to take, minutes left, no gain, and the address."""
    monkeypatch.setattr(desk, "now", lambda: START + timedelta(days=1))
    desk.save_settings({"minutes_per_day": 60}, desk.now())
    text = "\n".join(today_lines(desk)) + "\n"
    like_snapshot("reading-day", text)
    assert "https://example.org/" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_today_and_readiness_after_an_evening(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The forecast with its range, what moved it, and what is lacking; 80 columns."""
    desk.course.start_session(
        "diagnostic", purpose="diagnostic", minutes=10, target=None, now=desk.now()
    )
    studied(desk, "a\n2\n\n" * 20, monkeypatch, capsys, session="diagnostic")
    lines = [*today_lines(desk, more=10), *readiness_lines(desk)]
    text = "\n".join(lines)
    assert "in 100 to pass, likely between" in text
    assert "If you follow the plan:" in text
    assert "400 answers that count" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_no_course_yet(tmp_path: Path, tiny_pack: Pack) -> None:
    """Before the first session today says how to begin."""
    journal = open_journal(tmp_path / "journal.sqlite3", create_as="journal-of-tests")
    workspace = Workspace(tmp_path, tiny_pack, journal, SlowClock(), "UTC")
    assert list(today_lines(workspace)) == [
        "There is no course yet. Begin one with: roadworthy study"
    ]
    workspace.close()


def test_the_commands_open_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`study`, `today` and `readiness` run on the pack that comes with the program."""
    home = ["--home", str(tmp_path / "home")]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["study", "--minutes", "20", *home]) == 0
    assert "Read · " in capsys.readouterr().out
    assert run(["today", *home]) == 0
    assert "Start: roadworthy study" in capsys.readouterr().out
    assert run(["readiness", *home]) == 0
    assert "No forecast yet" in capsys.readouterr().out


def test_an_unknown_topic_is_named_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one line, and nothing is started."""
    home = tmp_path / "home"
    assert run(["study", "--topic", "nonsense", "--home", str(home)]) == 2
    said = capsys.readouterr().err
    assert "There is no topic 'nonsense'" in said and said.count("\n") == 1
