"""The article's advice, each with the feature that it became, and the one that we refuse."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from roadworthy.pack.catalog import Takeaway
from roadworthy.web.render import Renderer, renderer, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
TOPICS = "/learn/topics/"
OPTIONS = re.compile(r"/learn/decisions/([\w-]+)/options")
NAMES = {
    "/learn/map": "the map of stages and products",
    "/learn/cheat-sheet": "the cheat sheet",
    "/learn/ladders": "the ladders of designs by effort",
    "/labs": "the labs",
    "/coach": "the page on the coach",
    "/takeaways/named": "the form for a topic that you saw named",
}
"""Pages whose address does not read as their name."""
ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}/[\w./-]*\w")
"""An address in a sentence, written without https."""


@router.get("/takeaways")
def show(
    request: Request,
    desk: Annotated[Workspace, Depends(workspace)],
    page: Annotated[Renderer, Depends(renderer)],
) -> Response:
    """All takeaways in the order of the article."""
    names = {one.opens: _place_name(desk, one.opens) for one in _all(desk)}
    return page.page(request, "takeaways.html", place="learn", place_names=names, linked=linked)


def linked(text: str) -> Markup:
    """The text with each address in it as a link that opens another page."""
    parts, place = [], 0
    for found in ADDRESS.finditer(text):
        parts.append(escape(text[place : found.start()]))
        parts.append(
            Markup(
                '<a href="https://{0}" target="_blank" rel="noopener noreferrer" hx-boost="false">'
                '{0}<span class="hidden-text"> (opens another page)</span></a>'
            ).format(found[0])
        )
        place = found.end()
    return Markup("").join([*parts, escape(text[place:])])


def _all(desk: Workspace) -> list[Takeaway]:
    return list(desk.pack.takeaways.takeaways.values())


def _place_name(desk: Workspace, path: str) -> str:
    """What a link leads to, by its name: 'the lesson “Triggers”', 'Today'."""
    place, _, anchor = path.partition("#")
    place = place.partition("?")[0]
    if place == "/resources" and anchor:
        shelf = {**desk.pack.resources.article, **desk.pack.resources.newer}
        return f"“{shelf[anchor].title}” in Resources" if anchor in shelf else "Resources"
    if place.startswith(TOPICS):
        topic = desk.pack.topics.get(place.removeprefix(TOPICS))
        if topic is not None:
            kind = "lesson" if topic.head.written else "topic"
            return f"the {kind} “{topic.head.title}”"
    options = OPTIONS.fullmatch(place)
    if options is not None and options[1] in desk.pack.decisions:
        return (
            f"what follows from each option of “{desk.fill(desk.pack.decisions[options[1]].title)}”"
        )
    if place in NAMES:
        return NAMES[place]
    return place.strip("/").replace("-", " ").capitalize()
