"""A mock exam in a browser without script: start, go through it, finish, read the result."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response

Visitor = Any  # the class of conftest.py, which tests cannot import


@pytest.fixture
def mock(visitor: Visitor) -> Visitor:
    """A candidate with a plan who has started a full mock of 15 items under the id F."""
    visitor.settle()
    answer = visitor.post("/mocks/start", form="F", scale="full")
    assert answer.headers["location"] == "/mock/F"
    return visitor


@pytest.fixture
def choose_two(settled: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """As ``mock``; its first item asks for two options."""
    desk = settled.desk
    form = desk.forms.drawn("F", "full")
    item = next(
        one
        for seed in range(50)
        if (
            one := desk.generator.generate_pair(
                "route-and-remedy", kind="choose_two", seed=seed, length="brief"
            )
        )
    )
    with_pair = replace(form, items=(item, *form.items[1:]))
    monkeypatch.setattr(desk.forms, "drawn", lambda *_: with_pair)
    settled.post("/mocks/start", form="F", scale="full")
    return settled


def fields(visitor: Visitor, ordinal: int) -> dict[str, Any]:
    """The hidden fields and the checked options of an item's page."""
    text = visitor.get(f"/mock/F/{ordinal}")
    found: dict[str, Any] = dict(
        re.findall(r'<input type="hidden" name="(rev|was|since|flagged)" value="([^"]*)"', text)
    )
    found["chosen"] = re.findall(r'name="chosen" value="(\d)" checked', text)
    return found


def send(visitor: Visitor, ordinal: int, go: str, **changes: Any) -> Response:
    """Press a button of an item's page, half a minute after it was loaded."""
    sent = fields(visitor, ordinal) | changes
    visitor.clock.now += timedelta(seconds=30)
    return visitor.post(f"/mock/F/{ordinal}", go=go, **sent)


def key(visitor: Visitor, ordinal: int) -> list[str]:
    """The keys of an item, as the page sends them."""
    return [str(one) for one in visitor.desk.forms.form("F").places[ordinal - 1].item.keys]


def test_first_page_says_what_the_mock_is(visitor: Visitor) -> None:
    """Size, time and what it cannot ask stand there before the clock runs."""
    visitor.settle()
    text = visitor.get("/mocks/new/full")

    assert "15 items in 40 minutes" in text
    assert "Not covered yet" in text
    assert not visitor.desk.forms.forms()


def test_item_page_says_nothing_on_right_or_wrong(mock: Visitor) -> None:
    """No verdict, rule, reason or readiness is in the page of an item, answered or not."""
    send(mock, 1, "stay", chosen=key(mock, 1))
    text = mock.get("/mock/F/1")

    for word in ("Holds", "Falls", "is-key", "rationale", "readiness", "misconception"):
        assert word not in text


def test_next_back_map_and_numbers(mock: Visitor) -> None:
    """Buttons lead where they say, and the ends hold."""
    assert send(mock, 1, "next").headers["location"] == "/mock/F/2"
    assert send(mock, 1, "back").headers["location"] == "/mock/F/1"
    assert send(mock, 15, "next").headers["location"] == "/mock/F/15"
    assert send(mock, 3, "12").headers["location"] == "/mock/F/12"
    assert send(mock, 3, "99").headers["location"] == "/mock/F/4"
    assert send(mock, 3, "map").headers["location"] == "/mock/F/map?at=3"
    assert "0 of 15 answered" in mock.get("/mock/F/map")


def test_map_shows_where_one_came_from(mock: Visitor) -> None:
    """The current item is marked, and Esc goes back to it; without one, Esc leaves."""
    text = mock.get("/mock/F/map?at=3")
    assert text.count('aria-current="true"') == 1
    assert 'href="/mock/F/3" data-key="Escape"' in text
    assert "Back to item 3" in mock.get("/mock/F/finish?at=3")
    for nowhere in ("", "?at=99", "?at=x", "?at=0"):
        plain = mock.get(f"/mock/F/map{nowhere}")
        assert "Back to item" not in plain
        assert 'href="/mocks" data-key="Escape"' in plain


def test_no_key_starts_or_finishes(mock: Visitor) -> None:
    """While items are open, Enter before the end leads to the first of them."""
    text = mock.get("/mock/F/finish")
    assert "Finish with 15 open" in text
    assert 'href="/mock/F" data-key="Enter"' in text
    assert text.count('data-key="Enter"') == 1
    assert "40 minutes are left" in text


