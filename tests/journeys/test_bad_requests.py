"""Bad input at the pages: the text with its mend, the status, and nothing lost or half kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.journeys.conftest import PLAN, SETTINGS, Browser, Midway, tells_no_traceback, words_of

# --- dates


@pytest.mark.parametrize("path", ["/welcome", "/settings"])
@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("2027-02-29", "2027 has no 29 February. Did you mean Monday 1 March?"),
        ("2026-13-01", "There is no such day: 2026-13-01. Write it as 2026-12-14."),
        ("2026-11-23", "Monday 23 November 2026 is past. Choose today or a later day"),
        ("soon", "“soon” is not a date. Write it as 2026-12-14."),
        ("3000-01-01", "The year 3000 is too far away to plan for."),
        ("0000-00-00", "There is no such day"),
        ("2026-12-14T10:00", "is not a date"),
        ("²⁰²⁶-12-14", "is not a date"),
        ("9" * 5000, "is not a date"),
    ],
    ids=lambda value: value[:12],
)
def test_a_wrong_date_is_told_at_its_field_and_nothing_is_saved(
    unchanged: Midway, path: str, date: str, says: str
) -> None:
    """The field names the mend and keeps the text, and the other fields keep theirs."""
    answer = unchanged.browser.post(path, {**SETTINGS, "exam_date": date})

    assert answer.status_code == 422
    assert says in words_of(answer)
    assert f'value="{date}"' in answer.text
    assert 'aria-describedby="exam_date-error"' in answer.text
    assert re.search(r'name="experience.1" value="work" checked', answer.text)


# --- who may ask


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"host": "evil.example"}, "only under its own address on this machine"),
        ({"host": "127.0.0.1.evil.example:8750"}, "Open http://127.0.0.1"),
        ({"origin": "https://evil.example"}, "sent from another site, so it was not made"),
        ({"origin": "null"}, "Open Roadworthy itself and try again."),
    ],
)
def test_a_foreign_host_or_origin_gets_403_with_the_reason(
    unchanged: Midway, headers: dict[str, str], says: str
) -> None:
    """A change from elsewhere is not made, even with a good token."""
    answer = unchanged.browser.post("/settings", SETTINGS, **headers)

    assert answer.status_code == 403
    assert says in answer.text


@pytest.mark.parametrize("token", ["", "x", "InNvbWVib2R5Ig.aSTb8A.made-up"])
def test_a_missing_or_foreign_token_gets_403_with_the_mend(unchanged: Midway, token: str) -> None:
    """The page says that nothing was changed and to load it again."""
    answer = unchanged.browser.post("/settings", {**SETTINGS, "token": token})

    assert answer.status_code == 403
    assert "nothing was changed. Load the page again" in words_of(answer)


def test_an_old_token_gets_403(unchanged: Midway, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was left open for longer than two weeks has to be loaded again."""
    monkeypatch.setattr("roadworthy.web.guard.TOKEN_LIFE_SECONDS", -1)

    answer = unchanged.browser.post("/settings", SETTINGS)

    assert answer.status_code == 403
    assert "This page is too old to be sent" in words_of(answer)


# --- addresses that lead nowhere


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/nowhere", "There is no page at /nowhere Your answers are safe."),
        ("/static/nowhere.css", "There is no page at /static/nowhere.css"),
        ("/item/nope", "There is no such item in your journal."),
        ("/item/nope/trace.json", "There is no such item in your journal."),
        ("/item/%00", "There is no such item in your journal."),
        (f"/item/{'a' * 3000}", "There is no such item in your journal."),
        ("/session/nope", "There is no such session. Start one from Today."),
        ("/session/nope/end", "There is no such session."),
        ("/session/nope/read/delivery-route/brief", "There is no such session."),
        ("/session/opening/read/nope/brief", "There is no such lesson."),
        ("/learn/topics/nope", "There is no such topic. Learn lists all topics."),
        ("/api/nowhere", "There is no page at /api/nowhere"),
    ],
    ids=lambda value: value[:30],
)
def test_an_unknown_address_is_a_404_page(unchanged: Midway, path: str, says: str) -> None:
    """Pages, items, sessions and topics that do not exist say so and where to go."""
    answer = unchanged.browser.get(path)

    assert answer.status_code == 404
    assert says in words_of(answer)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_no_page_takes_is_told(unchanged: Midway, method: str) -> None:
    """405 comes with words, too."""
    answer = unchanged.browser.client.request(method, "/today")

    assert answer.status_code == 405
    assert f"This address does not take {method}. Go to Today" in words_of(answer)


# --- forms with values that no page of ours sends

HUGE = "9" * 5000  # longer than Python turns into a number


