"""The tokens of pack text: ``{@term}``, ``{slot}``, ``{{decision-table:ID}}``, source links.

Text of items may hold terms and slots. Lessons are Markdown without a frame: terms, source links
and, in topics, ``{{decision-table:ID}}`` and ``{{diagram:NAME}}`` on lines of their own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal

TERM = re.compile(r"\{@([a-z0-9][a-z0-9_.-]*)\}")
SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
BLOCK = re.compile(r"^\{\{(decision-table|diagram):([a-z0-9][a-z0-9_.-]*)\}\}[ \t]*$", re.MULTILINE)
SOURCE_LINK = re.compile(r"\]\(source:([^)\s]*)\)")
_CODE_OR_MATH = re.compile(  # as the Markdown parser sees them: `$5 and $10` is no formula
    r"```.*?```|`[^`\n]+`|\$\$.*?\$\$|(?<![\d$\\])\$(?![\s$])[^$\n]*(?<![\s\\])\$(?!\d)",
    re.DOTALL,
)
_FUNCTIONS = frozenset({"abs", "max", "min", "round"})  # what items/scene.py offers

Kind = Literal["term", "slot", "table", "diagram", "source", "bad"]


@dataclass(frozen=True)
class Token:
    """One token: its kind, the id in it, and the line in the text (from 0)."""

    kind: Kind
    id: str
    line: int


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of an item's text; a stray brace is a 'bad' token with what surrounds it."""
    yield from _tokens(text, [(TERM, "term"), (SLOT, "slot")])


def lesson_tokens_of(markdown: str) -> Iterator[Token]:
    """The tokens of a lesson; code and math keep their braces."""
    text = _CODE_OR_MATH.sub(_blank, markdown)
    for match in BLOCK.finditer(text):
        kind: Kind = "table" if match[1] == "decision-table" else "diagram"
        yield Token(kind, match[2], text.count("\n", 0, match.start()))
    text = BLOCK.sub(_blank, text)
    yield from _tokens(text, [(TERM, "term"), (SLOT, "slot"), (SOURCE_LINK, "source")])


def lesson_blocks(markdown: str) -> Iterator[tuple[Kind | Literal["prose"], str]]:
    """('prose', Markdown), ('table', decision id) and ('diagram', name), in order."""
    start = 0
    for match in BLOCK.finditer(_CODE_OR_MATH.sub(_blank, markdown)):
        yield "prose", markdown[start : match.start()]
        yield "table" if match[1] == "decision-table" else "diagram", match[2]
        start = match.end()
    yield "prose", markdown[start:]


def _tokens(text: str, patterns: list[tuple[re.Pattern[str], Kind]]) -> Iterator[Token]:
    if not any(mark in text for mark in "{}("):
        return
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            yield Token(kind, match[1], text.count("\n", 0, match.start()))
        text = pattern.sub(_blank, text)
    for match in re.finditer(r"[{}]", text):
        around = text[max(0, match.start() - 12) : match.end() + 12].strip()
        yield Token("bad", around, text.count("\n", 0, match.start()))
        return


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def fill(text: str, slots: Mapping[str, str]) -> str:
    """The text with each ``{slot}`` that is known replaced; others stay."""
    return SLOT.sub(lambda match: slots.get(match[1], match[0]), text)


def replace_terms(text: str, name_of: Callable[[str], str]) -> str:
    """The text with each ``{@term}`` replaced by ``name_of(id)``."""
    return TERM.sub(lambda match: name_of(match[1]), text)


def unknown_names(expression: str, known: Set[str]) -> list[str]:
    """Names of a formula that are neither known nor functions; raises ``SyntaxError``."""
    nodes = list(ast.walk(ast.parse(expression, mode="eval")))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return sorted(names - known - _FUNCTIONS)
