"""A lab in the plan, as Today, Plan, print, terminal and calendar show it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from icalendar import Calendar

from roadworthy.cli.day_text import today_lines
from roadworthy.exchange.calendar_out import give_calendar
from roadworthy.study import lab_days

from .conftest import Visitor, main_of


@pytest.fixture
def with_lab(studying: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A candidate whose pack has one lab, on decisions of which the first is met."""
    lab = SimpleNamespace(
        title="Keep the bread fresh",
        minutes=20,
        objectives=["2.1"],
        rules=[f"{name}.R1" for name in studying.desk.pack.decisions],
    )
    with_labs = replace(studying.desk.pack, labs={"fresh": lab})
    monkeypatch.setattr(studying.desk.course, "pack", with_labs)
    monkeypatch.setattr(lab_days, "BEGIN_ON", tuple(range(lab_days.WEEK)))
    return studying


def test_a_lab_is_a_step_like_others_without_a_gain(with_lab: Visitor) -> None:
    """It is named with its minutes and leads to its page; the day keeps other work."""
    page = with_lab.get("/today")
    words = main_of(page)

    assert '<a class="step-go" href="/labs/fresh"' in page
    assert "Lab: Keep the bread fresh" in words
    assert "20 min none counted" in words
    assert 'action="/plan/reading"' not in page
    kinds = [block.kind for block in with_lab.desk.plan().today.blocks]
    assert kinds[-1] == "lab" and len(kinds) > 1


def test_every_face_of_the_plan_names_the_lab(with_lab: Visitor) -> None:
    """The calendar's cell, the day, the print view, the terminal and the iCalendar file."""
    desk = with_lab.desk
    plan = main_of(with_lab.get("/plan"))
    ics = give_calendar(desk.course, desk.standing, now=desk.now(), zone="UTC", start=None)
    texts = " ".join(
        str(event.get("description", "")) for event in Calendar.from_ical(ics).walk("vevent")
    )

    assert plan.count("Keep the bread fresh") >= 3
    assert "Reading and labs take" in plan
    assert "Lab: Keep the bread fresh (20 min)" in main_of(with_lab.get("/plan/print"))
    assert any("Lab: Keep the bread fresh" in line for line in today_lines(desk))
    assert "Lab: Keep the bread fresh, 20 min" in texts
