from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from roadworthy.learner.exam_draws import DRAWS
from roadworthy.learner.readiness import (
    ANSWERS_ABOVE_CAP,
    CAP,
    LEAST_ANSWERS,
    LEAST_OUTSIDE,
    SEEN_ABOVE_CAP,
)
from roadworthy.learner.weights import MODEL_VERSION, WEIGHTS, Weights

PAGE = (Path(__file__).parents[2] / "docs" / "how-it-works.md").read_text(encoding="utf-8")
NOT_SHOWN = {"source", "dated", "time_constants"}  # told in words


@pytest.mark.parametrize("name", [one.name for one in fields(Weights) if one.name not in NOT_SHOWN])
def test_page_gives_each_parameter_as_it_is(name: str) -> None:
    """The table of parameters holds the values that the program uses."""
    row = re.search(rf"^\| `{name}` \| ([^|]+) \|", PAGE, re.MULTILINE)
    assert row is not None
    told = tuple(float(part) for part in row[1].split(","))
    value = getattr(WEIGHTS, name)

    assert told == (value if isinstance(value, tuple) else (value,))


@pytest.mark.parametrize(
    "words",
    [
        f"Model `{MODEL_VERSION}`",
        f"from {DRAWS} versions",
        f"Above {CAP * 100:.0f} in 100",
        f"before {ANSWERS_ABOVE_CAP} answers",
        f"make up {SEEN_ABOVE_CAP:.0%} of the exam",
        f"never under {LEAST_OUTSIDE:.0%}",
        {8: "Before eight answers"}[LEAST_ANSWERS],
    ],
)
def test_page_names_the_limits(words: str) -> None:
    """Caps and counts in the text are those of the program."""
    assert words in PAGE


def long_sentences(page: str) -> list[str]:
    """Sentences of over 28 words in Markdown, formulas, tables and headings apart."""
    lines = [line for line in page.splitlines() if not line.startswith(("|", "#", "$$"))]
    prose = re.sub(r"\$[^$]*\$", "x", "\n".join(lines))
    sentences = re.split(r"(?<=[.:!?])\**\s|\n\s*\n|\n- |\n\d\. ", prose)
    return [one for one in sentences if len(one.split()) > 28]


def test_sentences_are_short() -> None:
    """No sentence of the page has more than 28 words; one that has is found."""
    assert long_sentences(PAGE) == []
    assert long_sentences("word " * 29 + ".")
