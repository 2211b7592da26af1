"""Phones in the same network: let in by a code that works once, and by nothing else."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadworthy.web.app import make_app
from roadworthy.web.pairing import (
    ALPHABET,
    CODE_LENGTH,
    CODE_LIFE_SECONDS,
    COOKIE,
    WRONG_IN_A_MINUTE,
    Pairing,
)

from .conftest import Visitor, main_of

HOST = "192.168.1.5:8750"
WRONG = "22222222"


class Seconds:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    """The pairing's clock."""
    return Seconds()


@pytest.fixture
def pairing(seconds: Seconds) -> Pairing:
    """The pairing of one start with --lan."""
    return Pairing(HOST, b"s" * 32, clock=seconds)


@pytest.fixture
def program(settled: Visitor, pairing: Pairing) -> FastAPI:
    """The application as ``serve --lan`` starts it, over a course."""
    return make_app(settled.desk, pairing)


def phone_of(program: FastAPI) -> TestClient:
    """A browser on another device: it comes in at the address of the network."""
    return TestClient(program, base_url=f"http://{HOST}", follow_redirects=False)


@pytest.fixture
def phone(program: FastAPI) -> TestClient:
    """A device that is not paired."""
    return phone_of(program)


def token_on(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def types(phone: TestClient, code: str, **headers: str) -> Response:
    """Type a code on the page that asks for it."""
    page = phone.get("/pair")
    return phone.post("/pair", data={"token": token_on(page.text), "code": code}, headers=headers)


def is_let_in(phone: TestClient) -> bool:
    """Whether the device sees a page of the course."""
    return phone.get("/today").status_code == 200


def test_device_sees_nothing_before_the_code(phone: TestClient, settled: Visitor) -> None:
    """Each page leads to the code, the API refuses, no change is made, and no date is told."""
    before = settled.desk.course.events()[:]
    for path in ("/", "/today", "/settings", "/alive", "/notes", "/item/x", "/nowhere"):
        assert phone.get(path).headers["location"] == "/pair", path
    for path in ("/api/today", "/api/openapi.json"):
        assert phone.get(path).json()["error"] == "refused"
    page = phone.get("/pair")
    assert "Type the code of your computer" in main_of(page.text)
    assert "to exam" not in page.text and 'class="places"' not in page.text
    sent = {"token": token_on(page.text), "text": "x"}
    assert phone.post("/notes/topic/roads", data=sent).status_code == 403
    assert settled.desk.course.events() == before
    assert phone.get("/static/css/base.css").status_code == 200


def test_right_code_lets_one_device_in(program: FastAPI, pairing: Pairing) -> None:
    """It may be typed small and with spaces; a second device needs another code."""
    phone, second = phone_of(program), phone_of(program)
    code = pairing.code()
    assert len(code) == CODE_LENGTH == 8 and set(code) <= set(ALPHABET)
    answer = types(phone, f"{code[:4].lower()} {code[4:]}")
    assert answer.status_code == 303 and "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert is_let_in(phone) and phone.get("/api/today").status_code == 200
    assert types(second, code).status_code == 403 and not is_let_in(second)
    assert pairing.code() != code


def test_paired_device_studies_like_any_other(program: FastAPI, pairing: Pairing) -> None:
    """It can change things by forms with its token, and only with it."""
    phone = phone_of(program)
    types(phone, pairing.code())
    token = token_on(phone.get("/settings").text)
    assert phone.post("/notes/topic/roads", data={"text": "x"}).status_code == 403
    sent = {"token": token, "text": "from the sofa"}
    assert phone.post("/notes/topic/roads", data=sent).status_code == 303
    assert "from the sofa" in phone.get("/notes").text


def test_wrong_code_is_told_and_lets_nobody_in(phone: TestClient, pairing: Pairing) -> None:
    """The page says where the code stands; the right one still works after it."""
    code = pairing.code()
    answer = types(phone, WRONG)
    assert answer.status_code == 403 and "That is not the code" in answer.text
    assert COOKIE not in phone.cookies and not is_let_in(phone)
    assert types(phone, code).status_code == 303


def test_five_wrong_codes_close_the_door_for_a_minute(
    program: FastAPI, pairing: Pairing, seconds: Seconds
) -> None:
    """Then even the right code waits, from any device; a minute later it works."""
    code = pairing.code()
    for _ in range(WRONG_IN_A_MINUTE):
        assert types(phone_of(program), WRONG).status_code == 403
    phone = phone_of(program)
    answer = types(phone, code)
    assert answer.status_code == 429 and "Wait a minute" in answer.text
    assert not is_let_in(phone)
    seconds.now += 59
    assert types(phone, code).status_code == 429
    seconds.now += 2
    assert types(phone, code).status_code == 303 and is_let_in(phone)


def test_expired_code_is_told(phone: TestClient, pairing: Pairing, seconds: Seconds) -> None:
    """After ten minutes the code lets nobody in, and another stands on Settings."""
    code = pairing.code()
    seconds.now += CODE_LIFE_SECONDS
    answer = types(phone, code)
    assert answer.status_code == 403 and "has expired" in answer.text
    assert not is_let_in(phone) and pairing.code() != code


def test_code_from_a_page_of_another_site_is_refused(phone: TestClient, pairing: Pairing) -> None:
    """A foreign page cannot pair the browser that it is open in, even with the right code."""
    here = "http://127.0.0.1:8750"
    for origin in ("http://evil.example", "http://192.168.1.5:9999", here, "null"):
        assert types(phone, pairing.code(), origin=origin).status_code == 403, origin
    assert types(phone, pairing.code(), **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert not is_let_in(phone)
    assert types(phone, pairing.code(), origin=f"http://{HOST}").status_code == 303


def test_foreign_host_is_refused_in_the_network(phone: TestClient, pairing: Pairing) -> None:
    """There only the address with its port is answered: no name that someone points at it."""
    types(phone, pairing.code())
    assert is_let_in(phone)
    loopback, portless = ("127.0.0.1:8750", "localhost"), ("192.168.1.5", "192.168.1.5:80", "")
    for host in ("evil.example:8750", *loopback, *portless):
        answer = phone.get("/today", headers={"host": host})
        assert answer.status_code == 403 and "own address" in answer.json()["what"], host


def test_code_without_token_is_refused(phone: TestClient, pairing: Pairing) -> None:
    """A form without this browser's token lets nobody in and uses no code up."""
    code = pairing.code()
    phone.get("/pair")
    assert phone.post("/pair", data={"code": code}).status_code == 403
    assert phone.post("/pair", data={"code": code, "token": "made-up"}).status_code == 403
    assert not is_let_in(phone) and pairing.code() == code


def test_cookie_is_bound_to_its_browser_and_its_start(
    program: FastAPI, pairing: Pairing, settled: Visitor
) -> None:
    """Another browser, a made-up value and the next start of the program do not take it."""
    phone = phone_of(program)
    types(phone, pairing.code())
    cookie = phone.cookies[COOKIE]
    for value in (cookie, "made-up", ""):
        other = phone_of(program)
        other.get("/pair")
        other.cookies.set(COOKIE, value)
        assert not is_let_in(other)
    again = phone_of(make_app(settled.desk, Pairing(HOST, b"s" * 32)))
    again.cookies.update(phone.cookies)
    assert is_let_in(phone) and not is_let_in(again)


def test_settings_show_the_code_on_the_computer_only(
    program: FastAPI, pairing: Pairing, phone: TestClient
) -> None:
    """The computer's own page has address and code; a paired phone's page has neither."""
    home = TestClient(program, base_url="http://127.0.0.1:8750")
    page = home.get("/settings").text
    assert pairing.code() in page and f"http://{HOST}" in page
    assert "needs no code" in home.get("/pair").text
    types(phone, pairing.code())
    page = phone.get("/settings").text
    assert "This device is let in" in page and pairing.code() not in page


def test_phones_are_not_let_in_without_the_option(settled: Visitor) -> None:
    """Off by default: no page asks for a code, and the network's address is not answered."""
    assert "start it with roadworthy serve --lan" in main_of(settled.get("/settings"))
    assert "Start it with --lan" in settled.get("/pair", status=404)
    assert phone_of(settled.client.app).get("/pair").status_code == 403  # type: ignore[arg-type]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20))
def test_no_other_text_is_the_code(text: str) -> None:
    """Whatever is typed, only the eight characters of the code let a device in."""
    pairing = Pairing(HOST, b"s" * 32)
    code = pairing.code()
    same = "".join(text.split()).replace("-", "").upper() == code
    assert pairing.try_code(text).let_in is same
    assert pairing.try_code(f" {code[:3]}-{code[3:].lower()}").let_in is not same
