"""Text for a terminal of 80 columns: stems, options, reasons, lessons and numbers as lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from roadworthy.cli.exhibit_lines import correction_lines, exhibit_lines
from roadworthy.items.item import Item, ShownOption
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.table_rows import ChoiceTable, ComputeTable, Evidence, FaultTable
from roadworthy.workspace import Workspace

WIDTH = 80
LETTERS = "abcde"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_BREAK = re.compile(r"\n\s*\n|\n(?=- )")


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text at 80 columns; ``first`` stands before its first line."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def sentence(text: str) -> str:
    """The clause with a capital letter and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "”")) else whole + "."


def letter(place: int) -> str:
    """'A' for the first option."""
    return LETTERS[place].upper()


def plain(desk: Workspace, markdown: str) -> Iterator[str]:
    """The paragraphs and list items of a brief without marks and addresses."""
    for paragraph in _BREAK.split(desk.fill(markdown).strip()):
        text = _unmarked(paragraph)
        if text.startswith("- "):
            yield wrapped(text[2:], "    ", "  - ")
        else:
            yield wrapped(text)


def _unmarked(paragraph: str) -> str:
    """The text without marks and addresses; what stands between backticks stays as it is."""
    parts = paragraph.split("`")
    if len(parts) % 2 == 0:
        return _MARKS.sub("", _LINK.sub(r"\1", paragraph))
    return "".join(
        part if place % 2 else _MARKS.sub("", _LINK.sub(r"\1", part))
        for place, part in enumerate(parts)
    )


def item_lines(item: Item) -> Iterator[str]:
    """The stem, the exhibit if there is one, and the options with their letters."""
    yield wrapped(item.stem, "  ")
    yield ""
    if item.exhibit is not None:
        yield from exhibit_lines(item.exhibit)
        yield ""
    for place, option in enumerate(item.options):
        yield wrapped(option.text, "     ", f"  {LETTERS[place]}  ")


def reason_lines(desk: Workspace, item: Item) -> Iterator[str]:
    """Of each option whether it holds, why, and where that comes from; then the mended lines."""
    for place, option in enumerate(item.options):
        verdict = "holds" if option.correct else "falls"
        yield wrapped(option.rationale, "     ", f"  {letter(place)} {verdict}. ")
        yield wrapped(f"({_origin(desk, option)})", "     ")
    if item.exhibit is not None and item.exhibit.lines:
        yield ""
        yield from correction_lines(item.exhibit)


def trace_lines(item: Item) -> Iterator[str]:
    """Facts, then the options that fall by them, then the key."""
    for row in item.argue:
        fallen = [letter(place) for place, rules in enumerate(row.cells) if rules]
        if fallen:
            verb = "falls" if len(fallen) == 1 else "fall"
            yield wrapped(
                f"{row.words[:1].upper()}{row.words[1:]}: {', '.join(fallen)} {verb}.",
                "    ",
                "  - ",
            )
    if item.goal_row:
        yield wrapped(f"The goal, {item.goal_name}: {letter(item.key)} asks least.", "    ", "  - ")
    yield f"  - {letter(item.key)} is the key."


def table_lines(desk: Workspace, decision: str) -> Iterator[str]:
    """What decides, one rule a paragraph."""
    table = table_of(desk.pack, decision)
    if isinstance(table, ChoiceTable):
        for row in table.rules:
            stated = row.stated if row.unless is None else f"{row.stated}, unless {row.unless}"
            verb = "falls" if len(row.falls) == 1 else "fall"
            text = f"{stated}: {', '.join(row.falls)} {verb}, because {row.because}"
            yield wrapped(f"{text}. {_tag(row.evidence)}", "    ", "  - ")
        for goal in table.goals:
            order = "; ".join(one.option for one in goal.ranking)
            yield wrapped(
                f"{goal.name}, best first: {order}. {_tag(goal.evidence)}", "    ", "  - "
            )
    elif isinstance(table, ComputeTable):
        for quantity in table.quantities:
            text = f"{quantity.name}: {quantity.words}, {quantity.formula}"
            yield wrapped(f"{text}. {_tag(quantity.evidence)}", "    ", "  - ")
    elif isinstance(table, FaultTable):
        for fault in table.faults:
            text = f"{fault.name}: {fault.because}. Mend: {fault.mend}"
            yield wrapped(f"{text}. {_tag(fault.evidence)}", "    ", "  - ")
    else:
        for step in table.steps:
            yield wrapped(f"{step.name}. {sentence(step.fits)}", "     ", f"  {step.number:2} ")
            for need in step.after:
                tag = _tag(need.evidence)
                yield wrapped(f"After “{need.step}”: {need.because}. {tag}", "     ")


def _origin(desk: Workspace, option: ShownOption) -> str:
    source = desk.pack.sources.get(option.source)
    rules = ", ".join(rule.split(".", 1)[1] for rule in option.rules)
    parts = [rules, source.title if source else "", f"checked {option.checked}"]
    return " · ".join(part for part in parts if part)


def _tag(evidence: Evidence) -> str:
    return f"[{evidence.rule.split('.', 1)[1]}]"
