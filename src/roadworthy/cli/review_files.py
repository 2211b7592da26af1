"""The files of a reading sheet: what readers and control see, and what only the scorer sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from roadworthy.cli.exhibit_lines import exhibit_lines

if TYPE_CHECKING:
    from roadworthy.lint.reading.sheet import Entry, Sheet

LETTERS = "ABCDEFGH"
ITEMS, SHEET, CONTROL, GUIDE, PACK = (
    "items.jsonl", "sheet.md", "control.md", "README.md", "pack.txt",
)  # fmt: skip
GUIDE_TEXT = """\
# How to read this sheet

You answer items on an exam's subject without having seen the models that made them. Work from your
sheet alone: no source code, no other folder, no search, no talk with another reader. `{items}` and
`{pack}` are for the scorer; do not open them.

Take each item by itself. What its text says is all that is known. A constraint that is not stated
does not apply. Where a goal is named, it decides among the options that meet every stated fact.

Write one JSON object a line, one for each item of your sheet, in a file of your own:

    {{"n": 1, "key": "B", "also": null, "why": "Data arrive at odd times.", "natural": 4}}
    {{"n": 2, "key": "AD", "also": "C", "why": "… C also holds, since …", "natural": 3}}

- `n`: the number of the item.
- `key`: the letter of the best option. Where the text asks for two, give two letters.
- `also`: the letter of another option that a careful expert could defend; null where there is none.
- `why`: one sentence with the fact that decides. With `also`, say why that option is defensible.
  Name language faults, contradictions, and options that mean the same.
- `natural`: 1 to 5. 5 reads like an exam by a careful author; 4 is good; 3 is stiff but clear; 2
  has to be read twice; 1 cannot be understood.

Be honest where you doubt: a doubt finds a faulty rule, a lucky guess hides one.

The **control** gets `{control}` alone, which shows options without texts, and guesses each key:

    {{"n": 1, "key": "B"}}

The **judge** comes last, with the official documentation, and gets the items on which readers part
or doubt. A judge writes `n`, `key` and `why`; `also` and `source` are welcome.
"""


def files_of(sheet: Sheet, about: Mapping[str, object]) -> dict[str, str]:
    """Name -> text of all files of a sheet. ``about``: what pack.txt says of its making."""
    parts = sheet.parts
    files = {GUIDE: GUIDE_TEXT.format(items=ITEMS, pack=PACK, control=CONTROL)}
    for number, part in enumerate(parts, 1):
        name = SHEET if len(parts) == 1 else f"sheet-{number}.md"
        files[name] = _page("Reading sheet", part, stems=True)
    if sheet.control:
        files[CONTROL] = _page("Options only", sheet.control, stems=False)
    entries = [*sheet.entries, *sheet.control]
    files[ITEMS] = "".join(f"{entry.as_json_line()}\n" for entry in entries)
    lines = [f"{name}: {value}" for name, value in about.items()]
    lines += [f"unserved: {purpose} ({why})" for purpose, why in sheet.unserved.items()]
    files[PACK] = "\n".join(lines) + "\n"
    return files


def _page(title: str, entries: Sequence[Entry], *, stems: bool) -> str:
    lines = [f"# {title}, {len(entries)} items", ""]
    for entry in entries:
        lines += _entry(entry, stems=stems)
    return "\n".join(lines)


def _entry(entry: Entry, *, stems: bool) -> Iterator[str]:
    item = entry.item
    yield f"## {entry.number}"
    yield ""
    if stems:
        yield item.stem
        yield ""
        if item.exhibit is not None:
            yield "```text"
            yield from exhibit_lines(item.exhibit)
            yield "```"
            yield ""
    for letter, option in zip(LETTERS, item.options, strict=False):
        yield f"   {letter}. {option.text}"
    yield ""
