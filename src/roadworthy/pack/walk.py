"""Every model and every text inside a typed value, with its location in the YAML."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.pack.fields import Content
from roadworthy.pack.marks import Loc


def walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Content | str]]:
    """(location, model or text), parents first; field names as they are written in YAML."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Content):
        yield loc, value
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*loc, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from walk(inner, (*loc, number))
