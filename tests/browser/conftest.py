"""A real server with an injected clock, and a real browser that fails on any stray request."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START = datetime.fromisoformat("2026-11-24T19:00:00+00:00")


@dataclass
class Server:
    """The program as its user starts it, on a free port, with a home folder and a clock file."""

    home: Path
    clock: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    time: datetime = START
    options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.set_time(self.time)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "roadworthy",
                "serve",
                "--no-browser",
                "--port",
                str(self.port),
                "--home",
                str(self.home),
                "--clock",
                str(self.clock),
                *self.options,
            ],
            env={**os.environ, "ROADWORTHY_TEST": "1", "TZ": "UTC"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{self.url}/alive", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError("the server ended at its start") from None
                time.sleep(0.05)
        raise RuntimeError("the server did not answer")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=10)
            self.process = None

    def set_time(self, moment: datetime) -> None:
        self.time = moment
        partial = self.clock.with_suffix(".partial")
        partial.write_text(moment.isoformat())
        partial.rename(self.clock)

    def pass_time(self, **of: float) -> None:
        self.set_time(self.time + timedelta(**of))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server over an empty home folder."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    running = Server(home, tmp_path / "clock", free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page, with every console error and every request that left this machine."""

    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def key(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def enter_to(self, pattern: str) -> None:
        """Press Enter and wait for an address that matches a glob."""
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(pattern)

    def axe(self) -> list[str]:
        """Violations of WCAG 2.2 AA on the page, as 'rule: first element'."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
            ".then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160)))",
            RULES,
        )
        return list(found)


def watch(context: BrowserContext) -> Watched:
    """A page of the context that notes errors and stray requests."""
    page = context.new_page()
    watched = Watched(page)
    page.on("console", lambda m: watched.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on(
        "request",
        lambda r: (
            watched.foreign.append(r.url)
            if not r.url.startswith(("http://127.0.0.1", "data:"))
            else None
        ),
    )
    return watched


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Watched]:
    """A watched page at 1280 x 800 on the server; the test fails on stray requests and errors."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 800}, color_scheme="light"
    )
    context.set_default_timeout(8000)
    watched = watch(context)
    yield watched
    context.close()
    assert watched.errors == []
    assert watched.foreign == []
