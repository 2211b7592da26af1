"""Exhibits and limits as a candidate meets them: by keys, with axe at each step."""

from __future__ import annotations

import pytest

from .conftest import Server, Watched

pytestmark = pytest.mark.browser


def read_on(visit: Watched, server: Server) -> None:
    """Read lessons by Enter until an item is there."""
    while "/read/" in visit.page.url:
        assert visit.axe() == []
        server.pass_time(seconds=60)
        before = visit.page.url
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_function("url => location.href !== url", arg=before)


def test_a_fault_is_found_in_sql_and_its_line_corrected(visit: Watched, server: Server) -> None:
    """Read the statement, choose, and see the wrong line struck out above the right one."""
    page = visit.page
    page.goto("/learn/decisions/create-model-leak")
    page.locator("main form button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/create-model-leak/brief")
    read_on(visit, server)
    assert page.locator(".exhibit .line").count() > 15
    assert page.locator(".exhibit .line.is-wrong").count() == 0
    assert visit.axe() == []
    server.pass_time(seconds=70)
    visit.key("a", "2", "Enter")
    page.wait_for_selector("#verdict")
    assert page.locator(".exhibit .line.is-wrong, .exhibit .line.is-right").count() >= 1
    # A faulty line is corrected or goes; which fault it is, a session draws by itself.
    assert "should" in page.inner_text(".reason.is-key")
    assert visit.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_limits_are_typed_by_heart(visit: Watched, server: Server) -> None:
    """Enter starts the drill; nothing typed is told; an answer is judged and the next one comes."""
    page = visit.page
    page.goto("/learn/limits")
    assert visit.axe() == []
    visit.enter_to("**/item/*")
    page.keyboard.press("Enter")
    page.wait_for_selector("#missing b")
    assert visit.axe() == []
    page.locator("#typed").focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict, #missing b")
    if page.locator("#verdict").count() == 0:  # a word was asked for; any word will do
        page.keyboard.type(" days")
        page.keyboard.press("Enter")
    page.wait_for_selector("#verdict")
    assert visit.axe() == []
    visit.page.evaluate("document.activeElement && document.activeElement.blur()")
    page.keyboard.press("Enter")
    page.wait_for_selector("#typed")
    # Chromium notes each refused answer (422) on its console; nothing else may be there.
    visit.errors[:] = [one for one in visit.errors if "422" not in one]