def test_too_few_chosen_is_told_apart(choose_two: Visitor) -> None:
    """It is no open item: the map counts it, Next says so, Finish warns of it."""
    mock, ordinal = choose_two, 1
    answer = send(mock, ordinal, "next", chosen=["1"])
    assert answer.headers["location"] == f"/mock/F/{ordinal}?note=number"
    text = mock.get(f"/mock/F/{ordinal}?note=number")
    assert "Choose one more before you go on" in text
    assert re.findall(r'value="(\d)"(?: checked)? autofocus', text) == ["0"]
    assert f"Item {ordinal}, 1 of 2 chosen" in text
    assert "1 with too few chosen" in text
    assert "(Choose two.)" not in text
    warned = f"Item {ordinal} has 1 of 2 chosen; as it stands it counts as wrong."
    assert warned in mock.get("/mock/F/finish")
    sent = fields(mock, ordinal) | {"chosen": ["0", "1", "2"]}
    told = mock.post(f"/mock/F/{ordinal}/save", **sent).json()
    assert told["counts"]["half_words"] == "with too few or too many chosen"
    text = mock.get(f"/mock/F/{ordinal}?note=number")
    assert "Take one back" in text
    assert re.findall(r'value="(\d)"(?: checked)? autofocus', text) == ["0"]


def test_choice_flag_and_clear_are_kept(mock: Visitor) -> None:
    """Each is on disk when the next page comes, and can be changed to the end."""
    send(mock, 2, "flag", chosen=["1"])
    assert fields(mock, 2) | {"since": ""} == {
        "rev": "1", "was": "1|1", "flagged": "1", "chosen": ["1"], "since": "",
    }  # fmt: skip
    send(mock, 2, "next", chosen=["2"])
    place = mock.desk.forms.form("F").places[1]
    assert (place.chosen, place.flagged, place.choices) == ((2,), True, ((1,), (2,)))
    send(mock, 2, "clear")
    assert mock.desk.forms.form("F").places[1].chosen == ()
    assert "Item 2, open, flagged" in mock.get("/mock/F/1")


def test_time_of_all_visits_adds_up(mock: Visitor) -> None:
    """A visit that changes nothing still counts its time."""
    send(mock, 1, "next")
    send(mock, 1, "next", chosen=["1"])
    send(mock, 1, "next")

    assert mock.desk.forms.form("F").places[0].seconds == pytest.approx(90, abs=1)


def test_tab_that_is_behind_changes_nothing(mock: Visitor) -> None:
    """A page from before the other tab's answer is told so; unchanged, it only goes on."""
    before = fields(mock, 1)
    send(mock, 1, "stay", chosen=["2"])
    behind = mock.post("/mock/F/1", **before | {"chosen": ["3"]}, go="next")
    assert behind.headers["location"] == "/mock/F/1?note=overtaken"
    assert "changed in another tab" in mock.get("/mock/F/1?note=overtaken")
    silent = mock.post("/mock/F/1", **before, go="next")
    assert silent.headers["location"] == "/mock/F/2"
    assert mock.desk.forms.form("F").places[0].chosen == (2,)


def test_save_answers_with_what_the_page_needs(mock: Visitor) -> None:
    """The page with script saves each change at once, and hears of another tab and of the end."""
    sent = fields(mock, 1)
    saved = mock.post("/mock/F/1/save", **sent | {"chosen": ["1"]})
    assert saved.status_code == 200
    told = saved.json()
    assert (told["rev"], told["was"], told["answered"], told["state"]) == (1, "1|0", 1, "answered")
    again = mock.post("/mock/F/1/save", **sent | {"chosen": ["2"]})
    assert told["counts"] | {"half_words": ""} == {
        "answered": 1, "open": 14, "half": 0, "half_words": "",
    }  # fmt: skip
    assert told["pace"]["words"] == "3 min ahead of even pace"
    assert (again.status_code, again.json()["error"]) == (409, "overtaken")
    mock.clock.now += timedelta(hours=1)
    late = mock.post("/mock/F/1/save", **sent | {"chosen": ["2"], "rev": "1"})
    assert (late.status_code, late.json()) == (409, {"error": "late", "go": "/mock/F/result"})


def test_time_over_leads_to_the_result(mock: Visitor) -> None:
    """After the deadline every page of the room leads to the result, and what was kept counts."""
    send(mock, 1, "next", chosen=key(mock, 1))
    mock.clock.now += timedelta(minutes=41)

    for path in ("/mock/F", "/mock/F/3", "/mock/F/map", "/mock/F/finish"):
        answer = mock.client.get(path, follow_redirects=False)
        assert answer.headers["location"] == "/mock/F/result"
    text = mock.get("/mock/F/result")
    assert "1 of 15" in text
    assert "time over" in text


