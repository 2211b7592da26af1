"""Pack text for readers: product names by token, and lessons from Markdown to safe HTML.

A lesson is a list of blocks, because two of its blocks are made by the faces: a ``TableHere``
(the page renders ``decision_table.table_of``) and a ``DiagramHere`` (the page puts in the drawing
``topics/diagrams/NAME.svg``). ``Prose`` is sanitized HTML that a template may show as it is.

Links to sources are ``<a class="source" href=… title="Title, checked 2026-11-24">``; other links
to the outside carry class ``outside``. Formulas between dollars become MathML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from roadworthy.pack.catalog import Source, Term
from roadworthy.pack.tokens import lesson_blocks, replace_terms

NameMode = Literal["today", "both"]

_PROSE_TAGS = {
    *("p", "br", "hr", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre"),
    *("blockquote", "a", "span", "div", "table", "thead", "tbody", "tr", "th", "td"),
}
_MATH_TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msup", "msub", "msubsup"),
    *("msqrt", "mroot", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle"),
}
_TAGS = _PROSE_TAGS | _MATH_TAGS
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "math": {"display", "xmlns"},
    "mo": {"stretchy", "fence", "form", "separator", "largeop", "movablelimits"},
    "mspace": {"width"},
    "mtd": {"columnalign"},
}


@dataclass(frozen=True)
class Prose:
    """Sanitized HTML."""

    html: str


@dataclass(frozen=True)
class TableHere:
    """Where the what-decides table of a decision belongs."""

    decision_id: str


@dataclass(frozen=True)
class DiagramHere:
    """Where the drawing ``topics/diagrams/<name>.svg`` belongs."""

    name: str


Block = Prose | TableHere | DiagramHere


def latest_former(term: Term) -> str | None:
    """The name that a term had last, by its date; the first listed where no date is known."""
    if not term.former:
        return None
    return max(term.former, key=lambda one: one.until or "").name


class Names:
    """Turns ``{@term}`` into names: 'today' alone, or 'today (formerly old)' at first mention.

    One instance serves one text: it remembers what was mentioned.
    """

    def __init__(self, terms: Mapping[str, Term], mode: NameMode = "today") -> None:
        self._terms = terms
        self._mode = mode
        self._mentioned: set[str] = set()

    def fill(self, text: str) -> str:
        """The text with every known ``{@term}`` named; an unknown one stays as it is."""
        return replace_terms(text, self._name)

    def _name(self, term_id: str) -> str:
        term = self._terms.get(term_id)
        if term is None:
            return f"{{@{term_id}}}"
        former = latest_former(term)
        if self._mode == "today" or former is None or term_id in self._mentioned:
            return term.name
        self._mentioned.add(term_id)
        return f"{term.name} (formerly {former})"


def name_terms(text: str, terms: Mapping[str, Term], mode: NameMode = "today") -> str:
    """One text with its terms named; see ``Names``."""
    return Names(terms, mode).fill(text)


class LessonText:
    """Renders the Markdown of lessons and briefs of one pack.

    ``mode`` 'both' names former names at first mention of each text, as lessons do.
    """

    def __init__(
        self,
        terms: Mapping[str, Term],
        sources: Mapping[str, Source],
        mode: NameMode = "both",
    ) -> None:
        self._terms = terms
        self._sources = sources
        self._mode = mode

    def html(self, markdown: str) -> str:
        """Sanitized HTML of a text without blocks, such as ``teach.brief``."""
        return self._render(markdown, Names(self._terms, self._mode))

    def blocks(self, parts: Sequence[str]) -> list[list[Block]]:
        """The blocks of each part of one lesson; former names are given once in the lesson."""
        names = Names(self._terms, self._mode)
        return [list(self._blocks(part, names)) for part in parts]

    def _blocks(self, markdown: str, names: Names) -> Iterator[Block]:
        for kind, content in lesson_blocks(markdown):
            if kind == "table":
                yield TableHere(content)
            elif kind == "diagram":
                yield DiagramHere(content)
            elif content.strip():
                yield Prose(self._render(content, names))

    def _render(self, markdown: str, names: Names) -> str:
        parser = _parser()
        tokens = parser.parse(markdown)
        self._name_and_link(tokens, names)
        html = parser.renderer.render(tokens, parser.options, {})
        return nh3.clean(
            html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "http"}
        ).strip()

    def _name_and_link(self, tokens: Sequence[Token], names: Names) -> None:
        """Fill terms in prose (not in code or math) and turn source links into real ones."""
        for token in tokens:
            if token.type == "text":
                token.content = names.fill(token.content)
            elif token.type == "link_open":
                token.attrs = dict(self._link(str(token.attrs.get("href", ""))))
            if token.children:
                self._name_and_link(token.children, names)

    def _link(self, href: str) -> Iterator[tuple[str, str | int | float]]:
        if href.startswith("source:"):
            source = self._sources.get(href.removeprefix("source:"))
            yield "class", "source"
            if source is not None:
                yield "href", source.url
                yield "title", f"{source.title}, checked {source.checked.isoformat()}"
            return
        yield "href", href
        if href.startswith(("https:", "http:")):
            yield "class", "outside"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    dollarmath_plugin(
        parser, allow_labels=False, allow_space=False, allow_digits=False, renderer=_math
    )
    parser.add_render_rule("math_inline", _math_rule)
    parser.add_render_rule("math_block", _math_rule)
    return parser


def _math_rule(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    block = tokens[index].type == "math_block"
    html = _math(tokens[index].content, {"display_mode": block})
    return f"<div>{html}</div>" if block else html


@cache
def _latex_converter() -> Any:
    from latex2mathml.converter import convert  # 50 ms, and few texts hold formulas

    return convert


def _math(latex: str, options: Mapping[str, Any]) -> str:
    """MathML of a formula; what cannot be converted is shown as code."""
    display = "block" if options.get("display_mode") else "inline"
    try:
        return str(_latex_converter()(latex.strip(), display=display))
    except Exception:  # the library raises many kinds, and prose must still be shown
        return f"<code>{nh3.clean_text(latex.strip())}</code>"
