"""A round on the map by keys alone, and one without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from .conftest import Server, Watched

pytestmark = pytest.mark.browser
ROUND = "/learn/map/play?level=1&seed=5"
PLACED = 10


def test_a_round_is_played_by_keys(visit: Watched) -> None:
    """Figures place, Enter goes on; after ten there is a result, and misses come first again."""
    visit.page.goto(ROUND)
    for turn in range(PLACED):
        assert f"{turn + 1} of {PLACED}" in visit.page.locator(".kicker").inner_text()
        assert visit.axe() == []
        visit.key("1" if turn % 2 else "6")
        visit.page.wait_for_selector(".verdict-line")
        assert visit.axe() == []
        visit.enter_to("**next=1")
    missed = visit.page.locator(".map-misses > li b").all_inner_texts()
    assert missed and visit.axe() == []
    visit.enter_to("**before=*")
    assert missed[0] in visit.page.locator("h1").inner_text()


def test_a_round_is_played_without_script(browser: Browser, server: Server) -> None:
    """Plain buttons and links do the same."""
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/learn/map")
    page.get_by_role("link", name="Level 1").click()
    page.get_by_role("link", name="Play: place ten products").click()
    for _ in range(PLACED):
        page.locator(".stage-choice").nth(2).click()
        page.locator(".actions .primary").click()
    assert f"of {PLACED} placed right" in page.locator("h1").inner_text()
    context.close()
