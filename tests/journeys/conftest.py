"""A browser without script at the app over the tiny pack, for the journeys of bad input."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from tests.conftest import TINY

from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.pack.model import Pack
from roadworthy.web.app import make_app
from roadworthy.workspace import Workspace

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # a Tuesday
PLAN = {"exam_date": "2026-12-14", "minutes": "45", "experience.1": "work"}
SETTINGS = {**PLAN, "pass_mark": "70", "outside_share": "", "theme": "dark", "letters": "off"}


def tells_no_traceback(said: str) -> bool:
    """Whether a text holds no sign of a traceback."""
    return "Traceback" not in said and 'File "' not in said


@dataclass
class Browser:
    """A browser without script. It fails on a traceback and on an error without any words."""

    client: TestClient
    desk: Workspace
    sent_with: str = ""

    def get(self, path: str, **headers: str) -> Response:
        """Ask for a page."""
        return self._checked(self.client.get(path, headers=headers))

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **headers: str) -> Response:
        """Send a form with the token of a page that was open before."""
        sent = {"token": self.token(), **(fields or {})}
        return self._checked(self.client.post(path, data=sent, headers=headers))

    def token(self) -> str:
        """The token of the first page, asked for once, as in a tab that stays open."""
        if not self.sent_with:
            found = re.search(r'name="token" value="([^"]+)"', self.client.get("/").text)
            assert found is not None
            self.sent_with = found[1]
        return self.sent_with

    def begin(self) -> str:
        """Start the course; the path of the opening item."""
        self.post("/start")
        return self.get("/session/opening").headers["location"]

    @property
    def journal(self) -> SqliteJournal:
        """The journal that the app writes to."""
        return self.desk.journal

    def kinds(self) -> list[str]:
        """The kinds of all kept events."""
        return [one.kind for one in self.journal.read()]

    def send_again(self, page: Response) -> Response:
        """Press "Send it again" on the page of an error."""
        form = re.search(r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.S)
        assert form is not None
        assert "Send it again" in form[2]
        fields: dict[str, list[str]] = {}
        for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]):
            fields.setdefault(html.unescape(name), []).append(html.unescape(value))
        return self._checked(self.client.post(form[1], data=fields))

    def _checked(self, answer: Response) -> Response:
        assert tells_no_traceback(answer.text)
        if answer.status_code >= 400:
            assert len(words_of(answer)) > 20
        return answer


def words_of(answer: Response) -> str:
    """The words of a page from its main part on, without tags, spaces folded."""
    text = answer.text
    if "<main" in text:
        text = text[text.index("<main") :].partition('<div id="spoken"')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """An empty journal that waits a moment for a lock, not seconds."""
    with open_journal(
        tmp_path / "journal.sqlite3", create_as="journal-of-tests", busy_timeout=0.05
    ) as opened:
        yield opened


@contextmanager
def browsing(home: Path, journal: SqliteJournal, pack: Pack) -> Iterator[Browser]:
    """A browser at the app over the tiny pack and a journal, on a Tuesday evening."""
    desk = Workspace(home, pack, journal, lambda: NOW, "UTC", TINY)
    with TestClient(
        make_app(desk),
        base_url="http://127.0.0.1:8750",
        raise_server_exceptions=False,
        follow_redirects=False,
    ) as client:
        yield Browser(client, desk)


@pytest.fixture
def browser(tmp_path: Path, journal: SqliteJournal, tiny_pack: Pack) -> Iterator[Browser]:
    """A browser before the course has begun."""
    with browsing(tmp_path, journal, tiny_pack) as opened:
        yield opened


@dataclass(frozen=True)
class Midway:
    """A course with one item answered (``done``) and the next one open; paths of both."""

    browser: Browser
    done: str
    open: str


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, tiny_pack: Pack) -> Iterator[Midway]:
    """A course in its diagnostic, made once for all requests that may change nothing."""
    home = tmp_path_factory.mktemp("midway")
    with (
        open_journal(home / "journal.sqlite3", create_as="midway") as journal,
        browsing(home, journal, tiny_pack) as browser,
    ):
        done = browser.begin()
        browser.post(f"{done}/answer", {"chosen": 0, "confidence": 2})
        browser.post("/welcome", PLAN)
        yield Midway(browser, done, browser.get("/session/diagnostic").headers["location"])


@pytest.fixture
def unchanged(begun: Midway) -> Iterator[Midway]:
    """That course; fails where the journal is not the same after the test."""
    before = begun.browser.journal.read()
    yield begun
    assert begun.browser.journal.read() == before


@pytest.fixture
def item(browser: Browser) -> str:
    """The path of the opening item, shown and not answered."""
    return browser.begin()


@pytest.fixture
def answered(browser: Browser, item: str) -> str:
    """The path of the opening item, answered."""
    assert browser.post(f"{item}/answer", {"chosen": 0, "confidence": 2}).status_code == 303
    return item
