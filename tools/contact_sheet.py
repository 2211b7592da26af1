"""Screenshots of every page, light and dark, wide and narrow, on contact sheets in docs/screens/.

    .venv/bin/python tools/contact_sheet.py [--only NAME …] [--out docs/screens]

It serves the home folder that tools/demo_home.py makes, and an empty one, with a fixed clock.
Needs Chromium and the development packages.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from demo_home import Demo

NOW = "2026-11-24T19:00:00+00:00"
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
EMPTY = [
    ("start", "/"),
    ("welcome", "/welcome"),
    ("today-empty", "/today"),
    ("progress-empty", "/progress"),
    ("not-there", "/nowhere"),
]
PAGES = [
    ("today", "/today"),
    ("plan", "/plan"),
    ("learn", "/learn"),
    ("topic", "/learn/topics/triggers"),
    ("map", "/learn/map?level=1"),
    ("map-play", "/learn/map/play?level=1&seed=5"),
    ("map-wrong", "/learn/map/play?level=1&seed=5&given=data"),
    ("cheat-sheet", "/learn/cheat-sheet"),
    ("objective", "/learn/objectives/1.1"),
    ("plan-print", "/plan/print"),
    ("mocks", "/mocks"),
    ("mock-start", "/mocks/new/full"),
    ("mock-result", "/mock/demo/result"),
    ("mock-misses", "/mock/demo/misses"),
    ("record", "/mocks/record"),
    ("exam", "/exam"),
    ("progress", "/progress"),
    ("coach", "/coach"),
    ("ladder", "/learn/ladders/serving-mode-tight"),
    ("consequences", "/learn/decisions/retraining-trigger/options"),
    ("article", "/article"),
    ("resources", "/resources"),
    ("takeaways", "/takeaways"),
    ("named-topic", "/takeaways/named"),
    ("settings", "/settings"),
    ("your-data", "/your-data"),
    ("method", "/how-it-works"),
    ("search", "/search"),
    ("search-found", "/search?q=drift"),
    ("search-nothing", "/search?q=zzzqq"),
    ("decision", "/learn/decisions/retraining-trigger"),
    ("session-end", "/session/evening-2/end"),
    ("labs", "/labs"),
    ("lab", "/labs/imbalanced-data"),
    ("advise", "/advise"),
    ("notes", "/notes"),
    ("keys", "/keys"),
    ("glossary", "/glossary"),
]


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The program over a copy of a home folder; yields its address and its process."""
    clock = home.parent / f"{home.name}.clock"
    clock.write_text(NOW)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "roadworthy",
            "serve",
            "--no-browser",
            "--port",
            str(port),
            "--home",
            str(home),
            "--clock",
            str(clock),
        ],
        env={**os.environ, "ROADWORTHY_TEST": "1", "TZ": "UTC"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/alive", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address, process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def shoot(page: Page, name: str, folder: Path) -> None:
    """One screenshot, at most three screens high."""
    page.wait_for_timeout(150)
    height = min(page.evaluate("document.documentElement.scrollHeight"), 2400)
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": max(height, 800)})
    page.wait_for_timeout(100)
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})


