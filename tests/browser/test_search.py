"""Search by keyboard alone, without script, and on a narrow screen."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import START, Server, Watched, free_port, watch

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from demo_home import Demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a home folder whose course has begun."""
    folder = tmp_path_factory.mktemp("demo")
    home = folder / "home"
    home.mkdir(mode=0o700)
    Demo(home, START, 1).fill()
    running = Server(home, folder / "clock", free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture
def reader(browser: Browser, demo: Server) -> Iterator[Watched]:
    """A watched page at 1280 x 800 on that server."""
    context = browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(8000)
    watched = watch(context)
    yield watched
    context.close()
    assert watched.errors == []
    assert watched.foreign == []


def focused(reader: Watched) -> str:
    """The id of what has the focus, else its text."""
    return str(
        reader.page.evaluate("document.activeElement.id || document.activeElement.innerText")
    )


def test_a_rule_is_found_and_opened_by_keyboard(reader: Watched) -> None:
    """Slash, words, Enter; arrows to a rule; Enter opens it at its row; Back returns."""
    page = reader.page
    page.goto("/today")
    reader.key("/")
    assert focused(reader) == "search"
    page.keyboard.type("drift alert")
    reader.enter_to("**/search?q=drift*")
    page.wait_for_selector("#results [data-result]")
    page.wait_for_function("document.activeElement.id === 'search'")
    reader.key("ArrowDown", "ArrowDown", "ArrowUp")
    first = page.locator("#results [data-result]").first
    assert focused(reader) == first.inner_text()
    reader.key("Escape")
    assert focused(reader) == "search"
    links = page.locator("#results [data-result]")
    wanted = [
        re.search("/learn/decisions/.+#", one.get_attribute("href") or "") for one in links.all()
    ]
    reader.key(*["ArrowDown"] * (next(n for n, one in enumerate(wanted) if one) + 1))
    reader.enter_to("**/learn/decisions/*#*")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 800
    page.go_back()
    page.wait_for_url("**/search?q=drift*")
    assert page.locator("#search").input_value() == "drift alert"


def test_results_follow_what_is_typed(reader: Watched) -> None:
    """On the page of results they change while one types, and the field keeps focus and words."""
    page = reader.page
    page.goto("/search")
    page.keyboard.type("precisi")
    page.wait_for_url("**/search?q=precisi")
    page.wait_for_selector("#results h1:has-text('precisi')")
    assert focused(reader) == "search"
    page.keyboard.type("on")
    page.wait_for_selector("#results h1:has-text('precision')")
    assert page.locator("#search").input_value() == "precision"
    assert "results for" in page.locator("#spoken").inner_text()
    assert page.title().endswith("“precision” · Roadworthy")
    assert reader.axe() == []


def test_the_keys_of_search_are_listed(reader: Watched) -> None:
    """? on an app page names the slash once; on the results the arrows too; Escape leaves."""
    page = reader.page
    page.goto("/plan")
    reader.key("?")
    assert page.locator("#keys-general dt", has_text="Search").count() == 1
    reader.key("Escape", "/", "Escape")
    assert focused(reader) != "search"
    page.goto("/search?q=drift")
    page.wait_for_function("document.activeElement?.id === 'search'")  # the browser's own autofocus
    reader.key("Escape", "?")
    assert "Walk the results" in page.locator("#keys-list").inner_text()


def test_search_works_without_script_and_on_a_phone(browser: Browser, demo: Server) -> None:
    """Below 900 px the field is a link; form and results are plain HTML."""
    context = browser.new_context(
        base_url=demo.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto("/today")
    assert not page.locator(".top-search input").is_visible()
    page.locator(".top-search-link").click()
    page.locator("#search").fill("AutoML Tables")
    page.locator(".search-form button").click()
    assert page.locator("#results a", has_text="AutoML").first.is_visible()
    page.locator(".group-more a").first.click()
    assert "kind=" in page.url
    context.close()


def test_the_slash_works_where_the_field_is_a_link(browser: Browser, demo: Server) -> None:
    """At 200% zoom, where a keyboard is likely, the key opens the page of search."""
    context = browser.new_context(base_url=demo.url, viewport={"width": 640, "height": 400})
    page = context.new_page()
    page.goto("/plan")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    context.close()
