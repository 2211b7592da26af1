"""Notes by keyboard, the list of keys, text of 150 percent, paper, and a phone that is let in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roadworthy.cli import lan
from roadworthy.errors import BadInput

from .conftest import Server, Watched, free_port, watch

pytestmark = pytest.mark.browser
WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
PATHS = (
    "/today", "/plan", "/learn", "/settings", "/resources", "/notes", "/keys?on=/today",
    "/search?q=drift", "/mocks", "/progress", "/exam", "/learn/cheat-sheet",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of these tests but the last: none needs an empty home."""
    folder = tmp_path_factory.mktemp("habits")
    home = folder / "home"
    home.mkdir(mode=0o700)
    running = Server(home, folder / "clock", free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def reasons(browser: Browser, server: Server) -> str:
    """The address of the reasons of the opening item, which is answered; the plan is made."""
    visit = watch(browser.new_context(base_url=server.url))
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    address = visit.page.url
    visit.key("a", "2", "Enter")
    visit.page.wait_for_selector("#verdict")
    visit.page.goto("/welcome")
    visit.page.get_by_role("button", name="skip them").click()
    visit.page.wait_for_url("**/today")
    visit.page.context.close()
    return address


def test_note_and_bookmark_by_keyboard(visit: Watched, reasons: str) -> None:
    """n opens the field and writes there, the saved note is listed, b marks the item."""
    visit.page.goto(reasons)
    visit.key("n")
    visit.page.keyboard.type("Look for the trigger first")
    visit.key("Tab")
    visit.enter_to("**?noted=note*")
    visit.page.goto(reasons)
    visit.key("b")
    visit.page.wait_for_selector("text=Bookmarked")
    assert visit.axe() == []
    visit.page.goto("/notes")
    assert "1 note and 1 bookmark" in visit.page.locator("h1").inner_text()
    assert "Look for the trigger first" in visit.page.locator("main").inner_text()
    assert visit.axe() == []


def test_list_of_keys_has_two_parts_and_a_page(visit: Watched, reasons: str) -> None:
    """? opens the dialog, Escape closes it; without script the same link opens the page."""
    visit.page.goto(reasons)
    visit.key("?")
    assert "Take this answer back" in visit.page.locator("#keys-list").inner_text()
    assert "Next control" in visit.page.locator("#keys-general").inner_text()
    visit.key("Escape")
    assert not visit.page.locator("#keys").is_visible()
    visit.page.goto(visit.page.locator(".keys-button").get_attribute("href") or "")
    assert "Keys on " in visit.page.locator("h1").inner_text()
    assert visit.axe() == []
    visit.key("Escape")
    visit.page.wait_for_url("**/item/*")


def test_largest_text_needs_no_sideways_scroll(visit: Watched, reasons: str) -> None:
    """At 150 percent each page still fits, on a narrow phone and on a desktop."""
    visit.page.goto("/settings")
    visit.page.check("input[name=text_size][value=largest]", force=True)
    visit.page.get_by_role("button", name="Save the settings").click()
    visit.page.wait_for_url("**saved=1")
    size = "getComputedStyle(document.documentElement).fontSize"
    assert visit.page.evaluate(size) == "24px", "the class is there without a reload"
    too_wide = []
    for width in (320, 800, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        for path in (*PATHS, reasons):
            visit.page.goto(path)
            if visit.page.evaluate(WIDE) > 0:
                too_wide.append((width, path))
    assert too_wide == []


def test_paper_is_white_and_without_controls(visit: Watched, reasons: str) -> None:
    """A reader of the dark theme prints the reasons of an item dark on white, without bars."""
    visit.page.goto(reasons)
    visit.page.emulate_media(media="print", color_scheme="dark")
    look = (
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert visit.page.evaluate(look) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    for hidden in (".bar", ".foot", ".keys-button", "#note details"):
        assert not visit.page.locator(hidden).first.is_visible(), hidden
    assert visit.page.locator(".reason-text").first.is_visible()


@pytest.fixture
def in_network(tmp_path: Path) -> Iterator[Server]:
    """A server that was started with --lan; skipped on a machine without such a network."""
    try:
        lan.checked_address(lan._own_address())
    except BadInput as error:
        pytest.skip(error.what)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    running = Server(home, tmp_path / "clock", free_port(), options=("--lan",))
    running.start()
    yield running
    running.stop()


def test_phone_is_let_in_by_the_code(browser: Browser, in_network: Server) -> None:
    """A wrong code is told; the code of Settings lets the phone in, and a form works there."""
    computer = watch(browser.new_context(base_url=in_network.url))
    computer.page.goto("/settings")
    section = computer.page.locator("#phone").inner_text()
    address = re.search(r"http://[\d.]+:\d+", section)
    assert address is not None
    context = browser.new_context(
        base_url=address[0], viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    phone = context.new_page()
    phone.goto("/today")
    assert phone.url.endswith("/pair")
    phone.fill("#code", "2" * 8)
    phone.get_by_role("button", name="Let this device in").click()
    assert "not the code" in phone.locator(".field-error").inner_text()
    phone.fill("#code", computer.page.locator(".pair-code").inner_text().lower())
    phone.get_by_role("button", name="Let this device in").click()
    phone.wait_for_url(f"{address[0]}/")
    phone.get_by_role("button", name="Show me the question").click()
    phone.wait_for_url("**/item/*")
    context.close()