def test_result_shows_misses_and_the_record(mock: Visitor) -> None:
    """Right and wrong answers come out as they were; each miss has its reasons."""
    for ordinal in range(1, 16):
        keys = key(mock, ordinal)
        count = len(mock.desk.forms.form("F").places[ordinal - 1].item.options)
        wrong = [str((int(keys[0]) + 1) % count)]
        mock.clock.now += timedelta(seconds=90)
        send(mock, ordinal, "next", chosen=wrong if ordinal % 3 == 0 else keys)
    assert "All 15 items are answered" in mock.get("/mock/F/finish")
    assert mock.post("/mock/F/finish").headers["location"] == "/mock/F/result"

    text = mock.get("/mock/F/result")
    assert "10 of 15. That is 67%" in text
    assert "Misses, 5" in text
    assert "10 of 15" in mock.get("/mocks")
    assert "Counted in the record" not in mock.get("/mocks"), "said only where one does not count"
    misses = mock.get("/mock/F/misses")
    assert misses.count('<article class="reviewed"') == 5
    assert "you chose it" in misses
    assert "Mock 1" in mock.get("/mocks/record")
    assert "below the mark" in mock.get("/mocks/record")
    right = next(one.ordinal for one in mock.desk.forms.form("F").places if one.right)
    assert "right" in mock.get(f"/mock/F/{right}/why")


def test_guesses_in_a_rush_do_not_move_readiness(visitor: Visitor) -> None:
    """B for every item in two seconds each: nothing moves, and the result says why."""
    visitor.settle()
    visitor.study("s", "evening")
    before = visitor.desk.readiness().p
    visitor.post("/mocks/start", form="F", scale="full")
    for ordinal in range(1, 16):
        sent = fields(visitor, ordinal)
        visitor.clock.now += timedelta(seconds=2)
        visitor.post(f"/mock/F/{ordinal}", go="next", **sent | {"chosen": ["1"]})
    visitor.post("/mock/F/finish")

    text = visitor.get("/mock/F/result")
    assert "answers came faster than reading" in text
    assert visitor.desk.readiness().p == pytest.approx(before, abs=0.01)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/mock/G", 404), ("/mock/F/16", 404), ("/mock/F/0", 404), ("/mocks/new/long", 404)],
)
def test_what_is_not_there(path: str, status: int, mock: Visitor) -> None:
    """An unknown mock, item or length is a clear 404."""
    mock.get(path, status)


def test_running_mock_is_found_again(mock: Visitor) -> None:
    """Mocks shows it with the time left; a second one is not started beside it."""
    mock.clock.now += timedelta(minutes=10)
    text = mock.get("/mocks")
    assert "is running: 30:00 left" in text
    assert (
        mock.client.get("/mocks/new/full", follow_redirects=False).headers["location"] == "/mock/F"
    )
    answer = mock.post("/mocks/start", form="G", scale="full")
    assert answer.headers["location"] == "/mock/F"


def test_extra_time_and_a_clock_of_whole_minutes(settled: Visitor) -> None:
    """A form lasts as many times longer as Settings say, and its clock can leave seconds out."""
    desk = settled.desk
    usual = desk.forms.minutes(15)
    desk.save_settings({"mock_time": 1.5, "mock_seconds": False}, settled.clock.now)
    assert f"15 items in {round(usual * 1.5)} minutes" in settled.get("/mocks/new/full")
    assert "1.5 times" in settled.get("/mocks/new/full")
    settled.post("/mocks/start", form="E", scale="full")
    view = desk.forms.form("E")
    assert view.seconds_left(settled.clock.now) == pytest.approx(usual * 90)

    desk.save_settings({"mock_time": 1.0}, settled.clock.now)
    page = settled.get("/mock/E/1")
    assert '<span id="clock-words">1 h 0 min</span>' in page
    settled.clock.now += timedelta(seconds=usual * 90 - 59)
    assert '<span id="clock-words">0:59</span>' in settled.get("/mock/E/1")


def test_room_offers_strike_out_and_names_the_pass(mock: Visitor) -> None:
    """Each option can be struck out, and the pass changes with the time that is used."""
    page = mock.get("/mock/F/1")
    assert page.count("data-strike=") == len(mock.desk.forms.form("F").places[0].item.options)
    assert "Pass 1 of 3." in page
    mock.clock.now += timedelta(minutes=35)
    assert "Pass 3 of 3." in mock.get("/mock/F/1")


def test_the_longest_form_can_be_asked_for(settled: Visitor) -> None:
    """It has the exam's greatest number of items in the exam's time, or says why it has fewer."""
    assert "20 items, 40 minutes" in settled.get("/mocks")
    page = settled.get("/mocks/new/longest")
    assert "20 items in 40 minutes" in page or "Shorter than the 20 that you asked for" in page
    answer = settled.post("/mocks/start", form="L", scale="longest")
    assert answer.headers["location"] == "/mock/L"
    view = settled.desk.forms.form("L")
    assert (view.scale, view.asked) == ("longest", 20)
    assert len(view.places) in (15, 20)
