"""A candidate at the keyboard: what one presses to walk an evening, a mock, a page of the plan."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from roadworthy.pack.model import Pack

from .conftest import Server, Watched

LETTERS = "abcdef"
MOST_STEPS = 120
Plan = Callable[[dict[str, Any]], tuple[list[int], int]]
"""An item as it was shown -> (positions to choose, how sure from 1 to 3)."""


def keys_of(item: dict[str, Any]) -> list[int]:
    """Positions of the keys of an item as it was frozen."""
    return [place for place, option in enumerate(item["options"]) if option["correct"]]


def rightly(shown: dict[str, Any]) -> tuple[list[int], int]:
    """The keys, and certain."""
    return keys_of(shown["item"]), 3


def wrongly(shown: dict[str, Any]) -> tuple[list[int], int]:
    """Neighbors of the keys, and a guess."""
    item = shown["item"]
    return [(place + 1) % len(item["options"]) for place in keys_of(item)], 1


def four_of_five() -> Plan:
    """Answers that are wrong on the fifth item, the tenth and so on."""
    count = 0

    def plan(shown: dict[str, Any]) -> tuple[list[int], int]:
        nonlocal count
        count += 1
        return wrongly(shown) if count % 5 == 0 else rightly(shown)

    return plan


class Certain:
    """Right on all items but one: there certain of a wrong option whose belief the pack names."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.belief = ""
        self.shown: dict[str, Any] = {}

    def __call__(self, shown: dict[str, Any]) -> tuple[list[int], int]:
        item = shown["item"]
        for place, option in enumerate(item["options"]):
            decision = self.pack.decisions.get((option["rules"] or [""])[0].split(".")[0])
            named = decision.teach.misconceptions if decision is not None else {}
            known = named.get(option.get("misconception"))
            wrong = not option["correct"] and shown["step"] == "full" and len(keys_of(item)) == 1
            if not self.belief and wrong and known is not None and "{" not in known.belief:
                self.belief, self.shown = known.belief, shown
                return [place], 3
        return rightly(shown)


