from __future__ import annotations

import pytest

from .conftest import Visitor, main_of

GOOD = {"exam_date": "2026-12-14", "minutes": "60", "days_off": ["5"], "experience.1": "work"}


def test_defaults_can_be_sent_as_they_are(visitor: Visitor) -> None:
    """A date four weeks out, 45 minutes and 'some' experience are filled in."""
    page = visitor.get("/welcome")
    assert 'value="2026-12-22"' in page
    assert page.count("checked") == 1 + 3, "minutes, and one level for each section"
    assert "Architecting" not in page, "sections come from the pack"


def test_plan_is_saved_and_the_diagnostic_begins(visitor: Visitor) -> None:
    """One POST keeps the four answers and leads to the first item; a second one adds nothing."""
    answer = visitor.post("/welcome", **GOOD)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/session/diagnostic"
    settings = visitor.desk.course.state().settings
    assert settings.exam_date is not None and settings.exam_date.isoformat() == "2026-12-14"
    assert (settings.minutes_per_day, settings.days_off) == (60, (5,))
    assert settings.experience == {"1": "work"}
    visitor.post("/welcome", **GOOD)
    begun = [event for event in visitor.desk.course.events() if event.kind == "session_started"]
    assert len(begun) == 1


def test_skipping_leads_to_today(visitor: Visitor) -> None:
    """'Skip' keeps the answers and starts no session."""
    answer = visitor.post("/welcome", **GOOD, skip="1")
    assert answer.headers["location"] == "/today"
    assert visitor.desk.course.state().settings.minutes_per_day == 60
    assert visitor.desk.course.open_session() is None
    assert "where you stand" in main_of(visitor.get("/today"))


def test_date_may_stay_empty(visitor: Visitor) -> None:
    """Without a date there is a plan all the same, and the page asks no more."""
    visitor.post("/welcome", **{**GOOD, "exam_date": ""}, skip="1")
    assert visitor.desk.course.state().settings.exam_date is None
    assert visitor.client.get("/", follow_redirects=False).headers["location"] == "/today"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2027-02-29", "2027 has no 29 February. Did you mean Monday 1 March?"),
        ("29 February 2027", "2027 has no 29 February. Did you mean Monday 1 March?"),
        ("2026-11-31", "2026 has no 31 November. Did you mean Tuesday 1 December?"),
        ("2026-11-23", "Monday 23 November 2026 is past"),
        ("2026-13-01", "There is no such day"),
        ("soon", "“soon” is not a date. Write it as 2026-12-14."),
        ("0026-12-14", "There is no such day"),
        ("<script>", "is not a date"),
    ],
)
def test_wrong_dates_get_the_mend(visitor: Visitor, date: str, said: str) -> None:
    """A date that cannot be used is named with its mend; it stays in the field."""
    answer = visitor.post("/welcome", **{**GOOD, "exam_date": date})
    assert answer.status_code == 422
    assert said in answer.text.replace("&#34;", '"')
    assert 'aria-invalid="true"' in answer.text and 'id="exam_date-error"' in answer.text
    assert f'value="{date}"'.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert visitor.desk.course.events() == []


@pytest.mark.parametrize("date", ["2026-11-24", "2026-11-26", "2027-06-01", "Mon 14 December 2026"])
def test_near_and_far_dates_are_taken(visitor: Visitor, date: str) -> None:
    """Today, two days and half a year ahead are no fault; so is a date in words."""
    assert visitor.post("/welcome", **{**GOOD, "exam_date": date}).status_code == 303


@pytest.mark.parametrize(
    "days,said", [("2026-11-27", "3 days are left"), ("2027-06-01", "189 days")]
)
def test_near_and_far_dates_get_a_note(visitor: Visitor, days: str, said: str) -> None:
    """Under 8 or over 90 days, Today says what that means."""
    visitor.post("/welcome", **{**GOOD, "exam_date": days}, skip="1")
    assert said in main_of(visitor.get("/today"))


@pytest.mark.parametrize(
    ("minutes", "other", "ok"),
    [
        ("other", "75", True), ("other", "", False), ("other", "5", False),
        ("other", "481", False), ("other", "an hour", False), ("", "20", True), ("-3", "", False),
    ],
)  # fmt: skip
def test_minutes_are_checked(visitor: Visitor, minutes: str, other: str, ok: bool) -> None:
    """Other minutes are a whole number from 10 to 480; what was typed stays."""
    answer = visitor.post("/welcome", **{**GOOD, "minutes": minutes, "other_minutes": other})
    assert answer.status_code == (303 if ok else 422)
    if not ok:
        assert "from 10 to 480" in answer.text
        assert f'name="other_minutes" value="{other}"' in answer.text


def test_seven_days_off_are_refused(visitor: Visitor) -> None:
    """A week without a day to study is said to be one."""
    answer = visitor.post("/welcome", **{**GOOD, "days_off": list("0123456")})
    assert answer.status_code == 422
    assert "no day is left to study" in answer.text


def test_all_faults_are_told_at_once(visitor: Visitor) -> None:
    """Two faults give two messages and a line that counts them; the rest is kept."""
    answer = visitor.post(
        "/welcome", exam_date="nonsense", minutes="other", other_minutes="0",
        **{"experience.2": "work"},
    )  # fmt: skip
    assert "2 fields below need a change" in answer.text
    chosen = '<input type="radio" name="experience.2" value="work" checked>'
    assert chosen in answer.text
