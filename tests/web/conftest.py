"""A browser without script for the tests: the app over the tiny pack, a clock, a candidate."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from roadworthy.journal.sqlite import open_journal
from roadworthy.pack.model import Pack
from roadworthy.web.app import make_app
from roadworthy.workspace import Workspace

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # a Tuesday
SETTINGS = {
    "exam_date": "2026-12-14",
    "minutes_per_day": 45,
    "days_off": [5],
    "experience": {"1": "some", "2": "new", "3": "work"},
}


class Visitor:
    """One browser: keeps cookies, sends the form token, walks through sessions."""

    def __init__(self, desk: Workspace, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self.client = TestClient(make_app(desk), base_url="http://127.0.0.1:8750")
        self._token: tuple[str, str] | None = None

    def get(self, path: str, status: int = 200) -> str:
        """The text of a page; fails on another status."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:600])
        return answer.text

    def token(self) -> str:
        """The form token of the first page, as in a tab that stays open while its cookie lives."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        if self._token is None or self._token[0] != cookie:
            found = re.search(r'name="token" value="([^"]+)"', self.get("/welcome"))
            assert found is not None
            cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
            self._token = (cookie, found[1])
        return self._token[1]

    def post(self, path: str, **fields: Any) -> Response:
        """Send a form with a good token; redirects are not followed."""
        return self.client.post(
            path, data={"token": self.token(), **fields}, follow_redirects=False
        )

    def enrol(self) -> None:
        self.desk.enrol(self.clock.now)

    def settle(self, **changes: Any) -> None:
        """Enrol and say what Welcome asks."""
        self.enrol()
        self.desk.save_settings({**SETTINGS, **changes}, self.clock.now)

    def study(self, session: str, purpose: str, minutes: int = 30, wrong_every: int = 3) -> None:
        """Walk through a session; every third answer is certain and wrong."""
        course = self.desk.course
        course.start_session(
            session, purpose=purpose, minutes=minutes, target=None, now=self.clock.now
        )
        for turn in range(200):
            position = course.advance(session, now=self.clock.now)
            if position.finished is not None:
                return
            self.clock.now += timedelta(seconds=55)
            if position.read is not None:
                course.read_lesson(
                    position.read.decision, position.read.step, session=session,
                    milliseconds=55_000, key=f"{session}:{turn}", now=self.clock.now,
                )  # fmt: skip
                continue
            assert position.shown is not None
            key, count = position.shown.item.key, len(position.shown.item.options)
            right = turn % wrong_every != wrong_every - 1
            course.answer(
                position.shown.presentation, chosen=key if right else (key + 1) % count,
                confidence=2 if right else 3, milliseconds=50_000, now=self.clock.now,
            )  # fmt: skip
        raise AssertionError("the session does not end")


class Clock:
    """The time that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def next_day(self, days: int = 1) -> None:
        """The same hour some days after the start of the tests, or of the last call."""
        day = (self.now + timedelta(days=days)).date()
        self.now = datetime(day.year, day.month, day.day, 19, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """Tuesday 24 November 2026, 19:00 UTC."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, tiny_pack: Pack, tiny_folder: Path, clock: Clock) -> Iterator[Workspace]:
    """An open workspace on the tiny pack, in UTC, without a course."""
    yield from opened(tmp_path, tiny_pack, clock, tiny_folder)


def opened(home: Path, pack: Pack, clock: Clock, folder: Path | None = None) -> Iterator[Workspace]:
    """A workspace over the journal in a home folder; closed in the end."""
    journal = open_journal(home / "journal.sqlite3", create_as="journal-of-tests")
    workspace = Workspace(
        home, pack, journal, clock, "UTC", folder, boot=lambda: clock().timestamp()
    )
    yield workspace
    workspace.close()


@pytest.fixture
def visitor(desk: Workspace, clock: Clock) -> Visitor:
    """A browser before the course has begun."""
    return Visitor(desk, clock)


@pytest.fixture
def settled(visitor: Visitor) -> Visitor:
    """A candidate who said when the exam is and has answered nothing."""
    visitor.settle()
    return visitor


def study_an_evening(home: Path, pack: Pack) -> Path:
    """Put a diagnostic and an evening into an empty home folder; returns it."""
    clock = Clock()
    for workspace in opened(home, pack, clock):
        candidate = Visitor(workspace, clock)
        candidate.settle()
        candidate.study("diagnostic", "diagnostic", minutes=10)
        candidate.study("evening-1", "evening")
    return home


@pytest.fixture
def studying(
    evening: Path, tmp_path: Path, tiny_pack: Pack, tiny_folder: Path, clock: Clock
) -> Iterator[Visitor]:
    """A candidate with a diagnostic and an evening behind, on the day after."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    clock.next_day()
    for workspace in opened(tmp_path, tiny_pack, clock, tiny_folder):
        yield Visitor(workspace, clock)


def main_of(page: str) -> str:
    """The words of a page between its landmarks, without tags, spaces folded."""
    inner = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())
