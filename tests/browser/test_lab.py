"""Lab 2 from its page: started, checked, hinted, mended in an editor, passed, items after."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Server, Watched

pytestmark = pytest.mark.labs

LAB = "imbalanced-data"
SOLUTION = Path(__file__).parents[2] / "packs/gcp-pmle/labs/02-imbalanced-data/solution"
MOST_MS = 240_000
"""An environment that does not stand yet is installed first."""


def payloads(home: Path, kind: str) -> list[dict]:
    """Payloads of a kind, read beside the running program."""
    with closing(sqlite3.connect(f"file:{home / 'journal.sqlite3'}?mode=ro", uri=True)) as journal:
        rows = journal.execute(
            "select payload from events where kind = ? order by seq", (kind,)
        ).fetchall()
    return [json.loads(row[0]) for row in rows]


def check(visit: Watched) -> None:
    """Press Check by key and wait until the checks have ended."""
    visit.page.evaluate("document.activeElement.blur()")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#press-stop", timeout=20_000)
    visit.page.wait_for_selector("#press-stop", state="detached", timeout=MOST_MS)


def test_lab_2_from_start_to_pass(visit: Watched, server: Server) -> None:
    """A candidate starts, fails for the planted reasons, opens a hint, mends, passes, goes on."""
    page = visit.page
    page.goto("/labs")
    assert visit.axe() == []
    page.get_by_role("link", name="one fraud in two hundred").click()
    page.wait_for_url(f"**/labs/{LAB}")
    assert visit.axe() == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#press-check", timeout=MOST_MS)
    work = server.home / "labs" / LAB
    assert (work / "main.py").is_file()
    before = page.request.get("/api/readiness").json()

    check(visit)
    assert visit.axe() == []
    failed = page.locator(".lab-check.is-failed")
    assert failed.count() == 4
    assert "were made up" in failed.first.inner_text()
    page.get_by_role("button", name="A hint: where to look").first.click()
    page.wait_for_selector(".lab-hint")
    assert [one["degree"] for one in payloads(server.home, "hint_used")] == [1]

    for file in SOLUTION.glob("*.py"):
        shutil.copyfile(file, work / file.name)
    check(visit)
    page.wait_for_selector("#after")
    assert page.locator(".lab-check.is-passed").count() == 7
    assert "yours is the same" in page.locator(".lab-diff").first.inner_text()
    assert visit.axe() == []
    assert [one["passed"] for one in payloads(server.home, "lab_checked")] == [False, True]
    assert page.request.get("/api/readiness").json() == before, "a lab moved the forecast"

    page.get_by_role("button", name="Begin the items").click()
    page.wait_for_url("**/item/*")
    assert visit.axe() == []
    begun = payloads(server.home, "session_started")[-1]
    assert (begun["purpose"], begun["target"]) == ("lab", LAB)
