"""How the numbers are made: the method page of the repository, as the program shows it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import Response

from roadworthy.pack.text import LessonText
from roadworthy.pack.topic_text import anchor_of, cut_at_headings
from roadworthy.web.render import Renderer, renderer

router = APIRouter(include_in_schema=False)
_PACKAGE = Path(__file__).resolve().parents[1]
# The wheel carries the page beside the pack; an editable install reads that of its repository.
_PLACES = (
    _PACKAGE.parents[1] / "docs" / "how-it-works.md",
    _PACKAGE / "_docs" / "how-it-works.md",
)


@router.get("/how-it-works")
def show(request: Request, page: Annotated[Renderer, Depends(renderer)]) -> Response:
    """The method in plain words with its formulas, assumptions and caps."""
    return page.page(request, "how_it_works.html", place="progress", parts=method_parts())


@cache
def method_parts() -> tuple[tuple[str, str, Markup], ...]:
    """(heading, anchor, HTML) of each part; the first has the heading ''."""
    found = next((path for path in _PLACES if path.is_file()), None)
    if found is None:
        return ()
    text = LessonText({}, {})
    lines = found.read_text(encoding="utf-8").splitlines()
    markdown = "\n".join(line for line in lines if not line.startswith("# "))
    return tuple(
        (heading, anchor_of(heading), Markup(text.html(part)))
        for heading, part in cut_at_headings(markdown)
    )
