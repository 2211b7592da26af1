"""A full disk, a lock and an unreadable journal while someone answers: told, and nothing lost."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from typing import Any

import pytest
from sqlalchemy import event as engine_events
from tests.journeys.conftest import NOW, PLAN, SETTINGS, Browser, words_of

from roadworthy.errors import DiskFull, StoreTrouble
from roadworthy.journal.sqlite import SqliteJournal

ROOM_IN_PAGES = 2**30


class FullDisk:
    """A disk without room for the journal, until ``free`` is called; what is kept stays."""

    def __init__(self, journal: SqliteJournal) -> None:
        self.pages = 1
        engine_events.listen(journal._engine, "checkout", self._limit)
        for size in (3000, 300, 30, 1):
            with suppress(DiskFull):
                for number in range(10_000):
                    note = {"about": "rule-1", "text": "x" * size}
                    journal.append("note", note, key=f"{size}.{number}", now=NOW, zone="UTC")

    def free(self) -> None:
        """Make room."""
        self.pages = ROOM_IN_PAGES

    def _limit(self, connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={self.pages}")


def test_a_full_disk_keeps_the_choice_on_the_page_and_the_same_form_works_later(
    browser: Browser, item: str
) -> None:
    """The page says what is not saved and the mend; after that the answer is there once."""
    disk = FullDisk(browser.journal)
    before = browser.journal.read()
    form = {"chosen": 1, "confidence": 3}

    refused = browser.post(f"{item}/answer", form)

    assert refused.status_code == 503
    assert (
        "This answer is not saved. The disk is full. Free some space, then send it again. "
        "Your choice is still on this page." in words_of(refused)
    )
    assert re.search(r'name="chosen" value="1" checked', refused.text)
    assert re.search(r'name="confidence" value="3" form="answer" checked', refused.text)
    assert browser.journal.read() == before
    disk.free()
    for _ in range(2):
        assert browser.post(f"{item}/answer", form).status_code == 303
    (response,) = browser.journal.read(kinds={"responded"})
    assert (response.payload["chosen"], response.payload["confidence"]) == ([1], 3)


def test_a_locked_journal_keeps_the_choice_too(browser: Browser, item: str) -> None:
    """While another program writes, the answer is refused in words; then it is kept once."""
    form = {"chosen": 2, "confidence": 1}
    with closing(sqlite3.connect(browser.journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = browser.post(f"{item}/answer", form)
        assert browser.get("/today").status_code == 200

    assert refused.status_code == 503
    assert (
        "This answer is not saved. Another program holds the journal. Close the other program, "
        "then send it again. Your choice is still on this page." in words_of(refused)
    )
    assert re.search(r'name="chosen" value="2" checked', refused.text)
    for _ in range(2):
        assert browser.post(f"{item}/answer", form).status_code == 303
    assert browser.kinds().count("responded") == 1


@pytest.mark.parametrize(
    ("path", "form", "kind"),
    [
        ("/welcome", {**PLAN, "days_off": ["5", "6"], "skip": "1"}, "settings"),
        ("/settings", SETTINGS, "settings"),
        ("/session", {"purpose": "evening", "minutes": "20", "session": "s1"}, "session_started"),
        ("{item}/flip", {"flip": "0", "chosen": "0"}, "flipped"),
        ("{item}/dispute", {"text": 'The page says "ten" & <more>, ö.'}, "item_disputed"),
        ("{item}/undo", {}, "withdrawn"),
        ("/learn/topics/roads/read", {"milliseconds": "9000"}, "lesson_read"),
    ],
)
def test_every_form_is_kept_on_the_page_of_a_full_disk(
    browser: Browser, answered: str, path: str, form: Mapping[str, Any], kind: str
) -> None:
    """What was typed survives on the error's page; one press sends all of it again."""
    had = browser.kinds().count(kind)
    disk = FullDisk(browser.journal)

    refused = browser.post(path.format(item=answered), form)

    assert refused.status_code == 503
    assert "The disk is full. Free some space, then " in words_of(refused)
    assert browser.kinds().count(kind) == had
    disk.free()
    assert browser.send_again(refused).status_code == 303
    kept = browser.journal.read(kinds={kind})
    assert len(kept) == had + 1
    if kind == "settings":
        assert kept[-1].payload["values"]["exam_date"] == "2026-12-14"
        assert kept[-1].payload["values"]["experience"] == {"1": "work"}
    if kind == "item_disputed":
        assert kept[-1].payload["text"] == form["text"]


@pytest.mark.parametrize("left", [b"", b"half of it"])
def test_a_secret_cut_short_is_made_anew(browser: Browser, left: bytes) -> None:
    """A disk that was full at the first start leaves no key that others could guess."""
    path = browser.desk.home / "secret"
    path.write_bytes(left)

    made = browser.desk.secret()

    assert len(made) == 32
    assert browser.desk.secret() == made


def test_a_secret_that_cannot_be_made_is_told(browser: Browser) -> None:
    """What stands in its way is named with its path."""
    path = browser.desk.home / "secret"
    path.unlink()
    path.mkdir()

    with pytest.raises(StoreTrouble, match="signs the forms was not made") as trouble:
        browser.desk.secret()

    assert trouble.value.where == str(path)


def test_an_unreadable_journal_still_gives_a_page(browser: Browser, item: str) -> None:
    """Where even the theme cannot be read, a plain page says what happened."""
    browser.journal.close()

    for path in ("/today", item, "/nowhere"):
        answer = browser.get(path)

        assert answer.status_code in (404, 503)
        assert answer.text.startswith("<!doctype html>")
    assert "The journal is closed." in words_of(browser.get("/today"))
