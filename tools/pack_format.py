"""Write ``docs/pack-format.md`` from the models of a pack; ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from roadworthy.pack import fields
from roadworthy.pack.catalog import TopicHead
from roadworthy.pack.codes import CODES
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, StepsDecision
from roadworthy.pack.lab import Lab, LabEnvironments
from roadworthy.pack.load import CATALOG, OPTIONAL
from roadworthy.pack.objective_notes import ObjectiveHead

PAGE: Final = Path(__file__).parents[1] / "docs" / "pack-format.md"
FILES: Final[dict[str, Any]] = {
    **CATALOG,
    **OPTIONAL,
    "topics/NN-id.md": TopicHead,
    "objectives/id.md": ObjectiveHead,
    "decisions/id.yaml, kind choice or diagnosis": ChoiceDecision,
    "decisions/id.yaml, kind compute": ComputeDecision,
    "decisions/id.yaml, kind steps": StepsDecision,
    "labs/environments.yaml": LabEnvironments,
    "labs/NN-id/lab.yaml": Lab,
}
NOTES: Final = {
    "topics/NN-id.md": "These fields stand between two lines `---`; the lesson follows as Markdown."
    " It is cut into parts at `## `.",
    "objectives/id.md": "These fields stand between two lines `---`; the text of each note follows"
    " below a heading `## 1.1.a`.",
    "map.yaml": "A pack may go without it.",
    "ladders.yaml": "A pack may go without it.",
    "labs/environments.yaml": "Only where the pack has labs. The lock of each lies beside it at"
    " environments/id.lock, with digests.",
    "labs/NN-id/lab.yaml": "Beside it lie starter/, solution/, checks/checks.py and wrong/ with a"
    " folder for each shortcut. `roadworthy lab verify` proves what the file states.",
    "advise.yaml": "A pack may go without it. A pattern is words in small letters, with"
    " `(this|that)` for either, `(perhaps)?`, `begin*` for any ending, `..` for up to six words"
    " between, `#` for a whole number, and `{@term}` for every name and alias of a product."
    " Hyphens and dots part words.",
    "terms.yaml": "No `schema` here: each entry stands at the left edge, so that files can be"
    " joined by appending.",
    "sources.yaml": "As in terms.yaml, each entry stands at the left edge.",
}
NAMES: Final = (
    (fields.Text, "text"),
    (fields.Ident, "id"),
    (fields.RuleIdent, "rule id"),
    (fields.Day, "date"),
)
PLAIN: Final = {str: "text", int: "whole number", float: "number", bool: "true or false"}
HEAD: Final = """\
# The format of a pack

Written by `python tools/pack_format.py` from the models in `src/roadworthy/pack`; don't edit it by
hand. `python -m roadworthy.pack FOLDER` lists what is wrong with a pack, with file and line.

## YAML as it is read here

- `true` and `false` are booleans. `yes`, `no`, `on` and `off` are text, and no ids.
- Decimal numbers without leading zeros are numbers; quote them where text is wanted: `'2026'`.
- A date is year, month and day: `2026-11-24`.
- No aliases, no tags, no key twice. Lists in brackets hold ids, never prose: a comma cuts it.
- Unknown fields are refused, so that a typing error is a problem with a line.

## Tokens in text

| token | where | becomes |
| --- | --- | --- |
| `{@term}` | all text but the article's | today's name; lessons add "(formerly ...)" once |
| `{slot}` | stems, options, reasons | the noun phrase of the frame, or a number draw |
| `[words]` | `say` of facts and goals | the words that decide; brackets are not shown |
| `[text](source:ID)` | lessons, `teach` | a link to the page in `sources.yaml` |
| `{{decision-table:ID}}` | topics, on a line of its own | the table made from the rules |
| `{{diagram:NAME}}` | topics, on a line of its own | the drawing `topics/diagrams/NAME.svg` |
| `$formula$` | lessons, `teach` | a formula in MathML |
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, "## Files\n"]
    inner: list[type[fields.Content]] = []
    for file, kind in FILES.items():
        note = f"\n\n{NOTES[file]}" if file in NOTES else ""
        parts.append(f"### {file}{note}\n")
        model = kind if isinstance(kind, type) else next(_models_in(kind))
        if get_origin(kind) is dict:
            parts.append(f"Form: {_type(kind)}.\n")
            inner.append(model)
        else:
            parts.append(_about(model))
            parts.append(_fields(model))
        inner += [one for one in _below(model) if one not in inner]
    parts.append("## Parts\n")
    for one in dict.fromkeys(inner):
        parts.append(f"### {_noun(one)}\n")
        parts.append(_about(one))
        parts.append(_fields(one))
    parts.append("## Codes\n\nWhat loading reports; docs/messages.md says what to do.\n")
    parts.append(_table(("code", "slug"), [(code, f"`{slug}`") for slug, code in CODES.items()]))
    return "\n".join(parts)


def _about(model: type[fields.Content]) -> str:
    text = " ".join((model.__doc__ or "").split())
    return f"{text.replace('``', '`')}\n"


def _fields(model: type[fields.Content]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = []
    for name, field in model.model_fields.items():
        form = _type(hints[name]) + _bounds(field)
        if not field.is_required():
            form += ", may be left out"
            if field.default not in (None, [], {}):
                form += f" ({str(field.default).lower()})"
        rows.append((f"`{field.alias or name}`", form, field.description or ""))
    return _table(("field", "type", "meaning"), rows)


def _type(hint: Any) -> str:
    for named, words in NAMES:
        if hint == named:
            return words
    origin, arms = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(arms[0])
    if origin in (Union, UnionType):
        return " or ".join(_type(arm) for arm in arms if arm is not NoneType)
    if origin is list:
        return f"list of {_type(arms[0])}"
    if origin is dict:
        return f"{_type(arms[0])} → {_type(arms[1])}"
    if origin is Literal:
        return ", ".join(f"`{arm}`" for arm in arms)
    if isinstance(hint, type) and issubclass(hint, fields.Content):
        return f"[{_noun(hint)}](#{_noun(hint).replace(' ', '-')})"
    return "date" if hint is date else PLAIN[hint]


def _bounds(field: FieldInfo) -> str:
    words = {
        "min_length": "at least {}",
        "max_length": "at most {}",
        "ge": "from {}",
        "gt": "above {}",
        "le": "to {}",
        "lt": "below {}",
    }
    found = [
        text.format(value)
        for entry in field.metadata
        for name, text in words.items()
        if isinstance(value := getattr(entry, name, None), int | float)
    ]
    named = any(getattr(entry, "pattern", None) for entry in field.metadata)
    return f", {' '.join(found)}" if found and not named and field.annotation is not str else ""


def _below(model: type[fields.Content]) -> Iterator[type[fields.Content]]:
    for hint in get_type_hints(model, include_extras=True).values():
        for one in _models_in(hint):
            yield one
            yield from _below(one)


def _models_in(hint: Any) -> Iterator[type[fields.Content]]:
    if isinstance(hint, type) and issubclass(hint, fields.Content):
        yield hint
    for arm in get_args(hint):
        yield from _models_in(arm)


def _noun(model: type[fields.Content]) -> str:
    words = "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in model.__name__
    )
    return words.strip()


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    """Write the page, or with ``--check`` exit 1 if it is not fresh."""
    fresh = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh:
            return 0
        print(f"{PAGE} is not fresh. Mend: python tools/pack_format.py")
        return 1
    PAGE.write_text(fresh, encoding="utf-8")
    print(f"Wrote {PAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
