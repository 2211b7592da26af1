"""The list of keys: a page of its own, complete, and one link away from everywhere."""

from __future__ import annotations

import re

from roadworthy.web.keys import GENERAL, PARTS, parts_of

from .conftest import Visitor, main_of

PAGES = (
    "/today", "/plan", "/learn", "/learn/topics/roads", "/learn/topics/ovens", "/learn/map",
    "/learn/map/play", "/learn/decisions/delivery-route", "/learn/cheat-sheet", "/learn/limits",
    "/mocks", "/progress", "/search?q=goods", "/notes", "/notes/topic/roads", "/settings",
    "/article", "/resources", "/takeaways", "/exam", "/keys", "/mocks/record", "/how-it-works",
)  # fmt: skip


def keys_on(page: str) -> set[str]:
    """The keys that controls of a page answer to, in its own writing."""
    found = re.findall(r'data-(?:key|chord)="([^"]+)"', page)
    return {key.lower() for key in found}


def unlisted(path: str, page: str) -> set[str]:
    """Keys of a page that its list lacks; a new key goes into web/keys.py."""
    rows = [*GENERAL, *(row for part in parts_of(path.partition("?")[0]) for row in part.rows)]
    return keys_on(page) - {key.lower() for row in rows for key in row.answers}


def test_list_has_every_key_of_the_page(studying: Visitor) -> None:
    """No control of a page answers to a key that the page Keys does not name for it."""
    pages = {path: studying.get(path) for path in PAGES}
    assert [path for path, page in pages.items() if "?" not in keys_on(page)] == []
    lacking = {path: unlisted(path, page) for path, page in pages.items()}
    assert not {path: keys for path, keys in lacking.items() if keys}


def test_list_has_every_key_of_a_session_and_a_mock(studying: Visitor) -> None:
    """So too in the rooms: an item, its reasons, an item of a mock, its map, its misses."""
    shown = studying.desk.course.of_kinds("responded")[-1].payload["presentation"]
    rooms = [f"/item/{shown}"]
    studying.post("/session", session="S", purpose="more", target="", minutes="20")
    for _ in range(4):
        answer = studying.client.get("/session/S")
        rooms.append(answer.url.path)
        studying.post("/session/S/next")
    studying.post("/mocks/start", form="F", scale="short")
    rooms += ["/mock/F/1", "/mock/F/map", "/mock/F/finish"]
    lacking = {path: unlisted(path, studying.get(path)) for path in rooms}
    studying.post("/mock/F/finish")
    for path in ("/mock/F/result", "/mock/F/misses", "/mock/F/1/why"):
        lacking[path] = unlisted(path, studying.get(path))
    assert not {path: keys for path, keys in lacking.items() if keys}
    assert len(lacking) >= 8


def test_an_unlisted_key_is_noticed(settled: Visitor) -> None:
    """A control with a key that nobody wrote down is found."""
    assert unlisted("/plan", settled.get("/plan") + '<a data-key="z">') == {"z"}


def test_page_puts_the_keys_of_the_page_before_first(settled: Visitor) -> None:
    """The heading names that page, its keys stand first, and Escape leads back to it."""
    page = settled.get("/keys?on=/learn/topics/roads")
    words = main_of(page)
    assert words.index("Keys on a lesson") < words.index("The topic before")
    assert words.index("The topic before") < words.index("Everywhere")
    assert '<a href="/learn/topics/roads" data-key="Escape"' in page
    assert all(f"{part.name[1:]}" in words for part in PARTS)


def test_page_leads_back_to_pages_of_ours_only(settled: Visitor) -> None:
    """An address that is no page of ours is not linked."""
    for on in ("//evil.example", "https://evil.example", "/nowhere", "x", ""):
        assert '<a href="/" data-key="Escape"' in settled.get(f"/keys?on={on}"), on


def test_every_page_links_the_list_without_script(visitor: Visitor) -> None:
    """The control is a link to the page, before the course and in a session too."""
    assert 'href="/keys?on=/" data-opens="keys"' in visitor.get("/")
    visitor.post("/start")
    item = visitor.client.get("/session/opening")
    assert f'href="/keys?on={item.url.path}" data-opens="keys"' in item.text


def test_letters_that_are_off_are_said(settled: Visitor) -> None:
    """The list says so, and that they can be switched on."""
    settled.desk.save_settings({"letters": False}, settled.clock.now)
    assert "Single letters are off" in main_of(settled.get("/keys"))
    assert "Switch single letters on" in settled.get("/today")
