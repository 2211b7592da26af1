from __future__ import annotations

import pytest

from .conftest import Visitor


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8750", "", "[::2]:8750"])
def test_foreign_host_is_refused(visitor: Visitor, host: str) -> None:
    """A request under another name than this machine's gets 403 and no page."""
    answer = visitor.client.get("/today", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["error"] == "refused"


@pytest.mark.parametrize("host", ["localhost:8750", "127.0.0.1", "[::1]:8750"])
def test_own_names_are_answered(visitor: Visitor, host: str) -> None:
    """The loopback names are answered with any port."""
    assert visitor.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_change_from_elsewhere_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    """A POST from another site changes nothing, whatever token it carries."""
    answer = visitor.client.post("/start", data={"token": visitor.token()}, headers=headers)
    assert answer.status_code == 403
    assert visitor.desk.course.events() == []


@pytest.mark.parametrize("token", [None, "", "made-up"])
def test_form_without_token_is_refused(visitor: Visitor, token: str | None) -> None:
    """A form needs this browser's token; the page says that nothing was changed."""
    fields = {} if token is None else {"token": token}
    answer = visitor.client.post("/start", data=fields)
    assert answer.status_code == 403
    assert "nothing was changed" in answer.text
    assert visitor.desk.course.events() == []


def test_token_of_another_browser_is_refused(visitor: Visitor, settled: Visitor) -> None:
    """A token is signed for one browser and useless in another."""
    stolen = visitor.token()
    other = Visitor(settled.desk, settled.clock)
    other.get("/welcome")
    answer = other.client.post("/resources", data={"token": stolen, "shown": "handbook"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/welcome", "/nowhere", "/api/today"])
def test_every_answer_carries_the_headers(visitor: Visitor, path: str) -> None:
    """Pages and errors forbid foreign script, frames and caching."""
    headers = visitor.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"


PAGES = (
    "/", "/welcome", "/today", "/plan", "/learn", "/learn/topics/roads", "/learn/topics/ovens",
    "/article", "/resources", "/takeaways", "/takeaways/named", "/mocks",
    "/progress", "/settings", "/how-it-works",
)  # fmt: skip


def test_no_page_needs_what_the_policy_forbids(studying: Visitor) -> None:
    """No page has an inline style, an inline script or an event attribute; each has one h1."""
    for path in PAGES:
        page = studying.get(path)
        assert " style=" not in page, path
        assert " onclick=" not in page and "<script>" not in page, path
        assert page.count("<h1") == 1, path
