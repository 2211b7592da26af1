"""The score of a blind reading in words: lines for a terminal, a page for ``docs/reviews``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadworthy.lint.reading.answers import LETTERS
from roadworthy.lint.reading.score import Bar, Doubt, Row, Said, Score

UNDECIDED = "readers part and no judge has decided"
OUTCOMES = {
    "other": "the majority answers otherwise",
    "undecided": UNDECIDED,
    "read once": "fewer than two have read it",
}


def share(part: int, whole: int) -> str:
    """'58 of 60 (96.7%)'."""
    return f"{part} of {whole}" + (f" ({part / whole:.1%})" if whole else "")


def bar_words(bar: Bar) -> str:
    """'naturalness: 3.85, at least 4.00: below the bar', with digits enough to see a near miss."""
    unit, digits = ("%", 1) if bar.bound < 1 else ("f", 2)
    while True:
        value, bound = (f"{one:.{digits}{unit}}" for one in (bar.value, bar.bound))
        if bar.holds or value != bound or digits > 9:
            break
        digits += 1
    side = "at least" if bar.at_least else "at most"
    miss = "below the bar" if bar.at_least else "above the bar"
    return f"{bar.name}: {value}, {side} {bound}: {'holds' if bar.holds else miss}"


def summary_lines(score: Score) -> Iterator[str]:
    """Readers, majority, control, bars: what is printed."""
    for one in score.readers:
        natural = "" if one.natural is None else f"; naturalness {one.natural:.2f}"
        yield (
            f"Reader {one.name}: {share(one.agreed, one.read)} agree; "
            f"another option defensible on {one.also}{natural}"
        )
    yield f"Majority: {share(score.agreed, score.items)} agree"
    for name, words in OUTCOMES.items():
        if score.outcomes[name]:
            yield f"  {words}: {score.outcomes[name]}"
    control = score.control
    if control is None:
        yield "Control: none was given"
    else:
        same = "; it got the items of the readers" if control.same_items else ""
        yield (
            f"Control, options only: {share(control.right, control.items)}; "
            f"by chance {control.chance:.1%}{same}"
        )
    for bar in score.bars:
        yield f"Bar, {bar_words(bar)}"


def doubt_lines(score: Score) -> Iterator[str]:
    """A line for each disagreement; the page has the rest."""
    for one in score.disagreements:
        others = ", ".join(f"{said.by} {said.key}" for said in one.said)
        ending = "" if one.outcome == "agreed" else f"; {OUTCOMES[one.outcome]}"
        yield f"  {one.number}. {one.decision}: key {one.key}; {others}{ending}"


def as_markdown(score: Score, pack: Sequence[str]) -> str:
    """The page: summary, tables, disagreements and second options with the readers' reasons.

    ``pack``: lines that say which sheet was read.
    """
    lines = ["# Score of a blind reading", ""]
    lines += [*(f"- {line}" for line in pack), ""] if pack else []
    lines += [*(f"- {line.strip()}" for line in summary_lines(score)), ""]
    for title, rows in (
        ("By decision", score.by_decision),
        ("By kind", score.by_kind),
        ("By what the item is for", score.by_purpose),
    ):
        lines += [f"## {title}", "", *_table(rows), ""]
    lines += ["## Disagreements", ""]
    lines += [line for one in score.disagreements for line in _doubt(one)] or ["None.", ""]
    lines += ["## Another option defensible, of items on which all have our key", ""]
    doubts = [one for one in score.also if one not in score.disagreements]
    lines += [line for one in doubts for line in _doubt(one)] or ["None.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| | items | majority agrees | also defensible | naturalness |"
    yield "|---|---|---|---|---|"
    for row in rows:
        natural = "" if row.natural is None else f"{row.natural:.2f}"
        yield f"| {row.name} | {row.items} | {row.agreed} | {row.also} | {natural} |"


def _doubt(one: Doubt) -> Iterator[str]:
    facts = ", ".join(f"{name} {value}" for name, value in one.facts.items())
    goal = f", goal {one.goal}" if one.goal else ""
    ending = "" if one.outcome == "agreed" else f" ({OUTCOMES[one.outcome]})"
    yield f"### {one.number}. {one.decision}, {one.kind}, {one.length}{ending}"
    yield ""
    yield f"{facts}{goal}"
    yield ""
    yield one.stem
    yield ""
    for letter, text in zip(LETTERS, one.options, strict=False):
        yield f"- {'**' + letter + '**' if letter in one.key else letter}. {text}"
    yield ""
    for said in one.said:
        yield f"- {_said(said)}"
    yield f"- For: {', '.join(one.purposes)}"
    yield ""


def _said(said: Said) -> str:
    also = f", also {said.also}" if said.also else ""
    rules = f" [falls by {', '.join(said.rules)}]" if said.rules else ""
    why = " ".join(said.why.split())
    return f"{said.by}: {said.key}{also}{rules}{': ' if why else ''}{why}"