MALFORMED: list[tuple[str, Mapping[str, Any], int, str]] = [
    ("{open}/answer", {"chosen": "99", "confidence": "2"}, 422, "Choose an option first."),
    ("{open}/answer", {"chosen": "-1", "confidence": "2"}, 422, "Choose an option first."),
    ("{open}/answer", {"chosen": "²", "confidence": "2"}, 422, "Choose an option first."),
    ("{open}/answer", {"chosen": HUGE, "confidence": "2"}, 422, "Choose an option first."),
    ("{open}/answer", {"chosen": "0", "confidence": "x"}, 422, "Say how sure you are: 1, 2"),
    ("{open}/answer", {"chosen": "0", "confidence": "4"}, 422, "Say how sure you are: 1, 2"),
    ("{open}/answer", {}, 422, "Choose an option, and say how sure you are."),
    ("/item/nope/answer", {"chosen": "0", "confidence": "2"}, 404, "no such item"),
    ("{done}/flip", {"flip": "7", "chosen": "0"}, 404, "This item has no such change."),
    ("{done}/flip", {"flip": "-1", "chosen": "0"}, 404, "This item has no such change."),
    ("{done}/flip", {"flip": "x", "chosen": "0"}, 400, "Choose one letter."),
    ("{done}/flip", {"flip": "0", "chosen": "99"}, 400, "Choose one letter."),
    ("{done}/flip", {"flip": "0", "chosen": "²"}, 400, "Choose one letter."),
    ("{done}/flip", {"flip": "0", "chosen": HUGE}, 400, "Choose one letter."),
    ("{done}/dispute", {"text": "  "}, 400, "A dispute needs a sentence"),
    ("/session", {"minutes": "-5"}, 400, "5 to 120 minutes, not -5."),
    ("/session", {"minutes": "121"}, 400, "5 to 120 minutes, not 121."),
    ("/session", {"minutes": "long"}, 400, "5 to 120 minutes, not long."),
    ("/session", {"minutes": HUGE}, 400, "5 to 120 minutes, not 9999"),
    ("/session", {"purpose": "fun"}, 400, "There is no session for ‘fun’."),
    ("/session", {"target": "nope"}, 404, "nothing to practise under ‘nope’"),
    ("/session", {"session": "a/b\r\n"}, 400, "Load Today again"),
    ("/session", {"session": "x" * 300}, 400, "Load Today again"),
    ("/session", {"session": "opening"}, 409, "other content under the key"),
    ("/session/opening/read/nope/brief", {}, 404, "There is no such lesson."),
    ("/session/opening/read/delivery-route/nope", {}, 404, "There is no such lesson."),
    ("/learn/topics/nope/read", {}, 404, "There is no such topic."),
    ("/resources", {"shown": "nope"}, 404, "There is no such resource."),
    ("/resources", {"shown": "handbook", "rating.handbook": "11"}, 400, "to 10, not “11”"),
    ("/welcome", {**PLAN, "minutes": "-5"}, 422, "from 10 to 480."),
    ("/welcome", {**PLAN, "minutes": HUGE}, 422, "from 10 to 480."),
    ("/welcome", {**PLAN, "minutes": "²"}, 422, "from 10 to 480."),
    ("/welcome", {**PLAN, "days_off": list("0123456")}, 422, "Keep one."),
    ("/settings", {**SETTINGS, "pass_mark": HUGE}, 422, "from 50 to 90."),
    ("/settings", {**SETTINGS, "outside_share": "²"}, 422, "The share is a whole number"),
]


@pytest.mark.parametrize(
    ("path", "form", "status", "says"),
    MALFORMED,
    ids=[f"{number} {path}" for number, (path, *_) in enumerate(MALFORMED)],
)
def test_a_malformed_form_is_refused_in_words_and_changes_nothing(
    unchanged: Midway, path: str, form: Mapping[str, Any], status: int, says: str
) -> None:
    """Numbers out of range, text for numbers and unknown ids are 4xx; the journal stays."""
    address = path.format(open=unchanged.open, done=unchanged.done)

    answer = unchanged.browser.post(address, form)

    assert answer.status_code == status
    assert says in words_of(answer)


@pytest.mark.parametrize("milliseconds", [HUGE, "9" * 400, "-1", "soon", ""])
def test_a_time_that_cannot_be_is_never_kept(
    browser: Browser, item: str, milliseconds: str
) -> None:
    """A time of 400 figures, kept once, would break every later start; it counts as none."""
    browser.post("/learn/topics/roads/read", {"milliseconds": milliseconds})
    browser.post(f"{item}/answer", {"chosen": 0, "confidence": 2, "milliseconds": milliseconds})

    kept = browser.journal.read(kinds={"lesson_read", "responded"})
    assert [event.payload["milliseconds"] for event in kept] == [0, 0]
    assert browser.get("/today").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 403),
        (b"--x\r\nbroken", "multipart/form-data", 400),
        (b'{"token": "x"}', "application/json", 403),
        (b"\xff\xfe=\x00&&&=", "application/x-www-form-urlencoded", 403),
        (b"", "text/plain", 403),
    ],
    ids=["parts", "no-boundary", "json", "bytes", "nothing"],
)
@pytest.mark.parametrize("path", ["/settings", "/your-data/import"])
def test_a_body_that_is_no_form_is_refused(
    unchanged: Midway, path: str, body: bytes, kind: str, status: int
) -> None:
    """A body that cannot be read as a form of ours changes nothing."""
    headers = {"content-type": kind}
    answer = unchanged.browser.client.post(path, content=body, headers=headers)

    assert answer.status_code == status
    assert tells_no_traceback(answer.text)


def test_a_wrong_word_in_an_address_is_told(unchanged: Midway) -> None:
    """A query that should be a number and is none is 400 with the name of the field."""
    answer = unchanged.browser.get("/settings?saved=abc")

    assert answer.status_code == 400
    assert "The field ‘saved’ is missing or cannot be read." in words_of(answer)