@dataclass
class Candidate:
    """One who has only a keyboard, on a program whose clock the test moves."""

    visit: Watched
    server: Server
    axe: bool = True

    # -- what the journal holds

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Payloads of a kind, read beside the running program."""
        return [payload for _, payload in self.dated(kind)]

    def dated(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """(time, payload) of a kind, in order."""
        path = self.server.home / "journal.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as journal:
            rows = journal.execute(
                "select at, payload from events where kind = ? order by seq", (kind,)
            ).fetchall()
        return [(at, json.loads(text)) for at, text in rows]

    def shown(self) -> dict[str, Any]:
        """The item on the page, from the journal."""
        found = re.search(r"/item/(\w+)", self.visit.page.url)
        assert found is not None, self.visit.page.url
        path = self.server.home / "journal.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as journal:
            (text,) = journal.execute(
                "select payload from events where key = ?", (f"shown:{found[1]}",)
            ).fetchone()
        payload: dict[str, Any] = json.loads(text)
        return payload

    # -- keys

    def text(self) -> str:
        """What the main part of the page says."""
        return self.visit.page.inner_text("main")

    def page_text(self) -> str:
        """All that the page says."""
        return self.visit.page.inner_text("body")

    def tab_to(self, selector: str) -> None:
        """Press Tab until such an element has the focus."""
        for _ in range(160):
            self.visit.key("Tab")
            if self.visit.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"160 Tabs do not reach {selector} on {self.visit.page.url}")

    def press(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, or to the same one anew, and wait for it."""
        page = self.visit.page
        page.evaluate("document.querySelector('main').dataset.before = '1'")
        page.keyboard.press(key)
        page.wait_for_function(
            "() => { const m = document.querySelector('main'); return m && !m.dataset.before; }"
        )

    def go(self, letter: str) -> None:
        """G and a letter: one of the places."""
        self.visit.page.keyboard.press("g")
        self.press(letter)

    def landmark(self, name: str) -> None:
        """A page that matters: axe finds nothing, and it is kept as a picture where one asks."""
        folder = os.environ.get("ROADWORTHY_SHOTS")
        if folder:
            path = Path(folder) / f"{name}.png"
            self.visit.page.screenshot(path=str(path), full_page=True)
        size = self.visit.page.viewport_size
        self.visit.page.set_viewport_size({"width": 320, "height": 800})
        over = self.visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{name} scrolls sideways at 320 px"
        self.visit.page.set_viewport_size(size)
        if self.axe:
            assert self.visit.axe() == [], name

    # -- steps

    def answer(self, plan: Plan, seconds: float = 100) -> dict[str, Any]:
        """Answer the item on the page by its letters; returns what was shown.

        The reasons follow, or a step of the coach.
        """
        shown = self.shown()
        places, sure = plan(shown)
        self.server.pass_time(seconds=seconds)
        self.visit.key(*(LETTERS[place] for place in places), str(sure))
        self.press()
        return shown

    def walk(self, plan: Plan = rightly, *, most: int = MOST_STEPS, seconds: float = 100) -> int:
        """Go through the session on the page to its end, or until ``most`` items; count of items.

        The coach's steps are skipped by their key.
        """
        done = 0
        for _ in range(MOST_STEPS * 2):
            path = self.visit.page.url
            if path.endswith("/end"):
                return done
            if "/coach" in path:
                self.press("s")
            elif "/read/" in path:
                self.server.pass_time(seconds=70)
                self.press()
            elif self.visit.page.locator("#verdict").count():
                if done >= most:
                    return done
                self.press()
            else:
                self.answer(plan, seconds)
                done += 1
        raise AssertionError("the session does not end")

    def at(self, day: date, hour: int) -> None:
        """Move the clock to an hour of a day."""
        self.server.set_time(datetime.combine(day, time(hour), UTC))

    def start(self) -> None:
        """From Today: start the session that does all steps; one that opens a text is passed by."""
        if not self.visit.page.locator(".head form .primary").count():
            self.tab_to("ol.steps button.step-go")
        self.press()

    def evening(self, minutes: int, plan: Plan) -> float:
        """From Today: say how much time there is tonight, and walk it; minutes that it took."""
        page = self.visit.page
        self.tab_to("#tonight")
        self.visit.key("Control+a")
        page.keyboard.type(str(minutes))
        self.press()
        assert f"minutes={minutes}" in page.url
        steps = page.locator("ol.steps .step-minutes").all_inner_texts()
        assert sum(int(re.sub(r"\D", "", one)) for one in steps) == minutes
        begun = self.server.time
        planned = re.findall(r"Learn (.+)", page.inner_text("ol.steps"))
        self.start()
        assert self.walk(plan) > 0
        learned = page.locator("main ul.plain").first.locator("li").all_inner_texts()
        assert (learned if planned else []) == planned, "what was planned to be learned was taught"
        return (self.server.time - begun).total_seconds() / 60

    def sit_mock(self, right: Callable[[int], bool], seconds: float) -> dict[str, Any]:
        """Start the clock of the mock on the page, answer every item by its letters, and finish."""
        visit, page = self.visit, self.visit.page
        self.tab_to(".start-mock .primary")
        visit.enter_to("**/mock/*/1")
        started = self.events("form_started")[-1]
        size = len(started["presentations"])
        for ordinal, one in enumerate(started["presentations"], start=1):
            item = one["item"]
            keys = keys_of(item)
            if not right(ordinal):
                keys = [(place + 1) % len(item["options"]) for place in keys]
            self.server.pass_time(seconds=seconds)
            for count, place in enumerate(keys, start=1):
                visit.key(LETTERS[place])
                if count < len(keys):
                    page.wait_for_function("() => /Saved/.test(document.body.innerText)")
            page.wait_for_function(
                "n => document.getElementById('answered-count').textContent === String(n)",
                arg=ordinal,
            )
            visit.key("j")
            page.wait_for_url(f"**/mock/*/{ordinal + 1}" if ordinal < size else "**/finish?*")
        self.tab_to("form .button.primary")
        visit.enter_to("**/result")
        return started
