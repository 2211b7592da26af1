"""Write ``docs/journal-schema.md`` from the tables and payloads; ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from roadworthy.journal.kinds import KINDS
from roadworthy.journal.migrations import MIGRATIONS
from roadworthy.journal.payload_fields import Payload
from roadworthy.journal.payloads_study import SettingValues
from roadworthy.journal.tables import METADATA

PAGE: Final = Path(__file__).parents[1] / "docs" / "journal-schema.md"
_HEAD: Final = """\
# The journal: tables and events

Written by `python tools/journal_schema.py` from the code; don't edit it by hand.

The journal is one SQLite file. It holds what happened, as events that are only ever added. All
that the program knows about a candidate is computed from them.

- Events order by (`at`, `journal`, `seq`). A new event gets a later `at` and a higher `seq` than
  all others of its file.
- `key` is the client's own name for an event. The same key with the same content is kept once;
  with other content it is refused. The key of a response is its presentation id.
- A study day is the local date, in `zone`, of `at` less 4 hours.
- A program passes over kinds that it does not know, so a new kind needs no migration.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, "## Tables\n"]
    for table in METADATA.sorted_tables:
        parts.append(f"### `{table.name}`\n\n{_sentence(table.comment or '')}\n")
        rows = [
            (f"`{column.name}`", str(column.type).lower(), column.comment or "")
            for column in table.columns
        ]
        parts.append(_table(("column", "type", "meaning"), rows))
    steps = [
        (str(number), f"`{step.__name__}`", " ".join((step.__doc__ or "").split()))
        for number, step in enumerate(MIGRATIONS, start=1)
    ]
    parts += ["## Migrations\n", _table(("schema", "step", "what it does"), steps)]
    parts.append("## Events\n")
    for kind, model in KINDS.items():
        parts.append(f"### `{kind}`\n\n{' '.join((model.__doc__ or '').split())}\n")
        parts.append(_fields(model))
    parts.append("## Settings\n\nThe names that `settings.values` may hold; others are kept too.\n")
    parts.append(_fields(SettingValues))
    return "\n".join(parts)


def _fields(model: type[Payload] | type[SettingValues]) -> str:
    schema = model.model_json_schema()
    rows = [
        (f"`{name}`", _form(field, schema), field.get("description", ""))
        for name, field in schema["properties"].items()
    ]
    return _table(("field", "form", "meaning"), rows)


def _form(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """The form of a value in words, from its JSON Schema."""
    if "$ref" in field:
        name = str(field["$ref"]).rpartition("/")[2]
        inner = schema["$defs"][name].get("properties")
        if inner is None:
            return "any JSON"
        fields = ", ".join(f"`{key}`: {_form(value, schema)}" for key, value in inner.items())
        return f"object ({fields})"
    if "anyOf" in field:
        return " or ".join(_form(choice, schema) for choice in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_form(field['items'], schema)}"
    return f"{field.get('type', 'any JSON')}{_bounds(field)}"


def _bounds(field: Mapping[str, Any]) -> str:
    words = {
        "minimum": "from {}",
        "exclusiveMinimum": "above {}",
        "maximum": "to {}",
        "exclusiveMaximum": "below {}",
    }
    bounds = [text.format(field[name]) for name, text in words.items() if name in field]
    return f" {' '.join(bounds)}" if bounds else ""


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def main() -> int:
    """Write the page, or with ``--check`` exit 1 if it is not fresh."""
    fresh = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh:
            return 0
        print(f"{PAGE} is not fresh. Mend: python tools/journal_schema.py")
        return 1
    PAGE.write_text(fresh, encoding="utf-8")
    print(f"Wrote {PAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
