"""The words of the program, as ``docs/glossary.md`` defines them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from roadworthy.pack.glossary import glossary_words
from roadworthy.pack.topic_text import anchor_of
from roadworthy.web.render import Renderer, renderer

router = APIRouter(include_in_schema=False)


@router.get("/glossary")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """Every word with its meaning; ``#readiness`` opens at one."""
    words = [(anchor_of(word), word, meaning) for word, meaning in glossary_words()]
    letters = {word[0]: id_ for id_, word, _ in reversed(words)}
    return page.page(
        request, "glossary.html", place="learn", words=words, initials=sorted(letters.items())
    )
