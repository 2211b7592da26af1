from __future__ import annotations

import re

import pytest

from .conftest import Visitor, main_of

GOOD = {
    "exam_date": "2026-12-14", "minutes": "45", "days_off": ["5", "6"], "pass_mark": "72",
    "outside_share": "85", "theme": "dark", "letters": "off", "mock_time": "1.5",
    "mock_seconds": "off", "experience.1": "new",
}  # fmt: skip


def test_settings_are_kept_and_take_effect(settled: Visitor) -> None:
    """All fields are saved; theme and keys show at once on every page."""
    answer = settled.post("/settings", **GOOD)
    assert answer.headers["location"] == "/settings?saved=1"
    settings = settled.desk.course.state().settings
    assert settings.pass_mark == pytest.approx(0.72)
    assert settings.outside_share == pytest.approx(0.85)
    assert (settings.mock_time, settings.mock_seconds) == (1.5, False)
    assert (settings.theme, settings.letters, settings.days_off) == ("dark", False, (5, 6))
    page = settled.get("/settings?saved=1")
    assert '<html lang="en" data-theme="dark">' in page and 'data-letters="off"' in page
    assert "Saved." in main_of(page)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("pass_mark", "40", "from 50 to 90"), ("pass_mark", "", "from 50 to 90"),
        ("pass_mark", "70.5", "from 50 to 90"),
        ("outside_share", "5", "Leave it empty to go with the computed"),
        ("outside_share", "all", "to 90. Leave it empty"),
        ("exam_date", "2026-02-30", "has no 30 February"),
        ("minutes", "0", "from 10 to 480"),
    ],
)  # fmt: skip
def test_wrong_values_are_told_beside_their_field(
    settled: Visitor, field: str, value: str, said: str
) -> None:
    """Nothing is saved, the field says why, and the other fields keep what was typed."""
    before = settled.desk.course.state().settings
    answer = settled.post("/settings", **{**GOOD, field: value})
    assert answer.status_code == 422
    assert said in answer.text and "Nothing is saved yet" in answer.text
    assert settled.desk.course.state().settings == before


@pytest.mark.parametrize("size", ["large", "larger", "largest"])
def test_text_size_is_a_class_of_the_root(settled: Visitor, size: str) -> None:
    """A chosen size shows at once on every page, and other forms of the page keep it."""
    settled.post("/settings", **GOOD, text_size=size)
    assert f'class="text-{size}">' in settled.get("/settings?saved=1").split("<head>")[0]
    assert f'class="text-{size}">' in settled.get("/learn").split("<head>")[0]
    settled.post("/settings", **GOOD)
    assert settled.desk.course.state().settings.text_size == size
    settled.post("/settings", **GOOD, text_size="usual")
    assert "class=" not in settled.get("/today").split("<head>")[0]


def test_unknown_text_size_is_the_usual_one(settled: Visitor) -> None:
    """A size that is none of the four breaks nothing."""
    assert settled.post("/settings", **GOOD, text_size="huge").status_code == 303
    assert settled.desk.course.state().settings.text_size == "usual"


def test_a_past_date_that_stands_is_no_fault(settled: Visitor) -> None:
    """After the exam other settings can be changed without touching its date."""
    settled.clock.next_day(days=25)
    assert settled.post("/settings", **GOOD).status_code == 303


def test_the_forecast_follows_the_pass_mark(studying: Visitor) -> None:
    """A higher assumed mark lowers readiness."""
    before = studying.desk.readiness().p
    studying.post("/settings", **{**GOOD, "pass_mark": "90", "outside_share": ""})
    after = studying.desk.readiness().p
    assert before is not None and after is not None and after < before


def test_the_page_says_where_answers_are(settled: Visitor) -> None:
    """The home folder and the share without items are named."""
    words = main_of(settled.get("/settings"))
    assert str(settled.desk.home) in words
    assert "Part of the exam we have no items for" in words and "It is at least" in words


def test_the_share_without_items_can_only_be_raised(settled: Visitor) -> None:
    """Empty goes with what is computed; a figure below it is told so, one above it is in use."""
    assert settled.post("/settings", **{**GOOD, "outside_share": ""}).status_code == 303
    words = main_of(settled.get("/settings"))
    computed = re.search(r"In use now: (\d+)%", words)
    assert computed is not None
    page = settled.get("/settings")
    assert re.search(rf'name="outside_share" value="{computed[1]}"', page), "the value is filled in"
    settled.post("/settings", **{**GOOD, "outside_share": computed[1]})
    assert settled.desk.course.state().settings.outside_share == pytest.approx(0.1), "follows on"
    settled.post("/settings", **{**GOOD, "outside_share": "88"})
    assert "In use now: 88%" in main_of(settled.get("/settings"))
    below = settled.post("/settings", **{**GOOD, "outside_share": str(int(computed[1]) - 1)})
    assert below.status_code == 422
