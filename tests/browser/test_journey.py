"""The first evening and the next day, by keyboard alone, in a real browser."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Server, Watched

pytestmark = pytest.mark.browser


def events(home: Path, kind: str) -> list[dict]:
    """Payloads of a kind, read beside the running program."""
    with closing(sqlite3.connect(f"file:{home / 'journal.sqlite3'}?mode=ro", uri=True)) as journal:
        rows = journal.execute(
            "select payload from events where kind = ? order by seq", (kind,)
        ).fetchall()
    return [json.loads(row[0]) for row in rows]


def shown_item(visit: Watched, home: Path) -> dict:
    """The item on the page, from the journal."""
    identity = re.search(r"/item/(\w+)", visit.page.url).group(1)
    return next(one for one in events(home, "item_shown") if one["presentation"] == identity)


def standing(visit: Watched) -> dict:
    """The forecast as other programs read it, with all its figures."""
    return visit.page.request.get("/api/readiness").json()


def answer(visit: Watched, server: Server, *, right: bool, seconds: float = 50) -> dict:
    """Answer the item on the page by keys; returns what was shown."""
    shown = shown_item(visit, server.home)
    options = shown["item"]["options"]
    keys = [place for place, option in enumerate(options) if option["correct"]]
    places = keys if right else [(place + 1) % len(options) for place in keys]
    server.pass_time(seconds=seconds)
    visit.key(*("abcde"[place] for place in places), "3" if right else "2")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#verdict")
    return shown


def go_on(visit: Watched, server: Server) -> None:
    """Leave the feedback by Enter, and read lessons until an item or the end is there."""
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => !document.querySelector('#verdict')")
    while "/read/" in visit.page.url:
        server.pass_time(seconds=60)
        before = visit.page.url
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_function("url => location.href !== url", arg=before)


def test_first_evening_by_keyboard_alone(visit: Watched, server: Server) -> None:
    """Ten minutes, then an evening, then the next day: nothing is lost and readiness moves."""
    page = visit.page
    page.goto("/")
    assert visit.axe() == []
    visit.enter_to("**/item/*")
    assert visit.axe() == []
    answer(visit, server, right=False)
    assert visit.axe() == []

    # Flip one fact, by F and a letter.
    page.keyboard.press("f")
    page.keyboard.press("a")
    page.wait_for_selector(".flip-answer")
    # The argue table is open after a miss; W closes it.
    assert page.locator(".argue > details").first.get_attribute("open") is not None
    page.keyboard.press("w")

    visit.page.evaluate("document.activeElement.blur()")
    visit.enter_to("**/welcome")
    assert visit.axe() == []
    visit.enter_to("**/item/*")
    for number in range(8):
        answer(visit, server, right=number % 2 == 0)
        go_on(visit, server)
    page.wait_for_url("**/end")
    assert visit.axe() == []
    visit.enter_to("**/today")
    assert visit.axe() == []
    assert page.locator(".readiness .display").count() == 1
    first = standing(visit)

    # Tonight: taught first, then twelve items, right and wrong.
    visit.page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(read|item)/"))
    assert "/read/" in page.url, "the first step of an evening is a lesson"
    assert visit.axe() == []
    while "/read/" in page.url:
        server.pass_time(seconds=60)
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_function("url => location.href !== url", arg=before)
        assert visit.axe() == []
    for number in range(12):
        answer(visit, server, right=number not in (4, 8))
        if number == 4:
            undo_and_answer_again(visit, server)
        if number == 6:
            dispute(visit)
        if number < 11:
            go_on(visit, server)
            assert "/item/" in page.url, f"item {number + 2} of the evening is missing"

    # Close, and open again: the answers and the place are there.
    answers = len(events(server.home, "responded"))
    assert answers == 1 + 8 + 12 + 1
    server.stop()
    server.start()
    page.goto("/")
    page.wait_for_url("**/today")
    assert len(events(server.home, "responded")) == answers

    # The next day is new, and readiness has moved.
    server.pass_time(days=1)
    page.goto("/today")
    assert "Wednesday 25 November" in page.locator("main").inner_text()
    later = standing(visit)
    assert later["answers"] > first["answers"]
    assert later["readiness"] != first["readiness"]
    assert later["expected_right"] != first["expected_right"]
    assert visit.axe() == []
    taught_before_tested(server.home)


def undo_and_answer_again(visit: Watched, server: Server) -> None:
    """U takes an answer back; the same item is shown again and answered."""
    before = visit.page.url
    visit.page.keyboard.press("u")
    visit.page.wait_for_function("url => location.href !== url", arg=before)
    assert visit.page.locator("#verdict").count() == 0
    answer(visit, server, right=True)


def dispute(visit: Watched) -> None:
    """! opens the field; a sentence is saved, and the page says what follows from it."""
    visit.page.keyboard.press("!")
    visit.page.keyboard.press("Tab")
    visit.page.locator("#dispute-text").focus()
    visit.page.keyboard.type("The documentation says otherwise on this page.")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".dispute .note")
    visit.page.evaluate("document.activeElement.blur()")


def taught_before_tested(home: Path) -> None:
    """Outside the opening item and the diagnostic, no rule is tested before it was shown."""
    with closing(sqlite3.connect(f"file:{home / 'journal.sqlite3'}?mode=ro", uri=True)) as journal:
        rows = journal.execute("select kind, payload from events order by seq").fetchall()
    met: set[str] = set()
    tested = 0
    for kind, text in rows:
        payload = json.loads(text)
        if kind == "lesson_read":
            met |= set(payload["rules"])
        elif kind == "item_shown" and payload["step"] not in ("opening", "diagnostic"):
            tested += 1
            assert set(payload["item"]["rules"]) <= met
    assert tested >= 12