def focus_on(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element, as a keyboard does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise SystemExit(f"No Tab leads to {selector} on {page.url}.")


def states(page: Page, folder: Path) -> None:
    """What shows only after a key or a mistake; and a topic that is not written."""
    page.goto("/today")
    focus_on(page, "main .button")
    shoot(page, "focus-button", folder)
    page.goto("/learn")
    focus_on(page, ".topic-title a")
    shoot(page, "focus-link", folder)
    unwritten = page.locator(".is-planned .topic-title a")
    if unwritten.count():
        page.goto(unwritten.first.get_attribute("href") or "/learn")
        shoot(page, "topic-unwritten", folder)
    page.goto("/settings")
    # The picker of a browser refuses such a date; a typed one, or another browser, does not.
    page.evaluate("document.getElementById('exam-date').type = 'text'")
    page.fill("#exam-date", "2027-02-29")
    page.locator("[data-follows-changes] button").click()
    page.wait_for_selector(".field-error")
    shoot(page, "settings-error", folder)


def mock(page: Page, folder: Path) -> None:
    """The room of a mock: an item, one too few chosen, all items, before the end."""
    page.goto("/mocks/new/full")
    page.locator(".start-mock .primary").click()
    page.wait_for_url("**/mock/*/1")
    room = page.url.rsplit("/", 1)[0]
    seen: set[str] = set()
    for ordinal in range(1, 51):
        page.goto(f"{room}/{ordinal}")
        pair = page.locator("#chosen-count").count() > 0
        exhibit = page.locator(".exhibit").count() > 0
        kind = "pair" if pair else "exhibit" if exhibit else "item"
        with page.expect_response("**/save"):
            page.keyboard.press("b")
        if ordinal in (2, 9):
            page.keyboard.press("f")
            page.wait_for_selector(".flag-button.is-on")
        if pair:
            page.keyboard.press("j")
            page.wait_for_url("**?note=number")
        if kind not in seen and (ordinal > 6 or kind != "item"):
            seen.add(kind)
            shoot(page, f"mock-{kind}", folder)
        if len(seen) == 3 and ordinal > 12:
            break
    for name in ("map", "finish"):
        page.goto(f"{room}/{name}?at={ordinal}")
        shoot(page, f"mock-{name}", folder)


def stop(page: Page, folder: Path, process: subprocess.Popen[bytes]) -> None:
    """The note of a page whose program has stopped."""
    page.goto("/today")
    process.terminate()
    process.wait()
    try:
        page.locator(".places a").nth(1).click()
        page.wait_for_selector("#stopped:not([hidden])", timeout=10_000)
    except Error as error:
        raise SystemExit(f"The page does not say that the program stopped: {error}") from None
    shoot(page, "stopped", folder)


def walk(page: Page, folder: Path, clock: Path) -> None:
    """The rooms: a lesson, a worked situation, an item, feedback right and wrong."""
    page.goto("/today")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.pathname.startsWith('/today')")
    chance = random.Random(3)
    for _ in range(60):
        page.wait_for_timeout(300)
        if page.url.endswith("/brief"):
            shoot(page, "lesson", folder)
        elif page.url.endswith("/worked"):
            shoot(page, "worked", folder)
        elif "/item/" in page.url and page.locator("#verdict").count() == 0:
            shoot(page, "item", folder)
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
            shoot(page, "item-incomplete", folder)
            page.goto(page.url)
            focus_on(page, "[name=chosen]")
            shoot(page, "focus-option", folder)
            page.goto(page.url)
            later = datetime.fromisoformat(clock.read_text()) + timedelta(seconds=55)
            clock.write_text(later.isoformat())
            page.keyboard.press(chance.choice("abcdef"[: page.locator("[name=chosen]").count()]))
            page.keyboard.press("3")
            shoot(page, "item-chosen", folder)
            page.keyboard.press("Enter")
            page.wait_for_selector("#verdict")
            wrong = page.locator(".verdict.is-wrong").count()
            shoot(page, "feedback-wrong" if wrong else "feedback-right", folder)
            if all((folder / f"feedback-{one}.png").exists() for one in ("right", "wrong")):
                return
        page.evaluate("document.activeElement && document.activeElement.blur()")
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, left=before: url != left, timeout=15_000)
    raise SystemExit("Sixty pages of a session show no right and no wrong answer.")


def sheet(browser: Browser, shots: list[Path], out: Path, columns: int, width: int) -> None:
    """All shots of one kind on one picture, each under its name."""
    cells = "".join(
        f'<figure><figcaption>{shot.stem}</figcaption><img width="{width}" src="data:image/png;'
        f'base64,{base64.b64encode(shot.read_bytes()).decode()}"></figure>'
        for shot in shots
    )
    page = browser.new_page(viewport={"width": columns * (width + 16) + 16, "height": 800})
    style = (
        "body{margin:8px;background:#777;display:flex;flex-wrap:wrap;gap:16px;"
        "align-items:flex-start;font:12px sans-serif}figure{margin:0;background:#fff}"
        "figcaption{padding:2px 6px;color:#000}img{display:block}"
    )
    page.set_content(f"<style>{style}</style>{cells}")
    page.wait_for_timeout(300)
    page.screenshot(path=out, full_page=True, type="jpeg", quality=62)
    page.close()


def main() -> int:
    """Make the sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--keep", type=Path, help="folder for the single screenshots")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        root = Path(scratch)
        demo = root / "demo"
        demo.mkdir(mode=0o700)
        Demo(demo, datetime.fromisoformat(NOW), 3).fill(mock=True)
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=FLAGS
        )
        for scheme in ("light", "dark"):
            for size, (width, height) in SIZES.items():
                folder = (args.keep or root / "shots") / f"{scheme}-{size}"
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                view = {"width": width, "height": height}
                for home, pages in ((None, EMPTY), (demo, PAGES)):
                    copy = root / f"home-{scheme}-{size}-{'demo' if home else 'empty'}"
                    if home:
                        shutil.copytree(home, copy)
                    else:
                        copy.mkdir(mode=0o700)
                    copy.chmod(0o700)
                    with serving(copy) as (address, process):
                        context = browser.new_context(
                            viewport=view, color_scheme=scheme, base_url=address
                        )
                        page = context.new_page()
                        for name, path in pages:
                            page.goto(path)
                            shoot(page, name, folder)
                            if name == "start":
                                page.keyboard.press("Enter")
                                page.wait_for_url("**/item/*")
                                shoot(page, "opening", folder)
                        if home:
                            states(page, folder)
                            walk(page, folder, root / f"{copy.name}.clock")
                            mock(page, folder)
                            stop(page, folder, process)
                        context.close()
                shots = sorted(folder.glob("*.png"), key=lambda shot: shot.stat().st_mtime)
                columns, shown = (4, 480) if size == "wide" else (9, 230)
                sheet(browser, shots, args.out / f"{scheme}-{size}.jpg", columns, shown)
                if scheme == "light" and size == "wide":
                    shutil.copy(folder / "feedback-wrong.png", args.out / "readme.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
