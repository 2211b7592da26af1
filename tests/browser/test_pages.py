"""Every page: accessible in both themes, no sideways scroll, and usable without script."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import START, Server, Watched, free_port, watch

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from demo_home import Demo

pytestmark = pytest.mark.browser

PAGES = [
    "/today", "/today?minutes=10", "/plan", "/plan/print",
    "/learn", "/learn/topics/triggers", "/learn/topics/imbalanced-data",
    "/learn/map?level=1", "/learn/map/play?level=1&seed=5", "/learn/cheat-sheet",
    "/learn/map/play?level=1&seed=5&given=data", "/learn/objectives/1.1",
    "/learn/objectives/2.2", "/learn/topics/privacy", "/learn/topics/dataflow", "/mocks",
    "/mocks/new/full", "/mocks/record", "/exam", "/mock/demo/result", "/mock/demo/misses",
    "/mock/demo/1/why",
    "/learn/ladders", "/learn/ladders/serving-mode-tight",
    "/learn/decisions/retraining-trigger/options",
    "/progress", "/coach", "/article", "/resources", "/takeaways", "/takeaways/named",
    "/settings", "/your-data", "/how-it-works",
    "/session/evening-1/end",
    "/welcome", "/pack-changes", "/nowhere", "/search", "/search?q=drift", "/search?q=zzzqq",
    "/learn/decisions/retraining-trigger", "/learn/decisions/quarantine-flow", "/glossary",
    "/advise", "/labs", "/labs/imbalanced-data", "/labs/triggers", "/notes", "/keys",
]  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a home folder with two evenings in it."""
    folder = tmp_path_factory.mktemp("demo")
    home = folder / "home"
    home.mkdir(mode=0o700)
    Demo(home, START, 2).fill(mock=True)
    running = Server(home, folder / "clock", free_port())
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, demo: Server, scheme: str) -> None:
    """WCAG 2.2 AA by axe on every page in both themes, with no error and no foreign request."""
    context = browser.new_context(base_url=demo.url, color_scheme=scheme)
    visit = watch(context)
    found = {}
    for path in PAGES:
        visit.page.goto(path)
        violations = visit.axe()
        if violations:
            found[path] = violations
    context.close()
    assert found == {}
    assert [error for error in visit.errors if "404" not in error] == []
    assert visit.foreign == []


@pytest.mark.parametrize("width", [320, 390, 640])
def test_no_page_scrolls_sideways(browser: Browser, demo: Server, width: int) -> None:
    """From 320 px (and at 200% zoom of 1280) wide things scroll in their own box."""
    context = browser.new_context(base_url=demo.url, viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for path in PAGES:
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[path] = over
    context.close()
    assert wide == {}


def test_a_session_works_without_script(browser: Browser, demo: Server, tmp_path: Path) -> None:
    """With JavaScript off, plain forms lead through a lesson and an answer to the reasons."""
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)
    home.chmod(0o700)
    server = Server(home, tmp_path / "clock", free_port())
    server.start()
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/today")
    page.locator("main form .button.primary").first.click()
    for _ in range(8):
        if page.locator("input[name=chosen]").count():
            break
        page.locator(".foot .button.primary").click()
    page.locator("input[name=chosen]").first.check()
    page.locator(".foot .button.primary").click()
    assert "how sure" in page.locator("#missing").inner_text().lower()
    assert page.locator("input[name=chosen]").first.is_checked()
    page.locator("input[name=confidence]").nth(1).check()
    page.locator(".foot .button.primary").click()
    page.wait_for_selector("#verdict")
    context.close()
    server.stop()


def test_two_tabs_on_one_item_give_one_response(visit: Watched, server: Server) -> None:
    """The second tab's answer does not replace the first; both tabs show the same reasons."""
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    server.pass_time(seconds=40)
    for page, letter in ((visit.page, "a"), (other, "b")):
        page.keyboard.press(letter)
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        page.wait_for_selector("#verdict")
    assert other.locator("#verdict").inner_text() == visit.page.locator("#verdict").inner_text()


def test_a_stopped_program_is_said_and_found_again(visit: Watched, server: Server) -> None:
    """When nothing listens, the page says so, keeps the choice, and reconnects by itself."""
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    server.pass_time(seconds=40)
    visit.page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-settling')")
    server.stop(signal.SIGKILL)
    visit.key("b", "3", "Enter")
    visit.page.wait_for_selector("#stopped:not([hidden])")
    assert visit.page.locator("input[name=chosen]").nth(1).is_checked()
    server.start()
    visit.page.wait_for_selector("#stopped[hidden]", state="attached", timeout=8000)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#verdict")
    visit.errors.clear()


def test_single_letters_can_be_switched_off(visit: Watched, server: Server) -> None:
    """With letters off in Settings, A chooses nothing, and the visible controls still work."""
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    visit.page.evaluate("document.getElementById('shell').dataset.letters = 'off'")
    visit.key("a")
    assert not visit.page.locator("input[name=chosen]").first.is_checked()
    visit.page.locator("input[name=chosen]").first.check()
    assert visit.page.locator("input[name=chosen]").first.is_checked()


def test_the_list_of_keys_opens_and_closes_by_keyboard(visit: Watched) -> None:
    """? lists the keys of the page, Escape closes the list and nothing else."""
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    visit.key("?")
    assert visit.page.locator("#keys").is_visible()
    assert "Choose A" in visit.page.locator("#keys-list").inner_text()
    assert visit.axe() == []
    visit.key("Escape")
    assert not visit.page.locator("#keys").is_visible()
    assert "/item/" in visit.page.url


def test_colors_keep_their_contrast(visit: Watched) -> None:
    """The pairs of the color table hold 4.5:1 for text and 3:1 for edges, in both themes."""
    script = """(pairs) => {
      const canvas = document.createElement('canvas').getContext('2d');
      const style = getComputedStyle(document.documentElement);
      const value = (name) => style.getPropertyValue('--' + name);
      const light = (name) => {
        canvas.fillStyle = value(name).trim();
        const [r, g, b] = canvas.fillStyle.match(/[0-9a-f]{2}/gi).map((x) => parseInt(x, 16) / 255)
          .map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      return pairs.map(([a, b]) => {
        const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
        return (x + 0.05) / (y + 0.05);
      });
    }"""
    text = [("ink", "bg"), ("ink", "paper"), ("ink", "sunk"), ("ink2", "bg"), ("ink2", "paper"),
            ("ink3", "bg"), ("ink3", "paper"), ("ink3", "sunk"), ("sign", "bg"), ("sign", "paper"),
            ("sign", "sign-tint"), ("right", "bg"), ("right", "right-tint"), ("wrong", "bg"),
            ("wrong", "wrong-tint"), ("miss", "bg"), ("miss", "miss-tint"), ("ink", "mark"),
            ("on-solid", "solid")]  # fmt: skip
    edges = [("edge", "bg"), ("edge", "paper"), ("mark-line", "bg"), ("d3", "bg")]
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.goto("/")
        assert min(visit.page.evaluate(script, text)) >= 4.5
        assert min(visit.page.evaluate(script, edges)) >= 3.0
