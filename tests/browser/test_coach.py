"""The coach by keyboard: words are walked and marked, strikes and a ladder work, axe is content."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.journal.sqlite import open_journal
from roadworthy.pack.load import load_pack
from roadworthy.study.coaching import name_miss
from roadworthy.study.course import Course

from .conftest import START, Server, Watched

PACK = Path(__file__).parents[2] / "packs" / "gcp-pmle"
pytestmark = pytest.mark.browser


def long_item(generator: Generator, seed: int) -> Item:
    """An item of exam length with deciding words and a change to flip."""
    decision = generator.pack.head.opening
    for number in range(seed, seed + 100):
        item = generator.generate(decision, seed=number, length="exam")
        if item is not None and item.decisive and item.flips:
            return item
    raise AssertionError("no such item")


def misread(server: Server) -> Item:
    """A home in which one miss was misread, and a long item waits; the program runs on it."""
    server.stop()
    pack, _ = load_pack(PACK)
    assert pack is not None
    generator = Generator(pack)
    journal = open_journal(server.home / "journal.sqlite3", create_as="journal-of-coach")
    course = Course(pack, generator, journal, "UTC")
    course.enrol("00000000-0000-4000-8000-000000000001", now=START)
    course.save_settings({"exam_date": "2026-12-22"}, key="settings", now=START)
    course.start_session("s", purpose="evening", minutes=45, target=None, now=START)
    items = [long_item(generator, 1), long_item(generator, 900)]
    for place, item in enumerate(items):
        view = course.view("s")
        payload = course._shown_payload(view, item, "full", "practice", False, f"p{place}")
        course.keep("item_shown", payload, key=f"shown:p{place}", now=START)
        if place == 0:
            later = START + timedelta(seconds=60)
            wrong = (item.key + 1) % len(item.options)
            course.answer("p0", chosen=wrong, confidence=2, milliseconds=60_000, now=later)
            name_miss(course, "p0", "misread", now=later)
    journal.close()
    server.time = START + timedelta(seconds=61)
    server.start()
    return items[1]


def test_words_are_marked_with_the_arrows(visit: Watched, server: Server) -> None:
    """One stop of Tab for all words; arrows, Space, Shift, Ctrl and Backspace do what they say."""
    item = misread(server)
    page = visit.page
    page.goto("/session/current")
    page.wait_for_url("**/item/p1/coach")
    assert visit.axe() == []
    words = "input[name=word]"
    assert page.locator(f"{words}[tabindex='0']").count() == 1
    page.locator(f"{words}[tabindex='0']").focus()

    def marked() -> list[int]:
        found = page.eval_on_selector_all(f"{words}:checked", "all => all.map(one => one.value)")
        return [int(one) for one in found]

    visit.key("ArrowRight", "Space", "ArrowRight", "Shift+ArrowRight")
    assert marked() == [1, 2, 3]
    visit.key("Control+ArrowRight", "Space")
    stem = item.stem.split()
    first_end = next(place for place, word in enumerate(stem) if word[-1] in ".?!")
    assert marked() == [1, 2, 3, first_end + 1]
    visit.key("Backspace")
    assert marked() == []
    visit.key("Home")
    start, end = item.decisive[0]
    for _ in range(start):
        visit.key("ArrowRight")
    visit.key("Space")
    for _ in range(end - start - 1):
        visit.key("Shift+ArrowRight")
    assert marked() == list(range(start, end))
    visit.enter_to("**/item/p1")
    assert page.locator("mark.own-mark").count() >= 1
    assert visit.axe() == []
    server.pass_time(seconds=70)
    visit.key("ABCD"[item.key].lower(), "2", "Enter")
    page.wait_for_selector("#verdict")
    assert "Precision 100%" in page.inner_text(".coached")
    assert visit.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_ladder_is_climbed_by_keyboard(visit: Watched, server: Server) -> None:
    """Places are chosen in the lists, the constraint comes, a number names what holds."""
    misread(server)
    page = visit.page
    page.goto("/learn/ladders/serving-mode-tight")
    count = page.locator("main select").count()
    for place in range(1, count + 1):
        page.locator(f"#rank-{place}").focus()
        page.keyboard.press(str(place))
    page.locator("main button.primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".stage-choice")
    assert visit.axe() == []
    page.keyboard.press("3")
    page.wait_for_selector(".verdict-line.is-right")
    assert visit.axe() == []


@pytest.mark.parametrize("button", ["skip", "never"])
def test_a_step_can_be_left(visit: Watched, server: Server, button: str) -> None:
    """S skips the step, and Never switches the coach off: neither asks for the work of the step."""
    misread(server)
    page = visit.page
    page.goto("/item/p1/coach")
    if button == "skip":
        visit.key("s")
    else:
        page.locator("button[value=never]").focus()
        visit.key("Enter")
    page.wait_for_url("**/item/p1")
    assert page.locator("input[name=chosen]").count() == 4
    page.goto("/coach")
    assert page.locator("input[name=coach][value=on]").is_checked() is (button == "skip")
