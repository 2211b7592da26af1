"""'My misses' as Markdown: what was answered wrong, why it is wrong, and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from roadworthy.exchange.answers import OwnAnswer
from roadworthy.exchange.csv_out import letters
from roadworthy.exchange.markdown_text import address, block, plain
from roadworthy.pack.model import Pack

_SURE = {1: "a guess", 2: "likely", 3: "certain"}


def misses_sheet(answers: Iterable[OwnAnswer], pack: Pack, today: date) -> str:
    """The sheet: decisions in the order of the pack, their misses newest first.

    A situation that was missed more than once stands once, as it was missed last.
    """
    misses = _newest_of_each([one for one in answers if not one.row.right])
    count = len(misses)
    lines = [
        "# My misses",
        "",
        f"{count} situation{'' if count == 1 else 's'} answered wrong, as of {today.isoformat()}. "
        f"Content: {plain(pack.head.id)} {plain(str(pack.head.version))}.",
        "",
    ]
    if not misses:
        lines += ["Nothing was answered wrong yet.", ""]
    order = {name: place for place, name in enumerate(pack.decisions)}
    for name in sorted({one.item.decision for one in misses}, key=lambda n: (order.get(n, 999), n)):
        own = [one for one in misses if one.item.decision == name]
        lines += [f"## {plain(own[0].item.title)}", ""]
        for one in own:
            lines += _miss(one, pack)
    return "\n".join(lines).rstrip("\n") + "\n"


def _newest_of_each(misses: Sequence[OwnAnswer]) -> list[OwnAnswer]:
    newest = {one.item.situation: one for one in misses}
    return sorted(newest.values(), key=lambda one: one.at, reverse=True)


def _miss(one: OwnAnswer, pack: Pack) -> Iterator[str]:
    item, row = one.item, one.row
    sure = f", {_SURE[row.confidence]}" if row.confidence in _SURE else ""
    yield f"### {row.day}{sure}"
    yield ""
    yield plain(item.stem)
    yield ""
    if item.exhibit is not None and item.exhibit.lines:
        yield block(item.exhibit.lines)
        yield ""
    if item.recall is not None:
        yield f"- You typed: {plain(row.typed) or 'nothing'}"
        yield f"- Right: {plain(item.recall.answer)} {plain(item.recall.unit)}".rstrip()
        yield f"- Why: {plain(item.recall.because)}"
        yield from _sources([item.recall.source], pack)
        return
    for place, option in enumerate(item.options):
        marks = ["right"] if option.correct else []
        marks += ["your choice"] if place in row.chosen else []
        note = f" **({', '.join(marks)})**" if marks else ""
        yield f"- {letters([place])}\\. {plain(option.text)}{note}"
        if marks and option.rationale:
            yield f"  - {plain(option.rationale)}"
    yield ""
    spoken = [o for place, o in enumerate(item.options) if o.correct or place in row.chosen]
    yield from _sources([option.source for option in spoken], pack)


def _sources(ids: Iterable[str], pack: Pack) -> Iterator[str]:
    for name in dict.fromkeys(ids):
        source = pack.sources.get(name)
        if source is not None:
            title, link = plain(source.title), address(source.url)
            yield f"- Source: [{title}]({link}), read {source.checked}"
    yield ""
