from __future__ import annotations

import pytest

from roadworthy.pack.tokens import Token, fill, lesson_tokens_of, tokens_of, unknown_names


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("plain (text)", []),
        ("{org} and {@term-1.a}", [("term", "term-1.a"), ("slot", "org")]),
        ("{Org}", [("bad", "{Org}")]),
        ("{ org }", [("bad", "{ org }")]),
        ("{@Term}", [("bad", "{@Term}")]),
        ("a } b", [("bad", "a } b")]),
        ("{{org}}", [("slot", "org"), ("bad", "{")]),
    ],
)
def test_tokens_of_items(text: str, tokens: list[tuple[str, str]]) -> None:
    """Terms and slots are found; any other brace is told with what surrounds it."""
    found = [(one.kind, one.id) for one in tokens_of(text)]
    assert [kind for kind, _ in found] == [kind for kind, _ in tokens]
    assert all(given in id_ for (_, given), (_, id_) in zip(tokens, found, strict=True))


def test_tokens_of_lessons_leave_code_and_math_alone() -> None:
    """Braces of code, formulas and fenced examples are no tokens; lines are counted from 0."""
    text = (
        "{@a} $\\frac{x}{y}$ `{b}` [c](source:d)\n\n{{decision-table:e}}\n{{diagram:f}}\n"
        "```\n{{diagram:g}}\n{h}\n```\n$$\n{i}\n$$\n{j} from $5 to {@k} for $6\n"
    )
    assert list(lesson_tokens_of(text)) == [
        Token("table", "e", 2),
        Token("diagram", "f", 3),
        Token("term", "a", 0),
        Token("term", "k", 11),
        Token("slot", "j", 11),
        Token("source", "d", 0),
    ]


@pytest.mark.parametrize(
    "text", ["x {{diagram:f}}", "{{diagram:F}}", "{{table:f}}", "{{diagram:}}"]
)
def test_block_that_is_none_is_bad(text: str) -> None:
    """Only the two blocks exist, each on a line of its own."""
    assert "bad" in [one.kind for one in lesson_tokens_of(text)]


def test_fill_leaves_unknown_slots() -> None:
    """Known slots are replaced, others stay visible."""
    assert fill("{a} {b} {@a}", {"a": "x"}) == "x {b} {@a}"


@pytest.mark.parametrize(
    ("expression", "unknown"),
    [
        ("tp / (tp + fp)", []),
        ("round(tp * 2, 1)", []),
        ("tp / nope + other", ["nope", "other"]),
        ("ceil(tp)", ["ceil"]),
    ],
)
def test_names_of_a_formula(expression: str, unknown: list[str]) -> None:
    """Parameters and the functions that items can call are known, the rest is named."""
    assert unknown_names(expression, {"tp", "fp"}) == unknown


def test_broken_formula_is_a_syntax_error() -> None:
    """The caller turns it into a problem."""
    with pytest.raises(SyntaxError):
        unknown_names("tp /", {"tp"})
