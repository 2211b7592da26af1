"""A full mock by keyboard alone, one that is killed five times, and two tabs on one item."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path

import httpx2 as httpx
import pytest
from playwright.sync_api import Browser

from .conftest import Server, Watched, free_port, watch
from .test_journey import events

pytestmark = pytest.mark.browser


def enrolled(visit: Watched) -> None:
    """Start the course and accept the plan that Welcome offers."""
    visit.page.goto("/")
    visit.enter_to("**/item/*")
    visit.page.goto("/welcome")
    visit.enter_to("**/item/*")


def keys_of(item: dict) -> list[int]:
    """Positions of the keys of an item as it was frozen."""
    return [place for place, option in enumerate(item["options"]) if option["correct"]]


def tab_to(visit: Watched, selector: str) -> None:
    """Press Tab until such an element has the focus."""
    for _ in range(30):
        visit.key("Tab")
        if visit.page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"thirty Tabs do not reach {selector}")


def start(visit: Watched) -> None:
    """Press the button that starts the clock; no single key does."""
    tab_to(visit, ".start-mock .primary")
    visit.enter_to("**/mock/*/1")


def finish(visit: Watched) -> None:
    """Go to the page before the end by its address, and press its Finish."""
    visit.page.goto(re.sub(r"/[^/]*$", "/finish", visit.page.url))
    tab_to(visit, "form .button")
    visit.enter_to("**/result")


def saved(visit: Watched, count: int) -> None:
    """Wait until the page says that so many items are answered."""
    visit.page.wait_for_function(
        "count => document.getElementById('answered-count').textContent === String(count)",
        arg=count,
    )


def test_full_mock_by_keyboard_alone(visit: Watched, server: Server) -> None:
    """Fifty items: choose, flag, clear, go by number, change, be killed, finish, review."""
    page = visit.page
    enrolled(visit)
    page.goto("/mocks")
    assert visit.axe() == []
    visit.enter_to("**/mocks/new/full")
    assert visit.axe() == []
    start(visit)
    assert visit.axe() == []
    started = events(server.home, "form_started")[0]
    assert started["size"] == 50
    kinds = [one["about"] for one in events(server.home, "forecast")]
    assert kinds[-1] == "form", "the forecast stands in the journal before the first item"

    answered = 0
    for ordinal in range(1, 51):
        keys = keys_of(started["presentations"][ordinal - 1]["item"])
        count = len(started["presentations"][ordinal - 1]["item"]["options"])
        server.pass_time(seconds=80)
        if ordinal % 10 == 7:  # left open
            visit.key("j")
            page.wait_for_url(f"**/mock/*/{ordinal + 1}")
            continue
        chosen = keys if ordinal % 4 else [(place + 1) % count for place in keys]
        if len(chosen) > 1:
            visit.key("abcde"[chosen[0]])
            page.wait_for_function("() => /Saved/.test(document.body.innerText)")
            visit.key("j")
            page.wait_for_url("**?note=number")
            assert "Choose one more before you go on" in page.inner_text("#must-choose")
            assert page.evaluate("document.activeElement.name") == "chosen"
            assert page.locator("input[name=chosen]:focus:checked").count() == 0
            assert page.inner_text("#half-row") == "1 with too few chosen"
            visit.key("abcde"[chosen[1]])
        else:
            visit.key("abcde"[chosen[0]])
        answered += 1
        saved(visit, answered)
        if ordinal == 3:
            visit.key("Shift+D")
            assert page.locator(".is-struck").count() == 1
        if ordinal in (5, 30):
            visit.key("f")
            page.wait_for_selector(".flag-button.is-on")
        if ordinal == 20:
            visit.key("5", "Enter")
            page.wait_for_url("**/mock/*/5")
            assert page.locator(".flag-button.is-on").count() == 1
            visit.key("m", "ArrowRight", "Enter")
            page.wait_for_url("**/mock/*/6")
            visit.key("2", "0", "Enter")
            page.wait_for_url("**/mock/*/20")
        if ordinal == 25:
            server.stop(signal.SIGKILL)
            server.start()
            page.reload()
            assert page.locator("input[name=chosen]:checked").count() == len(chosen)
        if ordinal < 50:
            visit.key("j")
            page.wait_for_url(f"**/mock/*/{ordinal + 1}")
    visit.key("j")
    page.wait_for_url("**/finish?at=50")
    assert "5 items are open" in page.inner_text("h1")
    assert visit.axe() == []
    visit.key("Escape")
    page.wait_for_url("**/50")
    visit.key("j")
    page.wait_for_url("**/finish?at=50")
    visit.enter_to("**/7")  # Enter never finishes
    page.goto(f"{page.url.rsplit('/', 1)[0]}/map?at=7")
    assert visit.axe() == []
    visit.key("m", "ArrowDown", "Enter")
    page.wait_for_url("**/17")
    finish(visit)
    assert visit.axe() == []
    assert re.match(r"\d\d of 50", page.inner_text("h1"))
    visit.enter_to("**/misses")
    assert visit.axe() == []
    page.goto("/mocks/record")
    assert visit.axe() == []
    assert visit.errors == [] or all("ERR_CONNECTION" in one for one in visit.errors)
    visit.errors.clear()


def test_fifty_items_of_a_test_pack_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Another pack, fifty items, each answered by its letters; the result counts all of them."""
    pack = tmp_path / "tiny"
    shutil.copytree(Path(__file__).parents[1] / "packs" / "tiny", pack)
    head = (pack / "pack.yaml").read_text()
    (pack / "pack.yaml").write_text(
        head.replace("exam_items_min: 15", "exam_items_min: 50").replace(
            "exam_items_max: 20", "exam_items_max: 60"
        )
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text(f'pack = "{pack}"\n')
    server = Server(home, tmp_path / "clock", free_port())
    server.start()
    context = browser.new_context(base_url=server.url)
    visit = watch(context)
    try:
        enrolled(visit)
        visit.page.goto("/mocks/new/full")
        start(visit)
        started = events(home, "form_started")[0]
        assert started["size"] == 50
        for ordinal, shown in enumerate(started["presentations"], start=1):
            server.pass_time(seconds=40)
            for place in keys_of(shown["item"]):
                visit.key("abcdef"[place])
            saved(visit, ordinal)
            visit.key("j")
            visit.page.wait_for_url(f"**/mock/*/{ordinal + 1}" if ordinal < 50 else "**/finish?*")
        finish(visit)
        assert visit.page.inner_text("h1").startswith("50 of 50")
        assert visit.errors == []
    finally:
        context.close()
        server.stop()


def test_time_runs_out_on_an_open_page(visit: Watched, server: Server) -> None:
    """The page finds out by itself that the time is over, and shows the result."""
    enrolled(visit)
    visit.page.goto("/mocks/new/short")
    start(visit)
    visit.key("a")
    saved(visit, 1)
    for width in (320, 390, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        over = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"the room scrolls sideways at {width} px"
        assert visit.axe() == []
    server.pass_time(seconds=36 * 60 - 1)
    visit.page.reload()
    assert visit.page.locator(".mock-clock.is-late").count() == 1
    server.pass_time(seconds=2)
    visit.page.wait_for_url("**/result")
    assert "of 15" in visit.page.inner_text("h1")


def test_choice_made_while_the_program_is_gone_is_saved_later(
    visit: Watched, server: Server
) -> None:
    """The page says it is not saved, keeps the choice, and saves it when the program is back."""
    enrolled(visit)
    visit.page.goto("/mocks/new/short")
    start(visit)
    server.stop(signal.SIGKILL)
    visit.key("b")
    visit.page.wait_for_selector(".saved.is-lost")
    assert "Not saved yet" in visit.page.inner_text(".saved")
    assert visit.page.locator("input[name=chosen]").nth(1).is_checked()
    server.start()
    saved(visit, 1)
    assert visit.page.locator(".saved.is-lost").count() == 0
    assert events(server.home, "form_responded")[-1]["chosen"] == [1]
    visit.errors.clear()  # the browser notes each refused connection


def test_two_tabs_on_one_item(visit: Watched, server: Server) -> None:
    """The tab that is behind is told so, and what the other one saved stands."""
    enrolled(visit)
    visit.page.goto("/mocks/new/short")
    start(visit)
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    other.keyboard.press("b")
    other.wait_for_function("() => document.getElementById('answered-count').textContent === '1'")
    visit.key("c")
    visit.page.wait_for_url("**?note=overtaken")
    assert "changed in another tab" in visit.page.inner_text("main")
    assert visit.page.locator("input[name=chosen]").nth(1).is_checked()
    visit.key("c")
    visit.page.wait_for_function("() => /Saved/.test(document.body.innerText)")
    visit.key("j")
    visit.page.wait_for_url("**/2")
    assert events(server.home, "form_responded")[-1]["chosen"] == [2]
    visit.errors.clear()  # the browser notes the 409 of a tab that was behind


def test_mock_killed_five_times_equals_one_that_was_not(tmp_path: Path) -> None:
    """The same answers at the same times give the same result, to the byte."""
    results = []
    for name, kills in (("quiet", set()), ("killed", {1, 9, 20, 33, 50})):
        home = tmp_path / name
        home.mkdir(mode=0o700)
        server = Server(home, tmp_path / f"{name}-clock", free_port())
        server.start()
        try:
            results.append(sit(server, kills))
        finally:
            server.stop()
    assert results[0] == results[1]
    assert b'"size":50' in results[0]


def sit(server: Server, kills: set[int]) -> bytes:
    """Take the mock F without script, killing the program after some of the answers."""
    with httpx.Client(base_url=server.url, follow_redirects=False, timeout=30) as client:
        token = hidden(client.get("/").text, "token")
        client.post("/start", data={"token": token})
        token = hidden(client.get("/welcome").text, "token")
        client.post("/mocks/start", data={"token": token, "form": "F", "scale": "full"})
        for ordinal in range(1, 51):
            text = client.get(f"/mock/F/{ordinal}").text
            sent = {
                name: hidden(text, name) for name in ("rev", "was", "since", "flagged", "token")
            }
            wanted = 2 if 'type="checkbox"' in text else 1
            chosen = [str((ordinal + step) % 4) for step in range(wanted)]
            server.pass_time(seconds=61 + ordinal)
            client.post(f"/mock/F/{ordinal}", data={**sent, "chosen": chosen, "go": "next"})
            if ordinal in kills:
                server.stop(signal.SIGKILL)
                server.start()
        client.post("/mock/F/finish", data={"token": token})
        return client.get("/mock/F/result.json").content


def hidden(text: str, name: str) -> str:
    """The value of the first hidden field of a name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None, name
    return found[1]
