"""Every page and every form under requests that nobody would send: told so, and never a 5xx."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from roadworthy.web.app import PAGES

from .conftest import Visitor

WORDS = st.one_of(
    st.sampled_from(["", "0", "1", "-1", "9" * 30, "1e9", "²", "nan", "..", "%00", "a" * 500]),
    st.sampled_from(["decision", "delivery-route", "roads", "handbook", "F", "evening", "yes"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
FIELDS = [
    "text", "on", "back", "chosen", "confidence", "flip", "form", "scale", "go", "rev", "minutes",
    "purpose", "target", "session", "shown", "done", "exam_date", "text_size", "code", "date",
    "passed", "milliseconds", "typed", "q", "kind", "show", "more", "about", "noted", "saved",
]  # fmt: skip
ROUTES = [
    (method, route.path)
    for page in PAGES
    for route in page.router.routes
    if isinstance(route, Route)
    for method in sorted((route.methods or set()) & {"GET", "POST"})
]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_request_breaks_a_page(studying: Visitor, method: str) -> None:
    """Any text in an address, in its query and in the fields of a form is answered, below 500."""
    token = studying.token()
    routes = [path for one, path in ROUTES if one == method]

    @settings(
        max_examples=400,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(routes), st.data())
    def ask(route: str, data: st.DataObject) -> None:
        path = re.sub(r"\{[^}]+\}", lambda _: quote(data.draw(WORDS), safe=""), route)
        fields = data.draw(st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=5))
        if method == "GET":
            answer = studying.client.get(path, params=fields, follow_redirects=False)
        else:
            answer = studying.client.post(
                path, data={**fields, "token": token}, follow_redirects=False
            )
        assert answer.status_code < 500, (path, fields, answer.text[:600])

    ask()
    assert isinstance(studying.client.app, FastAPI) and len(routes) > 20
